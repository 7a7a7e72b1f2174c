package catalog

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// at makes a kit at an address, in a folder of its repository when one is named behind //.
func at(address, id string) Kit {
	url, folder, _ := strings.Cut(strings.TrimPrefix(address, "https://"), "//")
	return Kit{Key: Key(address), URL: "https://" + url, Folder: folder, ID: id, Title: id}
}

// shown tells of each record its key, its state, and where it went or by which other keys it is known.
func shown(k Known) []string {
	var out []string
	for _, r := range k.Records {
		line := strings.TrimPrefix(string(r.Key), "https://") + " " + string(r.State)
		if r.MovedTo != "" {
			line += " -> " + strings.TrimPrefix(string(r.MovedTo), "https://")
		} else if r.State != Gone {
			for _, a := range r.Aliases {
				line += " = " + strings.TrimPrefix(string(a), "https://")
			}
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// Each story is the visits of one source, a day apart.
func TestRename(t *testing.T) {
	const a, b, c = "https://x.it/a", "https://x.it/b", "https://x.it/c"
	full := func(kits ...Kit) Visit { return Visit{Outcome: Full, URL: a, Commit: "1", Tree: &Tree{Kits: kits}} }
	moved := func(v Visit, to string) Visit { v.Moved = to; return v }
	from := func(v Visit, url, commit string) Visit { v.URL, v.Commit = url, commit; return v }
	withdrawn := at(b, "k")
	withdrawn.Status = "withdrawn"
	for _, tc := range []struct {
		name  string
		looks []Visit
		want  []string
	}{
		{"the url in the descriptor changed", []Visit{full(at(a, "k")), moved(full(at(b, "k")), b)},
			[]string{"x.it/a gone -> x.it/b", "x.it/b live = x.it/a"}},
		{"and the id with it", []Visit{full(at(a, "k")), moved(full(at(b, "other")), b)},
			[]string{"x.it/a gone -> x.it/b", "x.it/b live = x.it/a"}},
		{"a redirect alone: the descriptor has the last word, both addresses lead there", []Visit{full(at(a, "k")), moved(full(at(a, "k")), b)},
			[]string{"x.it/a live = x.it/b"}},
		{"a redirect, then the descriptor", []Visit{full(at(a, "k")), moved(full(at(a, "k")), b), moved(full(at(b, "k")), b)},
			[]string{"x.it/a gone -> x.it/b", "x.it/b live = x.it/a"}},
		{"and back", []Visit{full(at(a, "k")), moved(full(at(b, "k")), b), full(at(a, "k"))},
			[]string{"x.it/a live = x.it/b", "x.it/b gone -> x.it/a"}},
		{"a chain", []Visit{full(at(a, "k")), moved(full(at(b, "k")), b), moved(full(at(c, "k")), c)},
			[]string{"x.it/a gone -> x.it/b", "x.it/b gone -> x.it/c", "x.it/c live = x.it/b = x.it/a"}},
		{"several kits of one repository, by their folders", []Visit{
			full(at(a+"//kits/1", "1"), at(a+"//kits/2", "2"), at(a+"//kits/3", "3")), moved(full(at(b+"//kits/1", "1"), at(b+"//kits/2", "2"), at(b+"//kits/3", "3")), b)},
			[]string{"x.it/a//kits/1 gone -> x.it/b//kits/1", "x.it/a//kits/2 gone -> x.it/b//kits/2", "x.it/a//kits/3 gone -> x.it/b//kits/3",
				"x.it/b//kits/1 live = x.it/a//kits/1", "x.it/b//kits/2 live = x.it/a//kits/2", "x.it/b//kits/3 live = x.it/a//kits/3"}},
		{"one of them is not there any more", []Visit{full(at(a+"//kits/1", "1"), at(a+"//kits/2", "2")), moved(full(at(b+"//kits/1", "1")), b)},
			[]string{"x.it/a//kits/1 gone -> x.it/b//kits/1", "x.it/a//kits/2 missing", "x.it/b//kits/1 live = x.it/a//kits/1"}},
		{"missing meanwhile", []Visit{full(at(a, "k"), at(a+"//kits/2", "2")), full(at(a+"//kits/2", "2")), moved(full(at(b, "k"), at(a+"//kits/2", "2")), b)},
			[]string{"x.it/a gone -> x.it/b", "x.it/a//kits/2 live = x.it/b//kits/2", "x.it/b live = x.it/a"}},
		{"a folder that is another kit", []Visit{full(at(a+"//kits/1", "1")), full(at(a+"//kits/2", "2"))},
			[]string{"x.it/a//kits/1 missing", "x.it/a//kits/2 live"}},
		{"withdrawn under its new address", []Visit{full(at(a, "k")), moved(full(withdrawn), b)},
			[]string{"x.it/a gone -> x.it/b", "x.it/b gone"}},
		{"the operator wrote the new address into the source", []Visit{full(at(a, "k")), from(full(at(b, "k")), b, "2")},
			[]string{"x.it/a gone -> x.it/b", "x.it/b live = x.it/a"}},
		{"or the same commit tells", []Visit{full(at(a, "k")), from(full(at(b, "other")), b, "1")},
			[]string{"x.it/a gone -> x.it/b", "x.it/b live = x.it/a"}},
		{"the operator wrote another kit into it", []Visit{full(at(a, "k")), from(full(at(b, "other")), b, "2")},
			[]string{"x.it/a missing", "x.it/b live"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			known := Known{}
			for i, v := range tc.looks {
				v.Source, v.At = Source{ID: "s"}, day0.AddDate(0, 0, i)
				known = stored(t, after(known, Apply(known, v, DefaultPolicy())))
			}
			if got := shown(known); !slices.Equal(got, tc.want) {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
			for _, r := range known.Records {
				if len(r.Aliases) > 0 && r.State == Live && !r.FirstSeen.Equal(day0) {
					t.Errorf("%s is first seen %v: the day of its first key is lost", r.Key, r.FirstSeen)
				}
			}
			if known.State.Held != nil {
				t.Errorf("held: %+v", known.State.Held)
			}
		})
	}
}

// A repository of many kits that moved was held as a loss of all of them. A real loss beside it is still held, and the
// operator's word lets it through.
func TestRenameIsNoLoss(t *testing.T) {
	kits := func(base string, from, to int) (out []Kit) {
		for i := from; i < to; i++ {
			out = append(out, at(fmt.Sprintf("%s//kits/%d", base, i), fmt.Sprint(i)))
		}
		return out
	}
	known := Known{}
	look := func(d int, confirmed bool, kits []Kit) Delta {
		v := Visit{Source: Source{ID: "s"}, At: day0.AddDate(0, 0, d), Outcome: Full, URL: "https://x.it/a", Moved: "https://x.it/b", Tree: &Tree{Kits: kits}, Confirmed: confirmed}
		delta := Apply(known, v, DefaultPolicy())
		known = after(known, delta)
		return delta
	}
	look(0, false, kits("https://x.it/a", 0, 20))
	if d := look(1, false, kits("https://x.it/b", 0, 19)); d.State.Held != nil || len(d.State.Keys) != 20 {
		t.Fatalf("19 of 20 moved and one is missing: held %+v, %d keys", d.State.Held, len(d.State.Keys))
	}
	if d := look(2, false, kits("https://x.it/b", 0, 5)); d.State.Held == nil || len(d.State.Held.Keys) != 14 || len(d.Put) != 0 {
		t.Fatalf("14 of 19 are lost: held %+v, %d records written", d.State.Held, len(d.Put))
	}
	if d := look(3, true, kits("https://x.it/b", 0, 4)); d.State.Held != nil || len(d.Put) != 19 {
		t.Errorf("the operator confirms another loss: held %+v, %d records written", d.State.Held, len(d.Put))
	}
}

// What belongs to a catalogue has the catalogue's address in its key, and moved with it.
func TestRenameOfACatalogue(t *testing.T) {
	known := Known{}
	for i, url := range []string{"https://x.it/a", "https://x.it/b"} {
		v := Visit{Source: Source{ID: "s"}, At: day0.AddDate(0, 0, i), Outcome: Full, URL: url, Commit: fmt.Sprint(i), Tree: &Tree{
			Catalogue: &Catalogue{ID: "c", Title: "C"}, Communities: []Community{{ID: "x", Title: "X"}, {ID: "y", Title: "Y"}}, Events: []Event{{ID: "e", Title: "E"}},
			Adoptions: []Adoption{{Header: Header{Path: "adoptions/1.md"}, Kit: url + "/kit", Entity: "ipa:p_bs"}}}}
		known = stored(t, after(known, Apply(known, v, DefaultPolicy())))
	}
	want := []string{"x.it/a gone -> x.it/b", "x.it/a#e gone -> x.it/b#e", "x.it/a#x gone -> x.it/b#x", "x.it/a#y gone -> x.it/b#y", "x.it/a/kit#ipa:p_bs gone -> x.it/b/kit#ipa:p_bs",
		"x.it/b live = x.it/a", "x.it/b#e live = x.it/a#e", "x.it/b#x live = x.it/a#x", "x.it/b#y live = x.it/a#y", "x.it/b/kit#ipa:p_bs live = x.it/a/kit#ipa:p_bs"}
	if got := shown(known); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// Earlier addresses are bounded: a repository that changes its own at every visit keeps the newest.
func TestAliasesAreBounded(t *testing.T) {
	known := Known{}
	for i := range MaxAliases + 20 {
		v := Visit{Source: Source{ID: "s"}, At: day0.AddDate(0, 0, i), Outcome: Full, URL: "https://x.it/a", Tree: &Tree{Kits: []Kit{at(fmt.Sprintf("https://x.it/a%d", i), "k")}}}
		known = after(known, Apply(known, v, DefaultPolicy()))
	}
	for _, r := range known.Records {
		if r.State == Live && (len(r.Aliases) != MaxAliases || r.Aliases[0] != Key(fmt.Sprintf("https://x.it/a%d", MaxAliases+18))) {
			t.Errorf("%d aliases, first %q", len(r.Aliases), r.Aliases[0])
		}
	}
}

// A kit that is kept out came in again when it changed its address.
func TestExclusionFollowsARename(t *testing.T) {
	p := DefaultPolicy()
	p.Excluded = []Exclusion{{URL: "https://x.it/a", Reason: "doppione"}}
	look := func(d int, key string) Visit {
		return Visit{Source: Source{ID: "s"}, At: day0.AddDate(0, 0, d), Outcome: Full, URL: "https://x.it/c", Tree: &Tree{Kits: []Kit{at(key, "k")}}}
	}
	known := after(Known{}, Apply(Known{}, look(0, "https://x.it/a"), DefaultPolicy()))
	known = after(known, Apply(known, look(1, "https://x.it/b"), DefaultPolicy()))
	if got, want := shown(known), []string{"x.it/a gone -> x.it/b", "x.it/b live = x.it/a = x.it/c"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	known = after(known, Apply(known, look(2, "https://x.it/b"), p))
	for _, r := range known.Records {
		if r.State != Gone || r.Key == "https://x.it/b" && !r.Withdrawn {
			t.Errorf("%s is %s", r.Key, r.State)
		}
	}
	known = after(known, Apply(known, look(3, "https://x.it/b"), DefaultPolicy()))
	for _, r := range known.Records {
		if r.Key == "https://x.it/b" && (r.State != Live || !r.FirstSeen.Equal(day0) || len(r.Aliases) != 2) {
			t.Errorf("let in again it is %s, first seen %v, once %q", r.State, r.FirstSeen, r.Aliases)
		}
	}
}
