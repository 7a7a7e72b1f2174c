package site_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

const livedURL = "https://git.example.it/k"

// lived holds a kit that has been in use for years: versions, histories with dates, a text that nobody revised, allowances.
func lived(t *testing.T) *catalogtest.Memory {
	t.Helper()
	m := catalogtest.NewMemory()
	n := func(i int) *int { return &i }
	story := func(ref catalog.EntityRef, name, version string, days ...catalog.Date) catalog.Adoption {
		a := catalog.Adoption{Entity: ref, Name: name, KitVersion: version, Header: catalog.Header{Path: "adoptions/" + ref.ID() + ".md"}}
		for i, kind := range []string{"analysis-start", "decision-adopt", "transfer-start", "go-live", "holder"} {
			if i < len(days) {
				a.Events = append(a.Events, catalog.AdoptionEvent{Kind: kind, Date: days[i]})
			}
		}
		return a
	}
	kit := catalog.Kit{Key: livedURL, URL: livedURL, Form: catalog.FormKit, ID: "k", Title: "K", Version: "1.2.0", Released: "2023-05-01",
		Releases: []catalog.Release{{Version: "1.2.0"}, {Version: "1.1.0"}, {Version: "1.0.0"}},
		Documents: []catalog.Document{
			{Header: catalog.Header{Path: "docs/a1.md", Body: "Che cos'è."}, ID: "a1", Code: "A1", Title: "Sintesi", Updated: "2023-01-10", Phase: []string{"A"}, Ambit: []string{"informative"}},
			{Header: catalog.Header{Path: "docs/a2.md"}, ID: "a2", Title: "Superato", Updated: "2012-01-10", Status: "superseded"},
		},
		Adoptions: []catalog.Adoption{
			story("ipa:c_a", "Comune di Alfa", "1.0.0", "2020-01-01", "2020-01-31", "2020-03-01", "2020-05-01", "2021-05-01"),
			story("ipa:c_b", "Comune di Beta", "v1.2", "2020-01-01", "2020-03-01", "2021-04-01"),
			story("ipa:c_c", "Comune di Gamma", "9.9.9", "2020-01-01"),
		},
		Services: []catalog.Service{{ID: "spazio", Title: "Spazio", Allowances: []catalog.Allowance{
			{Unit: "GB", Label: "Archiviazione", Rules: []catalog.AllowanceRule{{When: &catalog.Condition{EntityType: []string{"mountain-community"}}, Value: "1"}},
				Brackets: []catalog.Bracket{{UpTo: n(3000), Value: "0.5"}, {UpTo: n(5000), Value: "1"}, {Value: "2"}}},
			{Unit: "consultazioni", Period: "year", Brackets: []catalog.Bracket{{UpTo: n(3000), Value: "170"}}},
		}}, {ID: "altro", Title: "Altro"}},
	}
	tree := &catalog.Tree{Kits: []catalog.Kit{kit}, Catalogue: &catalog.Catalogue{ID: "c", Config: map[string]any{"stalenessMonths": 36}},
		Entities: []catalog.Entity{{ID: "c_a", IPA: "c_a", Name: "Comune di Alfa", Region: "Umbria"}, {ID: "c_b", IPA: "c_b", Name: "Comune di Beta", Region: "Puglia"}},
		Communities: []catalog.Community{
			{ID: "com", Title: "Comunità", Level: "solution", Endowment: []string{livedURL}, Members: []catalog.Member{{Entity: "ipa:c_a"}, {Entity: "ipa:c_c"}}},
			{ID: "vuota", Title: "Vuota", Level: "solution", Endowment: []string{livedURL}, Members: []catalog.Member{{Entity: "ipa:c_c"}}}}}
	bring(t, m, catalog.Visit{Source: catalog.Source{ID: catalog.CatalogueSource, Kind: "kit", URL: livedURL}, Outcome: catalog.Full, Commit: commit, URL: livedURL, Tree: tree})
	return m
}

func wants(t *testing.T, where string, n *html.Node, all ...string) {
	t.Helper()
	text := strings.ReplaceAll(words(n), "\u00a0", " ")
	for _, w := range all {
		if not, ok := strings.CutPrefix(w, "!"); ok && strings.Contains(text, not) {
			t.Errorf("%s says %q: %s", where, not, text)
		} else if !ok && !strings.Contains(text, w) {
			t.Errorf("%s does not say %q: %s", where, w, text)
		}
	}
}

