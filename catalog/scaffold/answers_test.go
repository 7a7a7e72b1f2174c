package scaffold

import (
	"errors"
	"strings"
	"testing"
)

// The index of public administrations and its open data show a code bare: so people copy it.
func TestBareCodes(t *testing.T) {
	for _, tc := range []struct{ kind, field, file, want string }{
		{Kit, "entity", "kit.md", "ipa:c_x000"}, {Catalogue, "owner", "catalogue.md", "ipa:c_x000"}, {Adoption, "entity", "adoptions/c_x000--kit-sportello.md", "ipa:c_x000"},
	} {
		for _, answer := range []string{"c_x000", " C_X000 ", "ipa:c_x000"} {
			files, err := Make(requestOf(tc.kind, map[string]string{tc.field: answer}))
			if err != nil || !strings.Contains(string(files[tc.file]), tc.want) {
				t.Errorf("%s %s %q: %v\n%s", tc.kind, tc.field, answer, err, files[tc.file])
			}
		}
		for _, answer := range []string{"Lecce", "Comune di Esempio", "comune 2", strings.Repeat("a_", 40), "cf:", "x:c_x000"} {
			_, err := Make(requestOf(tc.kind, map[string]string{tc.field: answer}))
			var fault *Fault
			if !errors.As(err, &fault) || fault.Field != tc.field || !strings.Contains(fault.Message.It, "non indica un ente") && strings.IndexByte(answer, ':') < 0 {
				t.Errorf("%s %s %q: %v", tc.kind, tc.field, answer, err)
			}
		}
	}
}

// Who has a finished history must learn how it is written, not only that it cannot begin so.
func TestHistoryThatIsFurtherOn(t *testing.T) {
	for answer, want := range map[string]string{"go-live": "aggiungi sotto events: gli altri passi, in ordine, fino a go-live", "partenza": "per esempio: interest"} {
		_, err := Make(requestOf(Adoption, map[string]string{"event": answer}))
		var fault *Fault
		if !errors.As(err, &fault) || !strings.Contains(fault.Hint.It, want) || fault.Hint.En == "" {
			t.Errorf("%s: %v, want %s", answer, err, want)
		}
	}
}

// Topics are identifiers: what people write of them is made one.
func TestTopicsBecomeIdentifiers(t *testing.T) {
	files, err := Make(requestOf(Kit, map[string]string{"topics": "Qualità, gestione associata , équipe: due"}))
	if err != nil || !strings.Contains(string(files["kit.md"]), `topics: ["qualita", "gestione-associata", "equipe-due"]`) {
		t.Errorf("%v\n%s", err, files["kit.md"])
	}
}
