package site

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/open-community-pa/riuso/catalog"
)

// The bounds of the words that are marked in a text (house rule 5).
const (
	maxMarked  = 20  // words of a query
	minMarked  = 3   // letters of a word that is worth a mark
	minEndless = 5   // letters from which a word is looked for without its ending
	maxQueryIn = 300 // runes of the query, as for a search
)

// marker finds the words of a search in a text, whatever their accents and their ending: what a search for "convenzione"
// found on a page may read "convenzioni" there. The zero value finds nothing.
type marker struct{ stems []string }

// markerOf reads the words of a query; the short ones and those that only hold a sentence together are left out.
func markerOf(query string) marker {
	if r := []rune(query); len(r) > maxQueryIn {
		query = string(r[:maxQueryIn])
	}
	var m marker
	for _, w := range strings.FieldsFunc(query, between) {
		if len(m.stems) == maxMarked {
			break
		}
		if w = folded(w); len(w) >= minMarked && !slices.Contains(holding(), w) && !slices.Contains(m.stems, endless(w)) {
			m.stems = append(m.stems, endless(w))
		}
	}
	return m
}

// holding are the words that only hold a sentence together, in Italian and English, folded.
func holding() []string {
	return []string{"alla", "alle", "agli", "allo", "and", "che", "con", "dal", "dalla", "degli", "dei", "del", "dell", "della", "delle", "dello",
		"for", "from", "gli", "nei", "nel", "nella", "nelle", "per", "sul", "sulla", "sulle", "the", "tra", "fra", "una", "uno", "with"}
}

// between says of a rune that it stands between words.
func between(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
}

// folded is a word in lower case without its accents.
func folded(w string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(w))
}

// endless is a folded word without its last vowels, by which the forms of an Italian word differ.
func endless(w string) string {
	if len(w) < minEndless {
		return w
	}
	if s := strings.TrimRight(w, "aeio"); len(s) >= minMarked {
		return s
	}
	return w
}

// mark cuts a text into pieces, those that were searched for marked.
func (m marker) mark(text string) []catalog.Fragment {
	if len(m.stems) == 0 || text == "" {
		return []catalog.Fragment{{Text: text}}
	}
	var out []catalog.Fragment
	plain := 0
	word := -1
	end := func(at int) {
		if word >= 0 && slices.Contains(m.stems, endless(folded(text[word:at]))) {
			if plain < word {
				out = append(out, catalog.Fragment{Text: text[plain:word]})
			}
			out = append(out, catalog.Fragment{Text: text[word:at], Match: true})
			plain = at
		}
		word = -1
	}
	for i, r := range text {
		switch {
		case between(r):
			end(i)
		case word < 0:
			word = i
		}
	}
	end(len(text))
	if plain < len(text) {
		out = append(out, catalog.Fragment{Text: text[plain:]})
	}
	return out
}
