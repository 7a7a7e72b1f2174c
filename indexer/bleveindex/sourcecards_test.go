package bleveindex

import (
	"fmt"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema"
)

// manySources are places of a forge, each with some visits and findings behind it.
func manySources(n int) []catalog.Delta {
	out := make([]catalog.Delta, n)
	for i := range out {
		id := catalog.SourceID(fmt.Sprintf("forgia--luogo-%05d", i))
		d := catalogtest.DeltaOf(id)
		d.State.Source.Parent, d.State.Mark = "forgia", fmt.Sprint(i)
		for v := range 10 {
			d.State.Visits = append(d.State.Visits, catalog.VisitSummary{At: catalogtest.Day().Add(-time.Duration(v) * time.Hour), Outcome: catalog.Unchanged, Commit: "0123456789abcdef0123456789abcdef01234567", Way: "list"})
		}
		for f := range 3 {
			d.State.Findings = append(d.State.Findings, schema.Finding{File: "kit.md", Line: f + 1, Severity: schema.Warning, Code: "W03",
				Message: schema.T("una frase che dice che cosa non va", "a sentence that says what is wrong"), Hint: schema.T("che cosa fare", "what to do")})
		}
		out[i] = d
	}
	return out
}

func opened(t testing.TB) *Index {
	t.Helper()
	x, err := Open(t.Context(), Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

// TestCardsAreDecodedOnceEach shows why the cache goes by the bytes of each state: a commit must cost one card, not all.
func TestCardsAreDecodedOnceEach(t *testing.T) {
	x := opened(t)
	if err := x.Commit(t.Context(), manySources(50)...); err != nil {
		t.Fatal(err)
	}
	q := catalog.SourceQuery{Size: 5}
	if r, err := x.FindSources(t.Context(), q); err != nil || r.Total != 50 {
		t.Fatalf("%d, %v", r.Total, err)
	}
	x.sourceCards.cards[7].Source.Title = "segno" // it would not survive being decoded again
	changed := manySources(50)[9]
	changed.State.Source.Title = "nuovo"
	if err := x.Commit(t.Context(), changed); err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"segno", "nuovo"} {
		if r, err := x.FindSources(t.Context(), catalog.SourceQuery{Text: title, Size: 5}); err != nil || r.Total != 1 {
			t.Errorf("%q: %d, %v", title, r.Total, err)
		}
	}
}

func BenchmarkFindSources(b *testing.B) {
	const n = 20_000
	x := opened(b)
	all := manySources(n)
	for len(all) > 0 {
		if err := x.Commit(b.Context(), all[:1000]...); err != nil {
			b.Fatal(err)
		}
		all = all[1000:]
	}
	one := manySources(1)
	for name, before := range map[string]func(){
		"first": func() { x.sourceCards.cards = nil },
		"after a commit": func() {
			one[0].State.Commit += "."
			if err := x.Commit(b.Context(), one...); err != nil {
				b.Fatal(err)
			}
		},
		"again": func() {},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				before()
				b.StartTimer()
				if r, err := x.FindSources(b.Context(), catalog.SourceQuery{Text: "luogo", Size: 50}); err != nil || r.Total != n {
					b.Fatal(r.Total, err)
				}
			}
		})
	}
}
