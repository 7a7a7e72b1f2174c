package catalog

import (
	"slices"
	"testing"
	"time"
)

// listing is a visit of a list that names some places.
func listing(at time.Time, outcome Outcome, places ...SourceID) Visit {
	v := Visit{Source: Source{ID: "forge", Kind: "forge"}, At: at, Outcome: outcome}
	if outcome == Full || outcome == Partial {
		v.Listing = &Listing{Places: places, Total: len(places)}
	}
	return v
}

func TestListsLoseNothingByMistake(t *testing.T) {
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	all := []SourceID{"a", "b", "c", "d", "e", "f", "g", "h"}
	type step struct {
		v            Visit
		places, lost []SourceID
		held         bool
	}
	for name, steps := range map[string][]step{
		"one of many goes at once": {
			{v: listing(day, Full, all...), places: all},
			{v: listing(day, Full, all[1:]...), places: all[1:], lost: all[:1]},
			{v: listing(day, Full, all...), places: all},
		},
		"many wait for a second answer": {
			{v: listing(day, Full, all...), places: all},
			{v: listing(day, Full, "a"), places: all, held: true},
			{v: listing(day, Full, "a"), places: all[:1], lost: all[1:]},
		},
		"many that come back were not lost": {
			{v: listing(day, Full, all...), places: all},
			{v: listing(day, Full, "a"), places: all, held: true},
			{v: listing(day, Full, all...), places: all},
			{v: listing(day, Full, "a"), places: all, held: true},
		},
		"the operator confirms": {
			{v: listing(day, Full, all...), places: all},
			{v: func() Visit { v := listing(day, Full, "a"); v.Confirmed = true; return v }(), places: all[:1], lost: all[1:]},
		},
		"part of a list takes nothing away": {
			{v: listing(day, Full, all...), places: all},
			{v: listing(day, Partial, "a", "z"), places: append(slices.Clone(all), "z")},
		},
		"a list that does not answer is still known": {
			{v: listing(day, Full, all...), places: all},
			{v: listing(day, Failed), places: all},
			{v: listing(day, Unchanged), places: all},
		},
		"a list that is gone twice": {
			{v: listing(day, Full, all...), places: all},
			{v: listing(day, Absent), places: all, held: true},
			{v: listing(day, Absent), lost: all},
			{v: listing(day, Absent), lost: all},
		},
		"what the operator's filters keep out is not lost": {
			{v: listing(day, Full, all...), places: all},
			{v: func() Visit { v := listing(day, Full, "a"); v.Listing.Dropped = all[1:]; return v }(), places: all[:1]},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var st SourceState
			for i, s := range steps {
				st = Apply(Known{State: st}, s.v, DefaultPolicy()).State
				if st.Listing == nil || !slices.Equal(st.Listing.Places, s.places) || !slices.Equal(st.Listing.Lost, s.lost) || (st.Held != nil) != s.held {
					t.Fatalf("after visit %d: %+v, held %v; want %v, lost %v, held %v", i+1, st.Listing, st.Held != nil, s.places, s.lost, s.held)
				}
			}
		})
	}
}

func TestReadAsIsWhatTheListSaidOfWhatWasRead(t *testing.T) {
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	said := func(n int) *Listed {
		return &Listed{Pushed: at.Add(time.Duration(n) * time.Hour), Exact: true, Branch: "main"}
	}
	visit := func(o Outcome, l *Listed) Visit { return Visit{At: at, Outcome: o, Listed: l} }
	var st SourceState
	for _, s := range []struct {
		name  string
		v     Visit
		fresh bool // the same answer of the list proves that it need not be asked
	}{
		{"read", visit(Full, said(1)), true},
		{"unchanged", visit(Unchanged, said(2)), true},
		{"broken", visit(Failed, said(2)), false},
		{"again", visit(Full, said(2)), true},
		{"half read", visit(Partial, said(3)), false},
	} {
		st = Apply(Known{State: st}, s.v, DefaultPolicy()).State
		if got := st.Listed.Same(st.ReadAs); got != s.fresh {
			t.Errorf("%s: fresh %v, want %v", s.name, got, s.fresh)
		}
	}
	if said(1).Same(said(2)) || (&Listed{}).Same(&Listed{}) || !said(1).Same(said(1)) {
		t.Error("only equal dates of a list that is exact prove anything")
	}
}

func TestWhenASourceIsVisitedNext(t *testing.T) {
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	state := func(interval string, notBefore time.Time) SourceState {
		return SourceState{Source: Source{Interval: interval}, NotBefore: notBefore, Visits: []VisitSummary{{At: at}}}
	}
	ended := func(o Outcome, notBefore time.Time) SourceState {
		st := state("", notBefore)
		st.Visits[0].Outcome = o
		return st
	}
	for _, c := range []struct {
		name string
		st   SourceState
		want time.Time
	}{
		{"never visited", SourceState{}, time.Time{}},
		{"as all others", state("", time.Time{}), at.Add(6 * time.Hour)},
		{"every week", state("P7D", time.Time{}), at.Add(7 * 24 * time.Hour)},
		{"every hour and a half", state("PT1H30M", time.Time{}), at.Add(90 * time.Minute)},
		{"too often", state("PT1S", time.Time{}), at.Add(MinInterval)},
		{"hardly ever", state("P9999Y", time.Time{}), at.Add(MaxInterval)},
		{"nothing is no interval", state("P", time.Time{}), at.Add(6 * time.Hour)},
		{"the place asked for more", state("", at.Add(9*time.Hour)), at.Add(9 * time.Hour)},
		{"seen, by a place that asked for less", state("", at.Add(time.Hour)), at.Add(6 * time.Hour)},
		{"too busy for ten minutes", ended(Failed, at.Add(10*time.Minute)), at.Add(10 * time.Minute)},
		{"too busy to tell all of a list", ended(Partial, at.Add(10*time.Minute)), at.Add(10 * time.Minute)},
		{"too busy for a second", ended(Failed, at.Add(time.Second)), at.Add(MinInterval)},
		{"broken, and it does not say until when", ended(Failed, time.Time{}), at.Add(6 * time.Hour)},
		{"not there, whatever it says besides", ended(Absent, at.Add(time.Minute)), at.Add(6 * time.Hour)},
	} {
		if got := c.st.Next(6 * time.Hour); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
