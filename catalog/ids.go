package catalog

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// SettleIDs is how long a public id may still go to another thing that asks for the same one, counted from when its holder
// was published first. It is there so that the order in which one crawl meets its sources does not decide.
const SettleIDs = time.Hour

// IDGrant is a public id that a key has, among those of its kind.
type IDGrant struct {
	Key   Key       `json:"key"`
	ID    string    `json:"id"`              // "" when the key has none any more
	Asked string    `json:"asked,omitempty"` // the id that it asked for, see [BaseID]
	At    time.Time `json:"at,omitzero"`     // when it was published first; zero: long ago
	Rank  string    `json:"rank,omitempty"`  // see [IDRank]
}

// IDLedger is what is written down of the public ids of one kind: a store has it, [GiveID] reads it.
type IDLedger interface {
	// Holder gives the grant of an id.
	Holder(id string) (IDGrant, bool)
	// Grant gives that of a key.
	Grant(Key) (IDGrant, bool)
	// Asking gives the grants of the keys that asked for an id, whichever they got.
	Asking(id string) []IDGrant
}

// IDClaim is what a thing asks when it is published.
type IDClaim struct {
	Key     Key
	Asked   string    // see [BaseID]
	Rank    string    // see [IDRank]
	Now     time.Time // of the newest visit; zero: all that was given out is settled
	Earlier []Key     // under which it was known and nothing lives any more
	Mute    bool      // a tombstone that does not know what it asked for: it keeps what it has
}

// ClaimOf makes the claim of an entry, of the records that it was merged of; now is the time of the newest visit that is
// being stored, zero when none is.
func ClaimOf(e *Entry, records []Record, earlier []Key, now time.Time) IDClaim {
	return IDClaim{Key: e.Key, Asked: BaseID(&e.Record), Rank: IDRank(records), Now: now, Earlier: earlier,
		Mute: e.State == Gone && e.Kit == nil && e.Community == nil && e.Event == nil}
}

// GiveID says which grants change when a thing is published; those of a key that loses its id have none. The rule:
//
//   - an id that a key has had for longer than [SettleIDs] is its own for ever, whatever becomes of the thing;
//   - a thing that changed its key takes its id along, unless the new key has one that is settled: then the old id goes on
//     leading to what the old key became;
//   - else it gets the id that it asks for; of several that ask for one id and are not settled, the best rank has it, and
//     the others get it with a part of their key's hash behind it. So the order in which they come does not matter.
//
// What is left to chance: things that ask for the same id and were published first more than [SettleIDs] apart (the
// earlier has it, and must keep it), and one whose author asks for what is another's id with a hash.
func GiveID(l IDLedger, c IDClaim) []IDGrant {
	b := idBook{l: l, now: c.Now}
	own, has := l.Grant(c.Key)
	has = has && own.ID != ""
	if has && (c.Mute || b.settled(own)) {
		return nil
	}
	if g, ok := b.earlier(c.Earlier, has); ok {
		b.write(IDGrant{Key: g.Key})
		if has {
			b.release(own)
		}
		g.Key, g.Rank = c.Key, c.Rank
		b.write(g)
		return b.out
	}
	g := IDGrant{Key: c.Key, Asked: c.Asked, Rank: c.Rank, At: c.Now}
	if has {
		g.At = own.At
	}
	holder, taken := b.holder(g.Asked)
	switch {
	case !taken || holder.Key == g.Key:
		g.ID = g.Asked
	case b.settled(holder) || holder.Asked != g.Asked || holder.Rank < g.Rank:
		g.ID = b.hashed(g)
	default:
		g.ID = g.Asked
		holder.ID = b.hashed(holder)
		b.write(holder)
	}
	if has && own == g {
		return nil
	}
	b.write(g)
	if has && own.ID != g.ID && own.Asked != g.Asked {
		b.release(own)
	}
	return b.out
}

