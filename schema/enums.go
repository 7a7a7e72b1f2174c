package schema

import "slices"

const enumsFile = "enums.schema.json"

// Value is one value of an enumeration with the label that a person reads.
type Value struct {
	Value       string `json:"value"`
	Label       Text   `json:"label"`
	Description Text   `json:"description,omitzero"`
}

// Enum is a closed list of values, in the order in which they are shown. The values are frozen: adopters' files carry
// them. They are written in enums.schema.json. Source: kit format 1, §1 and the tables of §§3-15.
type Enum struct {
	Name        string
	Title       Text
	Description Text
	Values      []Value
}

// Has says whether v is a value of the enumeration.
func (e *Enum) Has(v string) bool { return e.Index(v) >= 0 }

// Index gives the position of v in the order of showing, or -1.
func (e *Enum) Index(v string) int {
	return slices.IndexFunc(e.Values, func(x Value) bool { return x.Value == v })
}

// Label gives the label of v; a value that is not in the list is its own label.
func (e *Enum) Label(v string) Text {
	if i := e.Index(v); i >= 0 {
		return e.Values[i].Label
	}
	return Text{It: v, En: v}
}

// EnumNamed gives the enumeration of that name ("phase", "kit.kind"), or nil.
func EnumNamed(name string) *Enum { return enums[name] }

// enums are the enumerations by name, as enums.schema.json has them.
var enums = readEnums()

func readEnums() map[string]*Enum {
	out := map[string]*Enum{}
	for name, def := range parse(enumsFile).Defs {
		e := &Enum{Name: name, Title: T(def.Title, def.En.Title), Description: T(def.Description, def.En.Description)}
		for _, v := range def.OneOf {
			e.Values = append(e.Values, Value{Value: v.Const, Label: T(v.Title, v.En.Title), Description: T(v.Description, v.En.Description)})
		}
		out[name] = e
	}
	return out
}

// enum gives an enumeration that the code names; a name that the file lacks is a fault of the program.
func enum(name string) *Enum {
	e := enums[name]
	if e == nil {
		panic("schema: " + enumsFile + " has no " + name)
	}
	return e
}
