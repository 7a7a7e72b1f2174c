package catalog

import (
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

// Every fault has somebody whose turn it is and something to do, in both languages, for a source of the operator and for a
// place that a list names: what the list wrote is not for the operator to mend.
func TestEveryFaultHasItsRemedy(t *testing.T) {
	all := []Fault{FaultWait, FaultGone, FaultPrivate, FaultToken, FaultContents, FaultServer, FaultAddress, FaultSource, FaultNetwork, FaultSetting, FaultSelf, FaultKind, FaultOurs}
	for _, f := range all {
		for _, parent := range []SourceID{"", "lista"} {
			st := SourceState{Source: Source{Parent: parent}, Visits: []VisitSummary{{Outcome: Failed, Fault: f}}}
			r, ok := st.Remedy()
			if !ok || r.Turn == "" || r.Do.It == "" || r.Do.En == "" || r.Do.It == r.Do.En || !strings.HasSuffix(r.Do.It, ".") || r.Who().IsZero() {
				t.Errorf("%s (list %q): %+v", f, parent, r)
			}
			if parent != "" && strings.Contains(r.Do.It, "file della fonte") && f != FaultKind {
				t.Errorf("%s: the operator has no file of a place that a list names: %s", f, r.Do.It)
			}
		}
	}
}

func TestRemedyFallsBackToTheOutcome(t *testing.T) {
	for _, c := range []struct {
		visit VisitSummary
		turn  Turn
		ok    bool
	}{
		{VisitSummary{Outcome: Full}, "", false},
		{VisitSummary{Outcome: Unchanged}, "", false},
		{VisitSummary{Outcome: Failed, Reason: schema.T("di una volta", "of long ago")}, TurnWait, true},
		{VisitSummary{Outcome: Absent}, TurnPublisher, true},
		{VisitSummary{Outcome: Failed, Fault: FaultNetwork}, TurnOperator, true},
		{VisitSummary{Outcome: Failed, Fault: FaultServer}, TurnKeeper, true},
	} {
		st := SourceState{Visits: []VisitSummary{c.visit}}
		if r, ok := st.Remedy(); ok != c.ok || r.Turn != c.turn {
			t.Errorf("%+v: %+v, %v", c.visit, r, ok)
		}
	}
}

func TestTheRemedyForAnArchive(t *testing.T) {
	st := SourceState{Source: Source{URL: "https://www.example.it/kit.ZIP"}, Visits: []VisitSummary{{Outcome: Failed, Fault: FaultContents}}}
	if r, ok := st.Remedy(); !ok || r.Turn != TurnOperator || !strings.Contains(r.Do.It, "riuso import prende lo ZIP") {
		t.Errorf("%v %+v", ok, r)
	}
	if st.Visits[0].Fault = FaultWait; true {
		if r, _ := st.Remedy(); r.Turn != TurnWait {
			t.Errorf("a server that is busy: %+v", r)
		}
	}
}