// What follows from the facts is on the page where a reader looks for it, and nothing is computed from nothing.
func TestKitNumbers(t *testing.T) {
	s := newSite(t, lived(t))
	doc := page(t, s, "/kit/k", 200)
	wants(t, "the kit", doc,
		"L'ultima revisione di questo kit è del 1 maggio 2023: oltre 36 mesi fa", "non rivisto da oltre 36 mesi",
		"Per chi vuole conoscere la pratica (fase A) 20% (1 su 5 caselle)", "Per chi la userà (fasi B e C) 0% (0 su 10 caselle)",
		"Che cosa manca: 14 caselle vuote", "gli atti da adottare: schema di convenzione", "!una sintesi della pratica", "gestione del cambiamento",
		"Tasso di trasformazione 50% (1 su 2)", "Dall'analisi alla decisione 45 giorni, valore mediano (2 storie con le date)",
		"Dalla decisione all'avvio 91 giorni, valore mediano (una storia con le date)",
		"Avvio nel 2020 100% (1 su 1)", "Avvio nel 2021 0% (0 su 1)", "Umbria 100% (1 su 1)", "Puglia 0% (0 su 1)")
	for i, want := range []string{"Usa la versione 1.0.0: 2 versioni indietro. Che cosa è cambiato: 1.2.0 , 1.1.0", "Usa la versione v1.2: è l'ultima.",
		"Usa la versione 9.9.9: non è tra le versioni che il kit ha pubblicato."} {
		wants(t, "an adopter", byClass(doc, "adopter")[i], want)
	}
	if n := len(byClass(doc, "mini-badge")); n < 1 || strings.Count(words(doc), "non rivisto da oltre") != 1 {
		t.Errorf("a document that is superseded is called old, too")
	}
	wants(t, "in English", page(t, s, "/en/kit/k", 200), "50% (1 of 2)", "2 versions behind", "more than 36 months ago", "a model agreement, a model resolution, forms")
	wants(t, "the document", page(t, s, "/kit/k/documenti/a1", 200), "L'ultima revisione di questo documento è del 10 gennaio 2023: oltre 36 mesi fa")
	wants(t, "the superseded document", page(t, s, "/kit/k/documenti/a2", 200), "!oltre 36 mesi fa")
	story := page(t, s, "/kit/k/adozioni/c_a", 200)
	wants(t, "the story", story, "Ruolo Detentore", "Versione in uso 1.0.0: 2 versioni indietro", "Dall'analisi alla decisione 30 giorni", "Dalla decisione all'avvio 91 giorni")
	if a := link(story, "1.1.0"); a == nil || attr(a, "href") != "/kit/k#versions" {
		t.Error("what changed is not linked")
	}
	wants(t, "the community", page(t, s, "/comunita/com", 200), "Tasso di trasformazione 100% (1 su 1)")
	wants(t, "a community that nobody went far with", page(t, s, "/comunita/vuota", 200), "Tasso di trasformazione non calcolabile")
	cit := page(t, newSite(t, starterStore(t)), "/kit/kit-cit", 200)
	wants(t, "the kit of the starter catalogue", cit, "!valore mediano", "!oltre 24 mesi", "!Che cosa manca", "Per chi la userà (fasi B e C) 100% (10 su 10 caselle)")
	wants(t, "a kit that nobody transferred", page(t, newSite(t, starterStore(t)), "/kit/kit-sua", 200), "Che cosa manca")
}

// What comes with the fee: the table, and the answer for one body, with what is not published said as such.
func TestAllowances(t *testing.T) {
	s := newSite(t, lived(t))
	const path = "/kit/k/servizi/spazio"
	wants(t, "the service", page(t, s, path, 200), "Comunità montana 1 GB", "fino a 3.000 abitanti 0,5 GB", "oltre 3.000 e fino a 5.000 abitanti 1 GB", "oltre 5.000 abitanti 2 GB",
		"fino a 3.000 abitanti 170 consultazioni all'anno", "oltre 3.000 abitanti non noto: la fonte non lo pubblica", "!Risultato")
	for query, want := range map[string][]string{
		"?entityType=municipality&inhabitants=3.000": {"Archiviazione 0,5 GB", "consultazioni 170 consultazioni all'anno"},
		"?entityType=municipality&inhabitants=3001":  {"Archiviazione 1 GB", "consultazioni non noto: la fonte non lo pubblica"},
		"?entityType=mountain-community":             {"Archiviazione 1 GB", "consultazioni Per saperlo manca: gli abitanti"},
		"?inhabitants=100":                           {"Archiviazione Per saperlo manca: il tipo di ente", "consultazioni 170"},
	} {
		if answers := byClass(page(t, s, path+query, 200), "calc-answer"); len(answers) != 1 {
			t.Errorf("%s: %d answers", query, len(answers))
		} else {
			wants(t, query, answers[0], want...)
		}
	}
	wants(t, "a number that is none", page(t, s, path+"?inhabitants=tanti", 200), "scrivi un numero intero", "!Risultato")
	wants(t, "a service without allowances", page(t, s, "/kit/k/servizi/altro", 200), "!Per il tuo ente", "!Dotazioni")
}
