package publiccode

import (
	"testing"

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
