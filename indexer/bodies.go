package indexer

import (
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/legacy"
)

// bodies are the IPA codes of the catalogue's own entities, in lower case.
type bodies map[string]bool

func bodiesOf(entities []catalog.Entity) bodies {
	out := bodies{}
	for _, e := range entities {
		if e.IPA != "" {
			out[strings.ToLower(e.IPA)] = true
		}
	}
	return out
}

// knownCode says of an IPA code whether it is in the list that the operator gave, or that of a body of this catalogue: a
// catalogue may know one that the list does not have yet. It is nil without a list: then codes are not checked.
func (c *Crawler) knownCode() func(code string) bool {
	if c.cfg.IPACode == nil {
		return nil
	}
	own := c.home.Load().bodies
	return func(code string) bool { return c.cfg.IPACode(code) || own[strings.ToLower(code)] }
}

// known are the bodies of the catalogue and those that the operator's table has, by name.
type known struct {
	own  *legacy.Roll
	more legacy.Bodies
}

// Body asks the catalogue's own bodies first.
func (k known) Body(name string) (catalog.EntityRef, string, bool) {
	if ref, official, ok := k.own.Body(name); ok || k.more == nil {
		return ref, official, ok
	}
	return k.more.Body(name)
}

// Mark is equal where the same bodies are known.
func (k known) Mark() string {
	mark := k.own.Mark()
	if more, ok := k.more.(interface{ Mark() string }); ok {
		mark += "+" + more.Mark()
	}
	return mark
}

// named are the bodies that are known by name now.
func (c *Crawler) named() known {
	k := known{own: c.home.Load().roll}
	if c.cfg.Attachments != nil {
		k.more = c.cfg.Attachments.Bodies
	}
	return k
}

// understood says whether what was read of a source was understood as it would be now: what bodies are called matters to
// kits that were never written as such only.
func (c *Crawler) understood(st *catalog.SourceState) bool {
	return st.Rules == c.home.Load().policy.ReadingRules() && (st.Bodies == "" || st.Bodies == c.named().Mark())
}

// rollOf enters the bodies of a catalogue.
func rollOf(entities []catalog.Entity) *legacy.Roll {
	r := legacy.NewRoll()
	for i := range entities {
		r.Add(entities[i].Ref(), entities[i].Name)
	}
	return r
}
