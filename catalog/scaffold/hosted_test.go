package scaffold

import (
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

// Of a kit that the catalogue hosts people know the address of the catalogue; the story needs that of the kit.
func TestAdoptionOfAHostedKit(t *testing.T) {
	home := &catalog.Catalogue{URL: "https://git.example.it/regione/catalogo"}
	for kit, want := range map[string]string{
		home.URL + ".git":                  "kit: \"https://git.example.it/regione/catalogo//kits/prestito\"",
		"https://git.example.it/altri/kit": "kit: \"https://git.example.it/altri/kit\"",
	} {
		r := requestOf(Adoption, map[string]string{"kit": kit, "kit-id": "prestito"})
		r.Place, r.Home = InCatalogue, home
		files, err := Make(r)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(files["adoptions/c_x001--prestito.md"]); !strings.Contains(strings.ReplaceAll(got, "kit: h", "kit: \"h"), strings.TrimSuffix(want, "\"")) {
			t.Errorf("%s: %s", kit, got)
		}
	}
}
