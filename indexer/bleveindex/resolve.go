package bleveindex

import (
	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

// resolve says under which key a thing lives now: its own, or what it became. ok is false when nothing lives under either.
func resolve(tx *bolt.Tx, kind catalog.Kind, key catalog.Key) (now catalog.Key, ok bool) {
	f := foldedPiece(key)
	if f == "" {
		return key, false
	}
	b := tx.Bucket(bucketLeads)
	if b.Get(joined(string(kind), f, ownKey, string(key))) != nil {
		return key, true
	}
	pre := prefix(string(kind), f)
	row, _ := b.Cursor().Seek(pre)
	if row == nil || len(row) < len(pre) || string(row[:len(pre)]) != string(pre) {
		return key, false
	}
	return catalog.Key(split(row)[3]), true
}
