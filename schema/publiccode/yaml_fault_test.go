package publiccode

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// What people write wrong by hand, and the line and the words by which they find it.
func TestYAMLFaults(t *testing.T) {
	for _, c := range []struct {
		text string
		line int
		it   string
	}{
		{"a: 1\ntitle: Attivazione: chi fa che cosa\n", 2, "non è tra virgolette"},
		{"a: 1\nb\nc: 2\n", 2, "mancano i due punti"},
		{"a: 1\nb: \"uno\" due\nc: 2\n", 2, "rientrata"},
		{"a: [uno, due\nb: 2\n", 2, "parentesi quadra"},
		{"a: {b: 1, c: 2\nd: 3\n", 2, "parentesi graffa"},
		{"a:\n  - b\n  c: 1\n", 3, "trattino"},
		{"a: - b\n", 1, "trattino di un elenco"},
		{"a: 1\nb: \"uno\nc: 2\n", 2, "non è chiuso"},
		{"a: 1\nb: @uno\n", 2, "vuole le virgolette"},
		{"a:\n\tb: 1\n", 2, "tabulatore"},
		{"a: \"C:\\uffici\"\n", 1, "vuole un codice"},
		{"a: [uno, , due]\n", 1, "virgola di troppo"},
		{"a: > testo\n", 1, "si va a capo"},
		{"a: !! uno\n", 1, "comincia con !"},
		{"a: \"C:\\lavori\\quote\"\n", 1, "virgolette semplici"},
		{"a: *uno\n", 1, "comincia con *"},
		{"a: ** uno\n", 1, "comincia con *"},
	} {
		err := yaml.Unmarshal([]byte(c.text), &yaml.Node{})
		if err == nil {
			t.Errorf("%q can be read", c.text)
			continue
		}
		if line, _, what := YAMLFault([]byte(c.text), err); line != c.line || !strings.Contains(what.It, c.it) || what.En == "" {
			t.Errorf("%q: %v: line %d, %s", c.text, err, line, what.It)
		}
	}
}

// The words of the library are for programmers: who reads Italian is told in Italian, what it is in English too.
func TestSyntaxIsToldInBothLanguages(t *testing.T) {
	_, found := Parse([]byte("name: [a\nurl: b\n"), Options{})
	if len(found) != 1 || !strings.Contains(found[0].Message.It, "parentesi quadra") || !strings.Contains(found[0].Message.En, "square bracket") {
		t.Errorf("findings: %v", found)
	}
	_, _, what := YAMLFault([]byte("a: 1"), errNoImage)
	if strings.Contains(what.It, "image") || !strings.Contains(what.En, "not an image") {
		t.Errorf("a fault that is not in the table: %v", what)
	}
}
