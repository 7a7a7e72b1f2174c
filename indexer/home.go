package indexer

import (
	"slices"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/legacy"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// home is what the crawler's own catalogue says, as it was last read: it holds for every visit that follows. It is never
// changed: a visit of the catalogue puts another one in its place.
type home struct {
	policy catalog.Policy
	// observatory are the bodies whose levels hold in this catalogue; nil until it was read.
	observatory []catalog.EntityRef
	bodies      bodies
	roll        *legacy.Roll // the same, by their names
	own         identities
	listed      map[place]catalog.SourceID // what the catalogue names itself
}

// remembering is a home as the store knows it.
func (h *home) remembering(known catalog.Known, at ...string) *home {
	out := h.excluding(known.State.Exclusions)
	var entities []catalog.Entity
	for _, r := range known.Records {
		if r.Catalogue != nil {
			out.observatory = r.Catalogue.Observatory
			out.own = identitiesOf(r.Catalogue, append(at, known.State.URL)...)
		}
		if r.Entity != nil {
			entities = append(entities, *r.Entity)
		}
	}
	out.bodies, out.roll = bodiesOf(entities), rollOf(entities)
	return out
}

// reading is a home as a visit of it has just seen it.
func (h *home) reading(t *catalog.Tree, at ...string) *home {
	out := h.excluding(t.Catalogue.Exclusions)
	out.observatory, out.bodies, out.own = t.Catalogue.Observatory, bodiesOf(t.Entities), identitiesOf(t.Catalogue, at...)
	out.roll = rollOf(t.Entities)
	return out
}

func (h *home) excluding(xs []catalog.Exclusion) *home {
	out := *h
	out.policy.Excluded = xs
	return &out
}

// identities are what a catalogue is known by to others, who may send us back to it.
type identities struct {
	id   string
	urls []string // canonical
}

func identitiesOf(cat *catalog.Catalogue, at ...string) identities {
	out := identities{id: cat.ID}
	for _, u := range slices.Concat(at, []string{cat.URL, cat.BaseURL}) {
		if n := publiccode.NormalizeURL(u); n != "" {
			out.urls = append(out.urls, n)
		}
	}
	return out
}

func (o *identities) is(url string) bool {
	n := publiccode.NormalizeURL(url)
	return n != "" && slices.Contains(o.urls, n)
}
