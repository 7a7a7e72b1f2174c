package catalog

import (
	"slices"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/schema"
)

var day0 = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func kitsNamed(names ...string) *Tree {
	t := &Tree{}
	for _, n := range names {
		t.Kits = append(t.Kits, Kit{Key: Key("https://git.example.it/" + n), Title: n, Form: FormKit})
	}
	return t
}

// states gives "name state" of every record after the delta, in order.
func states(known Known, d Delta) []string {
	all := map[RecordKey]Record{}
	for _, r := range known.Records {
		all[r.RecordKey()] = r
	}
	for _, r := range d.Put {
		all[r.RecordKey()] = r
	}
	var out []string
	for _, r := range all {
		out = append(out, r.Title+" "+string(r.State))
	}
	slices.Sort(out)
	return out
}

// after makes what is known next of what was known and a delta.
func after(known Known, d Delta) Known {
	all := map[RecordKey]Record{}
	for _, r := range append(slices.Clone(known.Records), d.Put...) {
		all[r.RecordKey()] = r
	}
	next := Known{State: d.State}
	for _, r := range all {
		next.Records = append(next.Records, r)
	}
	return next
}

// Each story is a list of visits, a day apart unless said otherwise, and what the catalogue then holds.
func TestApply(t *testing.T) {
	type look struct {
		outcome Outcome
		tree    *Tree
		days    int // since the beginning
	}
	many := kitsNamed("a", "b", "c", "d", "e", "f")
	withdrawn := kitsNamed("a", "b")
	withdrawn.Kits[1].Status = "withdrawn"
	for _, tc := range []struct {
		name  string
		looks []look
		want  []string
		held  bool
		stale bool
	}{
		{"a first visit brings in", []look{{Full, kitsNamed("a", "b"), 0}}, []string{"a live", "b live"}, false, false},
		{"what is gone is missing at first", []look{{Full, kitsNamed("a", "b"), 0}, {Full, kitsNamed("a"), 1}}, []string{"a live", "b missing"}, false, false},
		{"and gone after the grace period", []look{{Full, kitsNamed("a", "b"), 0}, {Full, kitsNamed("a"), 1}, {Full, kitsNamed("a"), 15}}, []string{"a live", "b gone"}, false, false},
		{"it ages while nothing changes", []look{{Full, kitsNamed("a", "b"), 0}, {Full, kitsNamed("a"), 1}, {Unchanged, nil, 15}}, []string{"a live", "b gone"}, false, false},
		{"it comes back", []look{{Full, kitsNamed("a", "b"), 0}, {Full, kitsNamed("a"), 1}, {Full, kitsNamed("a", "b"), 2}}, []string{"a live", "b live"}, false, false},
		{"even from the dead", []look{{Full, kitsNamed("a"), 0}, {Absent, nil, 1}, {Absent, nil, 20}, {Full, kitsNamed("a"), 21}}, []string{"a live"}, false, false},
		{"a partial visit takes nothing away", []look{{Full, kitsNamed("a", "b"), 0}, {Partial, kitsNamed("c"), 1}, {Partial, kitsNamed("c"), 30}}, []string{"a live", "b live", "c live"}, false, false},
		{"a failed one leaves all as it is", []look{{Full, kitsNamed("a", "b"), 0}, {Failed, nil, 1}, {Failed, nil, 99}}, []string{"a live", "b live"}, false, true},
		{"an absent place loses all, in time", []look{{Full, kitsNamed("a", "b"), 0}, {Absent, nil, 1}}, []string{"a missing", "b missing"}, false, false},
		{"and then for good", []look{{Full, kitsNamed("a"), 0}, {Absent, nil, 1}, {Absent, nil, 15}}, []string{"a gone"}, false, false},
		{"a visit that would lose too much is held", []look{{Full, many, 0}, {Full, kitsNamed("a"), 1}}, []string{"a live", "b live", "c live", "d live", "e live", "f live"}, true, false},
		{"until a second one says the same", []look{{Full, many, 0}, {Full, kitsNamed("a"), 1}, {Full, kitsNamed("a"), 2}}, []string{"a live", "b missing", "c missing", "d missing", "e missing", "f missing"}, false, false},
		{"another loss is another matter", []look{{Full, many, 0}, {Full, kitsNamed("a"), 1}, {Full, kitsNamed("b"), 2}}, []string{"a live", "b live", "c live", "d live", "e live", "f live"}, true, false},
		{"a withdrawn kit is gone at once", []look{{Full, kitsNamed("a", "b"), 0}, {Full, withdrawn, 1}}, []string{"a live", "b gone"}, false, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var known Known
			var d Delta
			for _, l := range tc.looks {
				v := Visit{Source: Source{ID: "s"}, At: day0.AddDate(0, 0, l.days), Outcome: l.outcome, Tree: l.tree, Commit: "c", URL: "https://git.example.it/s"}
				d = Apply(known, v, DefaultPolicy())
				known = after(known, d)
			}
			if got := states(known, Delta{}); !slices.Equal(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if (d.State.Held != nil) != tc.held {
				t.Errorf("held: %+v", d.State.Held)
			}
			if d.State.Stale.IsZero() == tc.stale {
				t.Errorf("stale since %v", d.State.Stale)
			}
			live := 0
			for _, s := range tc.want {
				if s[len(s)-4:] != "gone" {
					live++
				}
			}
			if len(d.State.Keys) != live {
				t.Errorf("the source says that it gives %d things, %d are there", len(d.State.Keys), live)
			}
		})
	}
}

