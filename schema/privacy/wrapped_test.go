package privacy

import (
	"strings"
	"testing"
)

// Columns break an address at the end of a line, and names of files go on behind one.
func TestMailboxesThatGoOn(t *testing.T) {
	for in, want := range map[string]string{
		"scrivere a mario.rossi@paperopoli.\nit entro":                  "scrivere a " + MarkMail + "\n entro",
		"mario.rossi@paperopoli\n.it":                                   MarkMail + "\n",
		"mario.rossi@\n  comune.paperopoli.it, tel.":                    MarkMail + "\n, tel.",
		"m.rossi@comune-\r\ndi-paperopoli.it":                           MarkMail + "\n",
		"mario.rossi@pec.\ncomune.paperopoli.it.":                       MarkMail + "\n.",
		"atti/mario.rossi@paperopoli.it.txt\t12 byte":                   "atti/" + MarkMail + ".txt\t12 byte",
		"mario.rossi@comune.paperopoli.it.pdf.p7m":                      MarkMail + ".pdf.p7m",
		"mario.rossi@gmail.com.csv e g.verdi@paperopoli.it.tar.gz":      MarkMail + ".csv e " + MarkMail + ".tar.gz",
		"Ufficio: m.rossi@paperopoli.\nit\nUfficio: info@paperopoli.it": "Ufficio: " + MarkMail + "\n\nUfficio: info@paperopoli.it",
	} {
		if got := MaskPersons(in); got != want {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
		if !strings.Contains(in, "/") && Find(in) == nil { // a path is not judged
			t.Errorf("%q: the lint does not see it", in)
		}
	}
	for _, s := range []string{
		"protocollo@paperopoli.\nit", "ufficio.tecnico@comune.paperopoli.it.txt", "Seguici: mario@paperopoli.\nIt was", "nota@piè\ndi pagina", "mario@comune.\nwww.paperopoli.it",
		"logo@2x.png", "icona@3x.it.js", "getty@tty1.\nservice", "a@b\nit", "mario@comune.\n\nit", "mario.rossi@example.\nit", "mario@paperopoli.\ndi cui", "x@1.2.txt",
		"decoratore @Override.\nit", "git@github.com:ente/kit.it.txt", "mario.rossi@esempio.it.txt", "npm i tema@next.json",
	} {
		if got := MaskPersons(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}
