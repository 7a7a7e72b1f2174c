package schema

import (
	"fmt"
	"slices"
	"strings"
)

// Table is one object of a record type laid out for reading: the record itself, or one of the objects that it is made of.
// The reference pages, in docs and on the site, are made of tables.
type Table struct {
	Name        string // how rows refer to it; "" for the record itself
	Title       Text
	Description Text
	Open        bool // whoever writes may add keys of their own
	Rows        []Row
}

// Row is one key of a [Table].
type Row struct {
	Key         string
	Title       Text // the label
	Description Text
	Required    bool
	Holds       Text   // what is written there, in words: "elenco: riferimento a un ente"
	Enum        *Enum  // the values to choose from, or nil
	Table       string // the Name of the table of the object that is written there, or ""
	Example     string // a line of YAML with the key, or ""
}

// Tables lays a record type out: the record first, then each object that it is made of, once, in the order in which a
// reader meets them. s is what [Record] gives.
func (s *Shape) Tables() []Table {
	t := tabler{record: parse(s.Name + ".schema.json").Defs, common: parse("common.schema.json").Defs}
	t.add("", s, s.Title, s.Description)
	for i := 0; i < len(t.open); i++ {
		next := t.open[i]
		title, description := t.texts(next.shape)
		t.add(next.name, next.shape, title, description)
	}
	return t.tables
}

// Enums lists the enumerations that the tables choose from, each once, in the order in which a reader meets them.
func Enums(tables []Table) []*Enum {
	var out []*Enum
	for _, t := range tables {
		for _, r := range t.Rows {
			if r.Enum != nil && !slices.Contains(out, r.Enum) {
				out = append(out, r.Enum)
			}
		}
	}
	return out
}

// Citing gives the source of a rule or of a record type, which the format writes in Italian, in the words of a language:
// "Formato del kit, §3" is "Kit format §3".
func Citing(lang Lang, source string) string {
	if lang != En {
		return source
	}
	return strings.NewReplacer("Formato del kit,", "Kit format", "Formato del kit", "Kit format", "parte ", "part ", "bozze", "drafts").Replace(source)
}

type tabler struct {
	record, common map[string]*node
	tables         []Table
	open           []pendingTable
}

type pendingTable struct {
	name  string
	shape *Shape
}

// texts are those of the shared definition, which speak of the object; those of a key speak of its use there.
func (t *tabler) texts(s *Shape) (title, description Text) {
	n := t.record[s.Name]
	if n == nil {
		n = t.common[s.Name]
	}
	if n == nil {
		return s.Title, s.Description
	}
	return T(n.Title, n.En.Title), T(n.Description, n.En.Description)
}

func (t *tabler) add(name string, s *Shape, title, description Text) {
	table := Table{Name: name, Title: title, Description: description, Open: s.Kind == Free}
	for _, p := range s.Properties {
		r := Row{Key: p.Name, Title: p.Title, Description: p.Description, Required: p.Required, Example: p.Example()}
		r.Holds, r.Enum, r.Table = t.holds(p.Name, p.Shape)
		table.Rows = append(table.Rows, r)
	}
	t.tables = append(t.tables, table)
}

// holds says in words what a place holds, and where the reader finds the rest.
func (t *tabler) holds(key string, s *Shape) (words Text, enum *Enum, table string) {
	switch s.Kind {
	case Object, Free:
		words = T("un gruppo di chiavi", "a group of keys")
		if len(s.Properties) == 0 {
			return T("chiavi libere", "keys of your choice"), nil, ""
		}
		return words, nil, t.object(key, s)
	case List:
		items := *s.Items
		if items.Name == "" && items.Title.IsZero() { // an object that stands nowhere else goes by the words of its key
			items.Title, items.Description = s.Title, s.Description
		}
		words, enum, table = t.holds(key, &items)
		return T("elenco: "+words.It, "list: "+words.En), enum, table
	case Map:
		words, enum, table = t.holds(key, s.Values)
		return T("chiavi libere, ciascuna con "+words.It, "keys of your choice, each with "+words.En), enum, table
	case Either:
		var its, ens []string
		for _, of := range s.Of {
			w, e, tab := t.holds(key, of)
			its, ens = append(its, w.It), append(ens, w.En)
			if e != nil && enum == nil {
				enum = e
			}
			if tab != "" {
				table = tab
			}
		}
		return T(strings.Join(its, "; oppure "), strings.Join(ens, "; or ")), enum, table
	case Integer:
		if s.Min != nil && s.Max != nil {
			return Tf("numero intero da %d a %d", "whole number from %d to %d", *s.Min, *s.Max), nil, ""
		}
		return T("numero intero", "whole number"), nil, ""
	case Boolean:
		return T("true (sì) o false (no)", "true (yes) or false (no)"), nil, ""
	}
	switch {
	case s.Const != "":
		return Tf("sempre %s", "always %s", s.Const), nil, ""
	case s.Enum != nil:
		return T("uno dei valori ammessi", "one of the allowed values"), s.Enum, ""
	}
	words = T("testo", "text")
	usual := 0 // the length that all texts of this form may have
	if n := t.common[string(s.Form)]; n != nil {
		words, usual = T(lowerFirst(n.Title), lowerFirst(n.En.Title)), n.MaxLength
	}
	if s.MaxLength > 0 && s.MaxLength != usual {
		words = T(fmt.Sprintf("%s, al massimo %d caratteri", words.It, s.MaxLength), fmt.Sprintf("%s, at most %d characters", words.En, s.MaxLength))
	}
	return words, nil, ""
}

// object gives the name of the table of an object, and sees to it that there is one.
func (t *tabler) object(key string, s *Shape) string {
	name := s.Name
	if name == "" {
		name = key
	}
	if !slices.ContainsFunc(t.open, func(p pendingTable) bool { return p.name == name }) {
		t.open = append(t.open, pendingTable{name, s})
	}
	return name
}

func lowerFirst(s string) string {
	if s == "" || len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
