package bleveindex

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"sync"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

// cardsCache keeps the cards of all sources. After a commit only the states whose bytes changed are decoded again: while a
// crawl commits four times a second, a page about 20,000 sources must not decode them all.
type cardsCache struct {
	mu         sync.Mutex
	generation int
	tx         int // id of the transaction that was read
	seed       maphash.Seed
	sums       []uint64 // of the bytes of each state
	cards      []catalog.SourceCard
}

// FindSources gives a page of sources with the numbers around it; [catalog.ErrInvalid] for a query that makes no sense.
func (x *Index) FindSources(ctx context.Context, q catalog.SourceQuery) (out catalog.SourceResult, err error) {
	if err := ctx.Err(); err != nil {
		return out, err
	}
	if err := q.Check(); err != nil {
		return out, err
	}
	var cards []catalog.SourceCard
	err = x.use(func(g *generation) error {
		return g.records.View(func(tx *bolt.Tx) error {
			cards, err = x.sourceCards.read(ctx, g.number, tx)
			return err
		})
	})
	if err != nil {
		return out, err
	}
	return catalog.FindSources(cards, q)
}

// read gives the cards as they are in tx, in the order of ids. What it gives is never written again.
func (c *cardsCache) read(ctx context.Context, generation int, tx *bolt.Tx) ([]catalog.SourceCard, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cards != nil && c.generation == generation && c.tx == tx.ID() {
		return c.cards, nil
	}
	if c.cards == nil {
		c.seed = maphash.MakeSeed()
	}
	cards, sums := make([]catalog.SourceCard, 0, len(c.cards)), make([]uint64, 0, len(c.sums))
	at := 0 // in the old cards, whose order is the same
	cur := tx.Bucket(bucketSources).Cursor()
	for k, raw := cur.First(); k != nil; k, raw = cur.Next() {
		sum, id := maphash.Bytes(c.seed, raw), catalog.SourceID(k)
		for at < len(c.cards) && c.cards[at].Source.ID < id {
			at++
		}
		if at < len(c.cards) && c.cards[at].Source.ID == id && c.sums[at] == sum {
			cards, sums = append(cards, c.cards[at]), append(sums, sum)
			continue
		}
		card, err := decodeCard(raw)
		if err != nil {
			return nil, fmt.Errorf("source %q: %w", id, err)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		cards, sums = append(cards, card), append(sums, sum)
	}
	c.generation, c.tx, c.cards, c.sums = generation, tx.ID(), cards, sums
	return cards, nil
}

// briefState is a [catalog.SourceState] of which only what a card shows is decoded.
type briefState struct {
	catalog.SourceState
	Visits  firstVisit    `json:"visits"`
	Keys    []counted     `json:"keys"`
	Listing *briefListing `json:"listing"`
}

// counted is a value of which only that it is there matters.
type counted struct{}

// UnmarshalJSON reads nothing of it.
func (*counted) UnmarshalJSON([]byte) error { return nil }

type briefListing struct {
	Places []counted `json:"places"`
	Out    int       `json:"out"`
	Lost   []counted `json:"lost"`
}

// firstVisit is the newest visit alone.
type firstVisit []catalog.VisitSummary

// UnmarshalJSON reads the first value of a list.
func (f *firstVisit) UnmarshalJSON(raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	if _, err := d.Token(); err != nil || !d.More() {
		return err
	}
	*f = make(firstVisit, 1)
	return d.Decode(&(*f)[0])
}

func decodeCard(raw []byte) (catalog.SourceCard, error) {
	var b briefState
	if err := json.Unmarshal(raw, &b); err != nil {
		return catalog.SourceCard{}, err
	}
	s := b.SourceState
	s.Visits, s.Keys = b.Visits, make([]catalog.RecordKey, len(b.Keys))
	if l := b.Listing; l != nil {
		s.Listing = &catalog.Listing{Places: make([]catalog.SourceID, len(l.Places)), Out: l.Out, Lost: make([]catalog.SourceID, len(l.Lost))}
	}
	return catalog.SourceCardOf(&s), nil
}
