package catalog

import (
	"fmt"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

// The reason is written where the finding stands, in YAML and in the text; it is kept with the finding.
func TestReadIgnores(t *testing.T) {
	doc := func(line string) string {
		return "---\ntype: document\nid: z\ntitle: T\nsummary: S\nambit: [all]\nkind: other\nupdated: 2026-01-01\nstatus: final\nphase: [A]\n" + line + "\n---\n\nTesto.\n"
	}
	for _, c := range []struct{ name, line, want string }{
		{"stands", "titolo: x", "E02@11()"},
		{"ignored", "titolo: x # riuso: ignore E02 campo del vecchio sistema", "E02@11(campo del vecchio sistema)"},
		{"line above", "# riuso: ignore E02 campo vecchio\ntitolo: x", "E02@12(campo vecchio)"},
		{"stale", "tags: [x] # riuso: ignore E02 campo vecchio", "W16@11()"},
		{"not for what cannot be read", "date: mai # riuso: ignore E01 non si sa", "E01@11() W16@11()"},
		{"external checks are not made here", "tags: [x] # riuso: ignore P50 lento", ""},
	} {
		var got []string
		for _, f := range of(Read(withFile("docs/z.md", doc(c.line)), ReadOptions{URL: home}), "docs/z.md") {
			got = append(got, fmt.Sprintf("%s@%d(%s)", f.Code, f.Line, f.Ignored))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
	if fs := of(Read(withFile("README.md", "<!-- riuso: ignore W05 x -->\n"), ReadOptions{URL: home}), "README.md"); len(fs) != 0 {
		t.Errorf("a README is told that its comment is useless: %v", fs)
	}
}

// A comment is not called useless in a file of which not everything was said.
func TestIgnoresOfALongFile(t *testing.T) {
	p := &report{}
	p.hear("a.yml", []byte("a: 1 # riuso: ignore P17 x\n"))
	p.hear("a.yml", []byte("a: 1 # riuso: ignore P17 x\n"))
	for range MaxFileFindings + 1 {
		p.add(schema.Finding{File: "a.yml", Line: 2, Severity: schema.Warning, Code: "P41"})
	}
	for _, f := range p.close() {
		if f.Code == "W16" {
			t.Error(f)
		}
	}
	if p.heard != 1 {
		t.Errorf("a file that is read twice is heard %d times", p.heard)
	}
}
