package legacy

import (
	"strings"
	"testing"
)

func TestARecognitionTellsWhyAFolderOfDocumentsIsNoKit(t *testing.T) {
	got := Recognise([]string{"Delibera di approvazione.pdf", "verbale.docx"}, "", "").Tells()
	for _, want := range []string{"ci sono 2 documenti", "1 su 3", "nome di un atto"} {
		if !strings.Contains(got.It, want) {
			t.Errorf("no %q in %q", want, got.It)
		}
	}
	if got := Recognise([]string{"uno.pdf"}, "", "").Tells(); !strings.Contains(got.It, "c'è 1 documento, ma i segni di un kit sono 0 su 3: nei nomi") {
		t.Error(got.It)
	}
	for _, paths := range [][]string{{"main.go"}, {"kit.md", "a.pdf"}, {"FASE A/a.pdf", "FASE B/b.pdf", "FASE C/c.pdf"}} {
		if r := Recognise(paths, "kit di riuso OCPA", ""); !r.Tells().IsZero() {
			t.Errorf("%q: %s: %s", paths, r.Verdict, r.Tells().It)
		}
	}
}
