package catalogtest

import (
	"errors"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

// sourcePages asks for sources in pages, after each of two commits: the second must be seen too.
func sourcePages(t *testing.T, s Store) {
	forge := DeltaOf("forgia")
	forge.State.Source.Kind, forge.State.Source.Title = "forge", "Forgia della Provincia"
	forge.State.Listing = &catalog.Listing{Places: []catalog.SourceID{"forgia--a", "forgia--b"}, Total: 3, Out: 1}
	place := func(id catalog.SourceID, o catalog.Outcome) catalog.Delta {
		d := DeltaOf(id)
		d.State.Source.Parent = "forgia"
		d.State.Visits = []catalog.VisitSummary{{At: day.Add(time.Hour), Outcome: o, Bytes: 10}}
		return d
	}
	removed := DeltaOf("zeta")
	removed.State.Removed = true
	commit(t, s, removed, forge, place("forgia--a", catalog.Unchanged), place("forgia--b", catalog.Failed), DeltaOf(catalog.CatalogueSource), DeltaOf("alfa"))
	ask := func(q catalog.SourceQuery) (catalog.SourceResult, []catalog.SourceID) {
		t.Helper()
		if q.Size == 0 {
			q.Size = 10
		}
		r, err := s.FindSources(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		var ids []catalog.SourceID
		for _, c := range r.Cards {
			ids = append(ids, c.Source.ID)
		}
		return r, ids
	}
	type ids = []catalog.SourceID
	top, got := ask(catalog.SourceQuery{Top: true})
	same(t, "those that the catalogue names", got, ids{"alfa", "forgia"})
	same(t, "what the forge leads to", top.Below, map[catalog.SourceID]catalog.SourceCounts{"forgia": {Unchanged: 1, Failed: 1}})
	_, got = ask(catalog.SourceQuery{Top: true, ByID: true, Own: true, Removed: true, After: "alfa", Size: 2})
	same(t, "a page by id", got, ids{"catalogue", "forgia"})
	failing, got := ask(catalog.SourceQuery{Group: catalog.SourceFailing})
	same(t, "those that fail", got, ids{"forgia--b"})
	if failing.Total != 1 || failing.Groups[catalog.SourceGroup(catalog.Unchanged)] != 1 || failing.Kinds["kit"] != 1 || failing.All.Bytes != 20 {
		t.Errorf("the numbers around: %+v", failing)
	}
	_, got = ask(catalog.SourceQuery{Text: "PROVINCIA forgia"})
	same(t, "by name", got, ids{"forgia"})
	commit(t, s, place("forgia--b", catalog.Full), place("forgia--c", catalog.Absent))
	_, got = ask(catalog.SourceQuery{Parent: "forgia", Group: catalog.SourceFailing})
	same(t, "after another commit", got, ids{"forgia--c"})
	if _, err := s.FindSources(t.Context(), catalog.SourceQuery{Size: catalog.MaxSourceSize + 1}); !errors.Is(err, catalog.ErrInvalid) {
		t.Errorf("a page without measure: %v, want ErrInvalid", err)
	}
}
