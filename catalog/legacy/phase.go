package legacy

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of what a name may tell (house rule 5).
const (
	maxNameBytes  = 512 // of a file or folder; what follows is not looked at
	maxQuotedName = 80  // runes of a name in a sentence
)

// sign is what one name tells of the place of a file in the grid: "FASE B Adozione", "Allegato B3", "A3 Kit di riuso".
type sign struct {
	phase    string // "A", "B", "C", or ""
	wrong    string // a misspelt word of a phase's name, as it is folded; "" where there is none
	right    string // what it should be
	annex    string // code of an annex: "B3", "A3.1"
	prefix   string // code that stands before the title of a document: it may be one of the kit, or an action of its project
	numbered bool   // a number follows such letters and digits: "A3 10 …" is an action and its output, and no code
}

// readName understands the name of a folder, or that of a file without its ending (kit format, §L2).
func readName(name string) sign {
	folded := foldName(name)
	words := strings.Fields(folded)
	var s sign
	s.phase, s.wrong, s.right = phaseOf(words)
	if s.phase == "" {
		s.annex = annexOf(name)
		s.prefix, s.numbered = prefixOf(name)
	}
	return s
}

// foldName makes a name comparable: as [fold] does, with dashes, dots and other signs between words as spaces.
func foldName(name string) string {
	if len(name) > maxNameBytes {
		name = name[:maxNameBytes]
	}
	name = strings.Map(func(r rune) rune {
		switch r {
		case '-', '–', '—', '.', '_', ':', ';', ',', '(', ')', '[', ']', '"', '“', '”', '«', '»', utf8.RuneError:
			return ' '
		}
		return r
	}, name)
	return strings.TrimSpace(fold(name))
}

// phaseOf gives the phase that folded words begin with: "fase a", "fase b adozione", "c gestione", with an ordinal before it or
// not. "Fase a regime" is the third one: its letter is a preposition.
func phaseOf(words []string) (phase, wrong, right string) {
	if len(words) > 1 && isOrdinal(words[0]) {
		words = words[1:]
	}
	if len(words) == 0 {
		return "", "", ""
	}
	first, rest := words[0], words[1:]
	switch {
	case len(first) == len(phaseWord)+1 && strings.HasPrefix(first, phaseWord) && isPhaseLetter(first[len(phaseWord):]):
		phase = first[len(phaseWord):]
	case len(rest) == 0:
		return "", "", ""
	case first == phaseWord && isPhaseLetter(rest[0]):
		phase, rest = rest[0], rest[1:]
		if phase == "a" && len(rest) > 0 && rest[0] == "regime" {
			return "C", "", ""
		}
	case isPhaseLetter(first):
		if meant, _ := nearWord(rest[0], phaseWords); meant == "" {
			return "", "", ""
		}
		phase = first
	case len(rest) > 1 && isPhaseLetter(rest[0]) && steps(first, phaseWord, wrongStep) <= wrongStep:
		if meant, _ := nearWord(rest[1], phaseWords); meant == "" {
			return "", "", ""
		}
		phase, wrong, right, rest = rest[0], first, phaseWord, rest[1:]
	default:
		return "", "", ""
	}
	for _, w := range rest {
		if meant, off := nearWord(w, phaseTitleWords); off > 0 && wrong == "" && !inflected(w, meant) {
			wrong, right = w, meant
		}
	}
	return strings.ToUpper(phase), wrong, right
}

// inflected says that two words differ only in how they end: "adozioni" is not misspelt.
func inflected(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return max(len(a), len(b))-n <= maxInflection
}

// maxInflection is how many letters of the end of a word its form may change.
const maxInflection = 2

func isPhaseLetter(s string) bool { return s == "a" || s == "b" || s == "c" }

// isOrdinal recognises the number by which somebody keeps folders in order: "1", "02".
func isOrdinal(s string) bool {
	return len(s) <= 2 && strings.Trim(s, "0123456789") == ""
}

// annexName is the name of an annex, folded but for its dots and dashes (kit format, §L2).
var annexName = regexp.MustCompile(`^(?:allegat[oi]|all)[ .–-]*([abc])[ .–-]?(\d{1,2})((?:\.\d{1,2}\b)*)(?:[^0-9a-z]|$)`)

// annexOf gives the code of an annex, or "".
func annexOf(name string) string {
	if len(name) < 3 || !strings.EqualFold(name[:3], "all") {
		return ""
	}
	m := annexName.FindStringSubmatch(fold(name[:min(len(name), maxNameBytes)]))
	if m == nil {
		return ""
	}
	return strings.ToUpper(m[1]) + digits(m[2]) + m[3]
}

// prefixName is the code before the title of a document, with a number after it or not (kit format, §L2).
var prefixName = regexp.MustCompile(`^([abc])(\d)((?:\.\d{1,2}\b)*)(?:[ .–-]+(\d{1,3})\b|[^0-9a-z]|$)`)

func prefixOf(name string) (code string, numbered bool) {
	if len(name) < 2 || name[1] < '0' || name[1] > '9' || !isPhaseLetter(strings.ToLower(name[:1])) {
		return "", false
	}
	m := prefixName.FindStringSubmatch(fold(name[:min(len(name), maxNameBytes)]))
	if m == nil {
		return "", false
	}
	return strings.ToUpper(m[1]) + m[2] + m[3], m[4] != ""
}

// digits takes the zeros away that stand before a number.
func digits(s string) string {
	if s = strings.TrimLeft(s, "0"); s == "" {
		return "0"
	}
	return s
}

// innerPhase is a phase in the midst of a file's name. The letter must be a capital: "fase a regime" has a preposition.
var innerPhase = regexp.MustCompile(`(?:^|[^\pL])(?:fase|Fase|FASE)[ _.-]*([ABC])(?:[^\pL\pN]+(\pL*)|$)`)

// phaseWithin gives the phase that a file's name tells anywhere in it, or "".
func phaseWithin(name string) string {
	m := innerPhase.FindStringSubmatch(name[:min(len(name), maxNameBytes)])
	if m == nil || strings.EqualFold(m[2], "regime") {
		return ""
	}
	return m[1]
}

// nearWord gives the word of a list that w stands for, and by how many letters it is off; "" where it is none of them.
func nearWord(w string, list []string) (word string, off int) {
	if len(w) < minGuessed || len(w) > maxGuessed {
		return "", 0
	}
	if slices.Contains(list, w) {
		return w, 0
	}
	best := wrongStep + 1
	for _, x := range list {
		if d := steps(w, x, wrongStep); d < best {
			word, best = x, d
		}
	}
	if word == "" {
		return "", 0
	}
	return word, best
}

// steps counts the letters that are to be changed, put in or taken out to make b of a; more than most comes out as most+1.
func steps(a, b string, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			above := row[j+1]
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(diagonal+cost, above+1, row[j]+1)
			diagonal = above
		}
	}
	return min(row[len(b)], most+1)
}
