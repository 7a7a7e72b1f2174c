package site_test

import (
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

// TestABodyKnownByItsCodeIsReached looks for a body that only a kit names: in the list, and by a name that people can read.
func TestABodyKnownByItsCodeIsReached(t *testing.T) {
	m := software(t)
	r := catalogtest.Kit("altra", "https://example.org/altra", "altra", "Kit altro")
	r.Kit.Ceding = []catalog.EntityRef{"ipa:cnr"}
	if err := m.Commit(t.Context(), catalogtest.DeltaOf("altra", r)); err != nil {
		t.Fatal(err)
	}
	s := newSite(t, m)
	list := page(t, s, "/enti", 200)
	for name, path := range map[string]string{"Comune di Esempio": "/enti/c_x999", "Ente con codice IPA cnr": "/enti/cnr"} {
		if a := link(list, name); a == nil || attr(a, "href") != path {
			t.Errorf("%q is not in the list of bodies", name)
		}
		if h := words(all(page(t, s, path, 200), "h1")[0]); h != name {
			t.Errorf("%s is titled %q", path, h)
		}
	}
	if h := words(all(page(t, s, "/en/enti/cnr", 200), "h1")[0]); h != "Body with IPA code cnr" {
		t.Errorf("in English it is %q", h)
	}
	if text := words(page(t, newSite(t, starterStore(t)), "/enti/c_e506", 200)); !strings.Contains(text, "Scheda redatta dal catalogo") {
		t.Error("the page of a body that the catalogue wrote does not say so")
	}
}

// TestSoftwareIsCountedAsSoftware looks at a list with a kit and a piece of software.
func TestSoftwareIsCountedAsSoftware(t *testing.T) {
	m := software(t)
	if err := m.Commit(t.Context(), catalogtest.DeltaOf("altra", catalogtest.Kit("altra", "https://example.org/altra", "altra", "Kit altro"))); err != nil {
		t.Fatal(err)
	}
	s := newSite(t, m)
	for path, want := range map[string]string{"/kit": "2 voci: 1 kit, 1 software", "/kit?form=software": "1 voce: 0 kit, 1 software", "/kit?form=kit": "1 kit", "/en/kit": "2 entries: 1 kit, 1 piece of software"} {
		if got := words(byClass(page(t, s, path, 200), "results-count")[0]); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
