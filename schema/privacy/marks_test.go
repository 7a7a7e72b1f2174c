package privacy

import (
	"strings"
	"testing"
)

// The marks are made of words that rules and searches look for: "personale", "codice". What looks at words must not see them.
func TestMarksAreNoWords(t *testing.T) {
	masked := MaskPersons("scrivi a mario.rossi@comune.lecce.it, 347 1234567, RSSMRA85T10A562S; password: ") + MarkSecret
	masked += "; " + MarkName
	for _, mark := range []string{MarkMail, MarkPhone, MarkTaxCode, MarkSecret, MarkName} {
		if !strings.Contains(masked, mark) {
			t.Fatalf("%q has no %s", masked, mark)
		}
	}
	if got, want := WithoutMarks(masked), "scrivi a …, …, …; password: …; …"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := WithoutMarks("il codice del personale"); got != "il codice del personale" {
		t.Errorf("words of the writer were taken: %q", got)
	}
}
