package indexer

import (
	"context"
	"errors"

	"github.com/open-community-pa/riuso/catalog"
)

// stateReader is what a [Store] may know besides: the state of a source without its records, or catalog.ErrNotFound. Most
// visits find nothing new, and need no more.
type stateReader interface {
	Source(ctx context.Context, id catalog.SourceID) (catalog.SourceState, error)
}

// stateOf reads what is known of a source, without its records where the store can leave them.
func (c *Crawler) stateOf(ctx context.Context, id catalog.SourceID) (catalog.Known, error) {
	r, ok := c.cfg.Store.(stateReader)
	if !ok {
		return c.cfg.Store.Known(ctx, id)
	}
	st, err := r.Source(ctx, id)
	if errors.Is(err, catalog.ErrNotFound) {
		return catalog.Known{}, nil
	}
	return catalog.Known{State: st, Unread: true}, err
}

// rosterReader is what a [Store] may know besides: all sources in the order of their ids, with their states as far as a list
// is compared with them, which is the source and whether it was removed.
type rosterReader interface {
	Roster(ctx context.Context) ([]catalog.SourceState, error)
}

// roster reads all sources.
func (c *Crawler) roster(ctx context.Context) ([]catalog.SourceState, error) {
	if r, ok := c.cfg.Store.(rosterReader); ok {
		return r.Roster(ctx)
	}
	return c.cfg.Store.Sources(ctx)
}
