package site

import (
	"html/template"
	"regexp"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// refLink gives the title and the page of a part that a reference of the same kit names; without a page the reference
// itself is the title.
func refLink(kitID string, k *catalog.Kit, ref catalog.Ref) Crumb {
	other, typ, id := ref.Split()
	if other != "" && other != k.Key {
		return Crumb{Title: string(ref)}
	}
	to := func(title string, t catalog.PartType, id string) Crumb { return Crumb{title, partPath(kitID, t, id)} }
	switch typ {
	case "doc", "document":
		for i := range k.Documents {
			if d := &k.Documents[i]; d.ID == id || (d.Code != "" && d.Code == id) {
				return to(codeTitle(d.Code, d.Title), catalog.PartDocument, d.ID)
			}
		}
	case "template":
		for i := range k.Templates {
			if t := &k.Templates[i]; t.ID == id || (t.Code != "" && t.Code == id) {
				return to(t.Title, catalog.PartTemplate, t.ID)
			}
		}
	case "service":
		for i := range k.Services {
			if s := &k.Services[i]; s.ID == id {
				return to(s.Title, catalog.PartService, s.ID)
			}
		}
	case "tariff":
		for i := range k.Tariffs {
			if t := &k.Tariffs[i]; t.ID == id {
				return to(t.Title, catalog.PartTariff, t.ID)
			}
		}
	case "checklist":
		for i := range k.Checklists {
			if c := &k.Checklists[i]; c.ID == id {
				return to(c.Title, catalog.PartChecklist, c.ID)
			}
		}
	case "component":
		for i := range k.Components {
			if c := &k.Components[i]; c.ID == id {
				return Crumb{Title: c.Title}
			}
		}
	case "laboratory":
		if k.Laboratory != nil {
			return to(k.Laboratory.Title, catalog.PartLaboratory, "")
		}
	}
	return Crumb{Title: string(ref)}
}

// codeTitle puts the code of a document before its title.
func codeTitle(code, title string) string {
	if code == "" {
		return title
	}
	return code + " · " + title
}

// refLinks does the same for a list.
func refLinks(kitID string, k *catalog.Kit, refs ...catalog.Ref) []Crumb {
	var out []Crumb
	for _, r := range refs {
		if r != "" {
			out = append(out, refLink(kitID, k, r))
		}
	}
	return out
}

// inText finds the references that authors put into plain sentences.
var inText = regexp.MustCompile(`\b(?:doc|template|service|tariff|checklist):[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]`)

// withRefs makes links of the references in a plain sentence; those that lead nowhere stay as they are.
func withRefs(lang schema.Lang, e *catalog.Entry, sentence string) template.HTML {
	var b strings.Builder
	last := 0
	for _, at := range inText.FindAllStringIndex(sentence, -1) {
		to := refLink(e.ID, e.Kit, catalog.Ref(sentence[at[0]:at[1]]))
		if to.Path == "" {
			continue
		}
		b.WriteString(template.HTMLEscapeString(sentence[last:at[0]]))
		b.WriteString(`<a href="` + template.HTMLEscapeString(localPath(lang, to.Path)) + `">` + template.HTMLEscapeString(to.Title) + `</a>`)
		last = at[1]
	}
	b.WriteString(template.HTMLEscapeString(sentence[last:]))
	return template.HTML(b.String())
}

// telling says whether the piece of the overview that was found adds something to its card: it shows what was searched for,
// and it is not the summary or the title over again.
func telling(c catalog.Card, fs []catalog.Fragment) bool {
	var text strings.Builder
	match := false
	for _, f := range fs {
		text.WriteString(f.Text)
		match = match || f.Match
	}
	plain := func(s string) string {
		return strings.ToLower(strings.Trim(strings.Join(strings.Fields(s), " "), " .…"))
	}
	said := plain(text.String())
	return match && !strings.Contains(plain(c.Summary), said) && !strings.Contains(plain(c.Title), said) && said != plain(c.Title+" "+c.Summary)
}

// shown says whether a result has anything to list under its card.
func shown(h catalog.Hit) bool {
	return slices.ContainsFunc(h.Parts, func(m catalog.PartHit) bool { return m.Type != catalog.PartKit || telling(h.Card, m.Snippet) })
}
