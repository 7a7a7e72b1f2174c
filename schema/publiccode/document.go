package publiccode

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	goccy "github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema"
)

// Options say how to check.
type Options struct {
	// File is the name to write in the findings.
	File string
	// IPACode says whether a code is in the index of public bodies, in any case of letters. When nil codes are not
	// checked: a code that cannot be checked is not an error.
	IPACode func(code string) (known bool)
}

// Parse reads and checks a publiccode.yml. The PublicCode is nil only when there is no YAML mapping to read, and then
// there is a finding; otherwise it holds what could be read, whatever the findings. These are in the order of reading.
// A file that is not YAML, of another version, or with a key written twice is told that and nothing more, as the
// reference parser does: the rest would mostly be a consequence. Parse never panics.
func Parse(data []byte, o Options) (*PublicCode, []schema.Finding) {
	r := &reader{o: o}
	root := r.document(data)
	var p *PublicCode
	if root != nil {
		p = r.publicCode(root)
	}
	found := r.findings
	if len(r.fatal) > 0 {
		found = r.fatal
	}
	schema.Sort(found)
	return p, found
}

// document gives the mapping of the only document, or nil after a finding.
func (r *reader) document(data []byte) *yaml.Node {
	if len(data) > MaxBytes {
		r.fail(P06, "", 0, 0, tooLargeText)
		return nil
	}
	m := look(data)
	switch {
	case m.badUTF8 >= 0:
		line, col := lineAt(data, m.badUTF8)
		r.fail(P02, "", line, col, schema.T("il file non è in UTF-8", "the file is not UTF-8"))
		return nil
	case m.marks > MaxMarks:
		r.fail(P06, "", 0, 0, tooLargeText)
		return nil
	}
	if bytes.HasPrefix(data, bom) {
		r.fail(P03, "publiccodeYmlVersion", 1, 1, schema.T(
			"il file comincia con un segno invisibile (BOM)", "the file begins with an invisible mark (BOM)"))
		data = data[len(bom):]
	}
	if m.control {
		data = cleaned(data)
	}
	if at := directive(data); at >= 0 {
		line, col := lineAt(data, at)
		r.fail(P04, "", line, col, severalText)
		data = bytes.Clone(data)
		data[at] = '#'
	}
	doc, second, err := nodes(data)
	if err != nil {
		r.syntax(data, err)
		return nil
	}
	if second > 0 {
		r.fail(P04, "", second, 1, severalText)
	}
	if doc == nil || doc.Kind != yaml.MappingNode {
		r.noVersion(1, 1)
		return nil
	}
	r.checkKeys(doc, 0)
	return doc
}

// nodes reads the first document; second is the line where another begins, 0 when none does.
func nodes(data []byte) (root *yaml.Node, second int, err error) {
	// The YAML readers are of others and the bytes are hostile: a fault of theirs is a file that cannot be read.
	defer func() {
		if fault := recover(); fault != nil {
			root, second, err = nil, 0, fmt.Errorf("yaml reader: %v", fault)
		}
	}()
	var doc, next yaml.Node
	d := yaml.NewDecoder(bytes.NewReader(data))
	switch err := d.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return nil, 0, nil
	case err != nil:
		return nil, 0, err
	}
	if err := d.Decode(&next); err == nil {
		second = next.Line
	} else if !errors.Is(err, io.EOF) {
		return nil, 0, err
	}
	if len(doc.Content) == 1 {
		root = doc.Content[0]
	}
	return root, second, nil
}

// directive gives the offset of a YAML directive ("%YAML 1.2") at the head of the file, which the reference parser
// takes for a document of its own; -1 when there is none.
func directive(data []byte) int {
	offset := 0
	for line := range bytes.Lines(data) {
		switch {
		case line[0] == '%':
			return offset
		case line[0] != '#' && len(bytes.TrimSpace(line)) > 0:
			return -1
		}
		offset += len(line)
	}
	return -1
}

// syntax records why and where the file is not YAML.
func (r *reader) syntax(data []byte, err error) {
	line, col, why := YAMLFault(data, err)
	r.fatal = r.fatal[:0]
	r.fail(P01, "", line, col, schema.T("il file non è YAML: "+why.It, "the file is not YAML: "+why.En))
}

// explain asks the second reader, which tells places better, where the error is; line is 0 when it does not know.
func explain(data []byte) (line, col int) {
	if len(data) > MaxExplain || depth(data) > MaxExplainDepth {
		return 0, 0
	}
	defer func() {
		if recover() != nil { // see nodes
			line = 0
		}
	}()
	_, err := parser.ParseBytes(data, 0)
	var syntax *goccy.SyntaxError
	if errors.As(err, &syntax) && syntax.GetToken() != nil && syntax.GetToken().Position != nil {
		at := syntax.GetToken().Position
		return at.Line, at.Column
	}
	return 0, 0
}

// depth is never less than how deep the collections of a text nest within one line: the brackets that stand open at
// once, and the dashes and question marks of compact collections ("- - - a").
func depth(data []byte) (deepest int) {
	open, compact := 0, 0
	for i, b := range data {
		switch b {
		case '[', '{':
			open++
		case ']', '}':
			open = max(0, open-1)
		case '\n', '\r':
			compact = 0
		case '-', '?':
			if i+1 < len(data) && (data[i+1] == ' ' || data[i+1] == '\t') {
				compact++
			}
		}
		deepest = max(deepest, open+compact)
	}
	return deepest
}

// lineOf takes the line out of an error of the first reader ("line 12: ...", "unknown anchor 'x' referenced"); 1 when
// it tells none.
func lineOf(data []byte, why string) int {
	if _, rest, ok := strings.Cut(why, "line "); ok {
		digits, _, _ := strings.Cut(rest, ":")
		if n, err := strconv.Atoi(digits); err == nil && n > 0 {
			return n
		}
	}
	if _, rest, ok := strings.Cut(why, "unknown anchor '"); ok {
		name, _, _ := strings.Cut(rest, "'")
		if at := bytes.Index(data, []byte("*"+name)); at >= 0 {
			line, _ := lineAt(data, at)
			return line
		}
	}
	return 1
}

func (r *reader) noVersion(line, col int) {
	r.fail(P07, "publiccodeYmlVersion", line, col, schema.T("manca publiccodeYmlVersion", "publiccodeYmlVersion is missing"))
}
