package catalog

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// ledger is an [IDLedger] of some grants.
type ledger map[Key]IDGrant

func (l ledger) Holder(id string) (IDGrant, bool) {
	for _, g := range l {
		if g.ID == id {
			return g, true
		}
	}
	return IDGrant{}, false
}

func (l ledger) Grant(k Key) (IDGrant, bool) { g, ok := l[k]; return g, ok }

func (l ledger) Asking(id string) (out []IDGrant) {
	for _, g := range l {
		if g.Asked == id {
			out = append(out, g)
		}
	}
	return out
}

func (l ledger) publish(t *testing.T, c IDClaim) {
	t.Helper()
	for _, g := range GiveID(l, c) {
		if l[g.Key] = g; g.ID == "" {
			delete(l, g.Key)
		}
	}
	seen := map[string]Key{}
	for k, g := range l {
		if other, twice := seen[g.ID]; twice {
			t.Fatalf("%q and %q have the id %q", k, other, g.ID)
		}
		seen[g.ID] = k
	}
}

func (l ledger) ids() (out []string) {
	for _, k := range slices.Sorted(maps.Keys(l)) {
		out = append(out, fmt.Sprint(k, " ", l[k].ID))
	}
	return out
}

func claimAt(minutes int, key Key, asked, rank string, earlier ...Key) IDClaim {
	return IDClaim{Key: key, Asked: asked, Rank: rank + " " + string(key), Now: day0.Add(time.Duration(minutes) * time.Minute), Earlier: earlier}
}

func hashedID(id string, k Key) string { return id + "-" + KeyHash(k) }

// Each story is what is published, in order, and who then has which id.
func TestGiveID(t *testing.T) {
	for _, tc := range []struct {
		name   string
		claims []IDClaim
		want   []string
	}{
		{"what it asks for", []IDClaim{claimAt(0, "a", "x", "1")}, []string{"a x"}},
		{"of two in one crawl the better has it", []IDClaim{claimAt(0, "a", "x", "1"), claimAt(9, "b", "x", "0")}, []string{"a " + hashedID("x", "a"), "b x"}},
		{"whoever came first", []IDClaim{claimAt(0, "b", "x", "0"), claimAt(9, "a", "x", "1")}, []string{"a " + hashedID("x", "a"), "b x"}},
		{"an id that was given out stays", []IDClaim{claimAt(0, "a", "x", "1"), claimAt(61, "b", "x", "0")}, []string{"a x", "b " + hashedID("x", "b")}},
		{"also when its kit asks for another", []IDClaim{claimAt(0, "a", "x", "1"), claimAt(61, "a", "y", "1"), claimAt(62, "b", "x", "0")}, []string{"a x", "b " + hashedID("x", "b")}},
		{"a rank that rises later moves nothing", []IDClaim{claimAt(0, "a", "x", "1"), claimAt(1, "b", "x", "2"), claimAt(90, "b", "x", "0")}, []string{"a x", "b " + hashedID("x", "b")}},
		{"one that asks for another at once frees it", []IDClaim{claimAt(0, "a", "x", "0"), claimAt(1, "b", "x", "2"), claimAt(2, "c", "x", "1"), claimAt(3, "a", "y", "0")},
			[]string{"a y", "b " + hashedID("x", "b"), "c x"}},
		{"a rename takes it along", []IDClaim{claimAt(0, "a", "x", "1"), claimAt(99, "b", "other", "1", "a")}, []string{"b x"}},
		{"and back", []IDClaim{claimAt(0, "a", "x", "1"), claimAt(99, "b", "x", "1", "a"), claimAt(199, "a", "x", "1", "b")}, []string{"a x"}},
		{"even at once", []IDClaim{claimAt(0, "a", "x", "1"), claimAt(1, "b", "x", "1", "a")}, []string{"b x"}},
		{"to a key that has its own: both stay", []IDClaim{claimAt(0, "a", "x", "1"), claimAt(0, "b", "y", "1"), claimAt(99, "b", "y", "1", "a")}, []string{"a x", "b y"}},
		{"another that comes to live under the old key gets another id", []IDClaim{claimAt(0, "a", "x", "1"), claimAt(99, "b", "x", "1", "a"), claimAt(199, "a", "x", "0")},
			[]string{"a " + hashedID("x", "a"), "b x"}},
		{"who asks for another's id with a hash counts on", []IDClaim{claimAt(0, "z", Slug(hashedID("x", "b")), "1"), claimAt(0, "a", "x", "0"), claimAt(0, "b", "x", "1")},
			[]string{"a x", "b " + hashedID("x", "b") + "-2", "z " + hashedID("x", "b")}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l := ledger{}
			for _, c := range tc.claims {
				l.publish(t, c)
			}
			if got := l.ids(); !slices.Equal(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// Ids of before this rule, whose day nobody wrote down, are settled.
func TestGiveIDKeepsOldOnes(t *testing.T) {
	l := ledger{"b": {Key: "b", ID: "x"}}
	l.publish(t, claimAt(0, "a", "x", "0"))
	l.publish(t, claimAt(0, "b", "y", "0"))
	if got, want := l.ids(), []string{"a " + hashedID("x", "a"), "b x"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// In one crawl several ask for the same ids, some change their mind and their rank as better sources of theirs are read:
// whatever the order, the same ones get them.
func TestGiveIDHasNoOrder(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 11))
	for round := range 200 {
		last := map[Key]IDClaim{} // what each asks for in the end
		for i := range 6 {
			k := Key(fmt.Sprintf("k%d", i))
			last[k] = claimAt(0, k, string('x'+rune(rnd.IntN(3))), fmt.Sprint(rnd.IntN(3)))
		}
		var want []string
		for try := range 8 {
			var claims []IDClaim
			for k := range last {
				for range rnd.IntN(3) { // what worse sources said of it before
					claims = append(claims, claimAt(0, k, string('x'+rune(rnd.IntN(3))), "3"))
				}
			}
			rnd.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
			keys := slices.Sorted(maps.Keys(last))
			rnd.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
			for _, k := range keys {
				claims = append(claims, last[k])
			}
			l := ledger{}
			for i, c := range claims {
				c.Now = day0.Add(time.Duration(i) * time.Second)
				l.publish(t, c)
			}
			if got := l.ids(); try == 0 {
				want = got
			} else if !slices.Equal(got, want) {
				t.Fatalf("round %d: %q, another order %q", round, got, want)
			}
		}
	}
}
