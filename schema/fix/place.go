package fix

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema"
)

// fences gives where the front matter of a Markdown file begins and ends, without its two lines of dashes.
func fences(data []byte) (begin, end int, ok bool) {
	first := true
	off := 0
	for line := range bytes.Lines(data) {
		bare := bytes.TrimRight(line, " \t\r\n")
		if first {
			if !bytes.Equal(bare, []byte("---")) {
				return 0, 0, false
			}
			first, begin = false, len(line)
		} else if bytes.Equal(bare, []byte("---")) || bytes.Equal(bare, []byte("...")) {
			return begin, off, true
		}
		off += len(line)
	}
	return 0, 0, false
}

// lineStarts gives the offsets at which the YAML reader counts lines: behind LF, CRLF, CR, NEL, LS and PS.
func lineStarts(text []byte) []int {
	out := []int{0}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		i += size
		if r == '\r' && i < len(text) && text[i] == '\n' {
			i++
		} else if r != '\n' && r != '\r' && r != 0x85 && r != 0x2028 && r != 0x2029 {
			continue
		}
		out = append(out, i)
	}
	return out
}

// offset gives where a node begins in the file, or -1.
func (d *document) offset(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(d.starts) || n.Column < 1 {
		return -1
	}
	at := d.starts[n.Line-1]
	for range n.Column - 1 {
		if at >= len(d.text) {
			return -1
		}
		_, size := utf8.DecodeRune(d.text[at:])
		at += size
	}
	return d.begin + at
}

// raw gives the bytes of a scalar that is written on one line as it reads, with its quotes; ok is false for any other: one
// with escapes, an anchor, a tag, or over several lines.
func (d *document) raw(n *yaml.Node) (at, length int, ok bool) {
	if n.Kind != yaml.ScalarNode || n.Anchor != "" || n.Value == "" {
		return 0, 0, false
	}
	var quote string
	switch n.Style {
	case 0:
	case yaml.SingleQuotedStyle:
		quote = "'"
	case yaml.DoubleQuotedStyle:
		quote = `"`
	default:
		return 0, 0, false
	}
	text := quote + n.Value + quote
	at = d.offset(n)
	if at < 0 || at+len(text) > d.begin+len(d.text) || string(d.data[at:at+len(text)]) != text || strings.ContainsAny(n.Value, "\n\r") || quote != "" && strings.ContainsAny(n.Value, `\'"`) {
		return 0, 0, false
	}
	if rest := d.data[at+len(text) : d.begin+len(d.text)]; len(rest) > 0 && !strings.ContainsRune(" \t\r\n,]}:", rune(rest[0])) {
		return 0, 0, false
	}
	return at, len(text), true
}

// at gives the value at a path of keys from the root, or nil.
func (d *document) at(path ...string) *yaml.Node {
	n := d.root
	for _, name := range path {
		_, n = entry(n, name)
		if n == nil {
			return nil
		}
	}
	return n
}

// entry gives a key of a mapping and its value; nil when it is not there, or there twice.
func entry(n *yaml.Node, name string) (key, value *yaml.Node) {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil, nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value != name {
			continue
		}
		if key != nil {
			return nil, nil
		}
		key, value = n.Content[i], n.Content[i+1]
	}
	return key, value
}

// foundAt says whether the check has a finding of that code at a node.
func (d *document) foundAt(code string, n *yaml.Node) bool {
	return d.found[spot{code, n.Line + d.before, n.Column}]
}

// change notes that a scalar, written anew as text, says want from now on.
func (d *document) change(n *yaml.Node, key, text, want string, what schema.Text) {
	at, length, ok := d.raw(n)
	if _, done := d.want[n]; !ok || done {
		return
	}
	d.want[n] = want
	d.edits = append(d.edits, Edit{Line: n.Line + d.before, Column: n.Column, Key: key, What: what, offset: at, length: length, text: text})
}
