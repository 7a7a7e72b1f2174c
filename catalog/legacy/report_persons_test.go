package legacy

import (
	"strings"
	"testing"
)

// The report says what was looked for and what nobody looked for: who reads "hidden" must not believe that names are.
func TestReportSaysWhatWasNotLookedFor(t *testing.T) {
	section := func(u *Understanding) string {
		_, s, _ := strings.Cut(string(Propose(u).Report), "\n## Dati personali o riservati\n")
		s, _, _ = strings.Cut(s, "\n## ")
		return s
	}
	u := sample()
	s := section(u)
	for _, want := range []string{"caselle di posta", "cellulare", "codici fiscali", "password", "reti interne", "Non riconosce gli altri nomi e cognomi, le firme, i volti", "- [ ] Comincia dai file dell'elenco", "A3 Kit «prova».pdf", "`nota.txt`"} {
		if !strings.Contains(s, want) {
			t.Errorf("no %q in\n%s", want, s)
		}
	}
	u.Text = nil
	if s := section(u); !strings.Contains(s, "Non riconosce gli altri nomi") || !strings.Contains(s, "Guarda da te i file di cui riuso non ha letto") || strings.Contains(s, "Comincia dai file") {
		t.Errorf("of a kit without texts:\n%s", s)
	}
}
