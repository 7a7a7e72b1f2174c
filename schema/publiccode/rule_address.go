package publiccode

import (
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema"
)

// link is a URL as text and as the standard's parser reads it; ok says that it could be read at all.
type link struct {
	text string
	url  string // written anew, in lower case
	ok   bool
}

func (r *reader) link(v value) (l link, given bool) {
	s, given := r.text(v)
	if !given {
		return link{}, false
	}
	u, err := url.Parse(s)
	if err != nil {
		return link{text: s}, true
	}
	return link{text: s, url: strings.ToLower(u.String()), ok: true}, true
}

// isURL asks for a scheme and something after it: git://host and urn:x are URLs, "foobar" and "" are not.
func (l link) isURL() bool {
	u, err := url.Parse(l.url)
	if !l.ok || err != nil || u.Scheme == "" {
		return false
	}
	if u.Scheme == "file" {
		return u.Path != "" && u.Path != "/"
	}
	return u.Host != "" || u.Fragment != "" || u.Opaque != ""
}

// isWeb asks for http or https and a host.
func (l link) isWeb() bool {
	u, err := url.Parse(l.url)
	return l.ok && err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// repository reads url, which is required and may have any scheme.
func (r *reader) repository(v value) string {
	before := r.broken
	l, given := r.link(v)
	switch {
	case !given && r.broken == before:
		r.required(v.at)
	case given && !l.isURL():
		r.notURL(v.at, l.text)
	default:
		r.refer(KindRepository, v.at, (*at).rulePath, l.text)
	}
	return l.text
}

func (r *reader) notURL(a *at, text string) {
	r.report(P14, a, named("«%s» non è un indirizzo completo", "%q is not a whole address", text))
}

// web reads an address of a page; it may be absent, not empty.
func (r *reader) web(v value) string {
	l, given := r.link(v)
	if given && !l.isWeb() {
		r.report(P15, v.at, named("«%s» non è un indirizzo web", "%q is not a web address", l.text))
	}
	return l.text
}

// isBasedOn reads one address or a list of them.
func (r *reader) isBasedOn(v value) []string {
	if !v.given() {
		return nil
	}
	var items []value
	if r.resolve(v.node).Kind == yaml.ScalarNode {
		items = []value{{at: &at{up: v.at, index: 0, line: v.at.line, col: v.at.col}, node: v.node}}
	} else {
		items, _ = r.list(v)
	}
	var out []string
	for _, item := range items {
		before := r.broken
		l, given := r.link(item)
		if r.broken > before {
			continue
		}
		if !given || !l.isURL() {
			r.notURL(item.at, l.text)
			continue
		}
		out = append(out, l.text)
	}
	return out
}

// videos reads addresses of videos, each of a site that offers oEmbed. Without judge only types and sites are checked.
func (r *reader) videos(v value, judge bool) []string {
	items, _ := r.list(v)
	var out []string
	for _, item := range items {
		before := r.broken
		l, _ := r.link(item)
		if r.broken > before {
			continue
		}
		out = append(out, l.text)
		if judge && !l.isWeb() {
			r.report(P15, item.at, named("«%s» non è un indirizzo web", "%q is not a web address", l.text))
		}
		if !embeddable(l) {
			r.warn(P29, item.at, named("il sito del video «%s» non offre oEmbed", "the site of the video %q does not offer oEmbed", l.text), schema.Text{})
		} else {
			r.refer(KindVideo, item.at, (*at).path, l.text)
		}
	}
	return out
}

func embeddable(l link) bool {
	u, err := url.Parse(l.text)
	if err != nil || strings.ContainsAny(l.text, "\n") {
		return false
	}
	link := u.String()
	return slices.ContainsFunc(oembed(), func(g glob) bool { return g.match(link) })
}

// inside checks that a file is named by a path from the file's folder, or by a URL.
func (r *reader) inside(k Kind, a *at, s string) {
	switch {
	case strings.HasPrefix(s, "/"):
		r.warn(P28, a, named("«%s» è un percorso assoluto", "%q is an absolute path", s), schema.Text{})
	case strings.HasPrefix(s, "file:"):
		r.warn(P28, a, named("«%s» è un indirizzo file:", "%q is a file: address", s), schema.Text{})
	default:
		r.refer(k, a, (*at).path, s)
	}
}

// email checks an address that may be absent, not empty.
func (r *reader) email(v value, s string) {
	if v.given() && !validEmail(s) {
		r.report(P30, v.at, named("«%s» non è un indirizzo di posta", "%q is not an e-mail address", s))
	}
}

// validEmail takes local@domain alone (RFC 5322 addr-spec), with a domain of at least two labels, the last of which
// begins and ends with a letter.
func validEmail(s string) bool {
	if _, err := mail.ParseAddress(s); err != nil {
		return false
	}
	i := strings.LastIndexByte(s, '@')
	if i <= 0 {
		return false
	}
	local, domain := s[:i], strings.TrimSuffix(s[i+1:], ".")
	if !(len(local) > 2 && local[0] == '"' && local[len(local)-1] == '"') {
		for atom := range strings.SplitSeq(local, ".") {
			if atom == "" || strings.ContainsFunc(atom, notInAtom) {
				return false
			}
		}
	}
	if strings.ContainsFunc(domain, func(c rune) bool { return !wordRune(c) && !strings.ContainsRune("-.~", c) }) {
		return false
	}
	dot := strings.LastIndexByte(domain, '.')
	if dot <= 0 {
		return false
	}
	last := domain[dot+1:]
	first, _ := utf8.DecodeRuneInString(last)
	end, _ := utf8.DecodeLastRuneInString(last)
	begin, _ := utf8.DecodeRuneInString(domain)
	before, _ := utf8.DecodeLastRuneInString(domain[:dot])
	return letterRune(first) && letterRune(end) && wordRune(begin) && wordRune(before)
}

func notInAtom(c rune) bool {
	return !wordRune(c) && !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", c)
}

func wordRune(c rune) bool { return letterRune(c) || '0' <= c && c <= '9' }

func letterRune(c rune) bool {
	switch {
	case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		return true
	}
	return 0xa0 <= c && c <= 0xd7ff || 0xf900 <= c && c <= 0xfdcf || 0xfdf0 <= c && c <= 0xffef
}
