package catalog

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// MaxAliases is how many earlier addresses are kept of one thing: the newest.
const MaxAliases = 50

// renames finds in a full visit what changed its address and is the same thing (kit format §15): it stands in the same
// place of the same source, under another key. It gives the new key by the old one.
//
// A kit is the one of its folder, a community, an event and the evaluation the one of its id, a story the one of its file.
// Where the operator wrote another repository into the line of the source, a kit is the same only if something of it says
// so: see sameKit.
func (a *applying) renames(found map[RecordKey]Record) map[RecordKey]Key {
	places := map[string]RecordKey{}
	for key, r := range found {
		if p := placeOf(&r); p != "" {
			places[p] = key
		}
	}
	out := map[RecordKey]Key{}
	for key, old := range a.before {
		if _, still := found[key]; still || old.State == Gone {
			continue
		}
		to, ok := places[placeOf(&old)]
		if !ok {
			continue
		}
		if was, known := a.before[to]; known && was.State != Gone && !was.FirstSeen.After(old.LastRead) {
			continue // both were there at once: they are two
		}
		if r := found[to]; key.Kind == KindKit && !a.sameKit(&old, &r) {
			continue
		}
		out[key] = to.Key
	}
	return out
}

// placeOf says where in its source a thing stands, whatever its key; "" when that says nothing.
func placeOf(r *Record) string {
	at := string(r.Kind) + "\x00"
	switch {
	case r.Kit != nil:
		return at + r.Kit.Folder
	case r.Community != nil:
		return at + r.Community.ID
	case r.Event != nil:
		return at + r.Event.ID
	case r.Catalogue != nil:
		return at
	case r.Adoption != nil:
		return at + r.Adoption.Path + "\x00" + string(r.Adoption.Entity)
	case r.Evaluation != nil:
		return at + r.Evaluation.Path
	}
	return ""
}

// sameKit says whether the kit r of this visit is the one that was known as old. In the same repository it is: a folder
// holds one kit. In another it is when they have the same id, or the commit that was read is in the history of both.
func (a *applying) sameKit(old, r *Record) bool {
	v := &a.visit
	if v.URL == "" || old.URL == "" || SameRepository(old.URL, v.URL) || v.Moved != "" && SameRepository(old.URL, v.Moved) {
		return true
	}
	for _, k := range old.Aliases {
		if SameRepository(repositoryOf(k), v.URL) {
			return true
		}
	}
	if old.Kit != nil && r.Kit != nil && old.Kit.ID != "" && old.Kit.ID == r.Kit.ID {
		return true
	}
	if old.Commit == "" {
		return false
	}
	return old.Commit == v.Commit || slices.ContainsFunc(r.History[""], func(c Change) bool { return c.Commit == old.Commit })
}

// repositoryOf gives the repository that a key names, without the folder or the id behind it.
func repositoryOf(k Key) string {
	scheme, rest, ok := strings.Cut(string(k), "://")
	if !ok {
		return ""
	}
	rest, _, _ = strings.Cut(rest, "#")
	rest, _, _ = strings.Cut(rest, "//")
	return scheme + "://" + rest
}

// move writes the tombstones of what changed its address, and hands their days and earlier addresses to what they became.
func (a *applying) move(found map[RecordKey]Record, moved map[RecordKey]Key) {
	for _, key := range a.knownKeys() {
		to, ok := moved[key]
		if !ok {
			continue
		}
		old := a.before[key]
		rk := RecordKey{key.Kind, to}
		r := found[rk]
		r.Aliases = aliases(to, append(append([]Key{key.Key}, old.Aliases...), r.Aliases...))
		if r.FirstSeen.IsZero() || old.FirstSeen.Before(r.FirstSeen) {
			r.FirstSeen = old.FirstSeen
		}
		found[rk] = r
		old = tombstone(old, a.visit.At, schema.T("ha cambiato indirizzo: ora è "+string(to), "it has another address: it is now "+string(to)))
		old.MovedTo, old.MissedAt = to, a.visit.At
		old.URL = cmp.Or(a.visit.URL, old.URL)
		old.Via, old.Copy = a.visit.via(), a.visit.Way == WayCopy
		a.keep(old)
	}
}

// otherAddresses gives the keys by which a kit is found beside its own: those of the address that was asked and of the one
// to which the place sent the visit on, where its descriptor names another.
func (v *Visit) otherAddresses(k *Kit) []Key {
	if v.Way == WayCopy {
		return nil // where a copy lies is no address of the kit
	}
	var out []Key
	for _, url := range []string{v.URL, v.Moved} {
		if url != "" && !SameRepository(url, repositoryOf(k.Key)) {
			out = append(out, KeyOf(url, k.Folder))
		}
	}
	return out
}

// aliases gives other keys than own, each once, in the order given and not too many.
func aliases(own Key, all []Key) []Key {
	var out []Key
	for _, k := range all {
		if k != "" && k != own && !slices.Contains(out, k) && len(out) < MaxAliases {
			out = append(out, k)
		}
	}
	return out
}

// FoldKey gives the form of a key under which it is looked for: forges do not tell upper from lower case in the address of
// a repository. A folder behind it is told apart as it is written.
func FoldKey(k Key) Key {
	repo := repositoryOf(k)
	if repo == "" {
		return k
	}
	return Key(strings.ToLower(repo)) + k[len(repo):]
}
