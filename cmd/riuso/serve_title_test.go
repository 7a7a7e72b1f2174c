package main

import (
	"fmt"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

// A region that served its own catalogue read "Riuso" on top of every page; the title of somebody else's is not its own.
func TestASiteIsCalledLikeItsCatalogue(t *testing.T) {
	m := catalogtest.NewMemory()
	if got, err := ownTitle(t.Context(), m); err != nil || got != "" {
		t.Errorf("without a catalogue: %q, %v", got, err)
	}
	other := catalogtest.Record("altra", catalog.KindCatalogue, "https://git.example.it/a", "Altro")
	other.Catalogue = &catalog.Catalogue{Title: "Catalogo di altri"}
	own := catalogtest.Record("catalogo", catalog.KindCatalogue, "https://git.example.it/b", "Nostro")
	own.Catalogue, own.Local = &catalog.Catalogue{Title: "Catalogo della Regione di Prova"}, true
	own.Source = catalog.CatalogueSource
	deltas := []catalog.Delta{catalogtest.DeltaOf("altra", other), catalogtest.DeltaOf(catalog.CatalogueSource, own)}
	for i := range 150 { // by name before ours: it was once looked for among the first hundred
		name := fmt.Sprintf("a%03d", i)
		r := catalogtest.Record(catalog.SourceID(name), catalog.KindCatalogue, catalog.Key("https://git.example.it/"+name), "Altro "+name)
		r.Catalogue = &catalog.Catalogue{Title: r.Title}
		deltas = append(deltas, catalogtest.DeltaOf(catalog.SourceID(name), r))
	}
	if err := m.Commit(t.Context(), deltas...); err != nil {
		t.Fatal(err)
	}
	if got, err := ownTitle(t.Context(), m); err != nil || got != "Catalogo della Regione di Prova" {
		t.Errorf("%q, %v", got, err)
	}
}
