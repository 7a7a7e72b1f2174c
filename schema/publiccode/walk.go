package publiccode

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema"
)

// reader walks the nodes of one file, once, and gathers what it finds.
type reader struct {
	o        Options
	findings []schema.Finding
	fatal    []schema.Finding // of the file as a whole: when there are any, the others are not given
	broken   int              // wrong types and unknown keys met so far
	steps    int
	aliased  int // bytes of text taken through aliases
	weights  map[*yaml.Node]int
	refs     []Reference // what the file names; nil when nobody asked
}

// object is a mapping that is being read: its entries are looked up by name, and those that nobody asked for are the
// unknown keys. A nil *object is the mapping that is not there.
type object struct {
	at      *at // nil for the root
	entries []entry
	line    int // where a missing key is reported: the first key, or the opening bracket
	col     int
	broken  int // what reader.broken was when it was opened
}

type entry struct {
	name  string
	key   *yaml.Node
	value *yaml.Node
	taken bool
}

// value is what stands under a key or in a list: its place, and its node with aliases resolved. A value with a nil
// node is absent, and one that is null counts as absent almost everywhere.
type value struct {
	at   *at
	node *yaml.Node
}

func (v value) given() bool { return v.node != nil && !isNull(v.node) }

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// resolve follows an alias, and counts steps and text so that a small file cannot unfold into a large one.
func (r *reader) resolve(n *yaml.Node) *yaml.Node {
	r.steps++
	if n.Kind != yaml.AliasNode || n.Alias == nil {
		return n
	}
	if r.aliased += r.weight(n.Alias); r.aliased > MaxAliasBytes || r.steps > MaxSteps {
		r.tooLarge(n)
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Line: n.Line, Column: n.Column}
	}
	return n.Alias
}

// weight is the text in a node, without what its own aliases bring; each anchor is weighed once.
func (r *reader) weight(n *yaml.Node) int {
	if len(n.Content) == 0 {
		return len(n.Value)
	}
	if w, known := r.weights[n]; known {
		return w
	}
	if r.weights == nil {
		r.weights = make(map[*yaml.Node]int)
	}
	w := textIn(n, 0)
	r.weights[n] = w
	return w
}

func textIn(n *yaml.Node, depth int) int {
	w := len(n.Value)
	for _, c := range n.Content {
		if depth < maxTreeDepth {
			w += textIn(c, depth+1)
		}
	}
	return w
}

func (r *reader) tooLarge(n *yaml.Node) {
	if len(r.fatal) == 0 {
		r.fail(P06, "", n.Line, n.Column, tooLargeText)
	}
}

// open begins to read a mapping. It gives nil, after a finding, for anything else, and nil for null.
func (r *reader) open(v value) *object {
	if !v.given() {
		return nil
	}
	n := r.resolve(v.node)
	if n.Kind != yaml.MappingNode {
		r.wrongType(v.at, v.node, wantObject)
		return nil
	}
	o := &object{at: v.at, broken: r.broken, line: n.Line, col: n.Column, entries: make([]entry, 0, len(n.Content)/2)}
	if n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0 {
		o.line, o.col = n.Content[0].Line, n.Content[0].Column
	}
	r.fill(o, n, 0)
	return o
}

// section begins to read a mapping whose keys are required even when it is not there, or null. It gives nil, after a
// finding, for what is not a mapping.
func (r *reader) section(v value) *object {
	if v.given() {
		return r.open(v)
	}
	o := &object{at: v.at, broken: r.broken, line: v.at.line, col: v.at.col}
	if v.node != nil {
		o.line, o.col = v.node.Line, v.node.Column
	}
	return o
}

