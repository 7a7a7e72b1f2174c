package bleveindex

import (
	"encoding/json"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

// giveIDs gives each thing at work its public id, and brings to work those whose id changes with it.
func (p *publisher) giveIDs() error {
	for _, w := range p.inOrder() {
		if err := p.giveID(w); err != nil {
			return err
		}
	}
	if err := p.mergeAll(); err != nil { // of those that lost an id
		return err
	}
	for _, w := range p.works {
		l := ledger{p.tx, w.Kind}
		g, _, err := l.grant(w.Key)
		if err != nil {
			return err
		}
		w.id = g.ID
	}
	return nil
}

func (p *publisher) giveID(w *published) error {
	if w.moved {
		return nil // what it became takes its id along
	}
	for _, a := range w.aliases {
		if now, _ := resolve(p.tx, w.Kind, a); now == w.Key {
			w.claim.Earlier = append(w.claim.Earlier, a)
		}
	}
	l := ledger{p.tx, w.Kind}
	if _, _, err := l.grant(w.Key); err != nil {
		return err
	}
	changed := catalog.GiveID(l, w.claim)
	for _, g := range changed {
		if err := l.forget(g.Key); err != nil {
			return err
		}
	}
	for _, g := range changed {
		if err := l.write(g); err != nil {
			return err
		}
		p.touched[catalog.RecordKey{Kind: w.Kind, Key: g.Key}] = true
	}
	return nil
}

// ledger is what the buckets ids, keys and asked hold of one kind: a [catalog.IDLedger]. A grant that cannot be read is
// none: giveID has read the one that matters.
type ledger struct {
	tx   *bolt.Tx
	kind catalog.Kind
}

func (l ledger) bucket(name []byte) *bolt.Bucket { return l.tx.Bucket(name) }

func (l ledger) grant(k catalog.Key) (g catalog.IDGrant, ok bool, err error) {
	raw := l.bucket(bucketKeys).Get(joined(string(l.kind), string(k)))
	switch {
	case raw == nil:
		return g, false, nil
	case raw[0] != '{':
		return catalog.IDGrant{Key: k, ID: string(raw)}, true, nil // written before grants were
	}
	if err := json.Unmarshal(raw, &g); err != nil {
		return g, false, fmt.Errorf("id of %q: %w", k, err)
	}
	return g, true, nil
}

// Grant gives the grant of a key.
func (l ledger) Grant(k catalog.Key) (catalog.IDGrant, bool) {
	g, ok, err := l.grant(k)
	return g, ok && err == nil
}

// Holder gives the grant of an id.
func (l ledger) Holder(id string) (catalog.IDGrant, bool) {
	key := l.bucket(bucketIDs).Get(joined(string(l.kind), id))
	if key == nil {
		return catalog.IDGrant{}, false
	}
	if g, ok := l.Grant(catalog.Key(key)); ok {
		return g, true
	}
	return catalog.IDGrant{Key: catalog.Key(key), ID: id}, true // it is taken all the same
}

// Asking gives the grants of those that asked for an id.
func (l ledger) Asking(id string) (out []catalog.IDGrant) {
	for _, row := range keysWith(l.bucket(bucketAsked), prefix(string(l.kind), id)) {
		if g, ok := l.Grant(catalog.Key(split(row)[2])); ok {
			out = append(out, g)
		}
	}
	return out
}

// forget takes away what a key has.
func (l ledger) forget(k catalog.Key) error {
	g, ok, err := l.grant(k)
	if err != nil || !ok {
		return err
	}
	kind := string(l.kind)
	for b, row := range map[*bolt.Bucket][]byte{
		l.bucket(bucketIDs): joined(kind, g.ID), l.bucket(bucketKeys): joined(kind, string(k)), l.bucket(bucketAsked): joined(kind, g.Asked, string(k)),
	} {
		if err := b.Delete(row); err != nil {
			return err
		}
	}
	return nil
}

func (l ledger) write(g catalog.IDGrant) error {
	if g.ID == "" {
		return nil
	}
	kind := string(l.kind)
	if err := l.bucket(bucketIDs).Put(joined(kind, g.ID), []byte(g.Key)); err != nil {
		return err
	}
	if g.Asked != "" {
		if err := l.bucket(bucketAsked).Put(joined(kind, g.Asked, string(g.Key)), nil); err != nil {
			return err
		}
	}
	return put(l.bucket(bucketKeys), joined(kind, string(g.Key)), g)
}
