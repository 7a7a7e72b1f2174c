package catalog

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
)

// Limits of the comparison of words (house rule 5).
const (
	maxWords = 6 // of a name that are compared
	minStem  = 5 // letters that two forms of one word share
	maxEnd   = 3 // letters in which they may end differently
)

// otherNames are words that people use for a key and that its label does not have. It is never changed.
var otherNames = map[string][]string{
	"updated":     {"aggiornato", "aggiornamento", "data di aggiornamento", "ultimo aggiornamento"},
	"summary":     {"riassunto", "descrizione breve", "abstract"},
	"authors":     {"autore"},
	"attachments": {"allegato", "allegati"},
	"contacts":    {"referente", "referenti"},
	"released":    {"rilascio", "data di rilascio", "pubblicato"},
	"languages":   {"lingua"},
}

// kindred gives the things whose label, in one language, has a word like each of those of a name: "schemaCodici" is the
// "Schema dei codici".
func kindred(name string, all []meaning) []string {
	words := wordsOf(name)
	if len(words) == 0 || len(words) > maxWords {
		return nil
	}
	var out []string
	for i := range all {
		if haveAll(wordsOf(all[i].label.It), words) || haveAll(wordsOf(all[i].label.En), words) {
			out = append(out, all[i].is)
		}
	}
	return out
}

func haveAll(label, words []string) bool {
	for _, w := range words {
		found := false
		for _, l := range label {
			found = found || sameStem(w, l)
		}
		if !found {
			return false
		}
	}
	return true
}

// sameStem says whether two words begin alike and differ only in their endings.
func sameStem(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n >= minStem && max(len(a), len(b))-n <= maxEnd
}

// wordsOf gives the words of a name that say something, folded: of camel case, of dashes and of a sentence.
func wordsOf(name string) []string {
	if len(name) > 4*schema.MaxCompared {
		return nil
	}
	var b strings.Builder
	lower := false
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r):
			r = ' '
		case unicode.IsUpper(r) && lower:
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(r)
		b.WriteRune(r)
	}
	var out []string
	for _, w := range strings.Fields(b.String()) {
		if w = schema.Folded(w); utf8.RuneCountInString(w) >= minWord {
			out = append(out, w)
		}
	}
	return out
}
