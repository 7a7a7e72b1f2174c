package catalog

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/schema"
)

func cardOf(id, parent SourceID, o Outcome, with ...func(*SourceState)) SourceCard {
	s := SourceState{Source: Source{ID: id, Kind: "kit", Parent: parent, Title: "Titolo " + string(id), URL: "https://example.it/" + string(id)}}
	if o != "" {
		s.Visits = []VisitSummary{{At: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC), Outcome: o}}
	}
	for _, w := range with {
		w(&s)
	}
	return SourceCardOf(&s)
}

func TestWhyNothing(t *testing.T) {
	s := SourceState{Findings: []schema.Finding{
		{Severity: schema.Error, Code: "P07", Message: schema.T("ignorato", "ignored"), Ignored: "motivo"},
		{Severity: schema.Error, Code: "P07", Message: schema.T("errore", "error")},
		{Severity: schema.Warning, Code: "V02", Message: schema.T("della visita", "of the visit")}}}
	if got := WhyNothing(&s).It; got != "della visita" {
		t.Error(got)
	}
	s.Findings = s.Findings[:2]
	if got := WhyNothing(&s).It; got != "errore" {
		t.Error(got)
	}
	s.Visits = []VisitSummary{{Reason: schema.T("non risponde", "no answer")}}
	if got := WhyNothing(&s).It; got != "non risponde" {
		t.Error(got)
	}
	if !WhyNothing(&SourceState{}).IsZero() {
		t.Error("a reason from nowhere")
	}
}

// TestListsAreCountedToTheirLeaves covers a list of lists, and a store that holds a circle.
func TestListsAreCountedToTheirLeaves(t *testing.T) {
	list := func(s *SourceState) { s.Listing = &Listing{} }
	off := func(s *SourceState) { no := false; s.Source.Enabled = &no }
	all := []SourceCard{
		cardOf("elenco", "", Full, list), cardOf("elenco--forgia", "elenco", Full, list),
		cardOf("elenco--forgia--a", "elenco--forgia", Failed), cardOf("elenco--forgia--b", "elenco--forgia", Unchanged),
		cardOf("elenco--forgia--c", "elenco--forgia", "", off),
		cardOf("giro-a", "giro-b", Full, list), cardOf("giro-b", "giro-a", Full, list),
	}
	r, err := FindSources(all, SourceQuery{Size: 10})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Below["elenco"]; got != (SourceCounts{Read: 1, Unchanged: 1, Failed: 1}) {
		t.Errorf("%+v", got)
	}
	if got := r.Below["elenco--forgia"]; got.Total() != 2 {
		t.Errorf("%+v", got)
	}
	if r, err := FindSources(all, SourceQuery{Under: "elenco", Group: SourceFailing, Size: 10}); err != nil || r.Total != 1 || r.Any != 4 {
		t.Errorf("what the list leads to: %d of %d, %v", r.Total, r.Any, err)
	}
	if last := r.Cards[len(r.Cards)-1].Source.ID; last != "elenco--forgia--c" {
		t.Errorf("%s comes last, not what is off", last)
	}
	if r.Groups[SourceOff] != 1 || r.Groups[SourceNever] != 0 || r.Groups[SourceFailing] != 1 {
		t.Errorf("%v", r.Groups)
	}
}

func TestSourcePages(t *testing.T) {
	all := []SourceCard{cardOf("a", "", Full), cardOf("b", "", Full), cardOf("c", "", Full)}
	for _, q := range []SourceQuery{{Size: 1, From: 1}, {Size: 1, ByID: true, After: "a"}, {Size: 5, Text: "TITOLO b"}, {Size: 5, Text: "example.it/b"}} {
		if r, err := FindSources(all, q); err != nil || len(r.Cards) != 1 || r.Cards[0].Source.ID != "b" {
			t.Errorf("%+v: %+v, %v", q, r.Cards, err)
		}
	}
	if r, err := FindSources(all, SourceQuery{Size: 5, From: 99}); err != nil || len(r.Cards) != 0 || r.Total != 3 {
		t.Errorf("behind the end: %+v, %v", r, err)
	}
	for _, q := range []SourceQuery{{}, {Size: 1, From: -1}, {Size: 1, Group: "boh"}, {Size: 1, Text: strings.Repeat("x", MaxSourceText+1)}} {
		if _, err := FindSources(all, q); !errors.Is(err, ErrInvalid) {
			t.Errorf("%.80v: %v", q, err)
		}
	}
}
