package catalog

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
	"go.yaml.in/yaml/v3"
)

// Limits of Markdown files (house rule 5). A mark is a character that can begin a YAML value: the YAML reader takes about
// a microsecond for each, and two hundred bytes.
const (
	MaxMarkdown    = 2 << 20   // bytes
	MaxFrontMatter = 256 << 10 // bytes
	MaxFileMarks   = 100_000   // in the front matter of one file
	MaxTreeMarks   = 4_000_000 // in those of all files of one tree
)

var fence = []byte("---")

// split cuts a Markdown file into its front matter and its body. has is false when it has no front matter. Line numbers
// of the front matter are those of the file.
func (r *reader) split(file string, data []byte) (head *yaml.Node, body string, has bool, findings []schema.Finding) {
	badAt := func(line, column int, it, en, hintIt, hintEn string) {
		findings = append(findings, schema.Finding{File: file, Line: line, Column: column, Severity: schema.Error, Code: "E01",
			Message: schema.T(it, en), Hint: schema.T(hintIt, hintEn)})
	}
	bad := func(line int, it, en, hintIt, hintEn string) { badAt(line, 1, it, en, hintIt, hintEn) }
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if len(data) > MaxMarkdown {
		bad(0, "il file è troppo grande: ne è stata letta solo la prima parte", "the file is too large: only its first part was read",
			"dividi il documento o sposta il materiale tra gli allegati", "split the document or move the material to the attachments")
		data = data[:MaxMarkdown]
	}
	if !utf8.Valid(data) {
		bad(0, "il file non è in UTF-8", "the file is not UTF-8", "salvalo con codifica UTF-8", "save it as UTF-8")
		data = bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	defer func() { body = clean(body) }()
	first, rest, ok := bytes.Cut(data, []byte("\n"))
	if !ok || !bytes.Equal(bytes.TrimRight(first, " \t"), fence) {
		return nil, string(data), false, findings
	}
	end := endOfFrontMatter(rest)
	if end < 0 {
		bad(1, "l'intestazione comincia con --- ma non finisce", "the front matter begins with --- but does not end",
			"aggiungi una riga con tre trattini dopo l'ultima chiave", "add a line of three dashes after the last key")
		return nil, string(rest), true, findings
	}
	text, body := rest[:end], strings.TrimLeft(string(afterFence(rest[end:])), "\n")
	if r.marks > MaxTreeMarks {
		return nil, body, true, findings // it was said
	}
	marks := countMarks(text)
	if r.marks += marks; r.marks > MaxTreeMarks {
		r.cutShort("", schema.Tf("le intestazioni dei file contengono più di %d elementi: le altre non sono lette", "the front matters hold more than %d marks: the others are not read", MaxTreeMarks))
		return nil, body, true, findings
	}
	if len(text) > MaxFrontMatter || marks > MaxFileMarks {
		bad(1, "l'intestazione è troppo lunga", "the front matter is too long", "sposta i testi lunghi nel corpo del documento", "move long texts into the body")
		return nil, body, true, findings
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		line, column, what := publiccode.YAMLFault(text, err)
		badAt(line+1, column, "l'intestazione non si riesce a leggere come YAML: "+what.It, "the front matter cannot be read as YAML: "+what.En,
			"controlla rientri, due punti e virgolette; un testo che contiene «: » va tra virgolette", "check indentation, colons and quotes; a text with \": \" in it must be quoted")
		return nil, body, true, findings
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		bad(1, "l'intestazione non contiene chiavi", "the front matter holds no keys", "scrivi almeno type: e id:", "write at least type: and id:")
		return nil, body, true, findings
	}
	shift(doc.Content[0], 1, 0)
	return doc.Content[0], body, true, findings
}

func countMarks(text []byte) int {
	n := 0
	for _, c := range []byte("\n,:-[{?") {
		n += bytes.Count(text, []byte{c})
	}
	return n
}

// endOfFrontMatter gives the offset of the closing fence in what follows the opening one, or -1.
func endOfFrontMatter(b []byte) int {
	off := 0
	for line := range bytes.Lines(b) {
		t := bytes.TrimRight(line, " \t\n")
		if bytes.Equal(t, fence) || bytes.Equal(t, []byte("...")) {
			return off
		}
		off += len(line)
	}
	return -1
}

func afterFence(b []byte) []byte {
	_, after, _ := bytes.Cut(b, []byte("\n"))
	return after
}

// shift moves the lines of a node tree down by the line of the opening fence.
func shift(n *yaml.Node, by, depth int) {
	n.Line += by
	if depth > 2*maxNesting {
		return
	}
	for _, c := range n.Content {
		shift(c, by, depth+1)
	}
}
