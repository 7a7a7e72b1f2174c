package bleveindex

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"
	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

// maxFacetValues is how many values of a facet are told; chosen ones are told whatever their number.
const maxFacetValues = 100

// What a kit scores besides its best part, and what is taken off for what it is.
const (
	secondPart     = 0.10 // share of the second best part's score
	thirdPart      = 0.05
	softwareFactor = 0.90 // software comes a little below kits that say the same
	legacyFactor   = 0.85 // an imported kit was not written to be reused
	unreviewed     = 0.80 // its owner has not looked at it
)

// Search answers a query. Totals and facets are exact and count kits: every part that matches the text is looked at. It
// gives [catalog.ErrInvalid] for a query out of bounds and the context's error when there was no time to finish.
func (x *Index) Search(ctx context.Context, q catalog.Query) (catalog.Result, error) {
	var res catalog.Result
	q, err := q.Check()
	if err != nil {
		return res, err
	}
	if err := ctx.Err(); err != nil {
		return res, err
	}
	err = x.use(func(g *generation) (err error) {
		if g.index == nil {
			return errIndex
		}
		advanced, err := g.index.Advanced()
		if err != nil {
			return err
		}
		reader, err := advanced.Reader()
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, reader.Close()) }()
		s := searching{query: q, reader: reader, synonyms: x.synonyms}
		kits, err := s.run(ctx)
		if err != nil {
			return err
		}
		return g.records.View(func(tx *bolt.Tx) (err error) {
			res, err = s.result(ctx, tx, kits)
			return err
		})
	})
	return res, err
}

// searching is one query under way.
type searching struct {
	query     catalog.Query
	reader    index.IndexReader
	synonyms  *synonyms
	concepts  []concept // nil when the query has no text
	collector *collector
	suggested string
}

// run finds the kits, in the order of the query.
func (s *searching) run(ctx context.Context) ([]*kitMatch, error) {
	s.collector = newCollector(s.query.Filters)
	var m *matches
	var err error
	need := 1
	if strings.TrimSpace(s.query.Text) == "" {
		m, err = allMatches(ctx, s.reader)
	} else {
		m, err = s.text(ctx)
		if err == nil {
			// Where no part has enough of the words, those with the most of them are the answer.
			need = max(1, min(required(len(s.concepts)), m.most()))
		}
	}
	if err != nil {
		return nil, err
	}
	if err := s.collector.collect(ctx, s.reader, m, need); err != nil {
		return nil, err
	}
	kits := s.collector.finish()
	slices.SortFunc(kits, s.order())
	return kits, nil
}

// text scores the documents, a second time with the words corrected that the index does not know.
func (s *searching) text(ctx context.Context) (*matches, error) {
	s.concepts = conceptsOf(s.query.Text, s.synonyms)
	m, found, err := textMatches(ctx, s.reader, s.concepts)
	if err != nil || !slices.Contains(found, 0) {
		return m, err
	}
	better, ok, err := correct(s.reader, s.query.Text, s.concepts, found)
	if err != nil || !ok {
		return m, err
	}
	s.suggested = better
	s.concepts = conceptsOf(better, s.synonyms)
	m, _, err = textMatches(ctx, s.reader, s.concepts)
	return m, err
}

// score is what a kit is worth for the query.
func (k *kitMatch) score() float64 {
	total := 0.0
	for i, share := range [topParts]float64{1, secondPart, thirdPart} {
		if i < len(k.parts) {
			total += share * float64(k.parts[i].score)
		}
	}
	switch k.rank.form {
	case catalog.FormSoftware:
		total *= softwareFactor
	case catalog.FormLegacy:
		total *= legacyFactor
	}
	if !k.rank.reviewed {
		total *= unreviewed
	}
	return total
}

