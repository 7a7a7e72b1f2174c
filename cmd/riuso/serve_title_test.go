package main

import (
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
	if err := m.Commit(t.Context(), catalogtest.DeltaOf("altra", other), catalogtest.DeltaOf("catalogo", own)); err != nil {
		t.Fatal(err)
	}
	if got, err := ownTitle(t.Context(), m); err != nil || got != "Catalogo della Regione di Prova" {
		t.Errorf("%q, %v", got, err)
	}
}
