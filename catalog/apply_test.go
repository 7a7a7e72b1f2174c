package catalog

import (
	"fmt"
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

func TestMergeDoesNotDependOnOrder(t *testing.T) {
	key := Key("https://git.example.it/a")
	rs := []Record{
		{Kind: KindKit, Key: key, Source: "other", URL: "https://git.example.it/list", State: Live, Title: "from a list", Trust: "official"},
		{Kind: KindKit, Key: key, Source: "home", URL: "https://git.example.it/a", State: Live, Title: "at home", Trust: "community"},
		{Kind: KindKit, Key: key, Source: "old", URL: "https://git.example.it/a", State: Gone, Title: "gone"},
		{Kind: KindKit, Key: key, Source: "away", URL: "https://git.example.it/z", State: Missing, Title: "missing"},
	}
	for i := range 24 {
		got := Merge(permutation(rs, i))
		if got.Title != "at home" || len(got.Ways) != 4 || got.Ways[0].Source != "home" || got.Ways[3].Source != "old" {
			t.Fatalf("order %d: %q by %v", i, got.Title, got.Ways)
		}
	}
}

// permutation gives the n-th order of rs.
func permutation(rs []Record, n int) []Record {
	rest, out := slices.Clone(rs), []Record{}
	for len(rest) > 0 {
		i := n % len(rest)
		n /= len(rest)
		out = append(out, rest[i])
		rest = slices.Delete(rest, i, i+1)
	}
	return out
}

func TestMergeAdoptionsTakesTheNearest(t *testing.T) {
	kit := &Record{Source: "k", Kit: &Kit{Adoptions: []Adoption{{Entity: "ipa:a", Lessons: "by the owner"}, {Entity: "ipa:b", Lessons: "only the owner"}}}}
	outside := []Record{
		{Source: CatalogueSource, Local: true, State: Live, Adoption: &Adoption{Entity: "ipa:a", Lessons: "by the catalogue", Header: Header{Source: "a document"}}},
		{Source: "w", State: Live, Adoption: &Adoption{Entity: "ipa:a", Lessons: "by somebody else"}},
		{Source: "z", State: Live, Publisher: "ipa:a", Adoption: &Adoption{Entity: "ipa:a", Lessons: "by the adopter"}},
		{Source: "w", State: Live, Adoption: &Adoption{Entity: "ipa:b", Lessons: "by somebody else"}},
		{Source: "y", State: Gone, Adoption: nil},
	}
	got := MergeAdoptions(kit, outside)
	var text []string
	for _, a := range got {
		text = append(text, fmt.Sprintf("%s %s %d", a.Entity, a.Lessons, len(a.Places)))
	}
	if want := []string{"ipa:a by the adopter 4", "ipa:b only the owner 2"}; !slices.Equal(text, want) {
		t.Errorf("got %q, want %q", text, want)
	}
}

func TestFollow(t *testing.T) {
	ev := func(kinds ...string) (out []AdoptionEvent) {
		for _, k := range kinds {
			out = append(out, AdoptionEvent{Kind: k})
		}
		return out
	}
	yes := true
	for _, tc := range []struct {
		name   string
		events []AdoptionEvent
		stage  Stage
		phase  string
		role   string
		broken int
	}{
		{"the whole way", ev("interest", "analysis-start", "decision-adopt", "agreement", "transfer-start", "training", "go-live", "holder", "ceding"), StageCeding, "C", "ceding", 0},
		{"it decides not to", ev("interest", "decision-decline"), StageDeclined, "", "user", 0},
		{"and thinks again", ev("interest", "decision-decline", "reopen", "analysis-start"), StageA, "A", "user", 0},
		{"a pause keeps the phase", ev("analysis-start", "decision-adopt", "transfer-start", "pause"), StagePaused, "B", "reusing", 0},
		{"a resumption goes back", ev("analysis-start", "decision-adopt", "transfer-start", "pause", "resume", "go-live"), StageC, "C", "reusing", 0},
		{"live without a transfer", ev("analysis-start", "go-live"), StageC, "C", "reusing", 1},
		{"what is planned has not happened", []AdoptionEvent{{Kind: "analysis-start"}, {Kind: "decision-adopt", Planned: &yes}}, StageA, "A", "user", 0},
		{"a source that tells only of training", []AdoptionEvent{{Kind: "training", Inferred: &yes}}, StageB, "B", "reusing", 0},
		{"a withdrawal", ev("analysis-start", "decision-adopt", "transfer-start", "withdraw"), StageWithdrawn, "", "user", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := Follow(tc.events)
			if p.Stage != tc.stage || p.Phase != tc.phase || p.Role != tc.role || len(p.Broken) != tc.broken {
				t.Errorf("got %+v", p)
			}
		})
	}
	dated := []AdoptionEvent{{Kind: "analysis-start", Date: "2020-01-01"}, {Kind: "decision-adopt", Date: "2020-01-31"}, {Kind: "transfer-start"}, {Kind: "go-live", Date: "2021"}}
	if p := Follow(dated); p.DaysToDecision != 30 || p.DaysToGoLive != 336 || p.Undated != 1 {
		t.Errorf("durations: %+v", p)
	}
}
