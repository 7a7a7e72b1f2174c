package bleveindex_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

// excluding is what a visit of the catalogue writes that keeps these out.
func excluding(urls ...string) catalog.Delta {
	d := catalogtest.DeltaOf(catalog.CatalogueSource)
	for _, u := range urls {
		d.State.Exclusions = append(d.State.Exclusions, catalog.Exclusion{URL: u, Reason: "doppione", First: catalogtest.Day()})
	}
	return d
}

// A rebuild, and an opening, publish by the exclusions as a commit does.
func TestKeptOutOutlivesARebuild(t *testing.T) {
	s := open(t, t.TempDir())
	kit := func(n int) catalog.Record {
		return catalogtest.Kit("s", fmt.Sprintf("https://git.example.it/k%d", n), fmt.Sprintf("k%d", n), "Kit da trovare")
	}
	if err := s.Commit(t.Context(), catalogtest.DeltaOf("s", kit(1), kit(2)), excluding("https://git.example.it/k1")); err != nil {
		t.Fatal(err)
	}
	check := func(when string, want int) {
		t.Helper()
		e, err := s.Entry(t.Context(), catalog.KindKit, "k1")
		if errors.Is(err, catalog.ErrGone) != (want == 1) || want == 1 && !e.Withdrawn {
			t.Errorf("%s: %+v, %v", when, e, err)
		}
		if r, err := s.Search(t.Context(), catalog.Query{Text: "trovare"}); err != nil || r.Total != want {
			t.Errorf("%s: %d found, %v", when, r.Total, err)
		}
	}
	check("committed", 1)
	if err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("rebuilt", 1)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, s.dir)
	check("opened again", 1)
	if err := s.Commit(t.Context(), excluding()); err != nil {
		t.Fatal(err)
	}
	check("taken back", 2)
	if err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("taken back and rebuilt", 2)
}

// BenchmarkExclude is one more exclusion, of a catalogue that has a hundred, where there are a thousand kits of ten parts.
func BenchmarkExclude(b *testing.B) {
	s := open(b, b.TempDir())
	commitAll(b, s, benchDeltas())
	urls := make([]string, 100)
	for i := range urls {
		urls[i] = fmt.Sprintf("https://altro.example.it/%d", i)
	}
	n := 0
	for b.Loop() {
		n++
		urls[0] = fmt.Sprintf("https://altro.example.it/nuovo/%d", n)
		if err := s.Commit(b.Context(), excluding(urls...)); err != nil {
			b.Fatal(err)
		}
	}
}
