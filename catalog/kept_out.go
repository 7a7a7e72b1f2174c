package catalog

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// KeptOut is what a catalogue keeps out (the exclusions of its catalogue.md, kit format §15), ready to be asked of many
// records. It is never changed. The zero value, and nil, keep nothing out.
//
// It is asked twice. [Apply] asks it at each visit, so that what is excluded does not stay in the store longer than its
// source is silent. A store asks it whenever it publishes, of all records of a key, by the exclusions of [CatalogueSource]:
// so an exclusion holds from the commit that brings it, for every source, also for those that fail, are off or are gone, and
// ends with the commit that takes it back.
type KeptOut struct {
	list  []Exclusion
	at    map[string]int        // position in list of the first that names an address, see foldAddress
	files map[string][]keptFile // what names a file of what has an address
}

// Place gives the exclusion that names the whole of what is at an address, and whether there is one. Those of single files
// of it do not.
func (k *KeptOut) Place(address string) (x Exclusion, ok bool) {
	if k == nil || foldAddress(address) == "" {
		return x, false
	}
	return k.exclusion(k.place(len(k.list), address))
}

// KeepOut prepares exclusions. One without an address keeps nothing out; of two with the same address the first counts.
func KeepOut(list []Exclusion) *KeptOut {
	k := &KeptOut{list: list, at: make(map[string]int, len(list)), files: map[string][]keptFile{}}
	for i, x := range list {
		address, files := splitFile(x.URL)
		at := foldAddress(address)
		if len(files) > 0 {
			for _, f := range files {
				k.files[at] = append(k.files[at], keptFile{f, i})
			}
			continue
		}
		if _, twice := k.at[at]; at != "" && !twice {
			k.at[at] = i
		}
	}
	return k
}

// Names gives the exclusion that names a record, and whether there is one: a kit is named by its address or by its
// repository's, also by one that it had before, and by that of the repository in which it was read.
func (k *KeptOut) Names(r *Record) (x Exclusion, ok bool) {
	if k == nil || len(k.at) == 0 || r.Kind != KindKit {
		return x, false
	}
	n := k.place(k.kit(r), r.URL)
	if r.Kit != nil {
		n = k.place(n, r.Kit.URL)
	}
	for _, a := range r.Aliases {
		n = k.key(n, a)
	}
	return k.exclusion(n)
}

// Withdraw gives the records of one key, as all sources gave them, as they are published: in the same order, what is kept
// out as a tombstone with the public reason. Who names the kit, by its key or by an address that our own sources know it
// by, keeps out all that tell of it; who names only the repository in which somebody read it, or an address that only
// another catalogue tells, keeps out that one. What it gets is not changed.
func (k *KeptOut) Withdraw(records []Record) []Record {
	if k == nil || len(k.at) == 0 || len(records) == 0 || records[0].Kind != KindKit {
		return records
	}
	thing := len(k.list)
	for i := range records {
		r := &records[i]
		if thing = min(thing, k.kit(r)); r.secondHand() {
			continue
		}
		for _, a := range r.Aliases {
			thing = k.key(thing, a)
		}
	}
	all, whole := k.exclusion(thing)
	mover := moverOf(records)
	out := records
	for i := range records {
		r := &records[i]
		x, named := all, whole
		if !named {
			x, named = k.Names(r)
		}
		if !named || r.MovedTo != "" {
			continue
		}
		stone := withdrawn(*r, cmp.Or(x.First, r.LastRead), x.why())
		if r.State == Gone && r.Withdrawn && r.Reason == stone.Reason {
			continue
		}
		stone.Withdrawn = !follows(r, mover) // the address goes on leading to what the kit became
		if &out[0] == &records[0] {
			out = slices.Clone(records)
		}
		out[i] = stone
	}
	return out
}

// kit gives the position of the exclusion that names a kit by its key, the length of the list when none does.
func (k *KeptOut) kit(r *Record) int { return k.key(len(k.list), r.Key) }

func (k *KeptOut) key(n int, key Key) int {
	return k.place(k.place(n, string(key)), repositoryOf(key))
}

// place gives the first of the position n and that of the exclusion of an address.
func (k *KeptOut) place(n int, address string) int {
	if i, ok := k.at[foldAddress(address)]; ok {
		return min(i, n)
	}
	return n
}

func (k *KeptOut) exclusion(n int) (x Exclusion, ok bool) {
	if n >= len(k.list) {
		return x, false
	}
	return k.list[n], true
}

// why is the public reason, as a tombstone gives it.
func (x *Exclusion) why() schema.Text {
	return schema.Tf("escluso dal catalogo: %s", "excluded from the catalogue: %s", x.Reason)
}

// foldAddress gives an address in the form in which two of one repository are the same: see [SameRepository].
func foldAddress(address string) string {
	s := strings.ToLower(publiccode.NormalizeURL(address))
	return strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
}

// exclude takes over what the catalogue of a visit keeps out, each with the day on which it was read first. A visit that is
// held, and one whose catalogue.md was not read whole or has a slip there, takes no exclusion back: what a takedown took out
// does not return by mistake.
func (a *applying) exclude() {
	v := &a.visit
	if v.Tree == nil || v.Tree.Catalogue == nil {
		return
	}
	before := a.state.Exclusions
	now := slices.Clone(v.Tree.Catalogue.Exclusions)
	for i := range now {
		now[i].First = v.At
		for _, x := range before {
			if x.URL == now[i].URL && !x.First.IsZero() {
				now[i].First = x.First
			}
			if x.URL == now[i].URL {
				now[i].Seen = x.Seen
			}
		}
	}
	if a.state.Held != nil || slices.Contains(v.Tree.Unread, catalogueFile) || slices.ContainsFunc(v.Tree.Findings, slipsExclusion) {
		for _, x := range before {
			if !slices.ContainsFunc(now, func(o Exclusion) bool { return sameExclusion(o.URL, x.URL) }) {
				now = append(now, x)
			}
		}
	}
	a.state.Exclusions = now
}

const catalogueFile = "catalogue.md"

// slipsExclusion says whether a finding is of exclusions that could not be read.
func slipsExclusion(f schema.Finding) bool {
	return f.File == catalogueFile && f.Severity == schema.Error && strings.HasPrefix(f.Key, "exclusion")
}
