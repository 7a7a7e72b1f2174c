package catalogtest

import (
	"cmp"
	"maps"
	"slices"

	"github.com/open-community-pa/riuso/catalog"
)

// publish makes all entries again: first what each is by itself, then where its other keys lead, then who has which public
// id, then what is told around the kits.
func (m *Memory) publish() {
	claims := map[catalog.RecordKey][]catalog.Record{}
	for c, r := range m.claims {
		claims[c.RecordKey] = append(claims[c.RecordKey], r)
	}
	keys := slices.SortedFunc(maps.Keys(claims), func(a, b catalog.RecordKey) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	m.entries = map[catalog.RecordKey]catalog.Entry{}
	m.keptOut = catalog.KeepOut(m.sources[catalog.CatalogueSource].Exclusions)
	used := map[string]bool{}
	for _, rk := range keys {
		claims[rk] = m.keptOut.Withdraw(claims[rk])
		e := catalog.Merge(claims[rk])
		m.entries[rk] = e
		m.learn(claims[rk], e.Aliases)
		for _, r := range claims[rk] {
			r.Aliases = e.Aliases
			for _, blob := range m.keptOut.Blobs(&r) {
				used[blob] = true
			}
		}
	}
	maps.DeleteFunc(m.texts, func(blob string, _ catalog.Text) bool { return !used[blob] })
	m.lead(keys)
	for _, rk := range keys {
		e := m.entries[rk]
		m.giveID(&e, claims[rk])
	}
	around := map[catalog.Key]*catalog.Around{}
	for _, rk := range keys {
		m.tell(rk, claims[rk], around)
	}
	for _, rk := range keys {
		e := m.entries[rk]
		e.ID = m.grants[rk.Kind][rk.Key].ID
		if rk.Kind == catalog.KindKit && e.State != catalog.Gone {
			a := around[rk.Key]
			if a == nil {
				a = &catalog.Around{}
			}
			e.Complete(*a)
		}
		m.entries[rk] = e
	}
}

// learn notes what the files hold that exclusions name in these records of one kit.
func (m *Memory) learn(records []catalog.Record, aliases []catalog.Key) {
	records = slices.Clone(records)
	for i := range records {
		records[i].Aliases = aliases
	}
	if list, news := m.keptOut.Learn(records); news {
		own := m.sources[catalog.CatalogueSource]
		own.Exclusions, m.keptOut = list, catalog.KeepOut(list)
		m.sources[catalog.CatalogueSource] = own
	}
}

// lead notes under which other keys each living thing is found.
func (m *Memory) lead(keys []catalog.RecordKey) {
	m.leads = map[catalog.RecordKey][]catalog.Key{}
	note := func(kind catalog.Kind, from, to catalog.Key) {
		rk := catalog.RecordKey{Kind: kind, Key: catalog.FoldKey(from)}
		m.leads[rk] = append(m.leads[rk], to)
	}
	for _, rk := range keys { // its own key in another writing comes before what others were once
		if m.entries[rk].State != catalog.Gone {
			note(rk.Kind, rk.Key, rk.Key)
		}
	}
	for _, rk := range keys {
		if e := m.entries[rk]; e.State != catalog.Gone {
			for _, a := range e.Aliases {
				note(rk.Kind, a, rk.Key)
			}
		}
	}
}

// resolve says under which key a thing lives now; ok is false when nothing lives under it, or under what it became.
func (m *Memory) resolve(kind catalog.Kind, key catalog.Key) (now catalog.Key, ok bool) {
	if e, known := m.entries[catalog.RecordKey{Kind: kind, Key: key}]; known && e.State != catalog.Gone {
		return key, true
	}
	if to := m.leads[catalog.RecordKey{Kind: kind, Key: catalog.FoldKey(key)}]; len(to) > 0 {
		return to[0], true
	}
	return key, false
}

// earlier gives the keys that a thing had and under which nothing else lives.
func (m *Memory) earlier(e *catalog.Entry) (out []catalog.Key) {
	for _, a := range e.Aliases {
		if now, _ := m.resolve(e.Kind, a); now == e.Key {
			out = append(out, a)
		}
	}
	return out
}

func (m *Memory) giveID(e *catalog.Entry, claims []catalog.Record) {
	if e.MovedTo != "" {
		return
	}
	l := m.grants[e.Kind]
	if l == nil {
		l = ledger{}
		m.grants[e.Kind] = l
		m.taken[e.Kind] = map[string]catalog.Key{}
	}
	changed := catalog.GiveID(l, catalog.ClaimOf(e, claims, m.earlier(e), m.now))
	for _, g := range changed {
		delete(m.taken[e.Kind], l[g.Key].ID)
	}
	for _, g := range changed {
		if g.ID == "" {
			delete(l, g.Key)
			continue
		}
		l[g.Key], m.taken[e.Kind][g.ID] = g, g.Key
	}
}

// tell brings what one record tells of to the kit that it tells of.
func (m *Memory) tell(rk catalog.RecordKey, claims []catalog.Record, around map[catalog.Key]*catalog.Around) {
	of := func(key catalog.Key) *catalog.Around {
		now, ok := m.resolve(catalog.KindKit, key)
		if !ok {
			return &catalog.Around{}
		}
		if around[now] == nil {
			around[now] = &catalog.Around{}
		}
		return around[now]
	}
	switch rk.Kind {
	case catalog.KindAdoption:
		a := of(catalog.KitOf(rk.Key))
		a.Adoptions = append(a.Adoptions, claims...)
	case catalog.KindEvaluation:
		a := of(catalog.KitOf(rk.Key))
		a.Evaluations = append(a.Evaluations, claims...)
	case catalog.KindKit:
		e := m.entries[rk]
		if e.State == catalog.Gone {
			a := of(rk.Key)
			a.Followers = append(a.Followers, catalog.Followers(claims)...)
			return
		}
		for _, origin := range catalog.BasedOn(e.Kit) {
			if now, ok := m.resolve(catalog.KindKit, origin); ok && now != rk.Key {
				around[now] = of(now)
				around[now].Variants = append(around[now].Variants, rk.Key)
			}
		}
	}
}

// ledger is the public ids of one kind.
type ledger map[catalog.Key]catalog.IDGrant

func (l ledger) Grant(k catalog.Key) (catalog.IDGrant, bool) {
	g, ok := l[k]
	return g, ok
}

func (l ledger) Holder(id string) (catalog.IDGrant, bool) {
	for _, g := range l {
		if g.ID == id {
			return g, true
		}
	}
	return catalog.IDGrant{}, false
}

func (l ledger) Asking(id string) (out []catalog.IDGrant) {
	for _, g := range l {
		if g.Asked == id {
			out = append(out, g)
		}
	}
	return out
}
