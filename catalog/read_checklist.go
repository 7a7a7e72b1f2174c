package catalog

import (
	"strconv"

	"github.com/open-community-pa/riuso/schema"
	"go.yaml.in/yaml/v3"
)

// checklist reads a list and checks that it holds together: an item has an id of its own (E05), and what names an item or
// a section names one that is there (E06).
func (r *reader) checklist(m *marked) Checklist {
	var c Checklist
	m.decode(r, &c, &c.Header)
	items, sections := map[string]bool{}, map[string]bool{}
	for _, s := range c.Sections {
		sections[s.ID] = true
	}
	for _, it := range c.Items {
		items[it.ID] = true
	}
	seen := map[string]bool{}
	m.each("items", func(key string, n *yaml.Node) {
		if id := valueOf(n, "id"); id != nil && id.Value != "" {
			if seen[id.Value] {
				r.at(m, id, key+".id", "E05", schema.Tf("due voci hanno lo stesso id «%s»", "two items have the same id %q", quoted(id.Value)),
					schema.T("dai a ciascuna voce un id suo", "give each item an id of its own"))
			}
			seen[id.Value] = true
		}
		r.names(m, n, key, "section", sections)
		r.optionRule(m, n, key)
		if on := valueOf(n, "showIf"); on != nil && on.Kind == yaml.MappingNode {
			r.names(m, on, key+".showIf", "item", items)
		}
	})
	m.each("rules", func(key string, n *yaml.Node) {
		r.names(m, n, key, "total", items)
		r.names(m, n, key, "item", items)
		r.names(m, n, key, "of", items)
	})
	if s := m.place("scoring"); s != m.head && s.Kind == yaml.MappingNode {
		for _, list := range []string{"sections", "bands"} {
			in := marked{head: s, d: m.d}
			in.each(list, func(key string, n *yaml.Node) { r.names(m, n, "scoring."+key, "section", sections) })
		}
	}
	for i, a := range c.Aggregates {
		r.aggregate(m, &c, &a, "aggregates["+strconv.Itoa(i)+"].values")
	}
	return c
}

// aggregate checks published numbers: each belongs to an item (E06), and they agree with the list's own rules (W08).
func (r *reader) aggregate(m *marked, c *Checklist, a *Aggregate, key string) {
	answers := Answers{}
	for id, v := range a.Values {
		if c.item(id) == nil {
			r.say(m, key+"."+id, schema.Error, "E06", schema.Tf("la voce «%s» non c'è in questa lista", "this checklist has no item %q", quoted(id)),
				schema.T("scrivi l'id di una voce della stessa lista", "write the id of an item of the same checklist"))
		}
		answers[id] = []string{string(v)}
	}
	for _, f := range c.Consistency(answers) {
		f.Key = key + "." + f.Key
		r.say(m, f.Key, f.Severity, f.Code, f.Message, f.Hint)
	}
}

// each calls f for every mapping of a list of the front matter, within the bound of a list.
func (m *marked) each(name string, f func(key string, n *yaml.Node)) {
	list := valueOf(m.head, name)
	if list == nil {
		return
	}
	for i, n := range m.d.bounded(list) {
		if n.Kind == yaml.MappingNode {
			f(name+"["+strconv.Itoa(i)+"]", n)
		}
	}
}

// bounded gives the entries of a list as the decoder reads them; one value stands for a list of one.
func (d *decoder) bounded(n *yaml.Node) []*yaml.Node {
	if n.Kind != yaml.SequenceNode {
		return []*yaml.Node{n}
	}
	return n.Content[:min(len(n.Content), MaxList)]
}

// names says where a key of a mapping names what is not there: one name or a list of them.
func (r *reader) names(m *marked, n *yaml.Node, at, key string, there map[string]bool) {
	v := valueOf(n, key)
	if v == nil {
		return
	}
	for i, e := range m.d.bounded(v) {
		if e.Kind != yaml.ScalarNode || e.Value == "" || there[e.Value] {
			continue
		}
		place := at + "." + key
		if v.Kind == yaml.SequenceNode {
			place += "[" + strconv.Itoa(i) + "]"
		}
		what := schema.T("nessuna voce ha l'id «"+quoted(e.Value)+"»", "no item has the id \""+quoted(e.Value)+"\"")
		if key == "section" {
			what = schema.T("nessuna sezione ha l'id «"+quoted(e.Value)+"»", "no section has the id \""+quoted(e.Value)+"\"")
		}
		r.at(m, e, place, "E06", what, schema.T("correggi il nome, o aggiungi ciò che manca in questo file", "correct the name, or add to this file what is missing"))
	}
}

// at says something of one value.
func (r *reader) at(m *marked, n *yaml.Node, key, code string, msg, hint schema.Text) {
	r.find(schema.Finding{File: m.path, Line: n.Line, Column: n.Column, Severity: schema.Error, Code: code, Key: key, Message: msg, Hint: hint})
}
