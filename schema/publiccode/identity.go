package publiccode

import (
	"net/url"
	"slices"
	"strings"
)

// urnIPA is the name space of Italian public bodies in organisation.uri (publiccode.yml 0.5).
const urnIPA = "urn:x-italian-pa:"

// IPA gives the IPA code, in lower case, of the body that publishes: from organisation.uri or, in older files, from
// IT.riuso.codiceIPA; "" when neither is there. It is the body's own claim: nothing here verifies it.
func (p *PublicCode) IPA() string {
	if p.Organisation != nil {
		if code, ok := ipaOf(p.Organisation.URI); ok {
			return strings.ToLower(code)
		}
	}
	if p.IT != nil {
		return strings.ToLower(strings.TrimSpace(p.IT.CodiceIPA))
	}
	return ""
}

// ipaOf takes the code out of "urn:x-italian-pa:<code>", in any case.
func ipaOf(uri string) (string, bool) {
	uri = strings.TrimSpace(uri)
	if len(uri) < len(urnIPA) || !strings.EqualFold(uri[:len(urnIPA)], urnIPA) {
		return "", false
	}
	return uri[len(urnIPA):], true
}

// Describe gives the description for a reader of lang and the language tag under which it stands: that of lang, else
// a variant of it ("it-IT" for "it"), else English, else the first in order of tag. The tag is "" when there is none.
func (p *PublicCode) Describe(lang string) (Description, string) {
	tags := make([]string, 0, len(p.Description))
	for tag := range p.Description {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	for _, want := range []string{lang, "en"} {
		for _, exact := range []bool{true, false} {
			for _, tag := range tags {
				base, _, _ := strings.Cut(tag, "-")
				if strings.EqualFold(tag, want) || !exact && strings.EqualFold(base, want) {
					return p.Description[tag], tag
				}
			}
		}
	}
	if len(tags) == 0 {
		return Description{}, ""
	}
	return p.Description[tags[0]], tags[0]
}

// Readable says whether the file makes its repository an entry of the catalogue: a name, a url and one description
// (kit format 1, decisions that hold everywhere).
func (p *PublicCode) Readable() bool {
	if p == nil || strings.TrimSpace(p.Name) == "" || strings.TrimSpace(p.URL) == "" {
		return false
	}
	for _, d := range p.Description {
		if strings.TrimSpace(d.ShortDescription) != "" || strings.TrimSpace(d.LongDescription) != "" {
			return true
		}
	}
	return false
}

// NormalizeURL gives the canonical form of a repository's URL, which is its identity in the catalogue (kit format 1,
// §0): https, host in lower case, without user, default port, query, fragment, ".git" or slash at the end. The forms
// of git remotes (git@host:path, ssh://, git://) become https. What is not the address of a host comes back trimmed
// and otherwise as it is. It never says where to fetch from: that is the route, not the identity.
func NormalizeURL(raw string) string {
	raw = strings.TrimSpace(raw)
	if user, rest, ok := strings.Cut(raw, "@"); ok && !strings.Contains(user, "/") && !strings.Contains(raw, "://") {
		if host, path, ok := strings.Cut(rest, ":"); ok {
			raw = "https://" + host + "/" + strings.TrimLeft(path, "/")
		}
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return raw
	}
	host, port := strings.ToLower(u.Hostname()), u.Port()
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	scheme := strings.ToLower(u.Scheme)
	switch scheme {
	case "http", "https", "git+http", "git+https":
		if port != "" && port != "80" && port != "443" {
			host += ":" + port
		}
	case "git", "ssh", "git+ssh":
		// Their ports belong to another protocol.
	default:
		return raw
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	for strings.HasSuffix(strings.ToLower(path), ".git") {
		path = strings.TrimRight(path[:len(path)-len(".git")], "/")
	}
	return "https://" + host + path
}
