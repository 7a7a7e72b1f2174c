package main

import (
	"context"

	"github.com/open-community-pa/riuso/catalog"
)

// maxCatalogues is how many catalogues are looked at to find the operator's own among those that sources gave.
const maxCatalogues = 100

// entriesOf is the one list that the title of a site is looked for in.
type entriesOf interface {
	Entries(ctx context.Context, kind catalog.Kind, after string, limit int) ([]catalog.Entry, error)
}

// ownTitle gives the title that the operator's own catalogue has, or "" when there is no such catalogue yet.
func ownTitle(ctx context.Context, idx entriesOf) (string, error) {
	es, err := idx.Entries(ctx, catalog.KindCatalogue, "", maxCatalogues)
	if err != nil {
		return "", err
	}
	for i := range es {
		if es[i].Local && es[i].Catalogue != nil {
			return es[i].Catalogue.Title, nil
		}
	}
	return "", nil
}
