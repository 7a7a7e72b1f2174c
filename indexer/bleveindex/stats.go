package bleveindex

import (
	"context"
	"errors"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

// statsCache keeps what is counted over all records until the next commit.
type statsCache struct {
	mu         sync.Mutex
	generation int
	tx         int // id of the transaction that was read
	stats      catalog.Stats
}

// Stats counts what is published and not gone.
func (x *Index) Stats(ctx context.Context) (out catalog.Stats, err error) {
	if err := ctx.Err(); err != nil {
		return out, err
	}
	err = x.use(func(g *generation) error {
		return g.records.View(func(tx *bolt.Tx) error {
			x.numbers.mu.Lock()
			defer x.numbers.mu.Unlock()
			if x.numbers.generation != g.number || x.numbers.tx != tx.ID() {
				s, err := count(tx)
				if err != nil {
					return err
				}
				x.numbers.generation, x.numbers.tx, x.numbers.stats = g.number, tx.ID(), s
			}
			out = x.numbers.stats
			return nil
		})
	})
	return out, err
}

func count(tx *bolt.Tx) (s catalog.Stats, err error) {
	err = each(tx.Bucket(bucketCards), nil, nil, func(_ []byte, c catalog.Card) (bool, error) {
		s.Add(c)
		return true, nil
	})
	if err != nil {
		return s, err
	}
	if s.Entities, err = countLive(tx, catalog.KindEntity); err != nil {
		return s, err
	}
	if s.Named, err = countNamed(tx); err != nil {
		return s, err
	}
	if s.Communities, err = countLive(tx, catalog.KindCommunity); err != nil {
		return s, err
	}
	// Only what is counted is decoded: a state is mostly findings and visits.
	type visits struct {
		Visits []struct {
			At time.Time `json:"at"`
		} `json:"visits"`
		Removed bool           `json:"removed"`
		Source  catalog.Source `json:"source"`
	}
	err = each(tx.Bucket(bucketSources), nil, nil, func(_ []byte, v visits) (bool, error) {
		if !v.Removed && v.Source.On() {
			s.Sources++
		}
		if len(v.Visits) > 0 && v.Visits[0].At.After(s.Updated) {
			s.Updated = v.Visits[0].At
		}
		return true, nil
	})
	return s, err
}

// countNamed counts the bodies that kits link and that have no record of their own. The keys of links start with the body.
func countNamed(tx *bolt.Tx) (n int, err error) {
	last := ""
	err = each(tx.Bucket(bucketLinks), nil, nil, func(key []byte, _ struct{}) (bool, error) {
		body := split(key)[0]
		if body == last {
			return true, nil
		}
		last = body
		_, err := entryOf(tx, catalog.KindEntity, catalog.Key(body))
		switch {
		case errors.Is(err, catalog.ErrNotFound), errors.Is(err, catalog.ErrGone):
			n++
		case err != nil:
			return false, err
		}
		return true, nil
	})
	return n, err
}

func countLive(tx *bolt.Tx, kind catalog.Kind) (n int, err error) {
	type state struct {
		State catalog.State `json:"state"`
	}
	err = each(tx.Bucket(bucketEntries), prefix(string(kind)), nil, func(_ []byte, e state) (bool, error) {
		if e.State != catalog.Gone {
			n++
		}
		return true, nil
	})
	return n, err
}
