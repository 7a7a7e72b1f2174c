package site_test

import (
	"net/http"
	"testing"
)

// BenchmarkPages measures a request from the handler's door, with the plain store of the tests behind it.
func BenchmarkPages(b *testing.B) {
	s := newSite(b, starterStore(b))
	for name, path := range map[string]string{"home": "/", "kit": "/kit/kit-cit", "document": "/kit/kit-cit/documenti/a4-processo-di-adesione", "adoption": "/kit/kit-cit/adozioni/c_e506", "results": "/cerca?q=convenzione"} {
		for _, encoding := range []string{"identity", "gzip"} {
			b.Run(name+"/"+encoding, func(b *testing.B) {
				b.ReportAllocs()
				size := 0
				for b.Loop() {
					w := get(b, s, path, "Accept-Encoding", encoding)
					if w.Code != http.StatusOK {
						b.Fatalf("status %d", w.Code)
					}
					size = w.Body.Len()
				}
				b.ReportMetric(float64(size), "page-bytes")
			})
		}
	}
}