// idBook is the ledger with what is about to be written into it.
type idBook struct {
	l   IDLedger
	now time.Time
	out []IDGrant
}

func (b *idBook) write(g IDGrant) {
	b.out = slices.DeleteFunc(b.out, func(o IDGrant) bool { return o.Key == g.Key })
	b.out = append(b.out, g)
}

func (b *idBook) settled(g IDGrant) bool {
	return g.At.IsZero() || b.now.IsZero() || b.now.Sub(g.At) > SettleIDs
}

func (b *idBook) holder(id string) (IDGrant, bool) {
	for _, g := range b.out {
		if g.ID == id {
			return g, true
		}
	}
	g, ok := b.l.Holder(id)
	if ok && slices.ContainsFunc(b.out, func(o IDGrant) bool { return o.Key == g.Key }) {
		return g, false // it is about to have another
	}
	return g, ok
}

// earlier gives the grant that a thing brings along from a key that it had before: the oldest. Where it has an id already
// that is not settled, only a settled one is worth a change.
func (b *idBook) earlier(keys []Key, has bool) (best IDGrant, ok bool) {
	for _, k := range keys {
		g, found := b.l.Grant(k)
		if !found || g.ID == "" || has && !b.settled(g) {
			continue
		}
		if !ok || cmp.Or(g.At.Compare(best.At), cmp.Compare(g.Key, best.Key)) < 0 {
			best, ok = g, true
		}
	}
	return best, ok
}

// hashed gives the id of one that did not get what it asked for.
func (b *idBook) hashed(g IDGrant) string {
	id := g.Asked + "-" + KeyHash(g.Key)
	for n := 2; ; n++ { // six digits of the hash are taken too: count
		if h, taken := b.holder(id); !taken || h.Key == g.Key {
			return id
		}
		id = g.Asked + "-" + KeyHash(g.Key) + "-" + strconv.Itoa(n)
	}
}

// release gives the id that a grant has up to the best of those that asked for it and have not settled with another.
func (b *idBook) release(was IDGrant) {
	var best *IDGrant
	for _, g := range b.l.Asking(was.ID) {
		busy := g.Key == was.Key || g.ID == "" || b.settled(g) || slices.ContainsFunc(b.out, func(o IDGrant) bool { return o.Key == g.Key })
		if !busy && (best == nil || g.Rank < best.Rank) {
			best = &g
		}
	}
	if best != nil {
		best.ID = was.ID
		b.write(*best)
	}
}

// IDRank orders those who ask for one public id, the best first: what the operator's own catalogue tells of, then what came
// by our own sources, the more trusted before, then by its key. Nothing of it depends on when a source was visited.
func IDRank(records []Record) string {
	away, second, trust := 1, 1, trustRank("")
	for i := range records {
		r := &records[i]
		away, trust = min(away, yes(!r.Local)), min(trust, trustRank(r.Trust))
		second = min(second, yes(r.secondHand()))
	}
	return fmt.Sprintf("%d%d%d %s", away, second, trust, records[0].Key)
}

// BaseID is the public id that a record asks for: the id that its author wrote, else a slug of its name.
func BaseID(r *Record) string {
	var id string
	switch {
	case r.Kit != nil && r.Kit.ID != "":
		id = r.Kit.ID
	case r.Entity != nil:
		id = r.Entity.Ref().ID()
	case r.Community != nil:
		id = r.Community.ID
	case r.Event != nil:
		id = r.Event.ID
	case r.Catalogue != nil:
		id = r.Catalogue.ID
	}
	if id = cmp.Or(Slug(id), Slug(r.Title)); id != "" {
		return id
	}
	return "x-" + KeyHash(r.Key)
}

// KeyHash gives 6 hexadecimal digits of the key's hash: what is put behind a public id that another kit already has.
func KeyHash(k Key) string {
	sum := sha256.Sum256([]byte(k))
	return hex.EncodeToString(sum[:3])
}
