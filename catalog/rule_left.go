package catalog

import (
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// leftRule finds, in what presents a published kit, marks of what was to be written and was not (W07): those of the lines
// that stand ready in a proposal, too.
func (r *reader) leftRule(k *Kit, m *marked) {
	hint := schema.T("scrivi le tue parole", "write your own words")
	say := func(key, text string) {
		if at := unfinished.FindString(text); at != "" {
			r.say(m, key, schema.Warning, "W07", schema.Tf("«%s»: il testo sembra non finito", "%q: the text looks unfinished", at), hint)
		}
	}
	say("title", k.Title)
	say("summary", k.Summary)
	say("need", string(k.Need))
	for i, c := range k.Contacts {
		say("contacts["+itoa(i)+"].office", c.Office)
	}
	p := k.PublicCode
	if p == nil {
		return
	}
	texts := []string{p.Name}
	if p.Organisation != nil {
		texts = append(texts, p.Organisation.Name)
	}
	for _, d := range p.Description {
		texts = append(texts, d.ShortDescription, d.LongDescription, strings.Join(d.Features, "\n"))
	}
	for _, c := range p.Maintenance.Contacts {
		texts = append(texts, c.Name)
	}
	if at := unfinished.FindString(strings.Join(texts, "\n")); at != "" {
		r.find(schema.Finding{File: r.descriptor(k.Folder), Line: 1, Column: 1, Severity: schema.Warning, Code: "W07",
			Message: schema.Tf("«%s»: un testo di questo file sembra non finito", "%q: a text of this file looks unfinished", at), Hint: hint})
	}
}
