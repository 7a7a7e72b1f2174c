package legacy

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// stories writes one file for each body whose reference is known. Its own file, where there is one, stays.
func (d *draft) stories() {
	var known []Story
	for _, s := range d.u.Stories {
		s.Ref = catalog.EntityRef(strings.ToLower(string(s.Ref)))
		s.Events = slices.DeleteFunc(slices.Clone(s.Events), func(e StoryEvent) bool { return !schema.EventKinds.Has(e.Kind) })
		if len(s.Events) == 0 {
			continue
		}
		if !refShape.MatchString(string(s.Ref)) {
			d.untold = append(d.untold, ownStory{Story: s})
			continue
		}
		if i := slices.IndexFunc(known, func(o Story) bool { return o.Ref == s.Ref }); i >= 0 {
			known[i].Events = append(known[i].Events, s.Events...)
			continue
		}
		known = append(known, s)
	}
	slices.SortStableFunc(known, func(a, b Story) int { return strings.Compare(string(a.Ref), string(b.Ref)) })
	folder := d.folder(storiesFolder, storyInstead)
	for _, s := range known {
		p := cmp.Or(d.u.Kept[s.Ref], path.Join(folder, s.Ref.ID()+".md"))
		if d.taken[strings.ToLower(p)] {
			continue
		}
		d.told = append(d.told, ownStory{s, p})
		d.add(p, d.story(s))
	}
	for i := range d.untold {
		d.wait(&d.untold[i], folder)
	}
}

// waitingStart begins the names of stories that wait for the code of their body.
const waitingStart = "senza-codice-"

// wait writes the story of a body whose code is not known: all but that. The check says that the code is missing, and the
// catalogue shows nothing of it until its owner writes it.
func (d *draft) wait(s *ownStory, folder string) {
	s.path = d.place(folder, waitingStart+idOf(masked(s.Name), "ente"))
	if d.taken[strings.ToLower(s.path)] || d.blocked(s.path) {
		return
	}
	d.taken[strings.ToLower(s.path)] = true
	d.waiting = append(d.waiting, ProposedFile{s.path, d.story(s.Story)})
}

// isWaiting says whether a file is the story of a body without a code.
func isWaiting(p string) bool {
	dir := path.Base(path.Dir(p))
	return (dir == storiesFolder || dir == storyInstead) && strings.HasPrefix(path.Base(p), waitingStart)
}

// story writes the file of one story. Every step is inferred, with the document and the page that tell it.
func (d *draft) story(s Story) []byte {
	var f front
	f.note("", "Storia proposta dall'importazione: l'ente non l'ha ancora confermata. Chi la conferma toglie inferred e aggiunge consent: true.")
	f.bare("type", "adoption")
	if refShape.MatchString(string(s.Ref)) {
		f.text("entity", string(s.Ref))
	} else {
		f.todo("", "entity", "il codice IPA dell'ente, che si trova su indicepa.gov.it; poi il file si chiama <codice>.md")
		f.example("entity: ipa:…")
	}
	f.text("name", clipped(masked(s.Name), maxLine))
	var from []string
	for _, e := range s.Events {
		if name := masked(path.Base(e.Path)); !slices.Contains(from, name) {
			from = append(from, name)
		}
	}
	f.text("source", clipped("Documenti del kit: "+strings.Join(from, "; "), 3*maxLine))
	f.b.WriteString("events:\n")
	for _, e := range s.Events {
		f.b.WriteString("  - kind: " + e.Kind + "\n")
		f.date("    date", e.Date)
		f.bare("    inferred", "true")
		f.text("    note", clipped(masked(e.Note), 2*maxLine))
		f.text("    source", clipped(masked(placeOf(e)), 2*maxLine))
	}
	return f.file("")
}

// placeOf says in which document, and on which page, a step is told.
func placeOf(e StoryEvent) string {
	if e.Page > 0 {
		return e.Path + ", pagina " + itoa(e.Page)
	}
	return e.Path
}
