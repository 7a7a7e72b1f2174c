package peer

import (
	"runtime"
	"testing"
)

// BenchmarkSoftware reads 20,000 entries from loopback; live-MB is what the answer holds when it is whole.
func BenchmarkSoftware(b *testing.B) {
	const n = 20_000
	for _, c := range []struct {
		name       string
		validators bool
		again      bool
	}{{"whole", false, false}, {"unchanged-by-digest", false, true}, {"unchanged-by-etag", true, true}} {
		b.Run(c.name, func(b *testing.B) {
			entries := n
			if c.validators {
				entries = 3_500 // as many as can be asked for conditionally
			}
			server, url := api(b, entries)
			server.Validators = c.validators
			r, mark := reader(b), ""
			if c.again {
				out, err := r.Software(b.Context(), url, "")
				if err != nil {
					b.Fatal(err)
				}
				mark = out.Mark
			}
			before := live()
			var out Software
			for b.Loop() {
				var err error
				if out, err = r.Software(b.Context(), url, mark); err != nil || out.Unchanged != c.again || !c.again && len(out.Entries) != entries {
					b.Fatal(len(out.Entries), err)
				}
			}
			b.ReportMetric(float64(live()-before)/(1<<20), "live-MB")
			b.ReportMetric(float64(entries)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
			b.ReportMetric(float64(out.Bytes)/(1<<20), "wire-MB")
			b.ReportMetric(float64(out.Requests), "requests")
			runtime.KeepAlive(out)
		})
	}
}

func live() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
