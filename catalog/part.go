package catalog

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
	PartPage       PartType = "page" // README, docs/*.md of software
)

// Part is one piece of a kit that is found on its own and shown under its kit. (Type, ID) is unique in the kit.
type Part struct {
	Type     PartType
	ID       string
	Title    string
	Code     string
	Summary  string
	Keywords []string // codes, tags, labels of enumerations, names: found, not shown
	Text     string   // plain text, without Markdown marks
	Phase    []string
	Ambit    []string
	Kind     string // of the part (document.kind, template.kind, …), "" where it has none
	Updated  Date
}
