package catalog

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// MaxPartText is how much of a part's plain text is searchable, in bytes; what is longer is cut at a line, and of an
// attachment goes on in further parts. MaxKitText is how much of the texts of a kit's attachments is: those that come when
// it is used up are found by their names.
const (
	MaxPartText = 256 << 10
	MaxKitText  = 64 << 20
)

// Parts lists the searchable pieces of a published kit, the overview first and the attachments last. names tells the name of
// a body for the adoptions, texts what was drawn out of the bytes of an attachment by Git's name of them, nil where nothing
// was; both may be nil. What it gives holds nothing of a person: see [Masked].
func Parts(e *Entry, names func(EntityRef) *Entity, texts func(blob string) *Text) []Part {
	k := e.Kit
	if k == nil {
		return nil
	}
	nameOf := func(r EntityRef, fallback string) string {
		if names != nil {
			if ent := names(r); ent != nil {
				return ent.Name
			}
		}
		return cmp.Or(fallback, r.ID())
	}
	parts := []Part{overview(e, nameOf)}
	var ceding []string
	said := k.NamesSaid()
	for _, r := range k.Ceding {
		ceding = append(ceding, nameOf(r, said[r]))
	}
	add := func(p Part) {
		p.Text = cut(p.Text, MaxPartText)
		parts = append(parts, p)
	}
	for _, d := range documentsInOrder(k.Documents) {
		p := Part{Type: PartDocument, ID: d.ID, Title: d.Title, Code: d.Code, Summary: d.Summary, Phase: d.Phase, Ambit: d.Ambit, Kind: d.Kind, Updated: d.Updated}
		authors, _ := Organisations(d.Authors, ceding...)
		p.Keywords = keywords(d.Tags, []string{d.Code, label(schema.DocumentKinds, d.Kind)}, authors)
		var extra []string
		for _, s := range d.Steps {
			extra = append(extra, s.Actor, s.Action, s.Act)
		}
		for _, l := range d.LegalRefs {
			extra = append(extra, l.Label)
		}
		p.Text = join(PlainText(d.Body), d.Objectives, d.Perimeter, d.Tasks, extra)
		add(p)
	}
	for _, t := range k.Templates {
		p := Part{Type: PartTemplate, ID: t.ID, Title: t.Title, Code: t.Code, Summary: t.Summary, Phase: t.Phase, Ambit: t.Ambit, Kind: t.Kind, Updated: t.Updated}
		p.Keywords = keywords(t.Tags, []string{t.Code, label(schema.TemplateKinds, t.Kind)})
		var extra []string
		if t.Audience != nil {
			for _, et := range t.Audience.EntityTypes {
				p.Keywords = append(p.Keywords, label(schema.EntityTypes, et))
			}
		}
		for _, c := range t.Clauses {
			extra = append(extra, c.Title, c.Number, c.Heading, c.Note)
		}
		for _, f := range t.Placeholders {
			extra = append(extra, f.Label)
		}
		for _, l := range t.LegalRefs {
			extra = append(extra, l.Label)
		}
		p.Text = join(PlainText(t.Body), extra)
		add(p)
	}
	for _, s := range k.Services {
		p := Part{Type: PartService, ID: s.ID, Title: s.Title, Summary: firstLine(PlainText(string(s.Description)))}
		p.Keywords = keywords(s.Tags, []string{label(schema.ServiceAreas, s.Area), label(schema.Inclusions, s.Inclusion)})
		p.Text = join(PlainText(string(s.Description)), []string{PlainText(string(s.Obligations)), PlainText(string(s.Support)), PlainText(s.Body)}, recipientLabels(s.Recipients))
		add(p)
	}
	for _, t := range k.Tariffs {
		p := Part{Type: PartTariff, ID: t.ID, Title: t.Title, Summary: t.Summary}
		var extra []string
		for _, r := range t.Rules {
			for _, c := range r.Components {
				extra = append(extra, c.Label)
			}
		}
		p.Text = join(PlainText(t.Body), extra, []string{PlainText(string(t.Note))})
		add(p)
	}
	for _, c := range k.Checklists {
		p := Part{Type: PartChecklist, ID: c.ID, Title: c.Title, Summary: c.Summary, Phase: c.Phase, Ambit: c.Ambit, Kind: c.Kind, Updated: c.Updated}
		p.Keywords = keywords([]string{label(schema.ChecklistKinds, c.Kind)})
		var extra []string
		for _, s := range c.Sections {
			extra = append(extra, s.Title, s.Description)
		}
		for _, i := range c.Items {
			extra = append(extra, i.Text, i.Help)
		}
		p.Text = join(PlainText(c.Body), extra, []string{PlainText(string(c.Note))})
		add(p)
	}
	for _, a := range e.Adoptions {
		name := nameOf(a.Entity, a.Name)
		p := Part{Type: PartAdoption, ID: a.Entity.ID(), Title: name, Updated: a.Updated}
		if ph := Follow(a.Events).Phase; ph != "" {
			p.Phase = []string{ph}
		}
		p.Keywords = []string{string(a.Entity.IPA()), "adozione", "riuso"}
		var extra []string
		for _, ev := range a.Events {
			extra = append(extra, label(schema.EventKinds, ev.Kind), ev.Note)
		}
		for _, ad := range a.Adaptations {
			extra = append(extra, ad.What, ad.Why)
		}
		p.Text = join(PlainText(a.Body), extra, []string{PlainText(string(a.Lessons)), PlainText(string(a.Note))})
		p.Summary = firstLine(p.Text)
		add(p)
	}
	if l := k.Laboratory; l != nil {
		p := Part{Type: PartLaboratory, ID: "laboratorio", Title: cmp.Or(l.Title, "Laboratorio"), Summary: l.Summary, Updated: l.Updated}
		var extra []string
		for _, t := range l.Triggers {
			extra = append(append(extra, t.Label), t.Services...)
		}
		p.Text = join(PlainText(l.Body), extra, l.Competences)
		add(p)
	}
	for _, pg := range k.Pages {
		text := PlainText(string(pg.Body))
		add(Part{Type: PartPage, ID: pg.ID, Title: pg.Title, Summary: firstLine(text), Text: text})
	}
	return append(Masked(parts), attachmentParts(k, texts)...)
}

