package bleveindex

import (
	"bytes"
	"context"
	"slices"

	index "github.com/blevesearch/bleve_index_api"

	"github.com/open-community-pa/riuso/catalog"
)

// Facets are counted "sideways": the kits of each facet with the text and the filters of all other facets. For that every
// document that matches the text is looked at, whether the filters let it through or not. Facets of a part (phase, ambit,
// type) must hold for one and the same part; those of the kit are the same for all its parts and are read once.

// ownFacets are the facets in which the parts of a kit differ.
var ownFacets = [...]catalog.FacetName{catalog.FacetPhase, catalog.FacetAmbit, catalog.FacetType}

const (
	topParts   = 3    // parts of a kit that a result shows
	pageFactor = 0.85 // of a page's score: a README says again, less well, what the kit's own parts say

	attachmentFactor = 0.90 // of an attachment's: what its author wrote down of it comes before what is somewhere in it
)

// value is one value of one facet, met or chosen.
type value struct {
	facet  int // position in collector.names
	text   string
	chosen bool
	count  int // kits
}

type collector struct {
	names   []catalog.FacetName
	own     map[int]int // facet → position in ownFacets
	active  []bool      // facets with a filter
	values  []value
	byTerm  map[string]int // "phase=A" → position in values
	kits    map[string]*kitMatch
	page    int // the value "this part is a page"
	file    int // the value "this part is an attachment"
	lines   map[string]int
	kit     int // the value "this part is the kit's overview"
	current docFacets
}

// docFacets is what the document at hand says; it is used again for the next one.
type docFacets struct {
	kit    []byte
	order  []byte
	values []int
	line   int // under what it is shown, 0 where it stands alone
}

// kitMatch is what the documents of one kit add up to.
type kitMatch struct {
	id      string
	rank    rank
	shared  []int                 // values that the kit has
	failed  int                   // shared facets whose filter it does not pass
	failing int                   // one of them
	own     [len(ownFacets)][]int // values of the parts that pass the other own facets
	passes  bool                  // some part passes all own facets
	parts   []partMatch           // the best of those, best first
}

type partMatch struct {
	doc   uint64
	score float32
	line  int        // as in docFacets
	file  *partMatch // the best attachment of the same line, where it is not this one
}

func newCollector(filters map[catalog.FacetName][]string) *collector {
	c := &collector{names: catalog.FacetNames(), own: map[int]int{}, byTerm: map[string]int{}, kits: map[string]*kitMatch{}, lines: map[string]int{}}
	c.active = make([]bool, len(c.names))
	c.page = c.valueOf([]byte(facetTerm(catalog.FacetType, string(catalog.PartPage))))
	c.file = c.valueOf([]byte(facetTerm(catalog.FacetType, string(catalog.PartAttachment))))
	c.kit = c.valueOf([]byte(facetTerm(catalog.FacetType, string(catalog.PartKit))))
	for i, name := range c.names {
		if own := slices.Index(ownFacets[:], name); own >= 0 {
			c.own[i] = own
		}
		for _, v := range filters[name] {
			c.active[i] = true
			c.values[c.valueOf([]byte(facetTerm(name, v)))].chosen = true
		}
	}
	return c
}

// valueOf gives the position of a facet's value, a new one when it was not met before; -1 when it is of no known facet.
func (c *collector) valueOf(term []byte) int {
	if i, ok := c.byTerm[string(term)]; ok {
		return i
	}
	name, text, _ := bytes.Cut(term, []byte("="))
	facet := slices.Index(c.names, catalog.FacetName(name))
	i := -1
	if facet >= 0 {
		i = len(c.values)
		c.values = append(c.values, value{facet: facet, text: string(text)})
	}
	c.byTerm[string(term)] = i
	return i
}

// collect walks all documents that have at least need concepts.
func (c *collector) collect(ctx context.Context, r index.IndexReader, m *matches, need int) error {
	parts, err := r.DocValueReader([]string{fieldKit, fieldOwn, fieldLine})
	if err != nil {
		return err
	}
	kits, err := r.DocValueReader([]string{fieldShared, fieldOrder})
	if err != nil {
		return err
	}
	visit := func(field string, term []byte) {
		switch field {
		case fieldKit:
			c.current.kit = append(c.current.kit[:0], term...)
		case fieldLine:
			n := c.lines[string(term)]
			if n == 0 {
				n = len(c.lines) + 1
				c.lines[string(term)] = n
			}
			c.current.line = n
		case fieldOrder:
			c.current.order = append(c.current.order[:0], term...)
		default:
			if v := c.valueOf(term); v >= 0 {
				c.current.values = append(c.current.values, v)
			}
		}
	}
	var id index.IndexInternalID
	n := 0
	for doc := range m.hits {
		if int(m.hits[doc].words) < need {
			continue
		}
		if n++; n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		id = index.NewIndexInternalID(id, uint64(doc))
		c.current = docFacets{kit: c.current.kit[:0], order: c.current.order[:0], values: c.current.values[:0]}
		if err := parts.VisitDocValues(id, visit); err != nil {
			return err
		}
		k := c.kits[string(c.current.kit)]
		if k == nil {
			own := slices.Clone(c.current.values)
			c.current.values = c.current.values[:0]
			if err := kits.VisitDocValues(id, visit); err != nil {
				return err
			}
			k = c.newKit()
			c.current.values = append(c.current.values[:0], own...)
		}
		c.addPart(k, partMatch{doc: uint64(doc), score: m.hits[doc].score, line: c.current.line})
	}
	return nil
}

