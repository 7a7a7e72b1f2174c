package catalog

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
)

// FacetLabel is what a person reads for a value of a facet: the label of an enumeration, the name of a body. A value that
// nobody has a label for is its own. bodies tells what is known of an entity; it may give nil.
func FacetLabel(name FacetName, value string, bodies func(EntityRef) *Entity) schema.Text {
	switch name {
	case FacetForm:
		return FormLabel(Form(value))
	case FacetType:
		return PartTypeLabel(PartType(value))
	case FacetKind:
		return schema.KitKinds.Label(value)
	case FacetPhase:
		return schema.Phases.Label(value)
	case FacetAmbit:
		return schema.Ambits.Label(value)
	case FacetEntityType:
		return schema.EntityTypes.Label(value)
	case FacetStatus:
		return schema.KitStatuses.Label(value)
	case FacetTopic:
		t := TopicLabel(value)
		return schema.T(t, t)
	case FacetEntity, FacetAdopter:
		if e := bodies(EntityRef(value)); e != nil && e.Name != "" {
			return schema.T(e.Name, e.Name)
		}
		id := EntityRef(value).ID()
		return schema.T(id, id)
	}
	return schema.T(value, value)
}

// TopicLabel makes words of a topic's id: "transizione-digitale" is shown as "Transizione digitale".
func TopicLabel(topic string) string {
	words := strings.ReplaceAll(topic, "-", " ")
	if words == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(r)) + words[n:]
}

// FormLabel is what a person reads for a form.
func FormLabel(f Form) schema.Text {
	switch f {
	case FormKit:
		return schema.T("Kit del riuso", "Reuse kit")
	case FormSoftware:
		return schema.T("Software", "Software")
	case FormLegacy:
		return schema.T("Kit importato", "Imported kit")
	}
	return schema.T(string(f), string(f))
}

// PartTypeLabel is what a person reads for the type of a part.
func PartTypeLabel(t PartType) schema.Text {
	switch t {
	case PartKit:
		return schema.T("Scheda del kit", "Kit overview")
	case PartDocument:
		return schema.T("Documento", "Document")
	case PartTemplate:
		return schema.T("Atto o modulo", "Act or form")
	case PartService:
		return schema.T("Servizio", "Service")
	case PartTariff:
		return schema.T("Tariffa", "Tariff")
	case PartChecklist:
		return schema.T("Lista di controllo", "Checklist")
	case PartAdoption:
		return schema.T("Adozione", "Adoption")
	case PartLaboratory:
		return schema.T("Laboratorio", "Laboratory")
	case PartPage:
		return schema.T("Pagina", "Page")
	case PartAttachment:
		return schema.T("Allegato", "Attachment")
	}
	return schema.T(string(t), string(t))
}
