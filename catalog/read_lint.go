package catalog

import (
	"bytes"
	"github.com/open-community-pa/riuso/schema/privacy"
	"io/fs"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Limits of the lint of a tree (house rule 5).
const (
	MaxLintAttachment  = 256 << 10 // bytes of one text attachment; of a larger one the first part
	MaxLintAttachments = 4 << 20   // bytes of all text attachments of one tree
	maxLintFiles       = 2_000     // text attachments of one tree
	maxLintMarks       = 1_000_000 // in the YAML that is read a second time to name the key of a finding
)

// linted is what the lint of a tree has spent and seen.
type linted struct {
	seen  map[string]bool
	marks int   // in the YAML read a second time
	files int   // text attachments
	bytes int64 // of text attachments
}

// lint says what of a file should not be public (rules W04 and W05), once for each file. The place is that in the file.
func (r *reader) lint(p string, data []byte) {
	if r.linted.seen[p] {
		return
	}
	if r.linted.seen == nil {
		r.linted.seen = map[string]bool{}
	}
	r.linted.seen[p] = true
	text := string(bytes.ReplaceAll(bytes.ToValidUTF8(data, []byte("\uFFFD")), []byte("\r\n"), []byte("\n")))
	text = strings.TrimPrefix(text, "\ufeff")
	leaks := privacy.Find(text)
	if len(leaks) == 0 {
		return
	}
	var keys *yamlKeys
	if isDescriptor(path.Base(p)) {
		leaks, keys = descriptorLeaks(text, leaks)
	} else if head := frontMatter(text); head != "" && leaks[0].From < len(head)+len("---\n") {
		if marks := countMarks([]byte(head)); len(head) <= MaxFrontMatter && marks <= MaxFileMarks && r.linted.marks+marks <= maxLintMarks {
			r.linted.marks += marks
			keys = keysOf(head, 1)
		}
	}
	for _, f := range privacy.Tell(p, text, leaks) {
		f.Key = keys.at(f.Line, f.Column)
		r.find(f)
	}
}

// descriptorLeaks takes out of the leaks of a publiccode.yml the mailboxes and telephones of maintenance.contacts: the
// standard asks there for a person whom one can reach, nearly every real file has one, and no page shows it (kit format,
// Part III, "Privacy"). What stands elsewhere in the file, and every secret, stays. Of a file that is no YAML only the secrets
// are told: nobody knows what its lines belong to.
func descriptorLeaks(text string, leaks []privacy.Leak) ([]privacy.Leak, *yamlKeys) {
	var keys *yamlKeys
	if countMarks([]byte(text)) <= MaxFileMarks {
		keys = keysOf(text, 0)
	}
	where := privacy.Placer{Text: text}
	kept := leaks[:0:0]
	for _, l := range leaks {
		if line, column := where.Place(l.From); l.Kind.Code() == "W05" || keys != nil && !strings.HasPrefix(keys.at(line, column), "maintenance.contacts[") {
			kept = append(kept, l)
		}
	}
	return kept, keys
}

// frontMatter gives the front matter of a Markdown text without its fences, or "".
func frontMatter(text string) string {
	first, rest, ok := strings.Cut(text, "\n")
	if !ok || strings.TrimRight(first, " \t") != string(fence) {
		return ""
	}
	if end := endOfFrontMatter([]byte(rest)); end > 0 {
		return rest[:end]
	}
	return ""
}

// yamlKeys knows where the scalars of a YAML text begin, in the order of reading.
type yamlKeys struct {
	places []yamlPlace
	end    int // the last line of the text
}

type yamlPlace struct {
	line, column int
	key          string
}

// keysOf reads a YAML text whose first line is by lines further down in its file; nil when it cannot be read.
func keysOf(text string, by int) *yamlKeys {
	var doc yaml.Node
	if yaml.Unmarshal([]byte(text), &doc) != nil || len(doc.Content) == 0 {
		return nil
	}
	k := &yamlKeys{end: by + 1 + strings.Count(text, "\n")}
	k.walk(doc.Content[0], "", by, 0)
	return k
}

func (k *yamlKeys) walk(n *yaml.Node, key string, by, depth int) {
	switch {
	case depth > 2*maxNesting || len(key) > maxFindingKey:
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			child := n.Content[i].Value
			if key != "" {
				child = key + "." + child
			}
			k.places = append(k.places, yamlPlace{n.Content[i].Line + by, n.Content[i].Column, child})
			k.walk(n.Content[i+1], child, by, depth+1)
		}
	case n.Kind == yaml.SequenceNode:
		for i, c := range n.Content {
			child := key + "[" + itoa(i) + "]"
			k.places = append(k.places, yamlPlace{c.Line + by, c.Column, child})
			k.walk(c, child, by, depth+1)
		}
	}
}

// at gives the key whose value stands at a place, "" when there is none.
func (k *yamlKeys) at(line, column int) string {
	if k == nil || line > k.end {
		return ""
	}
	lo, hi := 0, len(k.places)
	for lo < hi {
		mid := (lo + hi) / 2
		if p := k.places[mid]; p.line < line || p.line == line && p.column <= column {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return ""
	}
	return k.places[lo-1].key
}

// lintAttachments looks into the text attachments of a kit. One whose content cannot be had (a visit fetches what it shows, and a
// kit may have gigabytes of attachments) is passed over: that is no fault of the kit.
func (r *reader) lintAttachments(dir string) {
	for _, list := range [][]string{r.files, r.others} {
		for _, p := range below(list, dir) {
			if !isLintable(p) || dir == "" && (strings.HasPrefix(p, "kits/") || r.ofInner(p)) {
				continue
			}
			if info, err := fs.Lstat(r.fsys, p); err != nil || !info.Mode().IsRegular() {
				continue
			}
			if r.linted.files++; r.linted.files > maxLintFiles || r.linted.bytes >= MaxLintAttachments {
				return
			}
			data, err := readSome(r.fsys, p, min(MaxLintAttachment, MaxLintAttachments-r.linted.bytes))
			if r.linted.bytes += int64(len(data)); err == nil && bytes.IndexByte(data, 0) < 0 {
				r.report.hear(p, data)
				r.lint(p, data)
			}
		}
	}
}

// isLintable says that an attachment is a text by its name.
func isLintable(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".txt", ".csv", ".html", ".htm", ".bpmn", ".json", ".xml", ".properties", ".sql", ".env", ".conf", ".ini", ".yml", ".yaml":
		return !isDescriptor(path.Base(p))
	}
	return strings.EqualFold(path.Base(p), ".env")
}
