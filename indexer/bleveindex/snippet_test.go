package bleveindex

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
)

func marked(fs []catalog.Fragment) (all string, matches []string) {
	for _, f := range fs {
		all += f.Text
		if f.Match {
			matches = append(matches, f.Text)
		}
	}
	return all, matches
}

func TestSnippet(t *testing.T) {
	syn := readSynonyms(synonymsText)
	far := strings.Repeat("Parole che non c'entrano. ", 100)
	for _, c := range []struct{ query, summary, text, want, marks string }{
		{"citta", "", "Le città e la cittadinanza.", "Le città e la cittadinanza.", "città"},
		{"convenzione ente", "Sintesi.", far + "Una convenzione tra enti." + far, "convenzione tra enti", "convenzione enti"},
		{"convenzione", "La convenzione.", far + "convenzione", "La convenzione.", "convenzione"},
		{"rtd", "", "Il responsabile per la transizione al digitale, responsabile di altro.", "al digitale, responsabile di", "responsabile transizione digitale"},
		{"assente", "Sintesi.", "Testo.", "Sintesi.", ""},
		{"e-government", "", "Corsi di e-government.", "e-government", "e-government"},
	} {
		all, marks := marked(wantedOf(conceptsOf(c.query, syn)).snippet(&catalog.Part{Summary: c.summary, Text: c.text}))
		if !strings.Contains(all, c.want) || strings.Join(marks, " ") != c.marks || len(all) > 2*snippetBytes {
			t.Errorf("%q: %q marks %q, want %q marking %q", c.query, all, marks, c.want, c.marks)
		}
	}
}

// FuzzSnippet: whatever the text, what is shown is text of it, in valid UTF-8 where it was.
func FuzzSnippet(f *testing.F) {
	f.Add("convenzione", "La convenzione dell’ente.\nAltro")
	f.Add("e-x", strings.Repeat("\xffà e-x ", 90))
	syn := readSynonyms(synonymsText)
	f.Fuzz(func(t *testing.T, query, text string) {
		for _, f := range wantedOf(conceptsOf(query, syn)).snippet(&catalog.Part{Text: text}) {
			if utf8.ValidString(text) && !utf8.ValidString(f.Text) {
				t.Fatalf("%q of %q is cut within a letter", f.Text, text)
			}
		}
	})
}
