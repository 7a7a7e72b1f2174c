package catalog

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Merge makes one [Entry] of the records that several sources gave under the same key. The order of records does not
// matter. Which one wins (kit format §15): see standing; then trust; priority; newest commit; then the source's id. All
// ways are kept. The entry has no public id yet: the store gives it (see [BaseID]).
func Merge(records []Record) Entry {
	rs := slices.Clone(records)
	slices.SortFunc(rs, better)
	e := Entry{Record: rs[0]}
	for _, r := range rs {
		e.Ways = append(e.Ways, Via{Source: r.Source, URL: r.URL, Commit: r.Commit, LastRead: r.LastRead, State: r.State})
	}
	return e
}

func better(a, b Record) int {
	return cmp.Or(
		cmp.Compare(standing(&a), standing(&b)),
		cmp.Compare(yes(!a.Local), yes(!b.Local)),
		cmp.Compare(yes(!a.atHome()), yes(!b.atHome())),
		cmp.Compare(trustRank(a.Trust), trustRank(b.Trust)),
		cmp.Compare(b.Priority, a.Priority),
		b.Changed.Compare(a.Changed),
		cmp.Compare(a.Source, b.Source),
	)
}

// standing orders records by how much their word on being there counts, the strongest first: the operator's own catalogue,
// then the repository whose URL is that of the key, then copies elsewhere. A withdrawal or an exclusion at home is such a
// word: a copy elsewhere does not bring back what its body took out. What was only lost gives way to whoever still has it.
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
	scheme, rest, ok := strings.Cut(string(r.Key), "://")
	if !ok || r.URL == "" {
		return false
	}
	rest, _, _ = strings.Cut(rest, "#")
	rest, _, _ = strings.Cut(rest, "//")
	return SameRepository(scheme+"://"+rest, r.URL)
}

// MergeAdoptions puts together what the kit's repository, the catalogue's and the adopters' own tell of the same kit:
// for each body the story nearest to it wins, and the other places are named (kit format §10). outside are the records of
// kind [KindAdoption] for this kit; the result is ordered by entity.
func MergeAdoptions(kit *Record, outside []Record) []Adoption {
	type told struct {
		a    Adoption
		near int
		at   AdoptionPlace
	}
	var all []told
	if kit.Kit != nil {
		for _, a := range kit.Kit.Adoptions {
			all = append(all, told{a, 2, AdoptionPlace{"kit", kit.Source, kit.URL, a.Path}})
		}
	}
	for _, r := range outside {
		if r.State == Gone || r.Adoption == nil {
			continue
		}
		t := told{*r.Adoption, 3, AdoptionPlace{"elsewhere", r.Source, r.URL, r.Adoption.Path}}
		switch {
		case r.Local:
			t.near, t.at.Where = 1, "catalogue"
		case r.Publisher == r.Adoption.Entity:
			t.near, t.at.Where = 0, "adopter" // the operator says whose source it is: nobody speaks for another body
		}
		all = append(all, t)
	}
	slices.SortStableFunc(all, func(x, y told) int {
		return cmp.Or(cmp.Compare(x.a.Entity, y.a.Entity), cmp.Compare(x.near, y.near), cmp.Compare(x.at.Source, y.at.Source))
	})
	var out []Adoption
	for _, t := range all {
		if n := len(out); n > 0 && out[n-1].Entity == t.a.Entity {
			out[n-1].Places = append(out[n-1].Places, t.at)
			continue
		}
		t.a.Places = []AdoptionPlace{t.at}
		out = append(out, t.a)
	}
	return out
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
