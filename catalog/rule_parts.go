package catalog

import (
	"cmp"
	"crypto/sha256"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
)

// templateRule wants of every model act something that can be edited: a text in the file, or an attachment in a format of
// a word processor (W06; kit format §5). What only gives the structure of an act has no text by its nature.
func (r *reader) templateRule(k *Kit) {
	for i := range k.Templates {
		t := &k.Templates[i]
		m := r.opened[path.Join(k.Folder, t.Path)]
		if m == nil || strings.TrimSpace(t.Body) != "" || t.Structure != nil && *t.Structure ||
			slices.ContainsFunc(t.Attachments, func(a Attachment) bool { return editable(a.Path) }) {
			continue
		}
		r.say(m, "attachments", schema.Warning, "W06", schema.Tf("l'atto «%s» non ha un testo che si possa modificare", "the act %q has no text that can be edited", cmp.Or(t.Title, t.ID)),
			schema.T("allega il file ODT o DOCX accanto al PDF, o scrivi il testo sotto l'intestazione", "attach the ODT or DOCX file beside the PDF, or write the text below the front matter"))
	}
}

// editable says that a file is in a format that an office can edit.
func editable(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".odt", ".ott", ".docx", ".dotx", ".doc", ".rtf", ".ods", ".xlsx", ".md", ".html", ".txt":
		return true
	}
	return false
}

var (
	filledIn   = regexp.MustCompile(`\{\{\s*([A-Za-z][A-Za-z0-9_.-]{0,63})\s*\}\}`)
	unfinished = regexp.MustCompile(`(?i)\b(lorem ipsum|da completare|da compilare a cura|testo da inserire|inserire testo)\b|\bTODO\b|\bTBD\b|\bXXX+\b|\[\s*(?:\.{3}|…)\s*\]`)
)

// maxTextHits bounds the findings of one rule about the words of one file.
const maxTextHits = 20

// textRules look for what was to be filled in and was not (W07): fields of an act that its placeholders do not name, and
// marks of unfinished work. A draft may have them.
func (r *reader) textRules(k *Kit) {
	if k.Status == "draft" {
		return
	}
	each := func(h *Header, status string, known func(string) bool) {
		m := r.opened[path.Join(k.Folder, h.Path)]
		if m == nil || status == "draft" || status == "work-in-progress" {
			return
		}
		r.wordRule(m, known)
	}
	for i := range k.Documents {
		each(&k.Documents[i].Header, k.Documents[i].Status, nil)
	}
	for i := range k.Templates {
		t := &k.Templates[i]
		each(&t.Header, t.Status, func(name string) bool {
			return slices.ContainsFunc(t.Placeholders, func(p Placeholder) bool { return p.Key == name })
		})
	}
	for i := range k.Services {
		each(&k.Services[i].Header, k.Services[i].Status, nil)
	}
}

func (r *reader) wordRule(m *marked, known func(string) bool) {
	said := 0
	lines := m.bodyLine
	for text := range strings.Lines(m.body) {
		for _, at := range filledIn.FindAllStringSubmatchIndex(text, maxTextHits) {
			name := text[at[2]:at[3]]
			if known != nil && known(name) || said >= maxTextHits {
				continue
			}
			said++
			r.find(schema.Finding{File: m.path, Line: lines, Column: utf8.RuneCountInString(text[:at[0]]) + 1, Severity: schema.Warning, Code: "W07",
				Message: schema.Tf("il campo «%s» è rimasto da compilare", "the field %q was left to be filled in", name),
				Hint:    schema.T("compilalo, oppure descrivilo tra i placeholders dell'atto", "fill it in, or describe it among the placeholders of the act")})
		}
		for _, at := range unfinished.FindAllStringIndex(text, maxTextHits) {
			if said++; said > maxTextHits {
				return
			}
			r.find(schema.Finding{File: m.path, Line: lines, Column: utf8.RuneCountInString(text[:at[0]]) + 1, Severity: schema.Warning, Code: "W07",
				Message: schema.Tf("«%s»: il testo sembra non finito", "%q: the text looks unfinished", text[at[0]:at[1]]),
				Hint:    schema.T("completa il testo, o segna il documento status: work-in-progress", "complete the text, or mark the document status: work-in-progress")})
		}
		lines++
	}
}

// minRepeated is from how many characters two equal texts are one text twice; shorter ones may be alike by chance.
const minRepeated = 200

// duplicateRule finds documents and attachments that hold the same (W10).
func (r *reader) duplicateRule(k *Kit) {
	seen := map[[32]byte]string{}
	again := func(key string, m *marked, field, file string) {
		sum := sha256.Sum256([]byte(key))
		if other, ok := seen[sum]; ok && other != file {
			f := schema.Finding{File: m.path, Line: m.bodyLine, Column: 1, Severity: schema.Warning, Code: "W10", Key: field,
				Message: schema.Tf("ha lo stesso contenuto di %s", "it holds the same as %s", quoted(other)),
				Hint:    schema.T("tieni una sola copia e rimanda a quella", "keep one copy and refer to it")}
			if field != "" {
				n := m.place(field)
				f.Line, f.Column = n.Line, n.Column
			}
			r.find(f)
			return
		}
		seen[sum] = file
	}
	r.eachPart(k, func(h *Header, files []Attachment) {
		m := r.opened[path.Join(k.Folder, h.Path)]
		if m == nil {
			return
		}
		if text := strings.Join(strings.Fields(h.Body), " "); utf8.RuneCountInString(text) >= minRepeated {
			again("text "+text, m, "", h.Path)
		}
		for i, a := range files {
			if sum := r.sums[path.Join(k.Folder, a.Path)]; sum != "" {
				again("file "+sum, m, "attachments["+itoa(i)+"].path", a.Path)
			}
		}
	})
}

// eachPart calls f for what in a kit has a text and attachments.
func (r *reader) eachPart(k *Kit, f func(h *Header, files []Attachment)) {
	for i := range k.Documents {
		f(&k.Documents[i].Header, k.Documents[i].Attachments)
	}
	for i := range k.Templates {
		f(&k.Templates[i].Header, k.Templates[i].Attachments)
	}
}
