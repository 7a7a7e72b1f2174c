package catalog

import (
	"cmp"
	"slices"
)

// Merge makes one [Entry] of the records that several sources gave under the same key. The order of records does not
// matter. Which one wins (kit format §15): see standing; then the operator's own catalogue; the repository itself before a
// copy of it; our own sources before other catalogues, and the shorter way through these; the repository that the key
// names; trust; priority; newest commit; a source that the operator's catalogue names before one that a list names; then
// the source's id. All ways are kept. The entry has no public id yet: the store gives it (see [GiveID]).
//
// Whose source it is says the first way, in the same order, that knows it: one list names the body, another does not. Another
// catalogue does not count: the body that is named there is the one that runs it.
//
// Of a body, what the winning record does not say is taken from the others in the same order, see mergeEntities.
//
// A thing that changed its key is gone under the old one, with MovedTo; whoever follows it there (see [Followers]) does not
// keep it alive.
func Merge(records []Record) Entry {
	rs := slices.Clone(records)
	mover := moverOf(rs)
	slices.SortFunc(rs, func(a, b Record) int {
		return cmp.Or(cmp.Compare(yes(follows(&a, mover)), yes(follows(&b, mover))), better(a, b))
	})
	e := Entry{Record: rs[0]}
	if e.State == Gone && mover != nil && !e.Withdrawn {
		e.Record = *mover
	}
	e.Publisher = ""
	var others []Key
	for _, r := range rs {
		e.Ways = append(e.Ways, wayOf(&r))
		if e.Publisher == "" && e.State != Gone && r.State != Gone && !r.secondHand() {
			e.Publisher = r.Publisher
		}
		if r.State != Gone || e.State == Gone {
			others = append(others, r.Aliases...)
		}
	}
	slices.Sort(others)
	e.Aliases = aliases(e.Key, others)
	if e.Entity != nil {
		e.Entity = mergeEntities(rs)
	}
	return e
}

func wayOf(r *Record) Via {
	return Via{Source: r.Source, URL: r.URL, Commit: r.Commit, LastRead: r.LastRead, State: r.State, Via: r.Via, Copy: r.Copy}
}

// moverOf gives the record that says where the thing went, nil when none does: the best one, whatever the order.
func moverOf(rs []Record) *Record {
	var best *Record
	for i := range rs {
		if r := &rs[i]; r.MovedTo != "" && r.State == Gone && (best == nil || cmp.Or(cmp.Compare(yes(r.secondHand()), yes(best.secondHand())), better(*r, *best)) < 0) {
			copied := *r // the records are about to be put in order
			best = &copied
		}
	}
	return best
}

// follows says whether a record that still has the thing under its old key only has not heard yet: it was read in the same
// repository as the one that moved, or comes by other catalogues while the mover does not. Another repository that lives
// under the key is another thing, and stays.
func follows(r, mover *Record) bool {
	if mover == nil || r.State == Gone {
		return false
	}
	return r.secondHand() && !r.Local || r.URL != "" && SameRepository(r.URL, mover.URL) && (!mover.secondHand() || r.secondHand())
}

func (r *Record) secondHand() bool { return r.Copy || len(r.Via) > 0 }

// Followers gives, of the records under a key, those that follow the thing to its new one, as ways of what it became;
// none when it did not move. They are in the order of the sources.
func Followers(records []Record) []Via {
	mover := moverOf(records)
	var out []Via
	for i := range records {
		if r := &records[i]; follows(r, mover) {
			w := wayOf(r)
			w.Key = r.Key
			out = append(out, w)
		}
	}
	slices.SortFunc(out, func(a, b Via) int { return cmp.Compare(a.Source, b.Source) })
	return out
}

func better(a, b Record) int {
	return cmp.Or(
		cmp.Compare(standing(&a), standing(&b)),
		cmp.Compare(yes(!a.Local), yes(!b.Local)),
		cmp.Compare(yes(a.Copy), yes(b.Copy)),
		cmp.Compare(len(a.Via), len(b.Via)),
		cmp.Compare(yes(!a.atHome()), yes(!b.atHome())),
		cmp.Compare(trustRank(a.Trust), trustRank(b.Trust)),
		cmp.Compare(b.Priority, a.Priority),
		b.Changed.Compare(a.Changed),
		cmp.Compare(yes(a.Listed), yes(b.Listed)),
		cmp.Compare(a.Source, b.Source),
	)
}

// standing orders records by how much their word on being there counts, the strongest first: the operator's own catalogue,
// then the repository whose URL is that of the key, then repositories elsewhere, then copies. A withdrawal or an exclusion
// at home is such a word: a copy elsewhere does not bring back what its body took out. What was only lost gives way to
// whoever still has it.
func standing(r *Record) int {
	withdrawn := r.State == Gone && r.Withdrawn
	switch {
	case r.Local && withdrawn:
		return 0
	case r.Local && r.State == Live:
		return 1
	case r.atHome() && r.State == Live:
		return 2
	case r.atHome() && withdrawn:
		return 3
	case r.State == Live:
		return 4
	case r.State == Missing:
		return 5
	}
	return 6
}

func yes(b bool) int {
	if b {
		return 1
	}
	return 0
}

func trustRank(t string) int {
	if i := slices.Index([]string{"official", "verified", "community"}, t); i >= 0 {
		return i
	}
	return 3
}

// atHome says that the record was read in the repository that its key names.
func (r *Record) atHome() bool {
	repo := repositoryOf(r.Key)
	return repo != "" && r.URL != "" && !r.Copy && SameRepository(repo, r.URL)
}
