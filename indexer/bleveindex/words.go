package bleveindex

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// word is one word of a text as search sees it.
type word struct {
	start, end int      // bytes of the text that it covers
	exact      string   // lower case, accents folded, nothing else changed
	parts      []string // further terms at the same place: "government" of "e-government"
	upper      bool     // written as an acronym: 2 to maxAcronym letters, all of them capitals
}

// maxAcronym is how many letters an acronym has at most.
const maxAcronym = 6

// bytesPerWord is the usual distance of one word from the next in Italian texts, so that a list of words need not grow.
const bytesPerWord = 6

// maxWord is how long a word may be, in bytes of its folded form; the rest is cut: such a thing is not a word but data.
const maxWord = 64

// wordsOf splits a text into words. It knows what Italian administrative texts are full of: elisions (both apostrophes),
// dotted acronyms ("p.e.c."), numbers with a point for the thousands, codes of documents ("B4.1"), English with a
// one-letter head ("e-government"). Byte offsets are those of the text as it stands.
func wordsOf(text string) []word {
	out := make([]word, 0, len(text)/bytesPerWord+1)
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !wordRune(r) {
			i += n
			continue
		}
		start := i
		end := runEnd(text, i)
		i = end
		if rest, ok := elided(text, start, end); ok {
			start, end = rest, runEnd(text, rest)
			i = end
		}
		if e, joined, ok := dotted(text, start, end); ok {
			out = append(out, newWord(joined, start, e))
			i = e
			continue
		}
		w := newWord(text[start:end], start, end)
		if tail, e, ok := hyphened(text, start, end); ok {
			whole := newWord(text[start:end]+tail, start, e)
			whole.upper = false
			whole.parts = []string{fold(tail)}
			w, i = whole, e
		}
		if w.exact != "" { // an accent on its own folds to nothing
			out = append(out, w)
		}
	}
	return out
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf { // most of Italian, without a search in tables
		return r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// runEnd gives the end of the run of word characters that starts at i; an underscore between two of them belongs to it
// ("c_e506").
func runEnd(text string, i int) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !wordRune(r) {
			next, _ := utf8.DecodeRuneInString(text[i+n:])
			if r != '_' || !wordRune(next) {
				return i
			}
		}
		i += n
	}
	return i
}

// elided says whether text[start:end] is an article before an apostrophe, and where the word behind it starts.
func elided(text string, start, end int) (rest int, ok bool) {
	r, n := utf8.DecodeRuneInString(text[end:])
	if r != '\'' && r != '’' {
		return 0, false
	}
	next, _ := utf8.DecodeRuneInString(text[end+n:])
	if !wordRune(next) || !elisions[fold(text[start:end])] {
		return 0, false
	}
	return end + n, true
}

// dotted reads on from text[start:end] over points: an acronym ("p.e.c.", "D.Lgs."), a code ("B4.1") or a number with
// points for the thousands ("3.000").
func dotted(text string, start, end int) (e int, joined string, ok bool) {
	if end >= len(text) || text[end] != '.' {
		return 0, "", false
	}
	segs := []string{text[start:end]}
	e = end
	for e < len(text) && text[e] == '.' {
		next, _ := utf8.DecodeRuneInString(text[e+1:])
		if !wordRune(next) {
			break
		}
		from := e + 1
		e = runEnd(text, from)
		segs = append(segs, text[from:e])
	}
	if len(segs) == 1 {
		return 0, "", false
	}
	switch {
	case codeHead(segs[0]) && allDigits(segs[1:]):
		return e, strings.Join(segs, "."), true
	case allDigits(segs[:1]) && thousands(segs):
		return e, strings.Join(segs, ""), true
	case utf8.RuneCountInString(segs[0]) == 1 && !allDigits(segs[:1]) && shortSegments(segs):
		if e < len(text) && text[e] == '.' {
			e++ // the last point of the acronym
		}
		return e, strings.Join(segs, ""), true
	}
	return 0, "", false
}

// codeHead says whether s is the head of a document's code: a phase and a digit or two.
func codeHead(s string) bool {
	return len(s) >= 2 && len(s) <= 3 && strings.ContainsRune("ABCabc", rune(s[0])) && allDigits([]string{s[1:]})
}

func allDigits(segs []string) bool {
	for _, s := range segs {
		if strings.Trim(s, "0123456789") != "" {
			return false
		}
	}
	return true
}

func thousands(segs []string) bool {
	if len(segs[0]) > 3 {
		return false
	}
	for _, s := range segs[1:] {
		if len(s) != 3 || !allDigits([]string{s}) {
			return false
		}
	}
	return true
}

func shortSegments(segs []string) bool {
	for _, s := range segs {
		if utf8.RuneCountInString(s) > 3 {
			return false
		}
	}
	return true
}

// hyphened gives the word behind a hyphen when the head is a single letter ("e-government", "e-mail").
func hyphened(text string, start, end int) (tail string, e int, ok bool) {
	if end >= len(text) || text[end] != '-' || utf8.RuneCountInString(text[start:end]) != 1 {
		return "", 0, false
	}
	next, _ := utf8.DecodeRuneInString(text[end+1:])
	if !unicode.IsLetter(next) {
		return "", 0, false
	}
	e = runEnd(text, end+1)
	return text[end+1 : e], e, true
}

func newWord(s string, start, end int) word {
	letters, upper := 0, true
	for _, r := range s {
		letters++
		upper = upper && unicode.IsUpper(r)
	}
	return word{start: start, end: end, exact: fold(s), upper: upper && letters >= 2 && letters <= maxAcronym}
}

// fold puts a word in lower case and takes its accents away: "Città" becomes "citta".
func fold(s string) string {
	s = strings.ToLower(s)
	if strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		s = foldAccents(s)
	}
	if len(s) > maxWord {
		s = strings.ToValidUTF8(s[:maxWord], "")
	}
	return s
}

func foldAccents(s string) string {
	rest := false // something is left that the short way does not know
	s = strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf {
			if base, ok := accented[r]; ok {
				return base
			}
			rest = true
		}
		return r
	}, s)
	if rest {
		s = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFKD.String(s))
	}
	return s
}

// accented is the short way for the letters of Italian.
var accented = map[rune]rune{'à': 'a', 'á': 'a', 'è': 'e', 'é': 'e', 'ì': 'i', 'í': 'i', 'ò': 'o', 'ó': 'o', 'ù': 'u', 'ú': 'u'}
