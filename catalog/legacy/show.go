package legacy

import (
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// shown gives a path as it may stand in a finding: what is no text is written out as Go does, within quotation marks.
func shown(p string) string {
	if utf8.ValidString(p) && strings.IndexFunc(p, unprintable) < 0 {
		return p
	}
	return strconv.Quote(p)
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) }

// named gives the last step of a path as it may stand in a sentence: printable and not too long.
func named(p string) string { return clipped(shown(path.Base(p)), maxQuotedName) }

// clipped cuts a text after so many runes, and says that it did.
func clipped(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	n := 0
	for i := range s {
		if n == most-1 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
		n++
	}
	return s
}

// splitName takes the ending of a file's name apart: "pdf" of "Atti.PDF"; "" where there is none, as in "Atti 1.0".
func splitName(p string) (stem, ending string) {
	name := path.Base(p)
	i := strings.LastIndexByte(name, '.')
	if i <= 0 || len(name)-i-1 > maxEnding || strings.ContainsAny(name[i:], " ()") || strings.Trim(name[i+1:], "0123456789") == "" {
		return name, ""
	}
	return name[:i], strings.ToLower(name[i+1:])
}

// maxEnding is the longest ending of a file's name, in bytes.
const maxEnding = 10
