package sharedtest

import (
	"strconv"

	"go.yaml.in/yaml/v3"
)

// Plain gives a YAML value as JSON would have it, for a validator of JSON Schema; a date stays the text that it is, as in
// YAML 1.2.
func Plain(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = Plain(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		l := []any{}
		for _, v := range n.Content {
			l = append(l, Plain(v))
		}
		return l
	}
	switch n.ShortTag() {
	case "!!int":
		if i, err := strconv.Atoi(n.Value); err == nil {
			return i
		}
	case "!!float":
		if f, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return f
		}
	case "!!bool":
		return n.Value == "true"
	case "!!null":
		return nil
	}
	return n.Value
}
