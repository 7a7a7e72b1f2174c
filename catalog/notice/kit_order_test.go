package notice

import (
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// Whoever gets the letter never heard of riuso, and reads its first lines only.
func TestTheLetterBeginsWithWhatIsSerious(t *testing.T) {
	e := imported(func(e *catalog.Entry) {
		for _, code := range []string{"L03", "T02", "L13", "E02"} {
			e.Findings = append(e.Findings, problem(code, "file.pdf", 0, schema.Error))
		}
		e.Findings = append(e.Findings, problem("W04", "Modulo compilato.pdf", 0, schema.Warning), problem("W05", "LEGGIMI.md", 3, schema.Warning))
	})
	text := KitText(e, base, "riuso@regione.example.it", schema.It)
	at := 0
	for _, want := range []string{"riuso è un programma libero", base + "/informazioni", "1. AVVISO, Modulo compilato.pdf", "mettila al posto del file", "2. AVVISO, LEGGIMI.md", "regole/E02", "regole/L13", "regole/T02", "regole/L03",
		"copiate il risultato accanto ai vostri file", "riuso check .", "Per scriverci: riuso@regione.example.it\n"} {
		i := strings.Index(text[at:], want)
		if i < 0 {
			t.Fatalf("no %q after the others in\n%s", want, text)
		}
		at += i
	}
	if n := strings.Count(text, "mettila al posto del file"); n != 1 {
		t.Errorf("the advice for a file that is no text stands %d times", n)
	}
	if strings.Contains(KitText(e, "", "", schema.It), "Per scriverci") {
		t.Error("a contact that nobody gave")
	}
}
