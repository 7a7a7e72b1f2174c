package bleveindex

import (
	"context"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// Commits names the state of the record store: as long as the name is the same nothing in it has changed, and what was
// computed of it still holds. It says nothing to another process, and costs one empty reading transaction.
func (x *Index) Commits(ctx context.Context) (name string, err error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	err = x.use(func(g *generation) error {
		return g.records.View(func(tx *bolt.Tx) error {
			name = fmt.Sprintf("%d.%d", g.number, tx.ID())
			return nil
		})
	})
	return name, err
}
