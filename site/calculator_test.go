package site_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/catalog/starter"
)

// The form works without a script and the answer is what the tariff says, with what is not known left open.
func TestCalculator(t *testing.T) {
	s := newSite(t, starterStore(t))
	const quota, portali = "/kit/kit-cit/tariffe/quota-adesione", "/kit/kit-cit/tariffe/portali-comunali"
	for _, tc := range []struct {
		path    string
		says    []string
		saysNot []string
	}{
		{quota, []string{"Quanto pagherebbe il tuo ente", "Calcola"}, []string{"Risultato"}},
		{quota + "?entityType=municipality&inhabitants=3000&businesses=250", []string{"al massimo 700,00", "450,00"}, nil},
		{quota + "?entityType=municipality&inhabitants=40.001&businesses=1", []string{"300,00"}, []string{"al massimo"}},
		{quota + "?entityType=municipality&inhabitants=3000", []string{"manca", "le imprese", "450,00"}, nil},
		{quota + "?entityType=union", []string{"300,00"}, nil},
		{quota + "?entityType=municipality&inhabitants=tremila", []string{"scrivi un numero intero", `aria-invalid="true"`}, []string{"Primo anno"}},
		// A price was said for a body of any other kind when the kind was not chosen.
		{quota + "?inhabitants=4000", []string{"manca: <strong>il tipo di ente</strong>"}, []string{"300,00", "Importo"}},
		{quota + "?inhabitants=%3Cscript%3E", []string{"&lt;script&gt;"}, []string{"<script>"}},
		{portali + "?option=migrazione&option=supporto&units=1", []string{"3.600,00", "5.600,00", "1.500,00", "3.500,00"}, nil},
	} {
		res := get(t, s, tc.path)
		if res.Code != http.StatusOK {
			t.Errorf("%s: %d", tc.path, res.Code)
		}
		body := res.Body.String()
		answer := body
		if i := strings.Index(body, `class="calculator"`); i >= 0 {
			answer = body[i : i+strings.Index(body[i:], "</section>")]
		} else {
			t.Fatalf("%s has no calculator", tc.path)
		}
		for _, want := range tc.says {
			if !strings.Contains(answer, want) {
				t.Errorf("%s does not say %q", tc.path, want)
			}
		}
		for _, bad := range tc.saysNot {
			if strings.Contains(answer, bad) {
				t.Errorf("%s says %q", tc.path, bad)
			}
		}
	}
}

// What a discount goes by was missing for ever, with no field to type it in; membership, which a rule asks for, could not
// be said.
func TestCalculatorAsksForWhatItLacks(t *testing.T) {
	yes := true
	fixed := func(amount catalog.Decimal) []catalog.TariffComponent {
		return []catalog.TariffComponent{{Kind: "fixed", Label: "Quota", Amount: amount}}
	}
	tariff := func(id string, rules ...catalog.Rule) catalog.Tariff {
		return catalog.Tariff{ID: id, Title: id, Applies: "service:" + id, Currency: "EUR", Period: "year", Rules: rules}
	}
	few := 3000
	m := catalogtest.NewMemory()
	bring(t, m, catalog.Visit{Source: catalog.Source{ID: "s", Kind: "kit", URL: "https://git.example.it/k"}, Outcome: catalog.Full, Commit: commit, URL: "https://git.example.it/k",
		Tree: &catalog.Tree{Kits: []catalog.Kit{{Key: "https://git.example.it/k", URL: "https://git.example.it/k", Form: catalog.FormKit, ID: "k", Title: "K",
			Tariffs: []catalog.Tariff{
				tariff("sconto", catalog.Rule{Components: fixed("100.00"), Discounts: []catalog.Discount{{Label: "Piccoli", Kind: "percent", By: "users",
					Table: []catalog.Bracket{{UpTo: &few, Value: "10"}, {Value: "0"}}}}}),
				tariff("soci", catalog.Rule{When: &catalog.Condition{Member: &yes}, Components: fixed("150.00")}, catalog.Rule{Components: fixed("200.00")}),
			}}}}})
	s := newSite(t, m)
	for path, want := range map[string]string{
		"sconto":            "Persone",
		"sconto?users=20":   "90,00",
		"soci":              "Il tuo ente aderisce già?",
		"soci?member=true":  "Importo 150,00",
		"soci?member=false": "Importo 200,00",
		"soci?member=boh":   "Il tuo ente aderisce già?",
	} {
		section := byClass(page(t, s, "/kit/k/tariffe/"+path, http.StatusOK), "calculator")[0]
		if text := words(section); !strings.Contains(text, want) {
			t.Errorf("%s does not say %q: %s", path, want, text)
		}
	}
}

// A tariff with a fault was told as one that has no rule for the body.
func TestCalculatorOfABrokenTariff(t *testing.T) {
	tree := catalog.Read(starter.FS(), catalog.ReadOptions{URL: starterURL})
	for _, k := range tree.Kits {
		for i := range k.Tariffs {
			k.Tariffs[i].Rules[0].Components[0].Kind = "fixed" // without an amount
			k.Tariffs[i].Rules[0].Components[0].Amount = ""
		}
	}
	m := catalogtest.NewMemory()
	bring(t, m, catalog.Visit{Source: catalog.Source{ID: catalog.CatalogueSource, Kind: "kit", URL: starterURL}, Outcome: catalog.Full, Commit: commit, URL: starterURL, Tree: tree})
	body := get(t, newSite(t, m), "/kit/kit-cit/tariffe/quota-adesione?entityType=union").Body.String()
	if !strings.Contains(body, "ha un errore e non si può calcolare") || strings.Contains(body, "non prevede questo tipo di ente") || strings.Contains(body, "300,00</dd>") {
		t.Errorf("the answer does not say that the tariff has a fault:\n%s", body)
	}
}
