// Package fix mends in a publiccode.yml or in the front matter of a Markdown file what can be mended without knowing more
// than the file says: versions and amounts without quotes, countries in lower case, keys and licence codes with exactly one
// successor. What is not sure it leaves alone.
//
// It works on bytes: YAML nodes say where a value stands, and only its bytes are replaced, so that comments, the order of
// keys, line ends and quotes stay as they are. A byte order mark goes: it is no part of what a file says. Before anything
// is given back the result is read again and compared with what was there: were it to say anything else, nothing is
// changed.
//
// It neither reads nor writes files.
package fix

import (
	"bytes"
	"cmp"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema"
)

// Limits of what is mended; larger files are left alone, their check says why.
const (
	MaxBytes = 1 << 20 // of YAML
	MaxMarks = 100_000 // characters that can begin a YAML value
	maxDepth = 200     // of nesting
)

// Edit is one thing that was mended. Line and Column are those of the file as it was, from 1.
type Edit struct {
	Line, Column int
	Key          string      // dotted path
	What         schema.Text // what was done, for a person

	offset, length int    // the bytes that go
	text           string // what comes in their place
}

// maxSteps is how many times a file is mended again after it was mended: what is mended changes where the rest stands.
const maxSteps = 4

// PublicCode mends a publiccode.yml. found are the findings of its check, of these very bytes: some things are mended only
// where it found them. When nothing can be mended, data comes back as it is.
func PublicCode(data []byte, found []schema.Finding) (out []byte, all []Edit) {
	spots := spotsOf(found)
	var steps [][]shift
	out, all, ok := unmarked(data)
	if _, readable := open(out, 0, len(out), 0, nil); !ok || !readable || len(all) > 0 && !slices.ContainsFunc(found, func(f schema.Finding) bool { return f.Code == "P03" }) {
		return data, nil
	}
	for range maxSteps {
		d, ok := open(out, 0, len(out), 0, spots)
		if !ok {
			break
		}
		next, edits := d.publicCode()
		if len(edits) == 0 {
			break
		}
		moves := shiftsOf(out, edits)
		for _, e := range edits {
			for _, s := range slices.Backward(steps) {
				e.Line = back(s, e.Line)
			}
			all = append(all, e)
		}
		steps = append(steps, moves)
		spots = forward(moves, spots)
		out = next
	}
	return out, all
}

// publicCode mends one kind of thing: values in their place, or one move.
func (d *document) publicCode() ([]byte, []Edit) {
	d.versions()
	d.countries()
	d.renames()
	d.licence("legal", "license")
	if out, edits := d.close(); len(edits) > 0 {
		return out, edits
	}
	if out, edits := d.moved(d.ipaCode()); len(edits) > 0 {
		return out, edits
	}
	return d.moved(d.owner())
}

// FrontMatter mends the front matter of a Markdown file of the kit format; one that is no record of the format is left
// alone. See [PublicCode].
func FrontMatter(data []byte, found []schema.Finding) ([]byte, []Edit) {
	bare, all, ok := unmarked(data)
	if !ok {
		return data, nil
	}
	begin, end, ok := fences(bare)
	if !ok {
		return data, nil
	}
	d, ok := open(bare, begin, end, 1, spotsOf(found))
	if !ok {
		return data, nil
	}
	typ := d.at("type")
	if typ != nil && !slices.Contains(schema.Records(), typ.Value) || typ == nil && !slices.ContainsFunc(found, func(f schema.Finding) bool { return f.Code == "E13" }) {
		return data, nil
	}
	d.amounts()
	if typ != nil { // without a type only the amounts are sure to be ours: the check found them
		d.recordVersions()
		d.licence("license")
	}
	out, edits := d.close()
	return out, append(all, edits...)
}

// document is one YAML text within a file.
type document struct {
	data   []byte
	text   []byte // the YAML in data
	begin  int    // where it begins there
	before int    // lines before it
	starts []int  // offsets of the lines in text
	root   *yaml.Node
	found  map[spot]bool
	edits  []Edit
	want   map[*yaml.Node]string // what edited scalars are to say
}

// open reads the YAML from begin to end of data. ok is false when there is nothing that can be mended safely.
func open(data []byte, begin, end, before int, found map[spot]bool) (d *document, ok bool) {
	text := data[begin:end]
	if len(text) > MaxBytes || marks(text) > MaxMarks {
		return nil, false
	}
	root, ok := read(text)
	if !ok {
		return nil, false
	}
	d = &document{data: data, text: text, begin: begin, before: before, starts: lineStarts(text), root: root, found: found, want: map[*yaml.Node]string{}}
	return d, true
}

func marks(text []byte) (n int) {
	for _, c := range []byte("\n\r,:-?[]{}&*!#") {
		n += bytes.Count(text, []byte{c})
	}
	return n
}

// read gives the mapping of a text with exactly one YAML document.
func read(text []byte) (root *yaml.Node, ok bool) {
	// The YAML reader is of others and the bytes are hostile: a fault of its is a file that is left alone.
	defer func() {
		if recover() != nil {
			root, ok = nil, false
		}
	}()
	var doc, next yaml.Node
	r := yaml.NewDecoder(bytes.NewReader(text))
	if r.Decode(&doc) != nil || len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, false
	}
	if r.Decode(&next) == nil || deep(doc.Content[0], 0) {
		return nil, false
	}
	return doc.Content[0], true
}

func deep(n *yaml.Node, depth int) bool {
	return depth > maxDepth || slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return deep(c, depth+1) })
}

// close applies the edits, reads the result again and gives it when it says what was there but for what was mended.
func (d *document) close() ([]byte, []Edit) {
	if len(d.edits) == 0 {
		return d.data, nil
	}
	out := d.apply(d.edits)
	after, ok := read(out[d.begin : d.begin+len(d.text)+len(out)-len(d.data)])
	if !ok || !d.same(d.root, after) {
		return d.data, nil
	}
	return out, d.edits
}

// apply puts the edits, which do not overlap, into a copy of the file.
func (d *document) apply(edits []Edit) []byte {
	slices.SortStableFunc(edits, func(a, b Edit) int { return cmp.Or(cmp.Compare(a.offset, b.offset), cmp.Compare(a.length, b.length)) })
	out := make([]byte, 0, len(d.data)+len(edits)*8)
	at := 0
	for _, e := range edits {
		out = append(append(out, d.data[at:e.offset]...), e.text...)
		at = e.offset + e.length
	}
	return append(out, d.data[at:]...)
}

// same says whether two trees say the same but for the scalars that were edited, which say what they were to say.
func (d *document) same(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || len(a.Content) != len(b.Content) || a.Anchor != b.Anchor {
		return false
	}
	if want, edited := d.want[a]; edited {
		return b.Value == want && b.ShortTag() == "!!str"
	}
	if a.Value != b.Value || a.ShortTag() != b.ShortTag() {
		return false
	}
	for i := range a.Content {
		if !d.same(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}
