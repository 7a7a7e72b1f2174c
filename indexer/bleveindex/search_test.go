package bleveindex_test

import (
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

// small is an index of a few parts whose words are known.
func small(t *testing.T) *store {
	t.Helper()
	s := open(t, t.TempDir())
	texts := map[string][]string{
		"rtd":        {"Supporto al RTD", "Il servizio aiuta gli enti."},
		"transition": {"Transizione", "Il responsabile per la transizione al digitale e la sua squadra."},
		"sua":        {"Gare", "La SUA fa le gare degli enti."},
		"rates":      {"Tariffa dei portali", "Quanto costa."},
		"rate":       {"Canone", "Che cosa si paga."},
		"pec":        {"Caselle", "Una casella di posta elettronica certificata."},
		"egov":       {"Corso di e-government", "Formazione."},
		"check":      {"Check-list", "Le cose da fare."},
		"harbour":    {"Il porto", "Testo."},
		"door":       {"La porta", "Testo."},
	}
	for id, text := range texts {
		source := catalog.SourceID(id)
		d := catalogtest.DeltaOf(source, catalogtest.Kit(source, "https://example.org/"+id, id, "Kit "+id, catalogtest.Doc("B4", text[0], text[1], "B", "managerial")))
		if err := s.Commit(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func hits(t *testing.T, s *store, text string) []string {
	t.Helper()
	res, err := s.Search(t.Context(), catalog.Query{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, h := range res.Hits {
		out = append(out, h.Card.ID)
	}
	return out
}

func TestItalian(t *testing.T) {
	s := small(t)
	for _, c := range []struct{ text, first, also, not string }{
		{text: "rtd", first: "rtd", also: "transition"},                                     // the acronym stands for the words
		{text: "responsabile della transizione digitale", first: "transition", also: "rtd"}, // and the words for it, across articles
		{text: "sua", first: "sua"},                                                         // an acronym before a pronoun
		{text: "SUA", first: "sua"},                                                         //
		{text: "tariffe", first: "rates", also: "rate"},                                     // what was typed before what means the same
		{text: "canoni", first: "rate", also: "rates"},                                      //
		{text: "p.e.c.", first: "pec"},                                                      //
		{text: "e-government", first: "egov"},                                               //
		{text: "egovernment", first: "egov"},                                                //
		{text: "government", first: "egov"},                                                 //
		{text: "checklist", first: "check"},                                                 //
		{text: "check list", first: "check"},                                                //
		{text: "porto", first: "harbour"},                                                   // the stem is the same: the very word goes first
		{text: "porta", first: "door"},                                                      //
		{text: "b4 caselle", first: "pec", not: "door"},                                     // all of two words
		{text: "che cosa si paga", first: "rate"},                                           //
	} {
		got := hits(t, s, c.text)
		all := " " + strings.Join(got, " ") + " "
		if len(got) == 0 || got[0] != c.first || c.also != "" && !strings.Contains(all, " "+c.also+" ") || c.not != "" && strings.Contains(all, " "+c.not+" ") {
			t.Errorf("%q finds %q, want first %s, also %s, not %s", c.text, got, c.first, c.also, c.not)
		}
	}
	if got := hits(t, s, "fase b"); len(got) != 10 {
		t.Errorf("fase b finds %d kits of 10 with documents in that phase", len(got))
	}
	if got := hits(t, s, "fase a"); len(got) != 0 {
		t.Errorf("fase a finds %q", got)
	}
}

// TestCorrection: only a word that nobody wrote is taken for another, and never an acronym.
func TestCorrection(t *testing.T) {
	s := small(t)
	for text, want := range map[string]string{
		"tarifa": "tariffa", "tarifa dei portali": "tariffa dei portali", "tranzisone": "", "trasnizione": "transizione", "Certifcata": "certificata",
		"tariffa": "", "TARIF": "", "rtt": "", "quadro": "", "12345": "", "squadrra!": "squadra!",
		"transiz": "transizione", "trannsizzione": "transizione", // unfinished, and with two letters wrong
	} {
		res, err := s.Search(t.Context(), catalog.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if res.Suggestion != want || want != "" && res.Total == 0 {
			t.Errorf("%q: suggestion %q with %d kits, want %q", text, res.Suggestion, res.Total, want)
		}
	}
}

// TestMostWords: where no part has all that was typed, those with the most of it answer.
func TestMostWords(t *testing.T) {
	s := small(t)
	if got := hits(t, s, "casella xyzw"); len(got) != 1 || got[0] != "pec" {
		t.Errorf("one known word of two finds %q", got)
	}
	if got := hits(t, s, "posta elettronica certificata aeroplani"); len(got) != 1 || got[0] != "pec" {
		t.Errorf("three known words of four find %q", got)
	}
}
