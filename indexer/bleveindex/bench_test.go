package bleveindex_test

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

const (
	benchKits  = 1000
	benchDocs  = 9 // and the overview: ten parts a kit
	benchWords = 300
	benchSeed  = 7
)

// vocabulary is what the synthetic texts are made of: a few common words and many rare ones.
func vocabulary(rnd *rand.Rand) []string {
	common := strings.Fields(`ente comune servizio digitale convenzione tariffa quota adesione provincia modulo delibera riuso pratica
		catalogo sportello edilizia bando europeo formazione comunità laboratorio città dati software portale pagamento identità protocollo`)
	syllables := strings.Fields("ba co di fe gu la me ni po ra se ti vo zu tra gli sca pre con mo")
	endings := strings.Fields("zione mento tore ità o a e i ale ico")
	for range 4000 {
		w := ""
		for range 1 + rnd.IntN(3) {
			w += syllables[rnd.IntN(len(syllables))]
		}
		common = append(common, w+endings[rnd.IntN(len(endings))])
	}
	return common
}

func sentence(rnd *rand.Rand, words []string, n int) string {
	var b strings.Builder
	for range n {
		i := int(float64(len(words)) * rnd.Float64() * rnd.Float64() * rnd.Float64()) // the first words are the common ones
		b.WriteString(words[i] + " ")
	}
	return b.String()
}

func benchDeltas() []catalog.Delta {
	rnd := rand.New(rand.NewPCG(benchSeed, benchSeed))
	words := vocabulary(rnd)
	ambits := strings.Fields("informative managerial organisational administrative technological")
	out := make([]catalog.Delta, benchKits)
	for i := range out {
		source := catalog.SourceID(fmt.Sprintf("s%d", i))
		with := []func(*catalog.Kit){catalogtest.Ceded(catalog.EntityRef(fmt.Sprintf("ipa:c_%03d", i%200))), func(k *catalog.Kit) {
			k.Topics = []string{fmt.Sprintf("tema-%d", i%30), fmt.Sprintf("tema-%d", i%7)}
		}}
		for d := range benchDocs {
			with = append(with, catalogtest.Doc(fmt.Sprintf("%c%d", 'A'+d%3, d), sentence(rnd, words, 5), sentence(rnd, words, benchWords), string(rune('A'+d%3)), ambits[d%5]))
		}
		out[i] = catalogtest.DeltaOf(source, catalogtest.Kit(source, fmt.Sprintf("https://example.org/%d", i), string(source), "Kit "+sentence(rnd, words, 3), with...))
	}
	return out
}

func commitAll(b *testing.B, s *store, deltas []catalog.Delta) {
	b.Helper()
	for i := 0; i < len(deltas); i += 50 {
		if err := s.Commit(b.Context(), deltas[i:min(i+50, len(deltas))]...); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBuild takes in 1,000 kits of ten parts, fifty a commit, into an empty folder.
func BenchmarkBuild(b *testing.B) {
	deltas := benchDeltas()
	for b.Loop() {
		s := open(b, b.TempDir())
		commitAll(b, s, deltas)
		b.ReportMetric(float64(size(b, s.dir))/1e6, "MB-on-disk")
	}
}

// BenchmarkRebuild makes a generation anew from the records of 1,000 kits.
func BenchmarkRebuild(b *testing.B) {
	s := open(b, b.TempDir())
	commitAll(b, s, benchDeltas())
	for b.Loop() {
		if err := s.Rebuild(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCommitOne changes one kit of 1,000.
func BenchmarkCommitOne(b *testing.B) {
	s := open(b, b.TempDir())
	deltas := benchDeltas()
	commitAll(b, s, deltas)
	i := 0
	for b.Loop() {
		if err := s.Commit(b.Context(), deltas[i%len(deltas)]); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

// BenchmarkSearch measures classes of queries over 1,000 kits of ten parts.
func BenchmarkSearch(b *testing.B) {
	s := open(b, b.TempDir())
	commitAll(b, s, benchDeltas())
	for name, q := range map[string]catalog.Query{
		"match-common":  {Text: "convenzione"},
		"match-two":     {Text: "convenzione digitale"},
		"match-long":    {Text: "quota di adesione al portale dei servizi della provincia"},
		"match-filters": {Text: "tariffa", Filters: map[catalog.FacetName][]string{catalog.FacetPhase: {"B"}, catalog.FacetTopic: {"tema-3"}}},
		"misspelt":      {Text: "convenzoine"},
		"empty":         {},
		"empty-filters": {Filters: map[catalog.FacetName][]string{catalog.FacetAmbit: {"managerial"}, catalog.FacetType: {"document"}}},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			total := 0
			for b.Loop() {
				res, err := s.Search(b.Context(), q)
				if err != nil {
					b.Fatal(err)
				}
				total = res.Total
			}
			b.ReportMetric(float64(total), "kits")
		})
	}
}

func size(b *testing.B, dir string) (n int64) {
	b.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a segment that was just merged away
		}
		if err == nil {
			n += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}
