package schema

// Value is one value of an enumeration with the label that a person reads.
type Value struct {
	Value string `json:"value"`
	Label Text   `json:"label"`
}

// Enum is a closed list of values, in the order in which they are shown. The values are frozen: adopters' files carry
// them. Source: kit format 1, §1 and the tables of §§3-15.
type Enum struct {
	Name   string
	Values []Value
}

// Has says whether v is a value of the enumeration.
func (e *Enum) Has(v string) bool { return e.Index(v) >= 0 }

// Index gives the position of v in the order of showing, or -1.
func (e *Enum) Index(v string) int {
	for i := range e.Values {
		if e.Values[i].Value == v {
			return i
		}
	}
	return -1
}

// Label gives the label of v; a value that is not in the list is its own label.
func (e *Enum) Label(v string) Text {
	if i := e.Index(v); i >= 0 {
		return e.Values[i].Label
	}
	return Text{It: v, En: v}
}

func enum(name string, vs ...Value) *Enum { return &Enum{Name: name, Values: vs} }

func v(value, it, en string) Value { return Value{Value: value, Label: T(it, en)} }

// EnumNamed gives the enumeration of that name ("phase", "kit.kind"), or nil.
func EnumNamed(name string) *Enum {
	for _, e := range []*Enum{
		Phases, Ambits, CodeSchemes, KitKinds, KitStatuses, EntityTypes, Roles, ReuseModes, Agreements, Recipients,
		DocumentKinds, DocumentStatuses, Audiences, TemplateKinds, Signers,
		ServiceAreas, ServiceOrigins, Inclusions, ServiceDurations, Confirmations, ServiceFunctions,
		TariffVAT, TariffPeriods, ComponentKinds, ChecklistKinds, ItemTypes, Privacies,
		EventKinds, MeetingKinds, MeetingModes, CommunityLevels, CommunityKinds, Designations, Opennesses, NoveltyLevels,
		SourceKinds, Trusts, LegacyModes, CatalogueScopes, RequirementKinds, ComponentTypes, Decisions,
	} {
		if e.Name == name {
			return e
		}
	}
	return nil
}
