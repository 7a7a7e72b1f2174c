package legacy

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxPageLines bounds the lines of one page that are looked at.
const maxPageLines = 20_000

// fold makes a text comparable: lower case, no accents, straight apostrophes, one space between words.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case unicode.IsSpace(r), r == '_':
			space = true
			continue
		case r == '’' || r == '‘' || r == '`' || r == '´' || r == 'ʼ':
			r = '\''
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}
