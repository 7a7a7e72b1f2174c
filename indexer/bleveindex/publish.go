package bleveindex

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

// publisher does the work of one commit within one transaction of the record store.
type publisher struct {
	tx       *bolt.Tx
	touched  map[catalog.RecordKey]bool
	entities map[catalog.EntityRef]*catalog.Entity // read so far, as published; nil for those not known
	parts    int                                   // change of the number of parts
}

func newPublisher(tx *bolt.Tx) *publisher {
	return &publisher{tx: tx, touched: map[catalog.RecordKey]bool{}, entities: map[catalog.EntityRef]*catalog.Entity{}}
}

func (p *publisher) bucket(name []byte) *bolt.Bucket { return p.tx.Bucket(name) }

// take writes what a delta holds and notes which keys it touches.
func (p *publisher) take(d catalog.Delta) error {
	source := string(d.State.Source.ID)
	if err := checkKey(source); err != nil {
		return fmt.Errorf("source: %w", err)
	}
	if err := put(p.bucket(bucketSources), []byte(source), d.State); err != nil {
		return err
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
	return nil
}

// touch notes the key of a claim.
func (p *publisher) touch(claim []byte) {
	s := split(claim)
	p.touched[catalog.RecordKey{Kind: catalog.Kind(s[0]), Key: catalog.Key(s[1])}] = true
}

// publish makes the entries of all touched keys again. Entities come first: the kits that name them are touched by it.
func (p *publisher) publish() error {
	for rk := range p.touched {
		switch rk.Kind {
		case catalog.KindAdoption:
			if kit := kitOfAdoption(rk.Key); p.has(catalog.KindKit, kit) {
				p.touched[catalog.RecordKey{Kind: catalog.KindKit, Key: kit}] = true
			}
		case catalog.KindEntity:
			for _, k := range keysWith(p.bucket(bucketMentions), prefix(string(rk.Key))) {
				key := p.bucket(bucketIDs).Get(joined(string(catalog.KindKit), split(k)[1]))
				p.touched[catalog.RecordKey{Kind: catalog.KindKit, Key: catalog.Key(key)}] = true
			}
		}
	}
	order := make([]catalog.RecordKey, 0, len(p.touched))
	for rk := range p.touched {
		order = append(order, rk)
	}
	slices.SortFunc(order, func(a, b catalog.RecordKey) int { // the order decides who gets an id that two ask for
		return cmp.Or(cmp.Compare(kindRank(a.Kind), kindRank(b.Kind)), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	for _, rk := range order {
		if err := p.publishOne(rk); err != nil {
			return err
		}
	}
	return p.countParts()
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

// kitOfAdoption gives the kit of an adoption that was written elsewhere: its key is "<kit key>#<entity>".
func kitOfAdoption(k catalog.Key) catalog.Key {
	if i := strings.LastIndexByte(string(k), '#'); i >= 0 {
		return k[:i]
	}
	return k
}

// has says whether anybody claims the key.
func (p *publisher) has(kind catalog.Kind, key catalog.Key) bool {
	pre := prefix(string(kind), string(key))
	k, _ := p.bucket(bucketClaims).Cursor().Seek(pre)
	return k != nil && strings.HasPrefix(string(k), string(pre))
}

func (p *publisher) claims(pre []byte) ([]catalog.Record, error) {
	var out []catalog.Record
	err := each(p.bucket(bucketClaims), pre, nil, func(_ []byte, r catalog.Record) (bool, error) {
		out = append(out, r)
		return true, nil
	})
	return out, err
}

func (p *publisher) publishOne(rk catalog.RecordKey) error {
	kind, key := string(rk.Kind), string(rk.Key)
	records, err := p.claims(prefix(kind, key))
	if err != nil || len(records) == 0 {
		return err
	}
	e := catalog.Merge(records)
	if e.ID, err = p.idFor(&e.Record); err != nil {
		return err
	}
	if rk.Kind == catalog.KindKit && e.State != catalog.Gone {
		outside, err := p.claims([]byte(string(catalog.KindAdoption) + sep + key + "#"))
		if err != nil {
			return err
		}
		outside = slices.DeleteFunc(outside, func(r catalog.Record) bool { return kitOfAdoption(r.Key) != rk.Key })
		e.Adoptions = catalog.MergeAdoptions(&e.Record, outside)
		if e.Kit != nil && e.Kit.PublicCode != nil {
			e.DeclaredUsers = e.Kit.PublicCode.UsedBy
		}
	}
	if err := put(p.bucket(bucketEntries), joined(kind, key), e); err != nil {
		return err
	}
	if rk.Kind == catalog.KindKit {
		return p.derive(&e)
	}
	return nil
}

// idFor gives the record's public id: the one that its key has, else a free one, which it then keeps for ever.
func (p *publisher) idFor(r *catalog.Record) (string, error) {
	kind, key := string(r.Kind), string(r.Key)
	if id := p.bucket(bucketKeys).Get(joined(kind, key)); id != nil {
		return string(id), nil
	}
	id := catalog.BaseID(r)
	for n := 1; ; n++ {
		owner := p.bucket(bucketIDs).Get(joined(kind, id))
		if owner == nil {
			break
		}
		id = catalog.BaseID(r) + "-" + catalog.KeyHash(r.Key)
		if n > 1 { // six digits of the hash are taken too: count
			id += "-" + strconv.Itoa(n)
		}
	}
	if err := p.bucket(bucketIDs).Put(joined(kind, id), []byte(key)); err != nil {
		return "", err
	}
	return id, p.bucket(bucketKeys).Put(joined(kind, key), []byte(id))
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
