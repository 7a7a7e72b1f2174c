package bleveindex

import (
	"errors"
	"strconv"
	"strings"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

// derive replaces what is made of a published kit: card, links, mentions, parts and facets. A gone kit leaves none.
func (p *publisher) derive(e *catalog.Entry) error {
	if err := p.forget(e.ID); err != nil {
		return err
	}
	if err := p.bucket(bucketPending).Put([]byte(e.ID), nil); err != nil {
		return err
	}
	if e.State == catalog.Gone || e.Kit == nil {
		return nil
	}
	asked := map[catalog.EntityRef]bool{}
	bodies := func(r catalog.EntityRef) *catalog.Entity {
		asked[r] = true
		return p.entity(r)
	}
	if err := put(p.bucket(bucketCards), []byte(e.ID), catalog.CardOf(e, bodies)); err != nil {
		return err
	}
	if err := put(p.bucket(bucketFacets), []byte(e.ID), catalog.Facets(e, bodies)); err != nil {
		return err
	}
	if err := p.deriveParts(e, bodies); err != nil {
		return err
	}
	for _, l := range catalog.LinksOf(e) {
		asked[l.Entity] = true
		if checkKey(string(l.Entity)) != nil {
			continue // a reference that the reader has already complained of
		}
		if err := put(p.bucket(bucketLinks), joined(string(l.Entity), e.ID, l.Role), l); err != nil {
			return err
		}
		if err := p.bucket(bucketLinked).Put(joined(e.ID, string(l.Entity), l.Role), nil); err != nil {
			return err
		}
	}
	for r := range asked {
		if checkKey(string(r)) != nil {
			continue
		}
		if err := p.bucket(bucketMentions).Put(joined(string(r), e.ID), nil); err != nil {
			return err
		}
		if err := p.bucket(bucketMentioned).Put(joined(e.ID, string(r)), nil); err != nil {
			return err
		}
	}
	return nil
}

// deriveParts writes what is found of a kit: attachments that are kept out are no part of it.
func (p *publisher) deriveParts(e *catalog.Entry, bodies func(catalog.EntityRef) *catalog.Entity) error {
	out, err := p.exclusions()
	if err != nil {
		return err
	}
	var fault error
	texts := func(blob string) *catalog.Text {
		t, err := textIn(p.tx, blob)
		fault = errors.Join(fault, err)
		return t
	}
	for _, part := range catalog.Parts(out.Without(e), bodies, texts) {
		if err := p.putPart(p.freePart(e.ID, part), part); err != nil {
			return err
		}
		p.parts++
	}
	return fault
}

// withdraw takes away all that is found and linked under a public id that a kit gives up.
func (p *publisher) withdraw(kit string) error {
	if err := p.forget(kit); err != nil {
		return err
	}
	return p.bucket(bucketPending).Put([]byte(kit), nil)
}

// forget takes away all that was made of a kit before.
func (p *publisher) forget(kit string) error {
	pre := prefix(kit)
	old := keysWith(p.bucket(bucketParts), pre)
	p.parts -= len(old)
	if err := errors.Join(deleteAll(p.bucket(bucketParts), old), deleteAll(p.bucket(bucketPartTexts), keysWith(p.bucket(bucketPartTexts), pre))); err != nil {
		return err
	}
	for _, k := range keysWith(p.bucket(bucketLinked), pre) {
		s := split(k)
		if err := p.bucket(bucketLinks).Delete(joined(s[1], kit, s[2])); err != nil {
			return err
		}
		if err := p.bucket(bucketLinked).Delete(k); err != nil {
			return err
		}
	}
	for _, k := range keysWith(p.bucket(bucketMentioned), pre) {
		if err := p.bucket(bucketMentions).Delete(joined(split(k)[1], kit)); err != nil {
			return err
		}
		if err := p.bucket(bucketMentioned).Delete(k); err != nil {
			return err
		}
	}
	if err := p.bucket(bucketCards).Delete([]byte(kit)); err != nil {
		return err
	}
	return p.bucket(bucketFacets).Delete([]byte(kit))
}

func deleteAll(b *bolt.Bucket, keys [][]byte) error {
	for _, k := range keys {
		if err := b.Delete(k); err != nil {
			return err
		}
	}
	return nil
}

// freePart gives the key of a part. Two parts of a kit that their authors gave the same id are both kept.
func (p *publisher) freePart(kit string, part catalog.Part) []byte {
	id := strings.ReplaceAll(part.ID, sep, "")
	if len(id) > maxKey {
		id = id[:maxKey]
	}
	key := joined(kit, string(part.Type), id)
	for n := 2; p.bucket(bucketParts).Get(key) != nil; n++ {
		key = joined(kit, string(part.Type), id+"~"+strconv.Itoa(n))
	}
	return key
}
