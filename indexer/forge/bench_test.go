package forge_test

import (
	"fmt"
	"testing"

	"github.com/open-community-pa/riuso/indexer/forge"
	"github.com/open-community-pa/riuso/indexer/forge/forgetest"
)

// BenchmarkList lists a thousand and twenty thousand repositories over loopback, from nothing and unchanged; the writing
// of the pages by the forge is in it.
func BenchmarkList(b *testing.B) {
	for _, kind := range kinds() {
		for _, n := range []int{1_000, 20_000} {
			s := forgetest.New(kind, "ente", repos(n))
			address, host := serve(b, s)
			l := lister(b, func(c *forge.Config) { c.Kinds = map[string]forge.Kind{host: kind} })
			mark := ""
			b.Run(fmt.Sprintf("%s/%d/all", kind, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					got := list(b, l, address+"/ente", "")
					if len(got.Repositories) != n || got.Partial {
						b.Fatalf("%d repositories, partial %v", len(got.Repositories), got.Partial)
					}
					mark = got.Mark
				}
				b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "repos/s")
			})
			b.Run(fmt.Sprintf("%s/%d/unchanged", kind, n), func(b *testing.B) {
				for b.Loop() {
					if got := list(b, l, address+"/ente", mark); !got.Unchanged {
						b.Fatal("changed")
					}
				}
				b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "repos/s")
			})
		}
	}
}
