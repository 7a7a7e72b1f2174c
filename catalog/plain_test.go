package catalog

import "testing"

func TestPlainText(t *testing.T) {
	for _, tc := range []struct{ md, want string }{
		{"# Titolo\n\nTesto **forte** e `codice`.", "Titolo\nTesto forte e codice."},
		{"- [x] fatto\n* voce\n1. primo\n> citato", "fatto\nvoce\nprimo\ncitato"},
		{"Si veda [la convenzione](../x.md) e ![logo](l.png).", "Si veda la convenzione e logo."},
		// A link whose text goes over two lines left its address in a snippet.
		{"Si veda [la stazione\nappaltante](../../kit-sua/kit.md) oggi.", "Si veda la stazione\nappaltante oggi."},
		{"| A | B |\n|---|:-:|\n| uno | due |", "A B\nuno due"},
		{"```yaml\nchiave: valore\n```\n---\n***", "chiave: valore"},
		{"Testo <br> e <b>html</b> <!-- nota --> a < b", "Testo e html a < b"},
		{"Prima\n\n<!--\nScrivi qui: a > b\n- uno\n-->\nDopo <!-- mai chiuso", "Prima\nDopo <!-- mai chiuso"},
		{"La {{organo}} di {{ente.nome}} delibera", "La … di … delibera"},
		{"[nome]: https://example.it\nTesto [vedi][nome]", "Testo vedi"},
	} {
		if got := PlainText(tc.md); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.md, got, tc.want)
		}
	}
}

// Lines that are passed over for their beginning are never what the expressions look for.
func TestPlainTextPassesOverWords(t *testing.T) {
	const alphabet = "#>-+*_=|:`~[]()!. \t\f\va1"
	for _, a := range alphabet {
		for _, b := range alphabet {
			for _, c := range alphabet {
				for _, rest := range []string{"", " x", "---", "]: x", "--|", "``"} {
					line := string([]rune{a, b, c}) + rest
					if !beginsMarked(line) && (mdRule.MatchString(line) || mdRefLine.MatchString(line) || mdLead.MatchString(line)) {
						t.Fatalf("%q is passed over", line)
					}
				}
			}
		}
	}
}
