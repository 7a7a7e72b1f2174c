package privacy

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// The persons below are made up; the tax codes have a valid check letter and nobody behind them.
func TestMaskPersons(t *testing.T) {
	for in, want := range map[string]string{
		// mailboxes
		"Scrivi a mario.rossi@comune.paperopoli.it.":               "Scrivi a " + MarkMail + ".",
		"m.rossi@comune.paperopoli.it":                             MarkMail,
		"ROSSI@comune.paperopoli.it,":                              MarkMail + ",",
		"mario.rossi@pec.it":                                       MarkMail,
		"Rossi <mario.rossi+riuso@gmail.com>":                      "Rossi <" + MarkMail + ">",
		"[Mario](mailto:mario.rossi@gmail.com?subject=x)":          "[Mario](mailto:" + MarkMail + "?subject=x)",
		"**mario_rossi@gmail.com**, __mario@gmail.com__":           "**" + MarkMail + "**, __" + MarkMail + "__",
		`mario\_rossi\@gmail.com`:                                  MarkMail,
		"mario.rossi&#64;gmail.com e mario.rossi&commat;gmail.com": MarkMail + " e " + MarkMail,
		"mario.rossi [at] gmail.com, mario.rossi(at)gmail.com":     MarkMail + ", " + MarkMail,
		"https://x.paperopoli.it/?a=mario.rossi%40gmail.com&b=1":   "https://x.paperopoli.it/?a=" + MarkMail + "&b=1",
		"https://mario.rossi@git.paperopoli.it/kit.git":            "https://" + MarkMail + "/kit.git",
		"|mario@gmail.com|3|":                                      "|" + MarkMail + "|3|",
		"m.dell'acqua@gmail.com è niccolò@gmail.com":               MarkMail + " è " + MarkMail,
		"a@gmail.com;b@gmail.com":                                  MarkMail + ";" + MarkMail,
		// mobile numbers
		"cell. +39 333 1234567":             "cell. " + MarkPhone,
		"(+39) 333.123.45.67":               "(" + MarkPhone,
		"0039 3331234567":                   MarkPhone,
		"Cellulare 333/1234567 o 06 123456": "Cellulare " + MarkPhone + " o 06 123456",
		"333-1234567":                       MarkPhone,
		"349 123 45 67 (mattina)":           MarkPhone + " (mattina)",
		"tel:3331234567":                    "tel:" + MarkPhone,
		"Tel.\u00a0333\u00a01234567":        "Tel.\u00a0" + MarkPhone,
		"3331234567":                        MarkPhone,
		"- 0541/704607 335.1234567":         "- 0541/704607 " + MarkPhone,
		"333 1234567 / 333 7654321":         MarkPhone + " / " + MarkPhone,
		"https://wa.me/393331234567":        "https://wa.me/" + MarkPhone,
		// tax codes
		"CF: RSSMRA80A01H501U.":  "CF: " + MarkTaxCode + ".",
		"(rssmra80a01h501u)":     "(" + MarkTaxCode + ")",
		"RSSMRA80A01H501U, ecc.": MarkTaxCode + ", ecc.",
	} {
		if got := MaskPersons(in); got != want && !(in[0] == '(' && strings.HasSuffix(got, want[1:])) {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
	}
}

// What only looks like the data of a person stays: each of these was met in a real README, or is near to one.
func TestMaskPersonsLeavesTheRest(t *testing.T) {
	for _, s := range []string{
		"protocollo@pec.comune.paperopoli.it", "cit@pec.provincia.paperopoli.it", "ufficio.tecnico@comune.paperopoli.it", "segreteriagenerale@comune.paperopoli.it",
		"comune.paperopoli@legalmail.it", "paperopoli@paperopoli.it", "noreply@paperopoli.it", "no-reply@paperopoli.it", "servizi.demografici@comune.paperopoli.it",
		"rtd@comune.paperopoli.it", "sindaco@comune.paperopoli.it", "bsic12345x@istruzione.it", "devs@lists.paperopoli.it", "nome.cognome@comune.paperopoli.it",
		"mario.rossi@example.it", "utente@ente.example.org", "git@github.com:ente/kit.git", "ssh://git@git.paperopoli.it/kit.git", "npm i @scope/pkg@1.2.3 bootstrap@5.3.3",
		"logo@2x.png", "uses: actions/checkout@v4.1.0", "getty@tty1.service", "@Override, @media (min-width: 3px)", "user@192.168.1.10", "a @ b", "mario@localhost",
		"+39 030 1234567", "030 1234567", "800 123 456", "3331234567 righe", "v333.123.4567.1", "10.333.123.4567", "333.12.2021", "1333 1234567", "333 1234567 890",
		"3331234567890123", "3331234567abcdef", "0.3331234567", "12,333.1234567", "/files/333-1234567.pdf", "kit-333-1234567", "https://www.paperopoli.it/atti/333-1234567",
		"sha 3331234567333123456733312345673331234567", "euro 350.000,00 e 1.350.000.000", "P.IVA 03331234567", "2019-333-1234",
		"RSSMRA80A01H501X", "ABCDEF12G34H567I", "RSSMRA80A01H501UX", "0123456789abcdef", "https://www.paperopoli.it/RSSMRA80A01H501U", "SHA256:RSSMRA80A01H501",
	} {
		if got := MaskPersons(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestPersonalMail(t *testing.T) {
	for addr, want := range map[string]bool{
		"mario.rossi@comune.paperopoli.it": true, "rossi@comune.paperopoli.it": true, "m.rossi@pec.comune.paperopoli.it": true, "mario@gmail.com": true,
		"it.rossi@gmail.com": true, "sindaco.rossi@comune.paperopoli.it": true, "mario@mariorossi.it": true, "12345@paperopoli.it": true,
		"info@gmail.com": false, "it@paperopoli.it": false, "mario": false, "": false, "@paperopoli.it": false, "mario@": false, "mario@it": false, "a@b@": false,
		"ufficio.rossi@comune.paperopoli.it": false, MarkMail + "@paperopoli.it": false,
	} {
		if got := PersonalMail(addr); got != want {
			t.Errorf("%q: %v", addr, got)
		}
	}
}

// The marks do nothing in Markdown: what stands around them means what it did.
func TestMarksAreInert(t *testing.T) {
	for _, mark := range []string{MarkMail, MarkPhone, MarkTaxCode} {
		if strings.ContainsFunc(mark, func(r rune) bool { return r != '-' && (r < 'a' || r > 'z') }) || strings.Trim(mark, "-") != mark {
			t.Errorf("%q", mark)
		}
		if MaskPersons(mark) != mark {
			t.Errorf("%q is masked again", mark)
		}
	}
}

func FuzzMaskPersons(f *testing.F) {
	for _, s := range []string{"mario.rossi@gmail.com", "a@b.it@c.it", "333 1234567 3337654321", "tel 3331234567@3331234567.it", "RSSMRA80A01H501U+393331234567", "x [at] y.it", "a@b.\nit@c.it", "a@\nb.it.txt@c.it.pdf",
		`\@\_a@b.it`, "+39 +39 333 12 34 567", "https://wa.me/393331234567", "&#64;&#x40;%40(at)", "è@à.it", "\xff@b.it", "info@333-1234567.it"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := MaskPersons(s)
		if again := MaskPersons(got); again != got {
			t.Errorf("not idempotent: %q, %q, %q", s, got, again)
		}
		if utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Errorf("%q is no longer UTF-8: %q", s, got)
		}
		if strings.Count(s, "\n") != strings.Count(got, "\n") {
			t.Errorf("lines changed: %q, %q", s, got)
		}
	})
}

// Texts of which every byte may begin something must not take more than their share.
func BenchmarkMaskPersons(b *testing.B) {
	for name, unit := range map[string]string{
		"prose": "Il Comune mette a disposizione degli enti il kit (versione 2.1 del 2021), vedi https://www.paperopoli.it/kit per i documenti. ", "mail": "mario.rossi@gmail.com ",
		"signs": "@a.it", "figures": "333 12 34 ", "brackets": "[(&%", "run": "3333333333333333", "words": "RSSMRA80A01H501X ", "chats": "https://wa.me/", "addresses": "https://a.it/",
	} {
		text := strings.Repeat(unit, (256<<10)/len(unit))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				MaskPersons(text)
			}
		})
	}
}
