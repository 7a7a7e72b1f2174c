package indexer

import (
	"strings"

	"github.com/open-community-pa/riuso/catalog"
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
