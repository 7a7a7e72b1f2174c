package legacy

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

const (
	maxStories     = 200 // bodies of one kit
	maxStoryEvents = 40  // of one body
)

// Stories gives what the documents tell of the bodies that reuse the practice (kit format, §L3, step 9): from sheets on
// their contexts, from sections and sentences on support and experiments, from lists of sessions, from the parties of an
// agreement. Each event has the document and the page that tells it, and a date only where one is told. Who cedes is no
// adopter, nor is a body that a text only mentions.
func Stories(docs []Document, text func(blob string) *catalog.Text, b Bodies) []Story {
	if text == nil {
		return nil
	}
	t := &teller{ceding: map[string]bool{}, at: map[string]*tale{}}
	for _, m := range Ceding(docs, text, "", b) {
		t.ceding[sighting{ref: m.Ref, name: m.Name}.key()] = true
	}
	sources := storySources(docs, text, b)
	for _, s := range sources {
		t.sheets(s)
		t.sections(s)
		t.sentences(s)
	}
	for _, s := range sources { // of the bodies that are now known to reuse the practice
		t.sessions(s)
		t.agreement(s)
		t.goLive(s)
	}
	return t.stories()
}

// source is a document that may tell of reuse, laid out for reading.
type source struct {
	path  string
	about string // its names, folded
	pages []sourcePage

	byNumber map[int]int // place of a page in pages
}

type sourcePage struct {
	n        int
	text     string // as [level] gives it
	hits     []sighting
	lines    []textLine
	contents bool // a table of contents
}

// textLine is one line of a page, by its bytes.
type textLine struct{ start, end int }

func (p *sourcePage) line(l textLine) string { return p.text[l.start:l.end] }

// storySources are the documents whose names speak of reuse, with what bodies they name. A name that one cuts is settled
// by the others.
func storySources(docs []Document, text func(blob string) *catalog.Text, b Bodies) []source {
	var out []source
	var all []sighting
	for i := range docs {
		d := &docs[i]
		about := fold(path.Base(d.Path) + " " + d.Title)
		if d.Header != nil {
			about += " " + fold(d.Header.Title)
		}
		t := text(d.Blob)
		if t == nil || !hasAny(about, storyNames) {
			continue
		}
		hits := sightings(t, b)
		for j := range hits {
			hits[j].doc = len(out)
		}
		all = append(all, hits...)
		s := source{path: d.Path, about: about, byNumber: map[int]int{}}
		for j := range t.Pages {
			s.byNumber[t.Pages[j].N] = j
			s.pages = append(s.pages, newSourcePage(&t.Pages[j]))
		}
		out = append(out, s)
	}
	for _, h := range settle(all) {
		p := &out[h.doc].pages[out[h.doc].byNumber[h.page]]
		p.hits = append(p.hits, h)
	}
	return out
}

func newSourcePage(p *catalog.TextPage) sourcePage {
	out := sourcePage{n: p.N, text: level(p.Text)}
	leaders := 0
	for at := 0; at < len(out.text) && len(out.lines) < maxPageLines; {
		end := len(out.text)
		if n := strings.IndexByte(out.text[at:], '\n'); n >= 0 {
			end = at + n
		}
		l := textLine{at, end}
		if isLeader(out.line(l)) {
			leaders++
		}
		out.lines = append(out.lines, l)
		at = end + 1
	}
	out.contents = leaders >= minLeaders
	return out
}

func hasAny(s string, stems []string) bool {
	return slices.ContainsFunc(stems, func(w string) bool { return strings.Contains(s, w) })
}

// teller gathers the tales of the bodies by their keys.
type teller struct {
	ceding map[string]bool
	at     map[string]*tale
}

// tale is what is known of one body so far.
type tale struct {
	body   sighting
	sheets []contextSheet
	events []StoryEvent
	poor   []bool // by event: another place that tells the same tells it better
}

// of gives the tale of a body that reuses the practice; nil of one that cedes it.
func (t *teller) of(h sighting) *tale {
	k := h.key()
	if t.ceding[k] {
		return nil
	}
	if t.at[k] == nil {
		if len(t.at) >= maxStories {
			return nil
		}
		t.at[k] = &tale{body: h}
	}
	return t.at[k]
}

// known gives the tale of a body, if there is one already.
func (t *teller) known(h sighting) *tale { return t.at[h.key()] }

// add puts an event to the others unless the same one was told before: of what has no date one of a kind is enough, and a
// section on the body is better than a line that lists it.
func (t *tale) add(e StoryEvent) { t.put(e, false) }

func (t *tale) put(e StoryEvent, poor bool) {
	if t == nil {
		return
	}
	i := slices.IndexFunc(t.events, func(o StoryEvent) bool { return o.Kind == e.Kind && o.Date == e.Date })
	switch {
	case i >= 0 && t.poor[i] && !poor:
		t.events[i], t.poor[i] = e, poor
	case i < 0 && len(t.events) < maxStoryEvents:
		t.events, t.poor = append(t.events, e), append(t.poor, poor)
	}
}

func (t *teller) stories() []Story {
	var out []Story
	for _, a := range t.at {
		a.fromSheets()
		if len(a.events) > 0 {
			out = append(out, Story{Ref: a.body.ref, Name: a.body.name, Events: inOrder(a.events)})
		}
	}
	slices.SortFunc(out, func(a, b Story) int {
		return cmp.Or(strings.Compare(fold(a.Name), fold(b.Name)), strings.Compare(string(a.Ref), string(b.Ref)))
	})
	return out
}

// inOrder puts the events as a history has them: known dates ascend, and what has no date stands where its kind belongs,
// the beginnings before what is dated and the rest after it.
func inOrder(events []StoryEvent) []StoryEvent {
	place := func(e StoryEvent) int { return slices.Index(eventOrder, e.Kind) }
	var first, dated, last []StoryEvent
	for _, e := range events {
		switch {
		case e.Date != "":
			dated = append(dated, e)
		case place(e) <= slices.Index(eventOrder, "assessment"):
			first = append(first, e)
		default:
			last = append(last, e)
		}
	}
	byKind := func(a, b StoryEvent) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), strings.Compare(a.Path, b.Path), cmp.Compare(a.Page, b.Page))
	}
	slices.SortStableFunc(first, byKind)
	slices.SortStableFunc(last, byKind)
	slices.SortStableFunc(dated, func(a, b StoryEvent) int {
		return cmp.Or(strings.Compare(string(a.Date), string(b.Date)), byKind(a, b))
	})
	return slices.Concat(first, dated, last)
}
