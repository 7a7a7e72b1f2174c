package publiccode

import (
	"math"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
)

// BenchmarkNodeParse is the floor: the bare reading of YAML into nodes, over the files of the corpus. BenchmarkParse
// must reach at least half its rate in the same run. Compare the files/s.
func BenchmarkNodeParse(b *testing.B) {
	overCorpus(b, func(data []byte) {
		var n yaml.Node
		if err := yaml.Unmarshal(data, &n); err == nil && n.Kind == 0 {
			b.Fatal("nothing was read")
		}
	})
}

func BenchmarkParse(b *testing.B) {
	o := Options{IPACode: ipaCodes(b)}
	overCorpus(b, func(data []byte) { Parse(data, o) })
}

func overCorpus(b *testing.B, one func([]byte)) {
	var files [][]byte
	size := 0
	for _, c := range golden(b, corpus) {
		files = append(files, c.data)
		size += len(c.data)
	}
	b.ReportAllocs()
	b.SetBytes(int64(size / len(files)))
	b.ResetTimer()
	n := 0
	for b.Loop() {
		one(files[n%len(files)])
		n++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "files/s")
}

// BenchmarkAgainstNodeParse takes both in turn, file by file, so that what else the machine does falls on both alike. Of
// each file the best of all rounds counts. ratio is the rate of the whole check over that of the bare parse, over all
// files; worst is that of the file where it is lowest. Both are to be at least 0.5.
func BenchmarkAgainstNodeParse(b *testing.B) {
	o := Options{IPACode: ipaCodes(b)}
	files := golden(b, corpus)
	bare, whole := make([]time.Duration, len(files)), make([]time.Duration, len(files))
	for i := range files {
		bare[i], whole[i] = math.MaxInt64, math.MaxInt64
	}
	for b.Loop() {
		for i, f := range files {
			start := time.Now()
			var n yaml.Node
			if err := yaml.Unmarshal(f.data, &n); err == nil && n.Kind == 0 {
				b.Fatal("nothing was read")
			}
			middle := time.Now()
			Parse(f.data, o)
			bare[i], whole[i] = min(bare[i], middle.Sub(start)), min(whole[i], time.Since(middle))
		}
	}
	var allBare, allWhole time.Duration
	worst := math.Inf(1)
	at := 0
	for i := range files {
		allBare, allWhole = allBare+bare[i], allWhole+whole[i]
		if r := float64(bare[i]) / float64(whole[i]); r < worst {
			worst, at = r, i
		}
	}
	b.ReportMetric(float64(allBare)/float64(allWhole), "ratio")
	b.ReportMetric(worst, "worst")
	b.ReportMetric(float64(len(files))/allWhole.Seconds(), "files/s")
	b.Logf("worst: %s, %d bytes, %v of %v", files[at].path, len(files[at].data), bare[at], whole[at])
}
