package site_test

import (
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema"
)

// TestASourceWithoutEntriesSaysWhy is for the publisher who looks for a repository that gave nothing.
func TestASourceWithoutEntriesSaysWhy(t *testing.T) {
	m := catalogtest.NewMemory()
	put := func(id catalog.SourceID, outcome catalog.Outcome, keys []catalog.RecordKey, fs ...schema.Finding) {
		t.Helper()
		st := catalog.SourceState{Source: catalog.Source{ID: id, Kind: "kit", URL: "https://example.org/" + string(id)}, Keys: keys, Findings: fs,
			Visits: []catalog.VisitSummary{{At: now(), Outcome: outcome}}}
		if err := m.Commit(t.Context(), catalog.Delta{State: st}); err != nil {
			t.Fatal(err)
		}
	}
	put("vuota", catalog.Full, nil,
		schema.Finding{Severity: schema.Error, Code: "P07", Message: schema.T("licenza sconosciuta", "unknown licence")},
		schema.Finding{Severity: schema.Error, Code: "V02", Message: schema.T("né kit.md né publiccode.yml", "no kit.md, no publiccode.yml")})
	put("piena", catalog.Full, []catalog.RecordKey{{Kind: catalog.KindKit, Key: "https://example.org/piena"}})
	put("giu", catalog.Failed, nil)
	put(catalog.CatalogueSource, catalog.Full, []catalog.RecordKey{{Kind: catalog.KindEntity, Key: "ipa:c_x000"}})
	s := newSite(t, m)
	doc := page(t, s, "/fonti", 200)
	text := words(doc)
	for _, want := range []string{"3 fonti attive", "tutte (3)", "con voci (1)", "senza voci (1)", "non riuscite (1)", "Perché non è entrato nulla: né kit.md né publiccode.yml"} {
		if !strings.Contains(text, want) {
			t.Errorf("the list does not say %q: %s", want, text)
		}
	}
	if len(byClass(doc, "outcome-none")) != 1 {
		t.Error("a visit that gave nothing is told as one that went well")
	}
	if empty := page(t, s, "/fonti?stato=senza-voci", 200); link(empty, "vuota") == nil || link(empty, "piena") != nil {
		t.Error("the filter does not keep the sources without entries alone")
	}
	if w := get(t, s, "/fonti?stato=boh"); w.Code != 400 {
		t.Errorf("a group that does not exist gives %d", w.Code)
	}
	one := words(page(t, s, "/fonti/vuota", 200))
	why, other := strings.Index(one, "né kit.md né publiccode.yml"), strings.Index(one, "licenza sconosciuta")
	if why < 0 || other < 0 || why > other {
		t.Errorf("the reason does not come before the other findings: %d %d", why, other)
	}
}
