package bleveindex

import (
	"context"
	"errors"
	"math"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"
)

// BM25F: what a concept scores in a part is idf * weight * s/(s+k1), s being the sum over fields of weight * frequency /
// length norm of the alternative that does best. Averages of length are round figures of real catalogues, not measured at run time, so that a score does not change
// with what else is in the catalogue but for the idf.
const (
	bm25K1     = 1.8
	bm25B      = 0.7
	titleBonus = 0.4  // share of the score that a title with all words of the query gets on top; with half of them a quarter of it
	checkEvery = 1024 // documents between two looks at the deadline
)

// averageLength is the usual number of terms in a field.
var averageLength = map[string]float64{
	fieldTitle: 6, fieldTitleX: 8, fieldKeywords: 10, fieldSummary: 15, fieldText: 250, fieldTextX: 400, fieldKitTitle: 6, fieldAcronyms: 5,
}

// hit is what the text of a query makes of one document.
type hit struct {
	score   float32
	words   uint8 // concepts found
	inTitle uint8 // of them, those found in the title
}

// matches holds a hit for each document number.
type matches struct {
	hits []hit
	best []float32 // of the concept at hand, after saturation
	sums []float32 // of its alternative at hand
	met  []uint64  // documents that the alternative at hand has met
	seen []uint64  // documents that the concept at hand has met
	head []bool    // ... in the title
}

func (m *matches) grow(n uint64) {
	if n < uint64(len(m.hits)) {
		return
	}
	more := int(n) + 1 - len(m.hits)
	more += more / 2
	m.hits = append(m.hits, make([]hit, more)...)
	m.best = append(m.best, make([]float32, more)...)
	m.sums = append(m.sums, make([]float32, more)...)
	m.head = append(m.head, make([]bool, more)...)
}

// add adds to what the alternative at hand scores in document n.
func (m *matches) add(n uint64, s float64, title bool) {
	m.grow(n)
	if m.sums[n] == 0 {
		m.met = append(m.met, n)
	}
	m.sums[n] += float32(s)
	m.head[n] = m.head[n] || title
}

// textMatches scores all documents of the index by the concepts. found tells for each concept in how many documents it is.
func textMatches(ctx context.Context, r index.IndexReader, concepts []concept) (m *matches, found []int, err error) {
	total, err := r.DocCount()
	if err != nil {
		return nil, nil, err
	}
	m = &matches{}
	found = make([]int, len(concepts))
	for i, c := range concepts {
		for _, a := range c.alternatives {
			for _, v := range a.variants {
				if err := ctx.Err(); err != nil {
					return nil, nil, err
				}
				if len(v.terms) == 1 {
					err = m.term(ctx, r, v)
				} else {
					err = m.phrase(ctx, r, v)
				}
				if err != nil {
					return nil, nil, err
				}
			}
			m.settleAlternative(a.weight)
			if found[i] == 0 {
				found[i] = len(m.seen) // how rare the typed word is, not all that may stand for it
			}
		}
		m.settle(float64(total), float64(found[i]))
	}
	for i := range m.hits {
		if h := &m.hits[i]; h.inTitle > 0 {
			share := float32(h.inTitle) / float32(len(concepts))
			h.score *= 1 + titleBonus*share*share
		}
	}
	return m, found, nil
}

// settleAlternative keeps the best of the concept's alternatives, and makes ready for the next one.
func (m *matches) settleAlternative(weight float64) {
	for _, d := range m.met {
		s := float64(m.sums[d])
		s = weight * s / (s + bm25K1)
		if m.best[d] == 0 {
			m.seen = append(m.seen, d)
		}
		m.best[d] = max(m.best[d], float32(s))
		m.sums[d] = 0
	}
	m.met = m.met[:0]
}

// settle turns what the concept at hand, which n of all documents have, has met into scores, and makes ready for the next.
func (m *matches) settle(total, n float64) {
	idf := math.Log(1 + (total-n+0.5)/(n+0.5))
	for _, d := range m.seen {
		h := &m.hits[d]
		h.score += float32(idf) * m.best[d]
		h.words++
		if m.head[d] {
			h.inTitle++
		}
		m.best[d], m.head[d] = 0, false
	}
	m.seen = m.seen[:0]
}

func isTitle(field string) bool { return field == fieldTitle || field == fieldTitleX }

// term meets all documents that have a term in a field.
func (m *matches) term(ctx context.Context, r index.IndexReader, v variant) (err error) {
	lengths := averageLength[v.field] > 0
	tfr, err := r.TermFieldReader(ctx, []byte(v.terms[0]), v.field, lengths, lengths, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tfr.Close()) }()
	var d *index.TermFieldDoc
	for i := 0; ; i++ {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if d, err = tfr.Next(d); err != nil || d == nil {
			return err
		}
		m.add(d.ID.Value(), v.weight*frequency(v.field, d), isTitle(v.field))
	}
}

// frequency gives how often the term is in the field, against the field's length.
func frequency(field string, d *index.TermFieldDoc) float64 {
	avg := averageLength[field]
	if avg == 0 || d.Norm <= 0 {
		return 1
	}
	length := 1 / (d.Norm * d.Norm)
	return float64(d.Freq) / (1 - bm25B + bm25B*length/avg)
}

// phrase meets all documents that have the terms one behind the other in a field.
func (m *matches) phrase(ctx context.Context, r index.IndexReader, v variant) (err error) {
	s, err := searcher.NewPhraseSearcher(ctx, r, v.terms, 0, false, v.field, 1, search.SearcherOptions{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	sc := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(s.DocumentMatchPoolSize()+1, 0)}
	for i := 0; ; i++ {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		d, err := s.Next(sc)
		if err != nil || d == nil {
			return err
		}
		m.add(d.IndexInternalID.Value(), v.weight, isTitle(v.field))
		sc.DocumentMatchPool.Put(d)
	}
}

// allMatches gives every document the same hit: the query has no text.
func allMatches(ctx context.Context, r index.IndexReader) (m *matches, err error) {
	ids, err := r.DocIDReaderAll()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, ids.Close()) }()
	m = &matches{}
	for i := 0; ; i++ {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		id, err := ids.Next()
		if err != nil {
			return nil, err
		}
		if id == nil {
			return m, nil
		}
		m.grow(id.Value())
		m.hits[id.Value()].words = 1
	}
}

// most gives the largest number of concepts that a document has.
func (m *matches) most() int {
	n := 0
	for _, h := range m.hits {
		n = max(n, int(h.words))
	}
	return n
}
