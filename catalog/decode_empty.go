package catalog

import (
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"go.yaml.in/yaml/v3"
)

// maxLacking is how many missing keys are named at once.
const maxLacking = 3

// lacking names the required keys of a shape that a mapping does not have, not even under another name; maxLacking at most.
func lacking(n *yaml.Node, s *schema.Shape, misnamed map[string]bool) string {
	var names []string
	for _, p := range s.Properties {
		if p.Required && !misnamed[p.Name] && valueOf(n, p.Name) == nil {
			if len(names) == maxLacking {
				names = append(names, "…")
				break
			}
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, ", ")
}

// strangeKeys tells of keys that are like none; lacks are the required keys that are missing: under x: one of these that
// has another name would be hidden.
func (d *decoder) strangeKeys(keys []*yaml.Node, in, lacks string) {
	hint := schema.T("togli la chiave o mettila sotto x:", "remove the key or put it under x:")
	if lacks != "" {
		hint = schema.T("se è una delle chiavi che mancano ("+lacks+") scrivila con quel nome, altrimenti togli la chiave",
			"if it is one of the keys that are missing ("+lacks+") write it by that name, otherwise remove the key")
	}
	for _, n := range keys {
		if !d.mute(n, schema.Error) {
			d.strangeKey(n, dot(in, n.Value), hint)
		}
	}
}

func (d *decoder) strangeKey(n *yaml.Node, at string, hint schema.Text) {
	d.say(n, schema.Error, "E02", at, schema.Tf("chiave sconosciuta «%s»", "unknown key %q", n.Value), hint)
}

// inQuotes says of a number or a truth value between quotation marks that it is a text: editors that go by the schemas
// say so too.
func (d *decoder) inQuotes(n *yaml.Node, key string, s *schema.Shape) bool {
	const quotes = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle
	if n.Kind != yaml.ScalarNode || n.Style&quotes == 0 {
		return false
	}
	switch s.Kind {
	case schema.Integer:
		d.wrongType(n, key, schema.T("un numero intero, senza virgolette", "a whole number, without quotes"),
			schema.T("togli le virgolette: solo le cifre, per esempio 12000", "remove the quotes: digits only, as in 12000"))
	case schema.Boolean:
		if !slices.Contains([]string{"true", "false"}, strings.ToLower(n.Value)) {
			return false // the word itself is what is wrong
		}
		d.wrongType(n, key, schema.T("true oppure false, senza virgolette", "true or false, without quotes"),
			schema.T("togli le virgolette", "remove the quotes"))
	default:
		return false
	}
	return true
}
