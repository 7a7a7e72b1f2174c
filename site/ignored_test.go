package site_test

import (
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema"
)

// TestIgnoredFindingsStandApart: what the writer of a file ignores with a reason is shown with it, and counts for nothing.
func TestIgnoredFindingsStandApart(t *testing.T) {
	m := catalogtest.NewMemory()
	st := catalog.SourceState{Source: catalog.Source{ID: "una", Kind: "kit", URL: "https://example.org/una"}, Visits: []catalog.VisitSummary{{At: now(), Outcome: catalog.Full}},
		Findings: []schema.Finding{
			{File: "kit.md", Line: 4, Severity: schema.Error, Code: "E02", Message: schema.T("chiave sconosciuta", "unknown key"), Hint: schema.T("toglila", "remove it"), Ignored: "campo del vecchio sistema"},
			{File: "kit.md", Line: 9, Severity: schema.Warning, Code: "W05", Message: schema.T("casella personale", "personal mailbox")},
		}}
	if err := m.Commit(t.Context(), catalog.Delta{State: st}); err != nil {
		t.Fatal(err)
	}
	text := words(page(t, newSite(t, m), "/fonti/una", 200))
	for _, want := range []string{"Segnalazioni: 0 errori, 1 avviso", "Ignorate con un motivo: 1", "Motivo: campo del vecchio sistema"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q: %s", want, text)
		}
	}
	if strings.Contains(text, "toglila") || strings.Index(text, "chiave sconosciuta") < strings.Index(text, "casella personale") {
		t.Error("the ignored finding is shown among those that stand")
	}
}
