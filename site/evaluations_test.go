package site_test

import (
	"net/http"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

// A judgement stands on the kit's page with its evidence; a level that the judge may not give is not shown as one.
func TestEvaluationsOfAKit(t *testing.T) {
	zero, four := 0, 4
	judged := func(role string, who catalog.EntityRef, day catalog.Date) catalog.Evaluation {
		return catalog.Evaluation{KitVersion: "1.2.0", Date: day, Method: "visit", Level: "reference", Expires: "2000-01-01",
			Evaluator: catalog.Evaluator{Entity: who, Role: role},
			Scores:    []catalog.Score{{Criterion: "results", Score: &four, Evidence: []string{"doc:A1"}}, {Criterion: "economy", Score: &zero}}}
	}
	kit := catalog.Kit{Key: livedURL, URL: livedURL, Form: catalog.FormKit, ID: "k", Title: "K", Version: "1.2.0", Ceding: []catalog.EntityRef{"ipa:p_a"},
		Evaluations: []catalog.Evaluation{judged("self", "ipa:p_a", "2024-01-01"), judged("observatory", "ipa:r_a", "2025-02-03")}}
	tree := &catalog.Tree{Kits: []catalog.Kit{kit}, Catalogue: &catalog.Catalogue{ID: "c", Observatory: []catalog.EntityRef{"ipa:r_a"}},
		Entities: []catalog.Entity{{ID: "r_a", IPA: "r_a", Name: "Regione Alfa"}}}
	m := catalogtest.NewMemory()
	bring(t, m, catalog.Visit{Source: catalog.Source{ID: catalog.CatalogueSource, Kind: "kit", URL: livedURL}, Outcome: catalog.Full, Commit: commit, URL: livedURL, Tree: tree})
	s := newSite(t, m)
	for path, want := range map[string][]string{
		"/kit/k":    {"Come è stata valutata", "Regione Alfa · 3 febbraio 2025", "Livello: Riferimento (best practice)", "Risultati ed efficacia", "4/4", "0/4", "doc:A1", "nessuna prova", "Il livello dichiarato non vale: chi valuta non è un osservatorio", "Valutazione scaduta il 1 gennaio 2000"},
		"/en/kit/k": {"How it was judged", "Level: Reference (best practice)", "no evidence", "does not hold: who judges is not an observatory"},
	} {
		wants(t, path, page(t, s, path, http.StatusOK), want...)
	}
}
