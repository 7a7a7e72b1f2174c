package catalog

import (
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
)

var (
	linkTarget = regexp.MustCompile(`\]\(\s*<?([^)\s<>]+)`)
	inlineCode = regexp.MustCompile("`[^`\n]*`")
)

// linkRules looks at the links of every text of a kit.
func (r *reader) linkRules(k *Kit) {
	for _, rel := range r.in(k.Folder) {
		if m := r.opened[path.Join(k.Folder, rel)]; m != nil {
			r.linkRule(m)
		}
	}
}

// linkRule finds links of a text to files of the repository that are not there (W19). Addresses elsewhere are not asked, and
// nothing is said of a tree that was read in part.
func (r *reader) linkRule(m *marked) {
	if r.tree.Partial {
		return
	}
	said, line, fenced := 0, m.bodyLine-1, false
	for text := range strings.Lines(m.body) {
		line++
		if t := strings.TrimSpace(text); strings.HasPrefix(t, "```") || strings.HasPrefix(t, "~~~") {
			fenced = !fenced
		}
		if fenced {
			continue
		}
		// What stands between backquotes is shown as it is; blanks in its place keep the columns.
		text = inlineCode.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat(" ", len(s)) })
		for _, at := range linkTarget.FindAllStringSubmatchIndex(text, maxTextHits) {
			target := text[at[2]:at[3]]
			if r.leads(m.path, target) {
				continue
			}
			if said++; said > maxTextHits {
				return
			}
			r.find(schema.Finding{File: m.path, Line: line, Column: utf8.RuneCountInString(text[:at[2]]) + 1, Severity: schema.Warning, Code: "W19",
				Message: schema.Tf("il collegamento a «%s» non porta a nessun file", "the link to %q leads to no file", quoted(target)),
				Hint:    schema.T("correggi il percorso, che parte dalla cartella di questo file, o togli il collegamento", "correct the path, which starts from this file's folder, or remove the link")})
		}
	}
}

// leads says whether a link is to elsewhere, or to a file or folder that is there.
func (r *reader) leads(from, target string) bool {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" || strings.Contains(target, "{{") {
		return err == nil // an address that cannot be read leads nowhere
	}
	p := path.Join(path.Dir(from), u.Path)
	if strings.HasPrefix(u.Path, "/") {
		p = strings.TrimPrefix(path.Clean(u.Path), "/")
	}
	if p == "." || p == "" || r.has(p) {
		return true
	}
	if !fs.ValidPath(p) {
		return false
	}
	_, err = fs.Stat(r.fsys, p)
	return err == nil
}
