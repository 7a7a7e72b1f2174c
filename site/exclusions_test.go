package site_test

import (
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

// An exclusion of one file is told as that everywhere: the repository stays, and a line that names nothing is told too.
func TestExclusionsOfFilesAreNotOfThePlace(t *testing.T) {
	r, texts := filesOf()
	s, m := filesSite(t, r, texts, catalog.Exclusion{URL: filesURL + "#FASE%20B/scansione.pdf", Reason: "dati di una persona"},
		catalog.Exclusion{URL: filesURL + "#FASE%20B/scanione.pdf", Reason: "con un refuso"})
	read := catalogtest.DeltaOf("a", r)
	read.State.URL = filesURL
	if err := m.Commit(t.Context(), read); err != nil {
		t.Fatal(err)
	}
	of := words(page(t, s, "/fonti/a", 200))
	says(t, "the page of the source", of, "Il catalogo esclude singoli file di questo repository (2 righe); il resto rimane")
	list, own := words(page(t, s, "/fonti", 200)), words(page(t, s, "/fonti/catalogue", 200))
	says(t, "the list", list, "2 righe escludono singoli file")
	says(t, "the exclusions", own, "1 file tolto dal catalogo: il resto del kit rimane", "Questa riga non toglie nulla")
	if n := strings.Count(own, "Questa riga"); n != 1 {
		t.Errorf("%d lines name nothing", n)
	}
	for name, text := range map[string]string{"source": of, "list": list} {
		for _, no := range []string{"esclude questo repository", "repository è escluso", "repository sono esclusi", "Perché non è entrato nulla dati"} {
			if strings.Contains(text, no) {
				t.Errorf("%s: %q", name, no)
			}
		}
	}
}
