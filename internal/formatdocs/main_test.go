package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

// Whoever changes a schema also changes the reference: the committed pages are what the program writes.
func TestCommittedPagesAreGenerated(t *testing.T) {
	dir := t.TempDir()
	if err := run([]string{dir}); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []schema.Lang{schema.It, schema.En} {
		want, err := os.ReadFile(filepath.Join(dir, fileName(lang)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join("..", "..", "docs", fileName(lang)))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("docs/%s is not what the schemas say: run make docs and commit it", fileName(lang))
		}
	}
}

var (
	anchor = regexp.MustCompile(`<a id="([^"]+)">`)
	inside = regexp.MustCompile(`\]\(#([^)]+)\)`)
)

// Every link inside a page leads to one place of it, and every key of the format is on it.
func TestLinksLeadSomewhere(t *testing.T) {
	for _, lang := range []schema.Lang{schema.It, schema.En} {
		text, at := page(lang), map[string]int{}
		for _, m := range anchor.FindAllStringSubmatch(text, -1) {
			at[m[1]]++
		}
		for id, n := range at {
			if n > 1 {
				t.Errorf("%s: %d places are called %s", lang, n, id)
			}
		}
		links := inside.FindAllStringSubmatch(text, -1)
		for _, m := range links {
			if at[m[1]] == 0 {
				t.Errorf("%s: a link leads to %s, which is not there", lang, m[1])
			}
		}
		if len(links) < 150 {
			t.Errorf("%s: only %d links", lang, len(links))
		}
		for _, name := range schema.Records() {
			for _, table := range schema.Record(name).Tables() {
				for _, r := range table.Rows {
					if !strings.Contains(text, "| `"+r.Key+"` | "+cell(r.Title.In(lang))) {
						t.Errorf("%s: %s.%s is not on the page", lang, name, r.Key)
					}
				}
			}
		}
	}
}

func TestRunWantsAFolder(t *testing.T) {
	if run(nil) == nil || run([]string{filepath.Join(t.TempDir(), "absent")}) == nil {
		t.Error("no error")
	}
}
