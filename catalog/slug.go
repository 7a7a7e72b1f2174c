package catalog

import (
	"github.com/open-community-pa/riuso/schema/privacy"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MaxSlug is the longest slug, in bytes (kit format §0).
const MaxSlug = 64

// Slug makes an id of a name: lower case, accents folded, everything else than letters, digits and underscores a dash.
// It may be empty. An id stands in addresses, so that the data of a person in the name is masked first.
func Slug(s string) string {
	var b strings.Builder
	dash := false
	for _, r := range norm.NFKD.String(strings.ToLower(privacy.MaskPersons(s))) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '_' && b.Len() > 0:
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r): // the accent of the letter before
		default:
			dash = true
		}
		if b.Len() >= MaxSlug {
			break
		}
	}
	out := b.String()
	if len(out) > MaxSlug {
		out = out[:MaxSlug]
	}
	return strings.TrimRight(out, "-_")
}
