package bleveindex

import (
	"context"
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

// maxList is how many records one listing gives at most, whatever limit is asked for.
const maxList = 10_000

// Known gives what is known of a source, its records in the order of kind and key; nothing when it is new.
func (x *Index) Known(ctx context.Context, source catalog.SourceID) (known catalog.Known, err error) {
	err = x.view(ctx, func(tx *bolt.Tx) error {
		known.State, _, err = get[catalog.SourceState](tx.Bucket(bucketSources), []byte(source))
		if err != nil {
			return err
		}
		for _, k := range keysWith(tx.Bucket(bucketGiven), prefix(string(source))) {
			s := split(k)
			r, ok, err := get[catalog.Record](tx.Bucket(bucketClaims), joined(s[1], s[2], s[0]))
			if err != nil {
				return err
			}
			if ok {
				known.Records = append(known.Records, r)
			}
		}
		return nil
	})
	return known, err
}

// Entry gives what is published under a public id. It gives [catalog.ErrNotFound] when there never was such a thing, and
// the tombstone with [catalog.ErrGone] when it went. Of a thing whose key is now another's it gives that one: its ID then is
// not the one that was asked for.
func (x *Index) Entry(ctx context.Context, kind catalog.Kind, id string) (e *catalog.Entry, err error) {
	err = x.view(ctx, func(tx *bolt.Tx) error {
		key := tx.Bucket(bucketIDs).Get(joined(string(kind), id))
		if key == nil {
			return fmt.Errorf("%s %q: %w", kind, id, catalog.ErrNotFound)
		}
		now, _ := resolve(tx, kind, catalog.Key(key))
		e, err = entryOf(tx, kind, now)
		return err
	})
	return e, err
}

// EntryByKey gives what is published under a key, or under the one that the thing has now, with the errors of
// [Index.Entry].
func (x *Index) EntryByKey(ctx context.Context, kind catalog.Kind, key catalog.Key) (e *catalog.Entry, err error) {
	err = x.view(ctx, func(tx *bolt.Tx) error {
		now, _ := resolve(tx, kind, key)
		e, err = entryOf(tx, kind, now)
		return err
	})
	return e, err
}

func entryOf(tx *bolt.Tx, kind catalog.Kind, key catalog.Key) (*catalog.Entry, error) {
	e, ok, err := get[catalog.Entry](tx.Bucket(bucketEntries), joined(string(kind), string(key)))
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, fmt.Errorf("%s %q: %w", kind, key, catalog.ErrNotFound)
	case e.State == catalog.Gone:
		return &e, fmt.Errorf("%s %q: %w", kind, key, catalog.ErrGone)
	}
	return &e, nil
}

// Entries lists what is published of a kind and not gone, in the order of ids, from the one behind after; at most limit,
// or maxList of them when limit is 0 or larger.
func (x *Index) Entries(ctx context.Context, kind catalog.Kind, after string, limit int) (out []catalog.Entry, err error) {
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
			if ok && e.State != catalog.Gone {
				out = append(out, e)
			}
		}
		return nil
	})
	return out, err
}

// Cards lists the kits that are not gone as [Index.Entries] does, with little of each.
func (x *Index) Cards(ctx context.Context, after string, limit int) (out []catalog.Card, err error) {
	limit = bound(limit)
	err = x.view(ctx, func(tx *bolt.Tx) error {
		return each(tx.Bucket(bucketCards), nil, []byte(after), func(k []byte, c catalog.Card) (bool, error) {
			if string(k) != after {
				out = append(out, c)
			}
			return len(out) < limit, nil
		})
	})
	return out, err
}

func bound(limit int) int {
	if limit <= 0 || limit > maxList {
		return maxList
	}
	return limit
}

// Links tells what a body has to do with which kits, in the order of kit and role.
func (x *Index) Links(ctx context.Context, body catalog.EntityRef) (out []catalog.Link, err error) {
	err = x.view(ctx, func(tx *bolt.Tx) error {
		return each(tx.Bucket(bucketLinks), prefix(string(body)), nil, func(_ []byte, l catalog.Link) (bool, error) {
			out = append(out, l)
			return true, nil
		})
	})
	return out, err
}

// Source gives the state of a source, or [catalog.ErrNotFound].
func (x *Index) Source(ctx context.Context, id catalog.SourceID) (s catalog.SourceState, err error) {
	err = x.view(ctx, func(tx *bolt.Tx) error {
		var ok bool
		if s, ok, err = get[catalog.SourceState](tx.Bucket(bucketSources), []byte(id)); err == nil && !ok {
			err = fmt.Errorf("source %q: %w", id, catalog.ErrNotFound)
		}
		return err
	})
	return s, err
}

// Sources lists the states of all sources in the order of ids, those that were taken out of the catalogue's list too.
func (x *Index) Sources(ctx context.Context) (out []catalog.SourceState, err error) {
	err = x.view(ctx, func(tx *bolt.Tx) error {
		return each(tx.Bucket(bucketSources), nil, nil, func(_ []byte, s catalog.SourceState) (bool, error) {
			out = append(out, s)
			return true, nil
		})
	})
	return slices.Clip(out), err
}
