package publiccode

import (
	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema"
)

// checkKeys looks for keys written twice anywhere in the tree, which YAML forbids (1.2 §3.2.1.1).
func (r *reader) checkKeys(n *yaml.Node, depth int) {
	if depth > maxTreeDepth {
		return
	}
	if n.Kind == yaml.MappingNode {
		r.checkMapping(n)
	}
	for _, c := range n.Content {
		if len(c.Content) > 0 {
			r.checkKeys(c, depth+1)
		}
	}
}

const (
	maxTreeDepth = 10_000 // that of the YAML reader
	fewKeys      = 32     // up to here comparing each with each costs less than a map
)

func (r *reader) checkMapping(n *yaml.Node) {
	if len(n.Content) <= 2*fewKeys {
		var met uint64 // which kinds of key were met: only a key of a kind already met is compared with those before
		for i := 0; i < len(n.Content); i += 2 {
			kind := kindOfKey(n.Content[i].Value)
			for j := 0; met&kind != 0 && j < i; j += 2 {
				if sameKey(n.Content[i], n.Content[j]) {
					r.duplicate(n.Content[i], n.Content[j])
					break
				}
			}
			met |= kind
		}
		return
	}
	seen := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind != yaml.ScalarNode {
			continue
		}
		if first := seen[key.Value]; first != nil {
			r.duplicate(key, first)
			continue
		}
		seen[key.Value] = key
	}
}

// kindOfKey puts a key in one of 64 kinds, by its length and ends.
func kindOfKey(s string) uint64 {
	if s == "" {
		return 1
	}
	return 1 << ((uint(len(s)) + 5*uint(s[0]) + 11*uint(s[len(s)-1])) % 64)
}

func sameKey(a, b *yaml.Node) bool {
	return a.Kind == yaml.ScalarNode && b.Kind == yaml.ScalarNode && a.Value == b.Value
}

func (r *reader) duplicate(key, first *yaml.Node) {
	r.fail(P05, "", key.Line, key.Column, schema.Tf(
		"la chiave «%s» è già alla riga %d", "the key %q is already on line %d", clip(key.Value), first.Line))
}
