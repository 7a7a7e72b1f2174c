package catalog

import (
	"math"
	"strconv"

	"github.com/open-community-pa/riuso/schema"
	"go.yaml.in/yaml/v3"
)

// maxFreeDepth bounds the nesting of a value whose keys the format does not name.
const maxFreeDepth = 10

// free makes a value that the format leaves free of a node: text, whole number, finite number, truth value, list, or a
// map with text for keys, so that it can always be written as JSON. What YAML knows and JSON does not (a number that is
// not finite, a key that is not text) is a finding and left out; a date stays as it was written. ok is false when nothing
// is left.
func (d *decoder) free(n *yaml.Node, key string, s *schema.Shape, depth int) (x any, ok bool) {
	if !d.enter(n, key) {
		return nil, false
	}
	if depth > maxFreeDepth {
		d.say(n, schema.Error, "E01", key, schema.T("la struttura è annidata troppo in profondità", "the structure is nested too deep"),
			schema.Tf("riduci a meno di %d livelli", "keep it under %d levels", maxFreeDepth))
		return nil, false
	}
	switch n.Kind {
	case yaml.MappingNode:
		out := map[string]any{}
		d.keys(n, key, func(name string, _, vn *yaml.Node, at string) {
			if v, ok := d.free(vn, at, s, depth+1); ok {
				out[name] = v
			}
		})
		return out, len(out) > 0
	case yaml.SequenceNode:
		out := []any{}
		for i, item := range d.items(n, key) {
			if v, ok := d.free(item, key+"["+strconv.Itoa(i)+"]", s, depth+1); ok {
				out = append(out, v)
			}
		}
		return out, len(out) > 0
	}
	return d.freeScalar(n, key)
}

func (d *decoder) freeScalar(n *yaml.Node, key string) (any, bool) {
	switch n.ShortTag() {
	case "!!null":
		return nil, false
	case "!!bool":
		var b bool
		if err := n.Decode(&b); err == nil {
			return b, true
		}
	case "!!int":
		var i int
		if err := n.Decode(&i); err == nil {
			return i, true
		}
	case "!!float":
		var f float64
		if err := n.Decode(&f); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f, true
		}
	default: // text, dates, and tags that the format does not know
		s := d.text(n, key, &schema.Shape{Kind: schema.Scalar, Form: schema.FormLine})
		return s, true
	}
	d.say(n, schema.Error, "E01", key, schema.Tf("«%s» non è un valore che si possa conservare", "%q is not a value that can be kept", quoted(n.Value)),
		schema.T("scrivi un numero finito, oppure mettilo tra virgolette", "write a finite number, or quote it"))
	return nil, false
}

// keys calls f for each key of a mapping that can be used, with the value and the path of the field. A key that is not a
// text of a line, or is there twice, is a finding.
func (d *decoder) keys(n *yaml.Node, key string, f func(name string, kn, vn *yaml.Node, at string)) {
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		kn, vn := n.Content[i], n.Content[i+1]
		if i/2 >= MaxList {
			d.tooMany(kn, key)
			return
		}
		if kn.Kind != yaml.ScalarNode || !isName(kn.Value) {
			d.say(kn, schema.Error, "E01", key, schema.T("una chiave deve essere una parola o poche, su una riga", "a key must be a word or a few, on one line"),
				schema.Tf("scrivi una chiave di testo, al massimo %d caratteri", "write a key of text, %d characters at most", MaxID))
			continue
		}
		at := dot(key, kn.Value)
		if seen[kn.Value] {
			d.say(kn, schema.Error, "E01", at, schema.Tf("la chiave «%s» compare due volte", "the key %q is there twice", kn.Value),
				schema.T("lascia una sola delle due", "keep one of the two"))
			continue
		}
		seen[kn.Value] = true
		f(kn.Value, kn, vn, at)
	}
}

// items gives the nodes of a list within its bound; one value stands for a list of one.
func (d *decoder) items(n *yaml.Node, key string) []*yaml.Node {
	if n.Kind != yaml.SequenceNode {
		return []*yaml.Node{n}
	}
	if len(n.Content) > MaxList {
		d.tooMany(n.Content[MaxList], key)
		return n.Content[:MaxList]
	}
	return n.Content
}

func (d *decoder) tooMany(n *yaml.Node, key string) {
	d.say(n, schema.Error, "E01", key, schema.Tf("l'elenco ha più di %d voci: le altre non sono lette", "the list has more than %d entries: the others are not read", MaxList),
		schema.T("accorcia l'elenco o dividilo in più file", "shorten the list or split it into several files"))
}
