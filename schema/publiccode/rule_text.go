package publiccode

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/open-community-pa/riuso/schema"
)

// atMost checks a length in grapheme clusters.
func (r *reader) atMost(a *at, s string, most int) {
	if clusters(s, most+1) > most {
		r.report(P17, a, schema.Tf("«%s» è più lungo di %d caratteri", "%q is longer than %d characters", a.last(), most))
	}
}

// atLeast checks a length in grapheme clusters; it says whether the text passed.
func (r *reader) atLeast(a *at, s string, least int) bool {
	if n := clusters(s, least); n < least {
		r.report(P18, a, schema.Tf("«%s» ha %d caratteri: ne servono almeno %d", "%q has %d characters: at least %d are needed", a.last(), n, least))
		return false
	}
	return true
}

// clusters counts the grapheme clusters of s, and stops at enough. Runs in which every rune is a cluster of its own, as
// nearly all Italian text is, are counted without the tables of Unicode.
func clusters(s string, enough int) int {
	n, last := 0, -1 // last: where the cluster before i begins, when a sign that follows could still belong to it
	for i := 0; i < len(s) && n < enough; {
		r, size := firstRune(s[i:])
		if !alone(r) {
			if last >= 0 {
				i = last
				n--
			}
			counted, bytes := odd(s[i:], enough-n)
			n, i, last = n+counted, i+bytes, -1
			continue
		}
		if r == '\r' && i+1 < len(s) && s[i+1] == '\n' {
			size = 2
		}
		last = i
		i += size
		n++
	}
	return n
}

// odd counts clusters with the tables of Unicode until one begins with a rune that stands alone: there the short way of
// counting goes on. It gives how many there were, and their bytes.
func odd(s string, enough int) (n, bytes int) {
	rest, state := s, -1
	for rest != "" && n < enough {
		_, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		n++
		if rest != "" {
			if r, _ := firstRune(rest); alone(r) {
				break
			}
		}
	}
	return n, len(s) - len(rest)
}

func firstRune(s string) (r rune, size int) {
	if s[0] < utf8.RuneSelf {
		return rune(s[0]), 1
	}
	return utf8.DecodeRuneInString(s)
}

// alone says that r, among others of its kind, begins and ends a grapheme cluster (UAX 29): Latin letters with their
// accents, common punctuation, currency signs.
func alone(r rune) bool {
	return r < 0x300 || 0x2010 <= r && r <= 0x2027 || 0x20a0 <= r && r <= 0x20cf
}

// date reads a date that may be absent, not empty.
func (r *reader) date(v value) string {
	s, ok := r.text(v)
	if ok {
		r.dateText(v.at, s)
	}
	return s
}

func (r *reader) dateText(a *at, s string) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		r.report(P16, a, named("«%s» non è una data", "%q is not a date", s))
	}
}

func (r *reader) category(a *at, s string) {
	if !categories().has(s) {
		r.report(P20, a, named("la categoria «%s» non è nell'elenco", "the category %q is not in the list", s))
	}
}

func (r *reader) scope(a *at, s string) {
	if !scopes().has(s) {
		r.report(P21, a, named("l'ambito «%s» non è nell'elenco", "the scope %q is not in the list", s))
	}
}

// countryCode takes two letters, all upper or all lower case.
func (r *reader) countryCode(a *at, s string) bool {
	upper := strings.ToUpper(s)
	if s != upper && s != strings.ToLower(s) || !countries().has(upper) {
		r.report(P22, a, named("«%s» non è un codice di paese", "%q is not a country code", s))
		return false
	}
	return true
}

func (r *reader) language(a *at, s string) {
	if !validLanguage(s) {
		r.report(P23, a, named("«%s» non è un codice di lingua", "%q is not a language code", s))
	}
}

func (r *reader) licence(a *at, s string) {
	if !validLicence(s) {
		r.report(P24, a, named("«%s» non è una licenza SPDX", "%q is not an SPDX licence", s))
	}
}

func (r *reader) mimeType(a *at, s string) {
	if !validMIME(s) {
		r.report(P19, a, named("«%s» non è un tipo MIME", "%q is not a MIME type", s))
	}
}

// maxMIME is the length of each half of a MIME type (RFC 6838 §4.2).
const maxMIME = 127

// validMIME takes type/subtype alone, without parameters; spaces may stand around.
func validMIME(s string) bool {
	kind, sub, ok := strings.Cut(strings.Trim(s, " "), "/")
	return ok && mimeName(kind, "!#$&^_-") && mimeName(sub, "!#$&^_.+-")
}

func mimeName(s, marks string) bool {
	if s == "" || len(s) > maxMIME || !alphanumeric(s[0]) {
		return false
	}
	for i := 1; i < len(s); i++ {
		if !alphanumeric(s[i]) && strings.IndexByte(marks, s[i]) < 0 {
			return false
		}
	}
	return true
}
