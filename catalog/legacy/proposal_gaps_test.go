package legacy

import (
	"slices"
	"strings"
	"testing"
)

// What is old is told against the newest day that is known, and never of a document that was read again on that day.
func TestOnlyWhatIsOldIsCalledOld(t *testing.T) {
	old := func(p *Proposal) []string {
		for _, g := range p.Gaps {
			if slices.Contains(g.Codes, "W03") {
				return g.Files
			}
		}
		return nil
	}
	u := sample()
	if got := old(Propose(u)); got != nil {
		t.Errorf("22 months before the commit: %v", got)
	}
	u.Answers = Answers{Status: "final", Updated: "2026-11-01"}
	p := Propose(u)
	if got := old(p); !slices.Equal(got, []string{"docs/A/kit-prova.md"}) {
		t.Errorf("with an answer: %v", got)
	}
	if !strings.Contains(string(p.Report), "`--updated` non vale per i documenti che hanno già una data propria") {
		t.Error("the report does not say how it is answered")
	}
}

// Commands can be run as they stand, or the report says how; the licence of documents is told apart from an example.
func TestReportSaysHowToRunAndWhyTheLicence(t *testing.T) {
	r := string(Propose(sample()).Report)
	for _, want := range []string{"per esempio `bin/riuso`", "EUPL-1.2, che `riuso check` nomina", "linee guida dell'AGID"} {
		if n := strings.Count(r, want); n != 1 {
			t.Errorf("%q %d times", want, n)
		}
	}
	first, _, _ := strings.Cut(r, "\n## Che cosa fare adesso")
	if strings.Contains(first, "regole versione") {
		t.Error("the first screen speaks of the version of the rules")
	}
}
