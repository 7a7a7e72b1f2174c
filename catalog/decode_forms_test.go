package catalog

import (
	"testing"

	"github.com/open-community-pa/riuso/schema"
	"go.yaml.in/yaml/v3"
)

func TestValuesOfAForm(t *testing.T) {
	for form, cases := range map[schema.Form]map[string]bool{
		schema.FormKitURL:    {"https://git.example.it/ente/kit.git": true, "file:///srv/kit": true, "kit-x": false, "": true},
		schema.FormEmail:     {"ufficio@comune.example.it": true, "ufficio@comune": false, "a b@example.it": false, "@example.it": false, "a@example.": false},
		schema.FormDuration:  {"P2M": true, "P1Y6M": true, "P2W": true, "PT1H30M": true, "P1DT12H": true, "P": false, "PT": false, "P1DT": false, "2M": false, "P2": false, "P1M2Y": false},
		schema.FormLanguage:  {"it": true, "de-IT": true, "italiano": false, "zz": false},
		schema.FormLicence:   {"CC-BY-4.0": true, "MIT AND EUPL-1.2": true, "CC BY 4.0": false},
		schema.FormVersion:   {"1.0.0": true, "v2.1": true, "1": true, "1.0.0-rc.1": true, "uno": false, "1..0": false, "1.0 (bozza)": false},
		schema.FormTaxCode:   {"97828370581": true, "9782837058": false},
		schema.FormVATNumber: {"12345678903": true, "IT12345678903": false},
		schema.FormLegalURN:  {"urn:nir:stato:legge:1990-08-07;241": true, "L. 241/1990": true}, // a warning
	} {
		for s, want := range cases {
			d := &decoder{r: &reader{}, file: "x.md"}
			out, ok := d.value(&yaml.Node{}, s, "k", form)
			if ok != want || ok && out != s {
				t.Errorf("%s %q: %q, %v", form, s, out, ok)
			}
		}
	}
}

func TestDurationOf(t *testing.T) {
	for s, want := range map[string]string{"2 mesi": "P2M", "1 Anno": "P1Y", "10 giorni": "P10D", "3 settimane": "P3W", "4 ore": "PT4H", "30 minuti": "PT30M", "2 months": "P2M", "poco": "", "mesi": ""} {
		if got := durationOf(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
		if want != "" && !durationShape.MatchString(want) {
			t.Errorf("%q is no duration", want)
		}
	}
}
