package catalog

import "strings"

// PartType is what a searchable piece of a kit is.
type PartType string

const (
	PartKit        PartType = "kit" // the overview
	PartDocument   PartType = "document"
	PartTemplate   PartType = "template"
	PartService    PartType = "service"
	PartTariff     PartType = "tariff"
	PartChecklist  PartType = "checklist"
	PartAdoption   PartType = "adoption"
	PartLaboratory PartType = "laboratory"
	PartPage       PartType = "page"       // README, docs/*.md of software
	PartAttachment PartType = "attachment" // a file, by its name and by what was drawn out of it
)

// Part is one piece of a kit that is found on its own and shown under its kit. (Type, ID) is unique in the kit.
type Part struct {
	Type     PartType
	ID       string
	Title    string
	Code     string
	Summary  string
	Keywords []string // codes, tags, labels of enumerations, names: found, not shown
	Text     string   // plain text, without Markdown marks; of an attachment its pages, with a form feed between two
	Phase    []string
	Ambit    []string
	Kind     string // of the part (document.kind, template.kind, …), "" where it has none
	Updated  Date
	Of       PartRef // what an attachment hangs on, zero where it is the kit itself and of all other parts
	Pages    []int   // numbers of the pages in Text, as many as there are; none where there is no text, see [Part.PageAt]
}

// PartRef names a part of a kit.
type PartRef struct {
	Type  PartType
	ID    string
	Title string
}

// PageBreak stands between two pages in the text of an attachment.
const PageBreak = "\f"

// PageAt gives the number of the page in which a byte of the text lies, 0 where there are no pages.
func (p *Part) PageAt(offset int) int {
	n := strings.Count(p.Text[:min(max(offset, 0), len(p.Text))], PageBreak)
	if n >= len(p.Pages) {
		return 0
	}
	return p.Pages[n]
}

// continued is what stands between the id of an attachment and the number of a part that goes on with its text.
const continued = "~"

// BaseID is the id of what the part is of: a long text is several parts, whose ids are that of the attachment with a
// number behind.
func (p *Part) BaseID() string {
	if p.Type != PartAttachment {
		return p.ID
	}
	id, _, _ := strings.Cut(p.ID, continued)
	return id
}

// Line says under what a part is shown where a kit's parts are listed: a template, document or service and what hangs on it
// are one line, and all pieces of one attachment. Its Title is empty.
func (p *Part) Line() PartRef {
	if p.Type == PartAttachment && p.Of.ID != "" {
		return PartRef{Type: p.Of.Type, ID: p.Of.ID}
	}
	return PartRef{Type: p.Type, ID: p.BaseID()}
}
