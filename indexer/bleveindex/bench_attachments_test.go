package bleveindex_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

const (
	benchFiles     = 100
	benchPages     = 20
	benchPageWords = 400
)

// attachedDelta is a kit with a hundred attachments of twenty full pages.
func attachedDelta(source catalog.SourceID) catalog.Delta {
	rnd := rand.New(rand.NewPCG(benchSeed, uint64(len(source))))
	words := vocabulary(rnd)
	var with []func(*catalog.Kit)
	var texts []catalog.Text
	for i := range benchFiles {
		code, blob := fmt.Sprintf("B%d", i+1), fmt.Sprintf("%s-%d", source, i)
		var pages []string
		for range benchPages {
			pages = append(pages, sentence(rnd, words, benchPageWords))
		}
		texts = append(texts, catalogtest.TextOf(blob, pages...))
		with = append(with, catalogtest.Doc(code, sentence(rnd, words, 5), "Un documento.", "B", "technological"),
			catalogtest.Attached(code, catalog.Attachment{Path: fmt.Sprintf("FASE B/File %d.pdf", i), Blob: blob}))
	}
	d := catalogtest.DeltaOf(source, catalogtest.Kit(source, "https://example.org/"+string(source), string(source), "Kit con allegati", with...))
	d.Texts = texts
	return d
}

// BenchmarkAttachments takes in a kit of 100 attachments of 20 pages, then the same kit read again without its texts, then
// searches in it.
func BenchmarkAttachments(b *testing.B) {
	d := attachedDelta("allegati")
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			s := open(b, b.TempDir())
			commitAll(b, s, []catalog.Delta{d})
			b.ReportMetric(float64(size(b, s.dir))/1e6, "MB-on-disk")
		}
	})
	s := open(b, b.TempDir())
	commitAll(b, s, []catalog.Delta{d})
	b.Run("again", func(b *testing.B) {
		again := d
		again.Texts = nil
		for b.Loop() {
			commitAll(b, s, []catalog.Delta{again})
		}
	})
	for _, q := range []string{"convenzione", "quota di adesione al portale dei servizi della provincia"} {
		b.Run("search "+q, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Search(b.Context(), catalog.Query{Text: q}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("texts", func(b *testing.B) {
		var blobs []string
		for _, t := range d.Texts {
			blobs = append(blobs, t.Blob)
		}
		for b.Loop() {
			if known, err := s.Texts(b.Context(), blobs); err != nil || len(known) != benchFiles {
				b.Fatal(len(known), err)
			}
		}
	})
}
