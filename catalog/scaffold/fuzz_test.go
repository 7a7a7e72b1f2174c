package scaffold

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
	"go.yaml.in/yaml/v3"
)

// What is inserted is read back as it was, whatever it is, and stays on its line.
func FuzzQuote(f *testing.F) {
	for _, s := range []string{"", "a: b", `"\`, "riga\nriga", "\u2028\u0085\ufeff\x00\x7f", "è\U0001f3db", "\xff", "'#-[]{}&*!|>%@`"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := "k: " + text(s).String() + "\nl: " + list{text(s), "x"}.String() + "\n"
		if strings.Count(line, "\n") != 2 {
			t.Fatalf("%q ends its line: %q", s, line)
		}
		var got struct {
			K string
			L []string
		}
		if err := yaml.Unmarshal([]byte(line), &got); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		want := strings.ToValidUTF8(s, "\uFFFD")
		if got.K != want || len(got.L) != 2 || got.L[0] != want || got.L[1] != "x" {
			t.Fatalf("%q came back as %q and %q", want, got.K, got.L)
		}
		if md := markdown(text(s)); strings.ContainsAny(md, "\n\r") || !utf8.ValidString(md) {
			t.Fatalf("%q is not on one line", md)
		}
	})
}

// Any answers either are refused with a fault or give a kit that checks without an error and says what was answered.
func FuzzKit(f *testing.F) {
	f.Add("Sportello: \"unico\"", "Una frase", "Comune di È", "Ufficio", "uno, due")
	f.Add("---", "...", "<!--", "-->", "{{x}}")
	f.Add("a\u2028b", "\ufeff", "\x85", "yes", "null, ~")
	f.Fuzz(func(t *testing.T, title, summary, name, office, topics string) {
		r := requestOf(Kit, map[string]string{"title": title, "summary": summary, "entity-name": name, "office": office, "topics": topics})
		files, err := Make(r)
		if err != nil {
			return
		}
		tree, err := files.FS()
		if err != nil {
			t.Fatal(err)
		}
		got := catalog.Read(tree, catalog.ReadOptions{})
		onlyEmptyCells(t, got.Findings)
		if len(got.Kits) != 1 || got.Kits[0].Title != tidy(title) || len(got.Kits[0].Documents) != 15 {
			t.Fatalf("%q: %+v", title, got.Kits)
		}
	})
}

// What is judged in memory is what a reader of the folder finds.
func TestArchiveIsTheFolder(t *testing.T) {
	files, err := Make(requestOf(Kit, nil))
	if err != nil {
		t.Fatal(err)
	}
	tree, err := files.FS()
	if err != nil {
		t.Fatal(err)
	}
	a := catalog.Read(tree, catalog.ReadOptions{})
	b := catalog.Read(os.DirFS(write(t, files)), catalog.ReadOptions{})
	if len(a.Findings) != len(b.Findings) || len(a.Kits) != 1 || len(b.Kits) != 1 || len(a.Kits[0].Documents) != len(b.Kits[0].Documents) {
		t.Errorf("%d findings in memory, %d on the disk", len(a.Findings), len(b.Findings))
	}
}