// order compares two kits as the query wants it. Equal ones are told apart by what does not change between two queries,
// so that pages do not overlap.
func (s *searching) order() func(a, b *kitMatch) int {
	notKit := func(k *kitMatch) int {
		if k.rank.form == catalog.FormKit {
			return 0
		}
		return 1
	}
	date := func(a, b *kitMatch) int {
		return cmp.Or(cmp.Compare(b.rank.date, a.rank.date), cmp.Compare(a.rank.title, b.rank.title), cmp.Compare(a.id, b.id))
	}
	switch s.query.Sort {
	case catalog.ByNewest:
		return date
	case catalog.ByName:
		return func(a, b *kitMatch) int {
			return cmp.Or(cmp.Compare(a.rank.title, b.rank.title), cmp.Compare(a.id, b.id))
		}
	}
	return func(a, b *kitMatch) int {
		return cmp.Or(cmp.Compare(b.score(), a.score()), cmp.Compare(notKit(a), notKit(b)), date(a, b))
	}
}

// result makes the page: only its kits are read from the records.
func (s *searching) result(ctx context.Context, tx *bolt.Tx, kits []*kitMatch) (catalog.Result, error) {
	res := catalog.Result{Total: len(kits), Suggestion: s.suggested, Facets: s.collector.facets(bodiesOf(tx))}
	from := min((s.query.Page-1)*s.query.Size, len(kits))
	to := min(from+s.query.Size, len(kits))
	marks := wantedOf(s.concepts)
	for _, k := range kits[from:to] {
		card, ok, err := get[catalog.Card](tx.Bucket(bucketCards), []byte(k.id))
		if err != nil {
			return res, err
		}
		if !ok {
			res.Total-- // it went between the index and the records
			continue
		}
		h := catalog.Hit{Card: card, Score: k.score()}
		if s.concepts == nil {
			h.Parts, err = s.filtered(tx, k.id)
		} else {
			h.Parts, err = s.found(ctx, tx, k, marks)
		}
		if err != nil {
			return res, err
		}
		res.Hits = append(res.Hits, h)
	}
	return res, nil
}

func among(chosen []string, values ...string) bool {
	return len(chosen) == 0 || slices.ContainsFunc(values, func(v string) bool { return slices.Contains(chosen, v) })
}

// bodiesOf reads entities as they are published, and of one without a record the name that a kit tells.
func bodiesOf(tx *bolt.Tx) func(catalog.EntityRef) *catalog.Entity {
	return func(r catalog.EntityRef) *catalog.Entity {
		e, ok, err := get[catalog.Entry](tx.Bucket(bucketEntries), joined(string(catalog.KindEntity), string(r)))
		switch {
		case err != nil:
			return nil // shown by its reference
		case ok && e.State != catalog.Gone:
			return e.Entity
		}
		return catalog.NameIn(func(yield func(catalog.Link) bool) {
			// A link that cannot be read ends the search for a name, which is only a nicety.
			_ = each(tx.Bucket(bucketLinks), prefix(string(r)), nil, func(_ []byte, l catalog.Link) (bool, error) { return yield(l), nil })
		})
	}
}

// facets lists the values that were met or chosen, by count, then label.
func (c *collector) facets(bodies func(catalog.EntityRef) *catalog.Entity) []catalog.Facet {
	out := make([]catalog.Facet, len(c.names))
	for i, name := range c.names {
		out[i].Name = name
	}
	sorted := slices.Clone(c.values)
	slices.SortFunc(sorted, func(a, b value) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.text, b.text)) })
	for _, v := range sorted {
		f := &out[v.facet]
		if (v.count > 0 && len(f.Values) < maxFacetValues) || v.chosen {
			f.Values = append(f.Values, catalog.FacetValue{Value: v.text, Label: catalog.FacetLabel(f.Name, v.text, bodies), Count: v.count, Selected: v.chosen})
		}
	}
	for i := range out {
		slices.SortStableFunc(out[i].Values, func(a, b catalog.FacetValue) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Label.It, b.Label.It))
		})
	}
	return out
}
