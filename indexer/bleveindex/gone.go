package bleveindex

import (
	"context"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

// Gone lists the tombstones of a kind, in the order of ids, from the one behind after; at most limit, or as many as
// [Index.Entries] gives when limit is 0 or larger. It is how another catalogue learns what was removed, and why.
func (x *Index) Gone(ctx context.Context, kind catalog.Kind, after string, limit int) (out []catalog.Entry, err error) {
	limit = bound(limit)
	err = x.view(ctx, func(tx *bolt.Tx) error {
		pre := prefix(string(kind))
		c := tx.Bucket(bucketIDs).Cursor()
		k, key := c.Seek(joined(string(kind), after))
		for ; k != nil && len(k) > len(pre) && string(k[:len(pre)]) == string(pre) && len(out) < limit; k, key = c.Next() {
			if string(k[len(pre):]) == after {
				continue
			}
			e, ok, err := get[catalog.Entry](tx.Bucket(bucketEntries), joined(string(kind), string(key)))
			if err != nil {
				return err
			}
			if ok && e.State == catalog.Gone {
				out = append(out, e)
			}
		}
		return nil
	})
	return out, err
}
