package markdown

import (
	"net/url"
	"strings"
)

// maxAddress is the longest address that is kept, in bytes.
const maxAddress = 2_000

// safeURL says whether an address may stand on a page, and gives it as it will stand there: http and https with a host,
// mailto and tel, or a path of this site. external says that it leads to another site.
func safeURL(raw string) (out string, external, ok bool) {
	if raw == "" || len(raw) > maxAddress || strings.ContainsFunc(raw, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' }) {
		return "", false, false // browsers skip control characters and read a backslash as a slash
	}
	u, err := url.Parse(raw)
	if err != nil || u.User != nil {
		return "", false, false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.String(), true, u.Host != ""
	case "mailto", "tel":
		return u.String(), false, u.Opaque != ""
	case "":
		return u.String(), false, u.Host == "" && strings.HasPrefix(raw, "/") && !strings.HasPrefix(raw, "//")
	}
	return "", false, false
}
