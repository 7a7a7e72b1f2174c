package main

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
	"github.com/open-community-pa/riuso/site"
)

// What a reader waits for, on the starter catalogue: `make bench`.

// started gives an index of the starter catalogue and the site over it.
func started(b *testing.B) (*bleveindex.Index, http.Handler) {
	b.Helper()
	p := &program{stdout: b.Output(), stderr: b.Output(), getenv: func(string) string { return "" }}
	logger, err := p.logger("text")
	if err != nil {
		b.Fatal(err)
	}
	idx, done, err := p.open(b.Context(), b.TempDir(), logger)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := done(); err != nil {
			b.Error(err)
		}
	})
	if err := p.fill(b.Context(), idx, "", network{}, crawling{logger: logger}); err != nil {
		b.Fatal(err)
	}
	h, err := p.handler(idx, site.Config{Logger: logger}, nil)
	if err != nil {
		b.Fatal(err)
	}
	return idx, h
}

// BenchmarkStart reads the starter catalogue, stores and indexes it, and makes the site ready.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		started(b)
	}
}

func BenchmarkQuery(b *testing.B) {
	idx, _ := started(b)
	for name, q := range map[string]catalog.Query{
		"word":   {Text: "convenzione"},
		"phrase": {Text: "quanto costa aderire comune 3000 abitanti"},
		"typo":   {Text: "tarifa portali comunali"},
		"facets": {Text: "servizi", Filters: map[catalog.FacetName][]string{catalog.FacetPhase: {"B"}, catalog.FacetRegion: {"Lombardia"}}},
		"all":    {},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := idx.Search(b.Context(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPage(b *testing.B) {
	_, h := started(b)
	for name, path := range map[string]string{
		"home": "/", "results": "/cerca?q=convenzione", "kit": "/kit/kit-cit", "document": "/kit/kit-cit/documenti/a4-processo-di-adesione",
		"adoption": "/kit/kit-cit/adozioni/c_e506", "entity": "/enti/p_bs", "sources": "/fonti", "api": "/api/v1/search?q=convenzione",
	} {
		b.Run(name, func(b *testing.B) {
			size := 0
			for b.Loop() {
				w := httptest.NewRecorder()
				h.ServeHTTP(w, httptest.NewRequestWithContext(b.Context(), http.MethodGet, path, nil))
				if w.Code != http.StatusOK {
					b.Fatalf("%s: %d", path, w.Code)
				}
				size = w.Body.Len()
			}
			b.ReportMetric(float64(size), "page-B")
		})
	}
}
