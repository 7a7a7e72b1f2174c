package catalog

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What a crawl leaves unread because nothing changed must not make a difference: neither while something is missing and
// ages, nor when all is well.
func TestApplyWithoutRecords(t *testing.T) {
	p := DefaultPolicy()
	src := Source{ID: "s", Kind: "kit", URL: "https://git.example.it/a"}
	full := Apply(Known{}, Visit{Source: src, At: day0, Outcome: Full, Tree: kitsNamed("a", "b", "c"), Mark: "1"}, p)
	well := after(Known{}, full)
	ill := after(well, Apply(well, Visit{Source: src, At: day0.Add(time.Hour), Outcome: Full, Tree: kitsNamed("a", "b"), Mark: "2"}, p))
	if !well.State.NoneMissing || ill.State.NoneMissing {
		t.Fatalf("missing: all live %v, one missing %v", well.State.NoneMissing, ill.State.NoneMissing)
	}
	for name, known := range map[string]Known{"nothing known": {State: SourceState{Source: src}}, "well": well, "one missing": ill} {
		for _, o := range []Outcome{Full, Unchanged, Partial, Absent, Failed} {
			v := Visit{Source: src, At: day0.Add(100 * 24 * time.Hour), Outcome: o, Tree: kitsNamed("a", "b")}
			unread := Known{State: known.State, Unread: true}
			if !known.State.Untouched(o) {
				if recovered(func() { Apply(unread, v, p) }) == nil {
					t.Errorf("%s, %s: applied without the records", name, o)
				}
				continue
			}
			got, want := Apply(unread, v, p), Apply(known, v, p)
			if name == "nothing known" {
				want.State.NoneMissing = false // nothing was counted
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %s: the delta differs without the records:\n%s", name, o, diff)
			}
		}
	}
	gone := after(ill, Apply(ill, Visit{Source: src, At: day0.Add(100 * 24 * time.Hour), Outcome: Unchanged}, p))
	if !gone.State.NoneMissing {
		t.Error("what is gone is still taken for missing")
	}
}

func recovered(f func()) (what any) {
	defer func() { what = recover() }()
	f()
	return nil
}
