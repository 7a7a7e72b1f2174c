package site

import (
	"strings"
	"testing"
)

// TestOfficeMailboxes tells offices from persons; the addresses are made up.
func TestOfficeMailboxes(t *testing.T) {
	for _, a := range []string{"protocollo@pec.comune.example.it", "info@example.it", "ufficio.innovazione@example.it", "cit@example.it", "dpo@example.it"} {
		if officeMailbox(a) != a {
			t.Errorf("%s is an office and is hidden", a)
		}
	}
	for _, a := range []string{"nome.cognome@comune.example.it", "n.cognome@example.it", "nome_cognome@example.it", "cognome@gmail.com", "not an address",
		"info@example.it?bcc=x@example.it", "javascript:alert(1)", "info@example.it\r\nBcc: x@example.it"} {
		if officeMailbox(a) != "" {
			t.Errorf("%q is shown", a)
		}
	}
}

func TestTextsAndMessagesHidePeople(t *testing.T) {
	got := withoutPeople("Scrivi a nome.cognome@example.it o a protocollo@example.it.", "[…]")
	if got != "Scrivi a […] o a protocollo@example.it." {
		t.Errorf("%q", got)
	}
	got = subject("Aggiorna A4 per nome.cognome@example.it\n\nSigned-off-by: Nome Cognome <nome.cognome@example.it>")
	if strings.Contains(got, "cognome") || strings.Contains(got, "Cognome") || !strings.HasPrefix(got, "Aggiorna A4") {
		t.Errorf("%q", got)
	}
	if got = subject("Correzione Signed-off-by: Nome Cognome"); got != "Correzione" {
		t.Errorf("%q", got)
	}
}
