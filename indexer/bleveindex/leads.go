package bleveindex

import (
	"slices"

	"github.com/open-community-pa/riuso/catalog"
)

// ownKey and earlierKey are how a row of leads was come by: an exact key in another writing comes before what it was once.
const (
	ownKey     = "0"
	earlierKey = "1"
)

// foldedPiece gives a key as it stands in leads, told and based, "" where it cannot.
func foldedPiece(k catalog.Key) string {
	f := string(catalog.FoldKey(k))
	if checkKey(f) != nil {
		return ""
	}
	return f
}

// lead writes under which keys a thing is found, and which kits it is based on, and touches what that changes for: kits
// that the keys led to before or lead to now, and origins. old is how the thing was published, nil when it was not.
func (p *publisher) lead(w catalog.RecordKey, old, now *catalog.Entry) error {
	var before, after [][]byte
	rows := func(e *catalog.Entry) (leads, based [][]byte) {
		if e == nil || e.State == catalog.Gone {
			return nil, nil
		}
		add := func(k catalog.Key, how string) {
			if f := foldedPiece(k); f != "" {
				leads = append(leads, joined(string(w.Kind), f, how, string(w.Key)))
			}
		}
		add(w.Key, ownKey)
		for _, a := range e.Aliases {
			add(a, earlierKey)
		}
		for _, origin := range catalog.BasedOn(e.Kit) {
			if f := foldedPiece(origin); f != "" {
				based = append(based, joined(f, string(w.Key)))
			}
		}
		return leads, based
	}
	before, oldBased := rows(old)
	after, based := rows(now)
	// What was found by these keys until now, then what is.
	p.touchLeads(w.Kind, w.Key)
	if err := deleteAll(p.bucket(bucketLeads), before); err != nil {
		return err
	}
	for _, row := range after {
		if err := p.bucket(bucketLeads).Put(row, nil); err != nil {
			return err
		}
	}
	p.touchLeads(w.Kind, w.Key)
	if now.MovedTo != "" {
		p.touchLeads(w.Kind, now.MovedTo)
	}
	for _, keys := range [][]catalog.Key{aliasesOf(old), now.Aliases} {
		for _, a := range keys { // their tombstones, and what else is found by them
			p.touched[catalog.RecordKey{Kind: w.Kind, Key: a}] = true
			p.touchLeads(w.Kind, a)
		}
	}
	if w.Kind != catalog.KindKit {
		return nil
	}
	if err := deleteAll(p.bucket(bucketBased), oldBased); err != nil {
		return err
	}
	for _, row := range based {
		if err := p.bucket(bucketBased).Put(row, nil); err != nil {
			return err
		}
	}
	for _, row := range slices.Concat(oldBased, based) {
		p.touchLeads(w.Kind, catalog.Key(split(row)[0]))
	}
	return nil
}

func aliasesOf(e *catalog.Entry) []catalog.Key {
	if e == nil {
		return nil
	}
	return e.Aliases
}

// touchLeads touches a key, and all that is found by it.
func (p *publisher) touchLeads(kind catalog.Kind, key catalog.Key) {
	if p.works[catalog.RecordKey{Kind: kind, Key: key}] == nil && p.has(kind, key) {
		p.touched[catalog.RecordKey{Kind: kind, Key: key}] = true
	}
	f := foldedPiece(key)
	if f == "" {
		return
	}
	for _, row := range keysWith(p.bucket(bucketLeads), prefix(string(kind), f)) {
		p.touched[catalog.RecordKey{Kind: kind, Key: catalog.Key(split(row)[3])}] = true
	}
}

// around gathers what is told of a living kit under any of its keys.
func (p *publisher) around(e *catalog.Entry) (catalog.Around, error) {
	var a catalog.Around
	folded := map[string]bool{}
	for _, k := range append([]catalog.Key{e.Key}, e.Aliases...) {
		if now, _ := resolve(p.tx, catalog.KindKit, k); now != e.Key {
			continue
		}
		if k != e.Key {
			records, err := p.claims(prefix(string(catalog.KindKit), string(k)))
			if err != nil {
				return a, err
			}
			a.Followers = append(a.Followers, catalog.Followers(records)...)
		}
		if f := foldedPiece(k); f != "" {
			folded[f] = true
		}
	}
	for f := range folded {
		for kind, to := range map[catalog.Kind]*[]catalog.Record{catalog.KindAdoption: &a.Adoptions, catalog.KindEvaluation: &a.Evaluations} {
			for _, row := range keysWith(p.bucket(bucketTold), prefix(string(kind), f)) {
				key := catalog.Key(split(row)[2])
				if now, _ := resolve(p.tx, catalog.KindKit, catalog.KitOf(key)); now != e.Key {
					continue
				}
				records, err := p.claims(prefix(string(kind), string(key)))
				if err != nil {
					return a, err
				}
				*to = append(*to, records...)
			}
		}
		for _, row := range keysWith(p.bucket(bucketBased), prefix(f)) {
			if v := catalog.Key(split(row)[1]); v != e.Key {
				a.Variants = append(a.Variants, v)
			}
		}
	}
	return a, nil
}