// fill adds the entries of n, then those of the mappings that it merges ("<<"), which give way to the former.
func (r *reader) fill(o *object, n *yaml.Node, depth int) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if r.steps++; r.steps > MaxSteps {
			r.tooLarge(n)
			return
		}
		if key := n.Content[i]; key.Tag != "!!merge" {
			if depth == 0 || o.find(key.Value) == nil {
				o.entries = append(o.entries, entry{name: key.Value, key: key, value: n.Content[i+1]})
			}
		}
	}
	for i := 0; i+1 < len(n.Content) && depth < MaxDepth; i += 2 {
		if n.Content[i].Tag != "!!merge" {
			continue
		}
		switch m := r.resolve(n.Content[i+1]); m.Kind {
		case yaml.MappingNode:
			r.fill(o, m, depth+1)
		case yaml.SequenceNode:
			for _, item := range m.Content {
				if one := r.resolve(item); one.Kind == yaml.MappingNode {
					r.fill(o, one, depth+1)
				}
			}
		}
	}
}

func (o *object) find(name string) *entry {
	for i := range o.entries {
		if o.entries[i].name == name {
			return &o.entries[i]
		}
	}
	return nil
}

// take gives the value of a key, which is absent when the key is.
func (r *reader) take(o *object, name string) value {
	if e := o.find(name); e != nil {
		e.taken = true
		return value{at: keyAt(o.at, e.key), node: r.deref(e.value)}
	}
	return value{at: absent(o.at, name, o.line, o.col)}
}

// deref resolves an alias to a scalar at once, so that null behind an alias is null; collections keep the alias, which
// is followed where they are opened, so that places are those of the alias.
func (r *reader) deref(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil && n.Alias.Kind == yaml.ScalarNode {
		return r.resolve(n)
	}
	return n
}

// close ends the reading of a mapping: what was not taken is unknown.
func (r *reader) close(o *object) {
	for i := range o.entries {
		if e := &o.entries[i]; !e.taken {
			r.unknown(o, e)
		}
	}
}

// sound says that nothing under o had a wrong type or an unknown key. Warnings on a section that is not sound wait
// until it can be read: what has to be mended first comes first, and so does the reference parser.
func (r *reader) sound(o *object) bool { return o.broken == r.broken }

// text reads a scalar as text, whatever its YAML type: versions and dates need no quotes. ok is false when it is
// absent, null, or (after a finding) not a scalar.
func (r *reader) text(v value) (s string, ok bool) {
	if !v.given() {
		return "", false
	}
	n := r.resolve(v.node)
	if n.Kind != yaml.ScalarNode {
		r.wrongType(v.at, v.node, wantText)
		return "", false
	}
	return n.Value, true
}

// boolean reads true or false of YAML 1.2: yes, no, on, off and quoted words are not booleans.
func (r *reader) boolean(v value) (b, ok bool) {
	if !v.given() {
		return false, false
	}
	n := r.resolve(v.node)
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!bool" {
		r.wrongType(v.at, v.node, wantBool)
		return false, false
	}
	return n.Value[0]|0x20 == 't', true
}

// list gives the items of a list; ok is false when it is absent, null or (after a finding) not a list.
func (r *reader) list(v value) (items []value, ok bool) {
	if !v.given() {
		return nil, false
	}
	n := r.resolve(v.node)
	if n.Kind != yaml.SequenceNode {
		r.wrongType(v.at, v.node, wantList)
		return nil, false
	}
	items = make([]value, 0, len(n.Content))
	for i, item := range n.Content {
		if r.steps++; r.steps > MaxSteps {
			r.tooLarge(n)
			break
		}
		items = append(items, value{at: itemAt(v.at, i, item), node: r.deref(item)})
	}
	return items, true
}

// texts reads a list of texts and calls check, when there is one, on each; null is the empty text, as in the
// reference parser. ok is as in list.
func (r *reader) texts(v value, check func(at *at, s string)) (out []string, ok bool) {
	items, ok := r.list(v)
	for _, item := range items {
		s, isText := r.text(item)
		if !isText && !isNull(item.node) {
			continue
		}
		out = append(out, s)
		if check != nil {
			check(item.at, s)
		}
	}
	return out, ok
}

// clip shortens a text taken from the file for use in a message.
func clip(s string) string {
	const most = 60
	for i := range s {
		if i > most {
			return fmt.Sprintf("%s…", s[:i])
		}
	}
	return s
}
