package legacy

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is one word of a page: letters, with apostrophes and hyphens between them.
type word struct {
	text       string
	start, end int
	broken     bool // the end of a line is before it
}

// wordsAfter gives the words from a place of a page up to the first thing that is no word: a sign, an empty line.
func wordsAfter(page string, at int) []word {
	var out []word
	for len(out) < maxNameWords {
		broken, spaces := false, 0
		for at < len(page) && (page[at] == ' ' || page[at] == '\t' || page[at] == '\n') {
			if page[at] == '\n' {
				if broken {
					return out // an empty line ends a name
				}
				broken = true
			}
			spaces++
			at++
		}
		if spaces == 0 && !(len(out) > 0 && strings.HasSuffix(out[len(out)-1].text, "'")) {
			return out
		}
		w, ok := wordAt(page, at)
		if !ok {
			return out
		}
		w.broken = broken
		out = append(out, w)
		at = w.end
	}
	return out
}

// wordAt reads one word. An elided article is a word of its own only where a space follows it.
func wordAt(page string, at int) (word, bool) {
	end := at
	for end < len(page) {
		r, size := utf8.DecodeRuneInString(page[end:])
		if unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || end > at && (r == '\'' || r == '-') {
			end += size
			continue
		}
		break
	}
	for end > at && page[end-1] == '-' {
		end--
	}
	return word{text: page[at:end], start: at, end: end}, end > at
}

// takeLink takes the little word after "Comune" away: "di", "del", or the elided one that the name begins with.
func takeLink(words []word) (string, []word) {
	if len(words) == 0 {
		return "", words
	}
	f := fold(words[0].text)
	if isLink(f) && bodyLinks[f] {
		return f, words[1:]
	}
	if at := strings.IndexByte(words[0].text, '\''); at > 0 && at+1 < len(words[0].text) {
		if l := strings.ToLower(words[0].text[:at+1]); bodyLinks[l] {
			rest := append([]word(nil), words...)
			rest[0].text, rest[0].start = rest[0].text[at+1:], rest[0].start+at+1
			return l, rest
		}
	}
	return "", words
}

// joined writes the words of a name one after the other; nothing comes between an elision and its word.
func joined(words []word) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 && !(strings.HasSuffix(words[i-1].text, "'") && fold(words[i-1].text) != "de'") {
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
	}
	return b.String()
}

// withCapitals gives a name that is written all in capitals the capitals of a name: "SANT'ANTONIO ABATE" is "Sant'Antonio
// Abate", "REGGIO NELL'EMILIA" "Reggio nell'Emilia".
func withCapitals(name string) string {
	letters := 0
	for _, r := range name {
		if unicode.IsLower(r) {
			return name
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < 2 {
		return name
	}
	parts := strings.Split(strings.ToLower(name), " ")
	for i, p := range parts {
		if i > 0 && isLink(p) {
			continue
		}
		parts[i] = capitals(p, i > 0)
	}
	return strings.Join(parts, " ")
}

func capitals(p string, mayElide bool) string {
	if at := strings.IndexByte(p, '\''); mayElide && at > 0 && isLink(p[:at+1]) {
		return p[:at+1] + capitals(p[at+1:], false)
	}
	var b strings.Builder
	up := true
	for _, r := range p {
		if up {
			r = unicode.ToUpper(r)
		}
		up = r == '\'' || r == '-'
		b.WriteRune(r)
	}
	return b.String()
}

func isLink(s string) bool { return nameLinks[fold(s)] }

func isStop(s string) bool { return notNames[fold(s)] }
