package api

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/catalog/starter"
)

// The starter catalogue through the real reading, applying and a store in memory: every address that the API gives out
// for itself answers, and as it is described.
func TestTheStarterCatalogueIsAnsweredWhole(t *testing.T) {
	tree := catalog.Read(starter.FS(), catalog.ReadOptions{})
	source := catalog.Source{ID: "catalogue", Kind: "kit", URL: tree.Catalogue.URL}
	store := catalogtest.NewMemory()
	delta := catalog.Apply(catalog.Known{}, catalog.Visit{Source: source, At: noon, Outcome: catalog.Full, URL: source.URL, Commit: "abc", Tree: tree}, catalog.DefaultPolicy())
	if err := store.Commit(t.Context(), delta); err != nil {
		t.Fatal(err)
	}
	s := serve(t, nil, func(c *Config) {
		c.Reader, c.Searcher, c.Links, c.Now = store, store, Links{}, func() time.Time { return noon }
	})
	const host = "https://riuso.example.it"
	seen := map[string]bool{}
	todo := []string{"/api/v1/kits?size=2", "/api/v1/entities?size=3", "/api/v1/sources", "/api/v1/search", "/api/v1/federation?size=3", "/healthz"}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if seen[path] || len(seen) > 500 {
			continue
		}
		seen[path] = true
		w := s.ask(http.MethodGet, path)
		if w.Code != http.StatusOK {
			// A body that a kit names and the catalogue does not hold has an address all the same.
			if w.Code != http.StatusNotFound || !strings.HasPrefix(path, "/api/v1/entities/") {
				t.Errorf("%s: %d %s", path, w.Code, w.Body)
			}
			continue
		}
		for _, quoted := range strings.Split(w.Body.String(), `"`) {
			if next, ok := strings.CutPrefix(quoted, host); ok && strings.HasPrefix(next, "/api/v1/") {
				todo = append(todo, next)
			}
		}
	}
	if len(seen) < 15 {
		t.Errorf("only %d addresses", len(seen))
	}
	found := get[searchAnswer](s, "/api/v1/search?q=convenzione", 200)
	if found.Total == 0 || found.Results[0].Kit.ID != "kit-cit" {
		t.Errorf("convenzione: %+v", found.Results)
	}
	cit := get[kitAnswer](s, "/api/v1/kits/kit-cit", 200)
	var lecce *adoption
	for i := range cit.Adoptions {
		if cit.Adoptions[i].EntityID == "c_e506" {
			lecce = &cit.Adoptions[i]
		}
	}
	if lecce == nil || lecce.UndatedEvents == 0 || len(lecce.Events) == 0 {
		t.Errorf("Lecce: %+v", lecce)
	}
	if len(cit.Kit.Documents) < 11 || len(cit.Kit.Tariffs) < 2 || cit.Reviewed == nil || *cit.Reviewed {
		t.Errorf("%d documents, %d tariffs, reviewed %v", len(cit.Kit.Documents), len(cit.Kit.Tariffs), cit.Reviewed)
	}
	t.Logf("%d addresses, %d kits for convenzione, CIT %d documents", len(seen), found.Total, len(cit.Kit.Documents))
}
