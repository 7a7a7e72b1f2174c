package bleveindex

import (
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

// publisher does the work of one commit within one transaction of the record store.
type publisher struct {
	tx       *bolt.Tx
	touched  map[catalog.RecordKey]bool
	works    map[catalog.RecordKey]*published      // what became of the touched, nothing for those that nobody claims
	entities map[catalog.EntityRef]*catalog.Entity // read so far, as published; nil for those not known
	parts    int                                   // change of the number of parts
	now      time.Time                             // of the newest visit, zero in a rebuild
	keptOut  *catalog.KeptOut                      // by the operator's catalogue; nil until it is asked
	changed  []catalog.Exclusion                   // that this commit brings, changes or takes back
	unsure   map[string]bool                       // blobs whose texts perhaps nobody uses any more
	packer   *gzip.Writer                          // made when it is needed
}

func newPublisher(tx *bolt.Tx) *publisher {
	return &publisher{tx: tx, touched: map[catalog.RecordKey]bool{}, works: map[catalog.RecordKey]*published{}, entities: map[catalog.EntityRef]*catalog.Entity{},
		unsure: map[string]bool{}}
}

func (p *publisher) bucket(name []byte) *bolt.Bucket { return p.tx.Bucket(name) }

// take writes what a delta holds and notes which keys it touches.
func (p *publisher) take(d catalog.Delta) error {
	source := string(d.State.Source.ID)
	if err := checkKey(source); err != nil {
		return fmt.Errorf("source: %w", err)
	}
	if err := p.takeExclusions(&d.State); err != nil {
		return err
	}
	if err := put(p.bucket(bucketSources), []byte(source), d.State); err != nil {
		return err
	}
	if at := d.State.Last().At; at.After(p.now) {
		p.now = at
	}
	for i := range d.Put {
		r := &d.Put[i]
		if r.Source != d.State.Source.ID {
			return fmt.Errorf("record %s of source %q in the delta of %q: %w", r.Key, r.Source, source, catalog.ErrInvalid)
		}
		if err := errors.Join(checkKey(string(r.Key)), checkKey(string(r.Kind))); err != nil {
			return err
		}
		kind, key := string(r.Kind), string(r.Key)
		if err := put(p.bucket(bucketClaims), joined(kind, key, source), r); err != nil {
			return err
		}
		if err := p.bucket(bucketGiven).Put(joined(source, kind, key), nil); err != nil {
			return err
		}
		p.touched[r.RecordKey()] = true
	}
	for _, t := range d.Texts {
		if err := p.takeText(t); err != nil {
			return err
		}
	}
	return nil
}

// touch notes the key of a claim.
func (p *publisher) touch(claim []byte) {
	s := split(claim)
	p.touched[catalog.RecordKey{Kind: catalog.Kind(s[0]), Key: catalog.Key(s[1])}] = true
}

// published is one key at work.
type published struct {
	catalog.RecordKey
	claimed bool            // somebody gave it
	moved   bool            // it is a tombstone that leads on
	aliases []catalog.Key   // of what it becomes
	oldID   string          // under which it was published, "" when it was not
	id      string          // under which it is
	claim   catalog.IDClaim // of an id, without what is known only when all are merged
	records []catalog.Record
}

// maxKept is how many keys keep their records between the steps of one commit; those of more, as in a rebuild, are read
// again: all records at once may be more than fits in memory.
const maxKept = 256

// publish makes the entries of all touched keys again: what each is by itself, where its other keys lead, which public id it
// has, and last, when all that is known, what is told around it. Entities come first: the kits that name them are touched
// by it.
func (p *publisher) publish() error {
	if err := errors.Join(p.tellTime(), p.touchKeptOut()); err != nil {
		return err
	}
	if err := errors.Join(p.mergeAll(), p.dropTexts()); err != nil {
		return err
	}
	if err := p.giveIDs(); err != nil {
		return err
	}
	order := p.inOrder()
	for _, w := range order { // before any is written: the id that one gives up may be another's by now
		if w.Kind == catalog.KindKit && w.oldID != "" && w.oldID != w.id {
			if err := p.withdraw(w.oldID); err != nil {
				return err
			}
		}
	}
	for _, w := range order {
		if err := p.finish(w); err != nil {
			return err
		}
	}
	return p.countParts()
}

// tellTime makes the time of the commit that of the newest visit there ever was: clocks that go back settle nothing anew.
func (p *publisher) tellTime() error {
	if p.now.IsZero() {
		return nil
	}
	var newest time.Time
	meta := p.bucket(bucketMeta)
	if raw := meta.Get(metaNewest); raw != nil {
		if err := newest.UnmarshalText(raw); err != nil {
			return fmt.Errorf("%s: %w", metaNewest, err)
		}
	}
	if !p.now.After(newest) {
		p.now = newest
		return nil
	}
	raw, err := p.now.UTC().MarshalText()
	if err != nil {
		return err
	}
	return meta.Put(metaNewest, raw)
}

// mergeAll merges what is touched, and touches and merges what depends on it, until nothing more does.
func (p *publisher) mergeAll() error {
	for {
		var todo []catalog.RecordKey
		for rk := range p.touched {
			if p.works[rk] == nil {
				todo = append(todo, rk)
			}
		}
		if len(todo) == 0 {
			return nil
		}
		slices.SortFunc(todo, compareRecordKeys)
		for _, rk := range todo {
			if err := p.mergeOne(rk); err != nil {
				return err
			}
		}
	}
}

func (p *publisher) mergeOne(rk catalog.RecordKey) error {
	w := &published{RecordKey: rk}
	p.works[rk] = w
	records, err := p.claims(prefix(string(rk.Kind), string(rk.Key)))
	if err != nil || len(records) == 0 {
		return err
	}
	if w.claimed = true; len(p.works) <= maxKept {
		w.records = records
	}
	old, known, err := get[catalog.Entry](p.bucket(bucketEntries), joined(string(rk.Kind), string(rk.Key)))
	if err != nil {
		return err
	}
	e := catalog.Merge(records)
	w.moved, w.aliases, w.oldID = e.MovedTo != "", e.Aliases, old.ID
	w.claim = catalog.ClaimOf(&e, records, nil, p.now)
	if err := p.use(rk, records, e.Aliases); err != nil {
		return err
	}
	switch rk.Kind {
	case catalog.KindEntity:
		for _, k := range keysWith(p.bucket(bucketMentions), prefix(string(rk.Key))) {
			if key := p.bucket(bucketIDs).Get(joined(string(catalog.KindKit), split(k)[1])); key != nil {
				p.touched[catalog.RecordKey{Kind: catalog.KindKit, Key: catalog.Key(key)}] = true
			}
		}
		return nil
	case catalog.KindAdoption, catalog.KindEvaluation:
		if kit := foldedPiece(catalog.KitOf(rk.Key)); kit != "" {
			if err := p.bucket(bucketTold).Put(joined(string(rk.Kind), kit, string(rk.Key)), nil); err != nil {
				return err
			}
		}
		p.touchLeads(catalog.KindKit, catalog.KitOf(rk.Key))
		return nil
	}
	if !known {
		return p.lead(rk, nil, &e)
	}
	return p.lead(rk, &old, &e)
}

func kindRank(k catalog.Kind) int {
	switch k {
	case catalog.KindEntity:
		return 0
	case catalog.KindKit:
		return 2
	}
	return 1
}

// has says whether anybody claims the key.
func (p *publisher) has(kind catalog.Kind, key catalog.Key) bool {
	return hasWith(p.bucket(bucketClaims), prefix(string(kind), string(key)))
}

// claims gives the records under a key as they are published: without what the catalogue keeps out.
func (p *publisher) claims(pre []byte) ([]catalog.Record, error) {
	var out []catalog.Record
	err := each(p.bucket(bucketClaims), pre, nil, func(_ []byte, r catalog.Record) (bool, error) {
		out = append(out, r)
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	return p.withdrawn(out)
}

// inOrder gives what is at work, entities first and kits last.
func (p *publisher) inOrder() []*published {
	out := make([]*published, 0, len(p.works))
	for _, w := range p.works {
		if w.claimed {
			out = append(out, w)
		}
	}
	slices.SortFunc(out, func(a, b *published) int {
		return cmp.Or(cmp.Compare(kindRank(a.Kind), kindRank(b.Kind)), compareRecordKeys(a.RecordKey, b.RecordKey))
	})
	return out
}

func compareRecordKeys(a, b catalog.RecordKey) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
}

// finish writes the entry and what is made of it.
func (p *publisher) finish(w *published) error {
	records := w.records
	if records == nil {
		var err error
		if records, err = p.claims(prefix(string(w.Kind), string(w.Key))); err != nil {
			return err
		}
	}
	merged := catalog.Merge(records)
	e := &merged
	e.ID = w.id
	kit := w.Kind == catalog.KindKit
	if kit && e.State != catalog.Gone {
		around, err := p.around(e)
		if err != nil {
			return err
		}
		e.Complete(around)
	}
	if err := put(p.bucket(bucketEntries), joined(string(w.Kind), string(w.Key)), e); err != nil {
		return err
	}
	if kit && e.ID != "" {
		return p.derive(e)
	}
	return nil
}

// entity reads a body as it is published now.
func (p *publisher) entity(r catalog.EntityRef) *catalog.Entity {
	if e, ok := p.entities[r]; ok {
		return e
	}
	var found *catalog.Entity
	if e, ok, err := get[catalog.Entry](p.bucket(bucketEntries), joined(string(catalog.KindEntity), string(r))); err == nil && ok {
		found = e.Entity
	}
	p.entities[r] = found
	return found
}

func (p *publisher) countParts() error {
	n, err := partCount(p.tx)
	if err != nil {
		return err
	}
	return p.bucket(bucketMeta).Put(metaParts, []byte(strconv.Itoa(n+p.parts)))
}

// partCount gives the number of parts, which is that of the index's documents when nothing is pending.
func partCount(tx *bolt.Tx) (int, error) {
	raw := tx.Bucket(bucketMeta).Get(metaParts)
	if raw == nil {
		return 0, nil
	}
	return strconv.Atoi(string(raw))
}