// newKit starts a kit with the shared values of the document at hand.
func (c *collector) newKit() *kitMatch {
	k := &kitMatch{id: string(c.current.kit), rank: parseRank(c.current.order), shared: slices.Clone(c.current.values)}
	for f, active := range c.active {
		if _, own := c.own[f]; !active || own {
			continue
		}
		if !c.chosenAmong(k.shared, f) {
			k.failed, k.failing = k.failed+1, f
		}
	}
	c.kits[k.id] = k
	return k
}

func (c *collector) chosenAmong(values []int, facet int) bool {
	for _, v := range values {
		if c.values[v].facet == facet && c.values[v].chosen {
			return true
		}
	}
	return false
}

// addPart adds the document at hand to its kit.
func (c *collector) addPart(k *kitMatch, p partMatch) {
	if slices.Contains(c.current.values, c.kit) {
		c.current.values = slices.DeleteFunc(c.current.values, c.untrue)
	}
	failed, failing := 0, -1
	for f, own := range c.own {
		if c.active[f] && !c.chosenAmong(c.current.values, f) {
			failed, failing = failed+1, own
		}
	}
	if failed > 1 {
		return
	}
	for _, v := range c.current.values {
		own := c.own[c.values[v].facet]
		if (failed == 0 || failing == own) && !slices.Contains(k.own[own], v) {
			k.own[own] = append(k.own[own], v)
		}
	}
	if failed > 0 {
		return
	}
	k.passes = true
	if slices.Contains(c.current.values, c.page) {
		p.score *= pageFactor
	}
	file := slices.Contains(c.current.values, c.file)
	if file {
		p.score *= attachmentFactor
	}
	if p.line != 0 {
		p = k.sameLine(p, file)
	}
	at, _ := slices.BinarySearchFunc(k.parts, p, func(a, b partMatch) int {
		if a.score >= b.score {
			return -1
		}
		return 1
	})
	if at < topParts {
		k.parts = slices.Insert(k.parts, at, p)
		k.parts = k.parts[:min(len(k.parts), topParts)]
	}
}

// sameLine takes out of the kit's parts the one of the same line, and gives the better of the two with the best attachment.
func (k *kitMatch) sameLine(p partMatch, file bool) partMatch {
	i := slices.IndexFunc(k.parts, func(o partMatch) bool { return o.line == p.line })
	if file {
		own := p
		p.file = &own
	}
	if i < 0 {
		return p
	}
	other := k.parts[i]
	k.parts = slices.Delete(k.parts, i, i+1)
	if other.score >= p.score {
		p, other = other, p
	}
	if p.file == nil || other.file != nil && other.file.score > p.file.score {
		p.file = other.file
	}
	return p
}

// untrue says that a value of an overview must not count. The overview has the phases and the ambits of all documents of
// its kit: that one of them is of the chosen phase says nothing of its ambit, and the other way round.
func (c *collector) untrue(v int) bool {
	other := catalog.FacetAmbit
	switch c.names[c.values[v].facet] {
	case catalog.FacetPhase:
	case catalog.FacetAmbit:
		other = catalog.FacetPhase
	default:
		return false
	}
	return c.active[slices.Index(c.names, other)]
}

// finish counts the kits by value, and gives those that pass all filters.
func (c *collector) finish() []*kitMatch {
	var out []*kitMatch
	for _, k := range c.kits {
		if k.failed == 0 {
			for _, values := range k.own {
				for _, v := range values {
					c.values[v].count++
				}
			}
		}
		if !k.passes {
			continue
		}
		for _, v := range k.shared {
			if k.failed == 0 || (k.failed == 1 && c.values[v].facet == k.failing) {
				c.values[v].count++
			}
		}
		if k.failed == 0 {
			out = append(out, k)
		}
	}
	return out
}