// overview is the part that stands for the kit itself: it carries the phases and ambits of all its documents.
func overview(e *Entry, nameOf func(EntityRef, string) string) Part {
	k := e.Kit
	p := Part{Type: PartKit, ID: e.ID, Title: k.Title, Summary: k.Summary, Updated: k.Released, Kind: k.Kind}
	p.Keywords = keywords(k.Topics, k.Procedures, []string{e.ID, label(schema.KitKinds, k.Kind)})
	said := k.NamesSaid()
	for _, r := range k.Ceding {
		p.Keywords = append(p.Keywords, nameOf(r, said[r]))
	}
	text := []string{PlainText(string(k.Problem)), PlainText(string(k.Need))}
	if k.PublicCode != nil {
		p.Keywords = append(p.Keywords, k.PublicCode.Categories...)
		if d, _ := k.PublicCode.Describe(string(schema.It)); k.Form != FormKit {
			text = append(text, PlainText(d.LongDescription))
			text = append(text, d.Features...)
		}
	}
	p.Text = cut(join(PlainText(string(k.Body)), text, k.Objectives, k.Perimeter, k.Tasks, k.Benefits), MaxPartText)
	for _, d := range k.Documents {
		p.Phase, p.Ambit = append(p.Phase, d.Phase...), append(p.Ambit, d.Ambit...)
	}
	p.Phase, p.Ambit = unique(p.Phase), unique(p.Ambit)
	return p
}

// recipientLabels gives the words for those whom a service is for: entity types and final users.
func recipientLabels(values []string) []string {
	var out []string
	for _, v := range values {
		switch {
		case schema.EntityTypes.Has(v):
			v = schema.EntityTypes.Label(v).It
		case schema.Recipients.Has(v):
			v = schema.Recipients.Label(v).It
		}
		out = append(out, v)
	}
	return out
}

func label(e *schema.Enum, v string) string {
	if v == "" {
		return ""
	}
	return e.Label(v).It
}

func keywords(lists ...[]string) []string {
	var out []string
	for _, l := range lists {
		for _, s := range l {
			if s != "" {
				out = append(out, s)
			}
		}
	}
	return unique(out)
}

func unique(ss []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(ss), func(s string) bool {
		dup := seen[s]
		seen[s] = true
		return dup
	})
}

func join(first string, more ...[]string) string {
	all := []string{first}
	for _, l := range more {
		all = append(all, l...)
	}
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return strings.TrimSpace(s) == "" }), "\n")
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	if r := []rune(line); len(r) > 200 {
		return strings.TrimSpace(string(r[:200])) + "…"
	}
	return line
}

func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[:n]
	if i := strings.LastIndexByte(s, '\n'); i > 0 {
		s = s[:i]
	}
	return strings.ToValidUTF8(s, "")
}
