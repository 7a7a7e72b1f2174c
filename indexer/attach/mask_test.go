package attach

import (
	"fmt"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema/privacy"
)

func TestMask(t *testing.T) {
	body := par("Scrivere a g.paperone@comune.paperopoli.it, cell. 347 8812904 e 347 8812905.") + par("Ufficio: protocollo@comune.paperopoli.it, password: gabbiano7")
	text := read(t, newReader(t, Config{}), "a.docx", docx(t, body))
	got := all(text)
	for _, secret := range []string{"paperone", "8812904", "8812905", "gabbiano"} {
		if strings.Contains(got, secret) || strings.Contains(fmt.Sprint(text.Faults), secret) {
			t.Errorf("%q is still there: %q %v", secret, got, text.Faults)
		}
	}
	for _, kept := range []string{privacy.MarkMail, privacy.MarkPhone, markSecret, "protocollo@comune.paperopoli.it"} {
		if !strings.Contains(got, kept) {
			t.Errorf("%q is not there: %q", kept, got)
		}
	}
	if text.Masked != 4 || codes(text) != "W04 W04 W05" {
		t.Errorf("%d masked, %q", text.Masked, codes(text))
	}
	phone := text.Faults[1]
	if phone.Message.It != "numero di cellulare (2 volte)" || phone.Message.En != "mobile telephone number (2 times)" || phone.Page != 0 || phone.Hint.En == "" {
		t.Errorf("%+v", phone)
	}
}

// In minutes the name stands beside the mailbox, and is counted with it.
func TestMaskOfOwners(t *testing.T) {
	text := read(t, newReader(t, Config{}), "verbale.txt", []byte("Presenti: Gastone Paperone <g.paperone@comune.paperopoli.it>, l'ufficio <protocollo@comune.paperopoli.it>"))
	want := "Presenti: " + privacy.MarkName + " <" + privacy.MarkMail + ">, l'ufficio <protocollo@comune.paperopoli.it>"
	if got := strings.TrimSpace(all(text)); got != want || text.Masked != 2 {
		t.Errorf("%d masked: %q", text.Masked, got)
	}
}

// What is masked to be safe is told as that: nothing is masked without a word.
func TestMaskInDoubt(t *testing.T) {
	text := read(t, newReader(t, Config{}), "verbale.txt", []byte("Scrivere a paperoga@azienda.it o a g.paperone@comune.paperopoli.it"))
	if text.Masked != 2 || codes(text) != "W04 W04" || !strings.Contains(text.Faults[1].Message.It, "per prudenza (1)") {
		t.Errorf("%d masked: %+v", text.Masked, text.Faults)
	}
}

// Of a long list of persons the faults say where it begins and how much more there is.
func TestMaskIsBounded(t *testing.T) {
	var pages []string
	for i := range 60 {
		pages = append(pages, fmt.Sprintf("cell. 347 88129%02d, g.paperone@comune.paperopoli.it", i))
	}
	text := read(t, newReader(t, Config{PDF: pdfOf{PDF: PDF{Pages: pages, PageCount: len(pages)}}}), "a.pdf", []byte("%PDF-1.4"))
	if text.Masked != 120 || len(text.Faults) != maxPrivacy {
		t.Fatalf("%d masked, %d faults", text.Masked, len(text.Faults))
	}
	third, last := text.Faults[2], text.Faults[maxPrivacy-1]
	if third.Page != 2 || strings.Contains(third.Message.It, "pagina") || strings.Contains(third.Message.En, "page") {
		t.Errorf("%+v", third)
	}
	if last.Code != "W04" || !strings.Contains(last.Message.It, fmt.Sprint(120-maxPrivacy+1)) {
		t.Errorf("%+v", last)
	}
}
