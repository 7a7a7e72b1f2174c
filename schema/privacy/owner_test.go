package privacy

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// The persons below are made up.
func TestMaskOwners(t *testing.T) {
	const box = "@comune.paperopoli.it"
	for in, want := range map[string]string{
		"presenti: Mario Rossi <mario.rossi" + box + ">":   "presenti: " + MarkName + " <mario.rossi" + box + ">",
		"Dott. Rossi Mario, mario.rossi" + box:             "Dott. " + MarkName + ", mario.rossi" + box,
		"ROSSI MARIO\tm.rossi" + box:                       MarkName + "\tm.rossi" + box,
		"M. Rossi (e-mail: mario.rossi" + box + ")":        MarkName + " (e-mail: mario.rossi" + box + ")",
		"Rossi, Mario: rossi" + box:                        MarkName + ": rossi" + box,
		"Il sindaco Mario Rossi - mrossi" + box:            "Il sindaco " + MarkName + " - mrossi" + box,
		"Niccolò Dell’Acqua niccolo.dellacqua" + box:       MarkName + " niccolo.dellacqua" + box,
		"Anna Maria Rossi anna.maria.rossi" + box:          MarkName + " anna.maria.rossi" + box,
		"Maria Verdi\nmaria.verdi@paperopoli.\nit, Anna B": MarkName + "\nmaria.verdi@paperopoli.\nit, Anna B",
		"La Marca Mario <mario.lamarca" + box:              MarkName + " <mario.lamarca" + box,
		"Presenti: Maria De Pace, mdepace" + box:           "Presenti: " + MarkName + ", mdepace" + box,
		"Maria Verdi - Bianchi <maria.verdi" + box:         MarkName + " <maria.verdi" + box,
		"Rossi rossi" + box + ", Verdi g.verdi" + box:      MarkName + " rossi" + box + ", " + MarkName + " g.verdi" + box,
	} {
		if got, n := MaskOwners(in); got != want || n != strings.Count(want, MarkName) {
			t.Errorf("%q\n got %q (%d)\nwant %q", in, got, n, want)
		}
	}
	for _, s := range []string{
		"Mario Rossi", "Mario Rossi, protocollo" + box, "Comune Paperopoli paperopoli@pec.paperopoli.it", "Ufficio Rossi ufficio.rossi" + box, "Mario Verdi <g.bianchi" + box + ">",
		"Maria Verdi - Comune <mario.bianchi" + box, "di mario rossi mario.rossi" + box, "Mario Rossi ha scritto, e poi molte altre cose, a mario.rossi" + box, "Mario Rossi <mario.rossi@example.it>", "<mario.rossi" + box + ">",
	} {
		if got, n := MaskOwners(s); got != s || n != 0 {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func FuzzMaskOwners(f *testing.F) {
	for _, s := range []string{"Mario Rossi <mario.rossi@gmail.com>", "È à@b.it", "A.' a@b.it", "X x@b.\nit Y y@c.it", "\xff\xc3 Ab ab@c.it"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, n := MaskOwners(s)
		if utf8.ValidString(s) && !utf8.ValidString(got) || n < strings.Count(got, MarkName)-strings.Count(s, MarkName) {
			t.Errorf("%q, %q, %d", s, got, n)
		}
		if strings.Count(got, "\n") != strings.Count(s, "\n") || strings.Count(got, "@") != strings.Count(s, "@") {
			t.Errorf("more than a name went: %q, %q", s, got)
		}
	})
}
