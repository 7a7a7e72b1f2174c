package publiccode

import (
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

// What people write in the place of a key or a value of the standard, which is in English, and what they are told.
func TestAdvice(t *testing.T) {
	for _, c := range []struct{ old, new, code, it string }{
		{"platforms:", "organizzazione: {uri: 'https://ente.example.it'}\nplatforms:", "P11", "forse intendevi «organisation»"},
		{"legal:", "legale:", "P11", "forse intendevi «legal»"},
		{"  license: EUPL-1.2", "  licenza: EUPL-1.2", "P11", "forse intendevi «license»"},
		{"legal:\n  license: EUPL-1.2", "licenza: EUPL-1.2", "P11", "forse intendevi «license», che sta sotto «legal»"},
		{"    features:", "    funzionalita:", "P11", "forse intendevi «features»"},
		{"platforms:", "piattaforme:", "P11", "forse intendevi «platforms»"},
		{"    features:", "    platforms: [web]\n    features:", "P11", "senza rientro"},
		{"    features:", "    feature:", "P11", "forse intendevi «features»"},
		{"platforms:", "x-mine: 1\nplatforms:", "P11", "controlla come è scritta"},
		{"stable", "stabile", "P13", "forse intendevi «stable»"},
		{"stable", "Stable", "P13", "forse intendevi «stable»"},
		{"stable", "gatto", "P13", "scegli uno dei valori"},
		{"type: internal", "type: interna", "P13", "forse intendevi «internal»"},
		{"name: Medusa\n", "", "P12", "«name: Medusa»"},
		{"  license: EUPL-1.2", "  license:", "P12", "rientrata sotto «legal», una riga come «license: EUPL-1.2»"},
		{"    shortDescription:", "    localisedName:", "P12", "sotto «it»"},
		{"    longDescription:", "    altro:", "P12", "una riga come «longDescription: "},
		{"description:", "descrizione:", "P34", "«description: {it: "},
		{"platforms:", "monochromeLogo: a.svg\nplatforms:", "P41", "usa «logo»"},
		{"platforms:", "inputTypes: [text/plain]\nplatforms:", "P41", "nessuna chiave ne ha preso il posto"},
	} {
		text := strings.Replace(good, c.old, c.new, 1)
		_, found := Parse([]byte(text), Options{})
		if !slices.ContainsFunc(found, func(f schema.Finding) bool {
			return f.Code == c.code && strings.Contains(f.Hint.It, c.it) && f.Hint.En != "" && f.Hint.En != f.Hint.It
		}) {
			t.Errorf("%q: no %s with %q:", c.new, c.code, c.it)
			for _, f := range found {
				t.Errorf("  %s → %s", f, f.Hint.It)
			}
		}
	}
}

// The examples are copied: each is of a key that is there, where the table says, and of its type; that of a long text is
// only its beginning.
func TestExamplesOfKeys(t *testing.T) {
	lists := []string{"fundedBy", "supports", "contacts", "contractors", "open", "proprietary", "hardware"}
	for _, k := range Keys() {
		if k.Example == "" {
			continue
		}
		var b strings.Builder
		b.WriteString("publiccodeYmlVersion: \"0\"\n")
		names := strings.Split(k.Path, ".")
		indent := ""
		for _, name := range names[:len(names)-1] {
			if name == "*" {
				name = "it"
			}
			b.WriteString(indent + name + ":\n")
			indent = strings.ReplaceAll(indent, "-", " ") + "  "
			if slices.Contains(lists, name) {
				indent += "- "
			}
		}
		text := b.String() + indent + k.Example + "\n"
		if len(names) == 1 && names[0] == "publiccodeYmlVersion" {
			text = k.Example + "\n"
		}
		_, found := Parse([]byte(text), Options{})
		for _, f := range found {
			if !strings.HasPrefix(f.Code, "P12") && f.Code != "P34" && f.Code != "P18" && f.Code != "P31" && f.Code != "P32" {
				t.Errorf("%s: %s\n%s", k.Path, f, text)
			}
		}
	}
}

// Hostile words are compared within bounds.
func TestAdviceOnLongWords(t *testing.T) {
	for _, word := range []string{"", strings.Repeat("licenza", 1000), strings.Repeat("è", 40), "\x00"} {
		if got := meantKey(nil, word); !got.IsZero() {
			t.Errorf("%.20q: %v", word, got)
		}
	}
}
