package forge

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"
)

// Limits of a mark.
const (
	MaxMark = 64 << 10 // bytes; a longer one is as good as none
	maxETag = 160      // bytes; GitHub's have 68

	markVersion = "1"
)

// mark is what a listing leaves for the next: "1 <kind> <way> <digest> <etag>…".
type mark struct {
	kind   Kind
	way    string
	digest string
	etags  []string // one for each page, or none
}

// String writes the mark down; ETags that would make it too long stay out.
func (m mark) String() string {
	parts := append([]string{markVersion, string(m.kind), m.way, m.digest}, m.etags...)
	if s := strings.Join(parts, " "); len(s) <= MaxMark {
		return s
	}
	return strings.Join(parts[:4], " ")
}

// readMark reads a mark; what is none gives the zero mark, to which nothing is equal.
func readMark(s string) mark {
	if len(s) > MaxMark {
		return mark{}
	}
	parts := strings.Split(s, " ")
	if len(parts) < 4 || parts[0] != markVersion || parts[1] == "" || parts[2] == "" || parts[3] == "" {
		return mark{}
	}
	for _, tag := range parts[4:] {
		if len(tag) > maxETag || !validETag(tag) {
			return mark{}
		}
	}
	m := mark{kind: Kind(parts[1]), way: parts[2], digest: parts[3]}
	if len(parts) > 4 {
		m.etags = parts[4:]
	}
	return m
}

// validETag says whether a text is an entity tag without spaces: W/"…" or "…" (RFC 9110 §8.8.3).
func validETag(s string) bool {
	s = strings.TrimPrefix(s, "W/")
	if len(s) < 3 || s[0] != '"' || s[len(s)-1] != '"' {
		return false
	}
	return !strings.ContainsFunc(s[1:len(s)-1], func(r rune) bool { return r <= ' ' || r == '"' || r > '~' })
}

// digest is the sum of whose list it is and of every field of every repository, in their order.
func digest(web, owner string, repos []Repository) string {
	h := sha256.New()
	var b []byte
	text := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	flag := func(v bool) {
		if v {
			b = append(b, 1)
		} else {
			b = append(b, 0)
		}
	}
	text(web)
	text(owner)
	for _, r := range repos {
		for _, s := range []string{r.URL, r.CloneURL, r.Name, r.FullName, r.Description, r.Branch, string(r.State), r.Parent, r.Pushed.UTC().Format(time.RFC3339Nano)} {
			text(s)
		}
		b = binary.AppendVarint(b, r.SizeKB)
		for _, v := range []bool{r.Archived, r.Fork, r.Mirror, r.Template} {
			flag(v)
		}
		h.Write(b)
		b = b[:0]
	}
	h.Write(b)
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}
