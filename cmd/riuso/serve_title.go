package main

import (
	"context"

	"github.com/open-community-pa/riuso/catalog"
)

// ownTitle gives the title that the operator's own catalogue has, or "" when there is no such catalogue yet.
func ownTitle(ctx context.Context, idx catalog.OwnReader) (string, error) {
	own, err := catalog.OwnCatalogue(ctx, idx)
	if err != nil || own == nil {
		return "", err
	}
	return own.Title, nil
}
