package catalog

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of what one field holds, in characters (house rule 5).
const (
	MaxLine = 2_000 // a text that is not Markdown, a URL, a reference
	MaxID   = 64    // an id, a code, a key (kit format §0)
)

// isControl recognises the characters that no text is made of: a NUL in a key would be a separator of the store, an escape
// a command to a terminal. Line ends and tabs are text.
func isControl(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

// clean takes the control characters out of a text; it is always valid UTF-8.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if !strings.ContainsFunc(s, isControl) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return -1
		case isControl(r):
			return ' '
		}
		return r
	}, s)
}

// line makes one bounded line of a text that comes from elsewhere than the front matter.
func line(s string) string { return shorten(strings.Join(strings.Fields(clean(s)), " "), MaxLine) }

// isName says that a text can be a key or an id: short, on one line, nothing that cannot be seen.
func isName(s string) bool {
	return s != "" && utf8.RuneCountInString(s) <= MaxID && !strings.ContainsFunc(s, unicode.IsControl)
}

// isAddress says that a text can be an address or a reference: bounded, without blanks or control characters.
func isAddress(s string) bool {
	return s != "" && utf8.ValidString(s) && utf8.RuneCountInString(s) <= MaxLine &&
		!strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) })
}
