package bleveindex_test

import (
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/catalog/starter"
)

// starterIndex holds the starter catalogue, brought in as a visit brings it.
func starterIndex(t testing.TB, dir string) *store {
	t.Helper()
	s := open(t, dir)
	v := catalog.Visit{Source: catalog.Source{ID: catalog.CatalogueSource}, At: catalogtest.Day(), Outcome: catalog.Full, Commit: "c0ffee",
		URL: "https://github.com/open-community-pa/riuso", Tree: catalog.Read(starter.FS(), catalog.ReadOptions{URL: "https://github.com/open-community-pa/riuso"})}
	known, err := s.Known(t.Context(), catalog.CatalogueSource)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Commit(t.Context(), catalog.Apply(known, v, catalog.DefaultPolicy())); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestStarter asks what a visitor of a fresh installation asks first.
func TestStarter(t *testing.T) {
	s := starterIndex(t, t.TempDir())
	for _, c := range []struct {
		text, kit string
		part      catalog.PartType
	}{
		{"convenzione", "kit-cit", catalog.PartTemplate},
		{"convenzioni", "kit-cit", catalog.PartTemplate},
		{"kit cit", "kit-cit", catalog.PartKit},
		{"A4", "kit-cit", catalog.PartDocument},
		{"b4", "kit-cit", catalog.PartDocument},
		{"modulo disdetta", "kit-cit", catalog.PartTemplate},
		{"stazione unica appaltante", "kit-sua", ""},
		{"SUA", "kit-sua", ""},
		{"politiche europee", "kit-sape", ""},
		{"communita di pratica", "kit-comunita-pratica", ""},
	} {
		res, err := s.Search(t.Context(), catalog.Query{Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Hits) == 0 {
			t.Errorf("%q finds nothing", c.text)
			continue
		}
		h := res.Hits[0]
		if h.Card.ID != c.kit || c.part != "" && (len(h.Parts) == 0 || h.Parts[0].Type != c.part) {
			t.Errorf("%q finds first %s %+v", c.text, h.Card.ID, h.Parts)
		}
	}
	res, err := s.Search(t.Context(), catalog.Query{Text: "riuso"})
	if err != nil {
		t.Fatal(err)
	}
	plural, err := s.Search(t.Context(), catalog.Query{Text: "riusi"})
	if err != nil || plural.Total == 0 || plural.Total != res.Total {
		t.Errorf("riusi finds %d kits, riuso %d: %v", plural.Total, res.Total, err)
	}
}
