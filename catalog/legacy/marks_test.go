package legacy

import (
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/privacy"
)

// The marks of masking are made of words of our tables: "casella-personale-omessa" voted organisational, and
// "codice-fiscale-omesso" technological. They are no words of the document.
func TestMarksOfMaskingTellNothing(t *testing.T) {
	all := strings.Join([]string{privacy.MarkMail, privacy.MarkPhone, privacy.MarkTaxCode, privacy.MarkSecret}, " ")
	page := func(s string) *catalog.Text {
		return &catalog.Text{Pages: []catalog.TextPage{{N: 1, Text: s}}}
	}
	d := Document{Item: Item{File: File{Path: "FASE A/Allegato A1/Nota.pdf", Blob: "b"}, Code: "A1"}, Title: "Nota"}
	if s := Vote([]Document{d}, func(string) *catalog.Text { return page(all) }); len(s.Votes["A1"]) != 0 {
		t.Errorf("the marks vote: %v", s.Votes)
	}
	for _, mark := range strings.Fields(all) {
		if kind, why := KindOf("Nota.txt", "", page("Manuale "+mark)); strings.Contains(why.It, "omess") || kind != "manual" {
			t.Errorf("%s: %s, %s", mark, kind, why.It)
		}
		for _, m := range Mentions(page("Il Comune di "+mark+" e il Comune di Lecce, "+mark), nil) {
			if m.Name != "Comune di Lecce" {
				t.Errorf("a body called %q", m.Name)
			}
		}
	}
	if s := sentenceIn(catalog.TextPage{Text: "Il progetto è un servizio per cui si scrive a " + privacy.MarkMail + ". Il progetto è un servizio per i Comuni del territorio. "}); s != "Il progetto è un servizio per i Comuni del territorio" {
		t.Errorf("summary %q", s)
	}
	h, ok := ReadHeader(page("Stato del documento\nAzione progettuale: A3\nOutput: Relazione di " + privacy.MarkMail + "\nVersione: 1.0\n"))
	if !ok || strings.Contains(h.Title, "omess") || !strings.HasPrefix(h.Title, "Relazione") {
		t.Errorf("%v %+v", ok, h)
	}
}
