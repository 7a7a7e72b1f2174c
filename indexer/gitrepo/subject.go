package gitrepo

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSubject is how many bytes of a commit's first line are kept.
const maxSubject = 200

// personal finds what names a person in a first line: a mail address, an account, the source of a merge.
var personal = []struct {
	re   *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`(?i)^(merge (?:pull|merge) request [#!]\d+).*$`), "$1"},
	{regexp.MustCompile(`(?i)^(merge (?:remote-tracking )?branch '[^']*') of .*$`), "$1"},
	{regexp.MustCompile(`<?[^\s<>()]+@[^\s<>()]+\.[^\s<>()]+>?`), ""},
	{regexp.MustCompile(`(?i)\s*\(?\b(?:by|da|di|thanks to|grazie a) @[\w-]+\)?`), ""},
	{regexp.MustCompile(`(^|[\s(])@[\w-]+($|[\s,.;:)])`), "$1$2"},
}

// trailer recognises the lines at the end of a message that name people (git-interpret-trailers).
var trailer = regexp.MustCompile(`(?i)^(signed-off-by|co-authored-by|acked-by|reviewed-by|tested-by|reported-by|suggested-by|cc|author)\s*:`)

// Subject is the first line of a commit's message as it may be shown: one line, short, without trailers, mail addresses
// and accounts. It is empty when nothing else is there.
func Subject(message string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(strings.ReplaceAll(message, "\r", "\n")), "\n")
	if len(line) > 4*maxSubject {
		line = line[:4*maxSubject]
	}
	line = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r) || r == utf8.RuneError:
			return -1
		}
		return r
	}, strings.ToValidUTF8(line, ""))
	if trailer.MatchString(line) {
		return ""
	}
	for _, p := range personal {
		line = p.re.ReplaceAllString(line, p.with)
	}
	line = strings.Join(strings.Fields(line), " ")
	if len(line) <= maxSubject {
		return line
	}
	line = line[:maxSubject]
	for !utf8.ValidString(line) {
		line = line[:len(line)-1]
	}
	return strings.TrimSpace(line) + "…"
}
