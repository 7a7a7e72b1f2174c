package bleveindex

import (
	"context"
	"slices"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

// Roster lists all sources in the order of ids as [Index.Sources] does, and of the state of each only the source and
// whether it was removed: what it takes to compare them with a list. Of 20,000 sources the states are a hundred megabytes.
func (x *Index) Roster(ctx context.Context) (out []catalog.SourceState, err error) {
	type line struct {
		Source  catalog.Source `json:"source"`
		Removed bool           `json:"removed"`
	}
	err = x.view(ctx, func(tx *bolt.Tx) error {
		return each(tx.Bucket(bucketSources), nil, nil, func(_ []byte, l line) (bool, error) {
			out = append(out, catalog.SourceState{Source: l.Source, Removed: l.Removed})
			return true, ctx.Err()
		})
	})
	return slices.Clip(out), err
}
