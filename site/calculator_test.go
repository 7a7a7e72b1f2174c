package site_test

import (
	"net/http"
	"strings"
	"testing"
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
