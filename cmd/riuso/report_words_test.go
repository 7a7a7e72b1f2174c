package main

import (
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// A report in Italian says no English word for an outcome, and one in English those of the JSON report.
func TestOutcomesAreToldInTheReadersLanguage(t *testing.T) {
	for _, o := range []catalog.Outcome{catalog.Full, catalog.Unchanged, catalog.Partial, catalog.Absent, catalog.Failed} {
		w := wordsOfOutcome(o)
		for _, text := range []schema.Text{w.one, w.many, w.catalogue} {
			if text.En != string(o) || text.It == "" || text.It == text.En {
				t.Errorf("%s: %q, %q", o, text.It, text.En)
			}
		}
	}
}

// Rows stand below each other, and what comes from outside does not break them.
func TestColumnsAreAligned(t *testing.T) {
	var b strings.Builder
	columns(&b, [][]string{{"è", "uno", "a\tb\nc"}, {"assente", "lungo-nome", "d\x1b[2J"}})
	want := "è        uno         a b\ufffdc\nassente  lungo-nome  d\ufffd[2J\n"
	if b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}
