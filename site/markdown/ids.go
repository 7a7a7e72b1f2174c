package markdown

import (
	"strconv"
	"strings"
	"unicode"
)

// headingSlug is GitHub's rule for the id of a heading, which authors go by when they write links: lower case, letters,
// digits, marks, "_" and "-" stay, a space becomes "-", the rest goes. Accents stay: "Città e perché" is "città-e-perché".
func headingSlug(s string) string {
	var b strings.Builder
	n := 0
	for _, r := range strings.ToLower(strings.TrimSpace(s)) {
		if n++; n > MaxHeadLen {
			break
		}
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.Is(unicode.Nd, r) || unicode.Is(unicode.M, r) || unicode.Is(unicode.Pc, r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// uniqueSlug is headingSlug with "-1", "-2"… behind it when taken, as GitHub does. A heading of signs alone is "x".
// taken[base] with an empty value is never stored, so the counter is kept under a key that no slug can have.
func uniqueSlug(s string, taken map[string]string) string {
	base := headingSlug(s)
	if base == "" {
		base = "x"
	}
	if _, ok := taken[base]; !ok {
		return base
	}
	counter := "#" + base
	n, err := strconv.Atoi(taken[counter])
	if err != nil {
		n = 0 // the first repeat
	}
	for {
		n++
		slug := base + "-" + strconv.Itoa(n)
		if _, ok := taken[slug]; !ok {
			taken[counter] = strconv.Itoa(n)
			return slug
		}
	}
}
