package publiccode

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// at is a place in the file's tree: a key of a mapping or an item of a list, with where it stands. The chain up to the
// root (nil) gives the dotted path; it is built as text only when there is a finding.
type at struct {
	up    *at
	name  string // the key, for a key
	index int    // the number from 0, for an item; -1 for a key
	lang  bool   // the key is a language tag of description
	line  int    // of the key, or of the item's value
	col   int
}

func keyAt(up *at, key *yaml.Node) *at {
	return &at{up: up, name: key.Value, index: -1, line: key.Line, col: key.Column}
}

func itemAt(up *at, i int, item *yaml.Node) *at {
	return &at{up: up, index: i, line: item.Line, col: item.Column}
}

// absent is the place of a key that is not in the mapping at up: where the mapping begins.
func absent(up *at, name string, line, col int) *at {
	return &at{up: up, name: name, index: -1, line: line, col: col}
}

// path writes the dotted path: "maintenance.contacts[0].name".
func (a *at) path() string { return a.write(false) }

// rulePath writes it as the reference parser does in most rules: a language tag that is not only letters stands in
// brackets, "description[en-GB].features".
func (a *at) rulePath() string { return a.write(true) }

func (a *at) write(brackets bool) string {
	var chain [MaxDepth + 2]*at
	n := 0
	for ; a != nil && n < len(chain); a = a.up {
		chain[n] = a
		n++
	}
	var b strings.Builder
	for i := n - 1; i >= 0; i-- {
		switch s := chain[i]; {
		case s.index >= 0:
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
		case brackets && s.lang && !letters(s.name):
			b.WriteString("[" + s.name + "]")
		default:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(s.name)
		}
	}
	return b.String()
}

// outermost is the highest place on the way to a that stands on the line. The reference parser names a wrong type or
// an unknown key by the first thing on its line: in "- name: []" that is the item, not its name.
func (a *at) outermost(line int) *at {
	var found *at
	for s := a; s != nil; s = s.up {
		if s.line == line {
			found = s
		}
	}
	return found
}

// blame is the place to name for a value of the wrong type: see outermost; a collection that begins below its key is
// named by its first part.
func (a *at) blame(v *yaml.Node) *at {
	if found := a.outermost(v.Line); found != nil {
		return found
	}
	if len(v.Content) > 0 && v.Content[0].Line == v.Line {
		switch v.Kind {
		case yaml.MappingNode:
			return keyAt(a, v.Content[0])
		case yaml.SequenceNode:
			return itemAt(a, 0, v.Content[0])
		}
	}
	return a
}

func letters(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}
