package indexer

import (
	"context"
	"fmt"

	"github.com/open-community-pa/riuso/catalog"
)

// idle lists the exclusions of the operator's catalogue that name a file and under which no file was read so far, by their
// addresses: whoever wrote one believes that a text is out, and it is not. What the others have learned in the crawl holds from
// the next visit on.
func (c *Crawler) idle(ctx context.Context) ([]string, error) {
	was := c.home.Load()
	own, err := c.cfg.Store.Known(ctx, catalog.CatalogueSource)
	if err != nil {
		return nil, fmt.Errorf("exclusions: %w", err)
	}
	if len(own.State.Exclusions) > 0 {
		c.home.CompareAndSwap(was, was.excluding(own.State.Exclusions)) // unless the catalogue was read meanwhile
	}
	var out []string
	for i := range own.State.Exclusions {
		x := &own.State.Exclusions[i]
		if _, file := x.NamesFile(); file && len(x.Seen) == 0 {
			out = append(out, x.URL)
			c.cfg.Logger.Warn("an exclusion names no file that was read", "exclusion", x.URL)
		}
	}
	return out, nil
}