func TestApplyKeepsWhenFirstSeen(t *testing.T) {
	v := Visit{Source: Source{ID: "s"}, At: day0, Outcome: Full, Tree: kitsNamed("a")}
	known := after(Known{}, Apply(Known{}, v, DefaultPolicy()))
	v.At = day0.AddDate(0, 1, 0)
	r := Apply(known, v, DefaultPolicy()).Put[0]
	if !r.FirstSeen.Equal(day0) || !r.LastRead.Equal(v.At) {
		t.Errorf("first seen %v, last read %v", r.FirstSeen, r.LastRead)
	}
}

func TestApplyTombstoneKeepsNoContent(t *testing.T) {
	tree := kitsNamed("a")
	tree.Kits[0].Documents = []Document{{ID: "d"}}
	tree.Kits[0].Status = "withdrawn"
	r := Apply(Known{}, Visit{Source: Source{ID: "s"}, At: day0, Outcome: Full, Tree: tree}, DefaultPolicy()).Put[0]
	if r.State != Gone || r.Reason.It == "" || r.Reason.En == "" || len(r.Kit.Documents) > 0 || r.Title != "a" {
		t.Errorf("tombstone: %+v", r)
	}
}

// A source that was taken out and is listed again must be read again: its mark had stayed, and its kits tombstones.
func TestRemoveForgetsTheMark(t *testing.T) {
	v := Visit{Source: Source{ID: "s"}, At: day0, Outcome: Full, Tree: kitsNamed("a"), Mark: "m"}
	known := after(Known{}, Apply(Known{}, v, DefaultPolicy()))
	d := Remove(known, day0.AddDate(0, 0, 1))
	if d.State.Mark != "" || !d.State.Removed || len(d.Put) != 1 || d.Put[0].State != Gone {
		t.Errorf("removed: %+v", d)
	}
	if got := states(after(known, d), Apply(after(known, d), v, DefaultPolicy())); !slices.Equal(got, []string{"a live"}) {
		t.Errorf("listed again: %q", got)
	}
}

func TestApplyKeepsOutWhatIsExcluded(t *testing.T) {
	p := DefaultPolicy()
	plain := p.ReadingRules()
	p.Excluded = []Exclusion{{URL: "https://git.example.it/b.git", Reason: "doppione"}}
	if p.ReadingRules() == plain {
		t.Error("an exclusion that is new must make a place be read again")
	}
	v := Visit{Source: Source{ID: "s"}, At: day0, Outcome: Full, Tree: kitsNamed("a", "b"), URL: "https://git.example.it/s"}
	d := Apply(Known{}, v, p)
	if got := states(Known{}, d); !slices.Equal(got, []string{"a live", "b gone"}) {
		t.Errorf("got %q", got)
	}
	for _, r := range d.Put {
		if r.State == Gone && r.Reason.It != "escluso dal catalogo: doppione" {
			t.Errorf("reason %q", r.Reason.It)
		}
	}
}

func TestApplyBoundsWhatItKeeps(t *testing.T) {
	p := DefaultPolicy()
	known := Known{}
	for i := range p.KeepVisits + 5 {
		tree := kitsNamed("a")
		for j := range p.MaxFindings + 10 {
			tree.Findings = append(tree.Findings, schema.Finding{File: "f", Line: j, Severity: schema.Warning})
		}
		d := Apply(known, Visit{Source: Source{ID: "s"}, At: day0.AddDate(0, 0, i), Outcome: Full, Tree: tree}, p)
		known = after(known, d)
	}
	if n := len(known.State.Visits); n != p.KeepVisits {
		t.Errorf("%d visits kept", n)
	}
	if n := len(known.State.Findings); n != p.MaxFindings {
		t.Errorf("%d findings kept", n)
	}
	if w := known.State.Last().Warnings; w != p.MaxFindings+10 {
		t.Errorf("%d warnings counted: those that are not kept still count", w)
	}
}
