package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/announce"
	"github.com/open-community-pa/riuso/schema"
)

// What became wrong is a warning, what was mended is not; a source without a title has its id for a name.
func TestWhatIsToldWhenProblemsChange(t *testing.T) {
	src := catalog.Source{ID: "kit-prova", Kind: "kit", URL: "https://git.example.it/ente/kit"}
	state := func(o catalog.Outcome, why schema.Text) catalog.SourceState {
		return catalog.SourceState{Source: src, URL: src.URL, Visits: []catalog.VisitSummary{{At: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), Outcome: o, Reason: why}}}
	}
	good, bad := state(catalog.Full, schema.Text{}), state(catalog.Failed, schema.T("non risponde", "no answer"))
	var log bytes.Buffer
	var sent []announce.Notice
	tell := announcing(slog.New(slog.NewTextHandler(&log, nil)), "https://riuso.example.it", func(n announce.Notice) error {
		sent = append(sent, n)
		return nil
	})
	tell(good, good)
	if log.Len() > 0 || len(sent) > 0 {
		t.Errorf("nothing changed: %s", log.String())
	}
	tell(good, bad)
	if got := log.String(); !strings.Contains(got, `level=WARN msg="problems changed" source=kit-prova outcome=failed`) || !strings.Contains(got, `reason="no answer"`) {
		t.Errorf("a fault: %s", got)
	}
	log.Reset()
	tell(bad, good)
	if got := log.String(); !strings.Contains(got, `level=INFO msg="problems solved" source=kit-prova outcome=full`) || strings.Contains(got, "errors") || strings.Contains(got, "reason") {
		t.Errorf("a fault that was mended: %s", got)
	}
	if len(sent) != 2 || sent[0].Title != "kit-prova" || sent[0].Event != announce.Problems || sent[1].Event != announce.Solved {
		t.Errorf("%+v", sent)
	}
}

// Of an address that will not do nothing is repeated that could be a secret.
func TestAnAddressIsRepeatedWithoutItsSecrets(t *testing.T) {
	for raw, want := range map[string]string{
		"ftp://utente:parola@avvisi.example.it:21/segreto?x=segreto": "ftp://avvisi.example.it:21",
		"avvisi.example.it/segreto":                                  "avvisi.example.it",
		"utente:parola@avvisi.example.it/segreto":                    "ciò che hai dato",
		"segreto":                   "ciò che hai dato",
		"avvisi.example.it?segreto": "ciò che hai dato",
	} {
		if got := shownAddress(raw, schema.It); got != want {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
}
