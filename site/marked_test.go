package site

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
)

func TestMark(t *testing.T) {
	for _, c := range []struct{ query, text, want string }{
		{"convenzione", "La Convenzione e le convenzioni, non convenuto.", "La [Convenzione] e le [convenzioni], non convenuto."},
		{"città", "La citta, la CITTÀ, la citta\u0300.", "La [citta], la [CITTÀ], la [citta\u0300]."},
		{"protocollo d'intesa", "Protocollo d'intesa per la d", "[Protocollo] d'[intesa] per la d"},
		{"il suolo per la del", "il suolo per la del", "il [suolo] per la del"},
		{"c1 b3 cila", "C1, B3, CILA2, cila", "C1, B3, CILA2, [cila]"},
		{"", "testo", "testo"}, {"   ", "", ""}, {"aiuole", "aiuola", "[aiuola]"},
	} {
		got := ""
		for _, f := range markerOf(c.query).mark(c.text) {
			if f.Match {
				got += "[" + f.Text + "]"
			} else {
				got += f.Text
			}
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.query, got, c.want)
		}
	}
}

// FuzzExtracted holds a view to its promises: nothing of a page is lost or made up, whatever the text and the query.
func FuzzExtracted(f *testing.F) {
	f.Add("La convenzione\n\ndel 2020", "convenzioni", 1, 3)
	f.Add("\xff\x00 a\u0300\n \t\n", "A", 0, 2)
	f.Add(strings.Repeat("riga lunga\n", 7000), "riga", 3, 3)
	f.Fuzz(func(t *testing.T, text, query string, asked, n int) {
		src := &catalog.Text{}
		for i := range min(max(n, 0), 50) {
			src.Pages = append(src.Pages, catalog.TextPage{N: i*2 + 1, Text: text})
		}
		v := extractedOf(src, "/x", asked, query)
		if len(v.Pages) > viewPages || len(v.Index) > maxIndexed || (strings.TrimSpace(text) != "") != (len(v.Pages) > 0) && len(src.Pages) > 0 {
			t.Errorf("%d pages, %d in the index", len(v.Pages), len(v.Index))
		}
		want := strings.Join(strings.Fields(strings.ToValidUTF8(text, "\uFFFD")), "")
		for _, p := range v.Pages {
			got := ""
			for _, para := range p.Paras {
				for _, fr := range para {
					got += fr.Text
				}
			}
			if got = strings.Join(strings.Fields(got), ""); !utf8.ValidString(got) || !strings.HasPrefix(want, got) || p.Cut == 0 && got != want {
				t.Errorf("%q of %q", got, want)
			}
		}
		paras, _ := previewOf(src)
		if got := len([]rune(strings.Join(paras, ""))); got > previewRunes+1 {
			t.Errorf("a preview of %d", got)
		}
	})
}
