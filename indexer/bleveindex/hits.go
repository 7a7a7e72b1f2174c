package bleveindex

import (
	"context"
	"errors"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

// found gives the parts of a kit that match best, one of each line.
func (s *searching) found(ctx context.Context, tx *bolt.Tx, k *kitMatch, marks wanted) ([]catalog.PartHit, error) {
	var out []catalog.PartHit
	for _, pm := range k.parts {
		h, ok, err := s.hit(ctx, tx, pm, marks)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if pm.file != nil && pm.file.doc != pm.doc {
			file, ok, err := s.hit(ctx, tx, *pm.file, marks)
			if err != nil {
				return nil, err
			}
			if ok {
				h = h.Or(file)
			}
		}
		out = append(out, h)
	}
	return out, nil
}

// hit reads the part of a document; ok is false when it went between the index and the records.
func (s *searching) hit(ctx context.Context, tx *bolt.Tx, pm partMatch, marks wanted) (h catalog.PartHit, ok bool, err error) {
	doc := index.NewIndexInternalID(nil, pm.doc)
	id, err := s.reader.ExternalID(doc)
	if err != nil {
		return h, false, err
	}
	p, ok, err := get[catalog.Part](tx.Bucket(bucketParts), []byte(id))
	if err != nil || !ok {
		return h, false, err
	}
	if p.Type != catalog.PartAttachment {
		return partHit(&p, float64(pm.score), marks.snippet(&p)), true, nil
	}
	if err := withText(tx, []byte(id), &p); err != nil {
		return h, false, err
	}
	places, err := s.places(ctx, doc)
	if err != nil {
		return h, false, err
	}
	h = partHit(&p, float64(pm.score), nil)
	h.Snippet, h.Page = marks.pageSnippet(&p, places)
	return h, true, nil
}

// filtered gives the first parts of a kit that filters on parts let through, attachments last; none when there is no such
// filter: then no part is more of an answer than another.
func (s *searching) filtered(tx *bolt.Tx, kit string) ([]catalog.PartHit, error) {
	if len(s.query.Filters[catalog.FacetPhase])+len(s.query.Filters[catalog.FacetAmbit])+len(s.query.Filters[catalog.FacetType]) == 0 {
		return nil, nil
	}
	var out, files []catalog.PartHit
	lines := map[catalog.PartRef]bool{}
	err := each(tx.Bucket(bucketParts), prefix(kit), nil, func(k []byte, p catalog.Part) (bool, error) {
		pass := p.Type != catalog.PartKit &&
			among(s.query.Filters[catalog.FacetPhase], p.Phase...) &&
			among(s.query.Filters[catalog.FacetAmbit], p.Ambit...) &&
			among(s.query.Filters[catalog.FacetType], string(p.Type))
		switch {
		case !pass:
		case p.Type != catalog.PartAttachment:
			lines[p.Line()] = true
			out = append(out, partHit(&p, 0, wanted(nil).snippet(&p)))
		case len(files) < topParts && !lines[p.Line()]:
			lines[p.Line()] = true
			if err := withText(tx, k, &p); err != nil {
				return false, err
			}
			h := partHit(&p, 0, nil)
			h.Snippet, _ = wanted(nil).pageSnippet(&p, nil)
			files = append(files, h)
		}
		return len(out) < topParts, nil
	})
	if len(out) < topParts {
		files = slices.DeleteFunc(files, func(f catalog.PartHit) bool {
			return slices.ContainsFunc(out, func(h catalog.PartHit) bool { return h.Type == f.Of.Type && h.ID == f.Of.ID })
		})
		out = append(out, files[:min(len(files), topParts-len(out))]...)
	}
	return out, err
}

func partHit(p *catalog.Part, score float64, snippet []catalog.Fragment) catalog.PartHit {
	return catalog.PartHit{Type: p.Type, ID: p.BaseID(), Title: p.Title, Code: p.Code, Phase: p.Phase, Ambit: p.Ambit, Kind: p.Kind,
		Score: score, Snippet: snippet, Of: p.Of}
}

// place is where a word of the query stands in the text of a document, in bytes.
type place struct{ start, concept int }

// places asks the index where the words of the query are in the text of one document: to look for them in the text itself
// would take the longer the longer the text is.
func (s *searching) places(ctx context.Context, doc index.IndexInternalID) ([]place, error) {
	var out []place
	for i, c := range s.concepts {
		for _, a := range c.alternatives {
			for _, v := range a.variants {
				if v.field != fieldText {
					continue
				}
				row, err := s.row(ctx, doc, v.terms)
				if err != nil {
					return nil, err
				}
				for _, start := range row {
					out = append(out, place{start, i})
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b place) int { return a.start - b.start })
	return out, nil
}

// row gives where terms stand one behind the other in the text of a document.
func (s *searching) row(ctx context.Context, doc index.IndexInternalID, terms []string) (starts []int, err error) {
	var at map[uint64]int // from the position of the next term to where the row starts
	for i, term := range terms {
		vectors, err := s.vectors(ctx, doc, term)
		if err != nil || len(vectors) == 0 {
			return nil, err
		}
		next := map[uint64]int{}
		for _, v := range vectors {
			if start, ok := at[v.Pos]; ok {
				next[v.Pos+1] = start
			} else if i == 0 {
				next[v.Pos+1] = int(v.Start)
			}
		}
		at = next
	}
	for _, start := range at {
		starts = append(starts, start)
	}
	return starts, nil
}

func (s *searching) vectors(ctx context.Context, doc index.IndexInternalID, term string) (out []index.TermFieldVector, err error) {
	tfr, err := s.reader.TermFieldReader(ctx, []byte(term), fieldText, false, false, true)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, tfr.Close()) }()
	d, err := tfr.Advance(doc, nil)
	if err != nil || d == nil || !d.ID.Equals(doc) {
		return nil, err
	}
	for _, v := range d.Vectors {
		out = append(out, *v)
	}
	return out, nil
}
