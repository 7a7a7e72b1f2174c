package peer

import (
	"io/fs"
	"net/url"
	"strings"
	"unicode"

	"github.com/open-community-pa/riuso/schema/publiccode"
)

// line makes one bounded line of a text: no control characters, valid UTF-8, at most n characters.
func line(s string, n int) string {
	if len(s) > 4*n {
		s = s[:4*n]
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		s = strings.TrimSpace(string(r[:n]))
	}
	return s
}

// code gives an id or code as it was written, or "" when it cannot be one: too long, or with blanks or what cannot be seen.
func code(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > maxCode || line(s, maxCode) != s || strings.ContainsAny(s, " \t") {
		return ""
	}
	return s
}

// address checks the address of a repository or organisation: http(s), or a form of git that leads to one. It gives the
// address to ask, without user and fragment, and the canonical one; both "" when it is none. A slash too many in the path
// is one slash: only in the keys of a riuso catalogue it begins a folder (see kitAddress).
func address(raw string) (route, canonical string) {
	raw = strings.TrimSpace(raw)
	if scheme, rest, ok := strings.Cut(raw, "://"); ok {
		path, query, asks := strings.Cut(rest, "?")
		for strings.Contains(path, "//") {
			path = strings.ReplaceAll(path, "//", "/")
		}
		if raw = scheme + "://" + path; asks {
			raw += "?" + query
		}
	}
	if raw == "" || len(raw) > maxAddress || strings.ContainsFunc(raw, func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) || r == unicode.ReplacementChar
	}) {
		return "", ""
	}
	canonical = publiccode.NormalizeURL(raw)
	c, err := url.Parse(canonical)
	if err != nil || c.Scheme != "https" || c.Hostname() == "" || strings.ContainsAny(c.Host, `"<>\^`+"`{|}") {
		return "", ""
	}
	if u, err := url.Parse(raw); err == nil && u.Host != "" && (strings.EqualFold(u.Scheme, "http") || strings.EqualFold(u.Scheme, "https")) {
		u.User, u.Fragment, u.RawFragment = nil, "", ""
		return u.String(), canonical
	}
	return canonical, canonical
}

// kitAddress reads the key of a kit: the canonical address of a repository and, behind two slashes, a folder of it. ok is
// false when it is not canonical.
func kitAddress(key string) (repository, folder string, ok bool) {
	scheme, rest, _ := strings.Cut(key, "://")
	host, folder, has := strings.Cut(rest, "//")
	route, canonical := address(scheme + "://" + host)
	if route == "" || canonical != scheme+"://"+host || has && (folder == "" || !fs.ValidPath(folder)) || folder != line(folder, maxAddress) {
		return "", "", false
	}
	return canonical, folder, true
}
