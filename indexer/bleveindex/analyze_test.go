package bleveindex

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

func terms(a analysis.Analyzer, text string) []string {
	var out []string
	for _, t := range a.Analyze([]byte(text)) {
		out = append(out, string(t.Term))
	}
	return out
}

// TestPairs holds the inflections that a reader takes for one word, and the words that must not become one.
func TestPairs(t *testing.T) {
	same := `riuso riusi, dato dati, rete reti, atto atti, ente enti, sito siti, gara gare, voto voti, albo albi, nido nidi,
		quota quote, bando bandi, mappa mappe, luogo luoghi, città citta, CITTÀ città, comune comuni, convenzione convenzioni,
		tariffa tariffe, delibera delibere, servizio servizi, modulo moduli, pratica pratiche, catalogo cataloghi, impresa imprese,
		accordo accordi, comunità comunita, l'ente enti, dell’unione unioni, quest'anno anni, D.Lgs. dlgs, p.e.c. pec, P.E.C. pec,
		banca banche, provincia province, agenzia agenzie, beneficio benefici, tempo tempi, portale portali, scheda schede`
	apart := `comune comunità, comune comunicazione, dato data, modo moda, pagamento paga, analista anale, ente entrata, riuso riunione,
		sua suo, conto contratto, parte partito, caso casa, porta portale, rete retta, atto attivo, bando banda2`
	for pair := range strings.SplitSeq(same, ",") {
		f := strings.Fields(pair)
		if a, b := terms(stemmed{}, f[0]), terms(stemmed{}, f[1]); !slices.Equal(a, b) || len(a) != 1 {
			t.Errorf("%s and %s should be one word: %q, %q", f[0], f[1], a, b)
		}
	}
	for pair := range strings.SplitSeq(apart, ",") {
		f := strings.Fields(pair)
		if a, b := terms(stemmed{}, f[0]), terms(stemmed{}, f[1]); slices.Equal(a, b) {
			t.Errorf("%s and %s should stay apart: both are %q", f[0], f[1], a)
		}
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"La SUA e il SUE", "sua sue"},
		{"e-government e E-Learning", "egovernment government elearning learning"},
		{"check-list per il B4.1 e la c_e506", "check list b4.1 c_e506"},
		{"3.000 abitanti, art. 30 del d.lgs. 267/2000", "3000 abitant art 30 dlgs 267 2000"},
		{"l’identità dell'utente", "identit utent"},
		{"Fine.Inizio", "fine iniz"},
		{"po' d’aria", "po aria"},
		{"perché è così", ""},
	} {
		if got := strings.Join(terms(stemmed{}, c.text), " "); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
	if got := terms(acronyms{}, "La SUA, la sua e i P.E.C. di AgID"); !slices.Equal(got, []string{"sua", "pec"}) {
		t.Errorf("acronyms: %q", got)
	}
}

// TestPositionsSkipStopWords is what lets a phrase match across articles and prepositions.
func TestPositionsSkipStopWords(t *testing.T) {
	ts := stemmed{}.Analyze([]byte("responsabile per la transizione al digitale"))
	for i, tok := range ts {
		if tok.Position != i+1 {
			t.Fatalf("%s is at %d, want %d", tok.Term, tok.Position, i+1)
		}
	}
}

// FuzzWords: whatever the bytes, words lie in the text, in order, and are not empty.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"La SUA dell’ente", "p.e.c. e-government B4.1", "\xff'\u0301.", "a.b.c.", "x_-_y", "l'", "e-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, w := range wordsOf(text) {
			if w.start < last || w.end <= w.start || w.end > len(text) {
				t.Fatalf("word %q at %d-%d after %d in %q", w.exact, w.start, w.end, last, text)
			}
			if w.exact == "" {
				t.Fatalf("empty word at %d in %q", w.start, text)
			}
			if !utf8.ValidString(w.exact) && utf8.ValidString(text) {
				t.Fatalf("word %q of %q is not UTF-8", w.exact, text)
			}
			last = w.end
		}
	})
}
