package forge

import (
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// maxURL is the longest address that is looked at, in bytes.
const maxURL = 2048

// place is a URL taken apart: where the forge is and whose repositories are meant.
type place struct {
	scheme, host string   // host in lower case, with the port when it is not the scheme's own
	prefix       string   // the folder of the server in which the forge lives, "/git"; mostly none
	path         []string // what follows: owner, group and subgroups; none for the whole server
}

// web is the address of the forge's front page, without a slash at the end.
func (p place) web() string { return p.scheme + "://" + p.host + p.prefix }

// key is how the forge is remembered.
func (p place) key() string { return p.host + p.prefix }

// find takes a URL apart and finds the kind that the operator gave to the host, or to the longest folder of it.
func find(raw string, kinds map[string]Kind) (place, Kind, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	switch {
	case len(raw) > maxURL || err != nil || strings.Trim(u.Hostname(), ".") == "" || u.Scheme != "https" && u.Scheme != "http":
		return place{}, "", fault(ErrNotForge, schema.T("l'indirizzo della fonte deve cominciare con https:// e portare alla pagina di un'organizzazione, di un gruppo o di un utente",
			"the address of the source must begin with https:// and lead to the page of an organisation, a group or a user"), nil)
	case u.User != nil:
		return place{}, "", fault(ErrNotForge, schema.T("l'indirizzo della fonte non deve contenere nome utente, password o token: toglieteli; il token si dà nella configurazione",
			"the address of the source must hold no user name, password or token: take them out; the token goes in the configuration"), nil)
	}
	p := place{scheme: u.Scheme, host: host(u)}
	for _, part := range strings.Split(strings.Trim(u.Path, "/"), "/") {
		if part == "" {
			continue
		}
		if !usable(part) {
			return place{}, "", fault(ErrNotForge, schema.T("l'indirizzo della fonte ha caratteri che il nome di un'organizzazione non può avere",
				"the address of the source has characters that the name of an organisation cannot have"), nil)
		}
		p.path = append(p.path, part)
	}
	if len(p.path) > maxSegments {
		return place{}, "", fault(ErrNotForge, schema.T("l'indirizzo della fonte ha troppe parti", "the address of the source has too many parts"), nil)
	}
	if p.host == "www.github.com" {
		p.host = "github.com"
	}
	for n := len(p.path); n >= 0; n-- {
		prefix := strings.Join(append([]string{""}, p.path[:n]...), "/")
		if kind, ok := kinds[p.host+prefix]; ok {
			p.prefix, p.path = prefix, p.path[n:]
			return p, kind, nil
		}
	}
	kind := known(p.host)
	if kind != "" {
		p.scheme = "https"
	}
	return p, kind, nil
}

// known gives the kind of the hosts that everybody knows.
func known(host string) Kind {
	switch {
	case host == "github.com" || strings.HasSuffix(host, ".ghe.com"):
		return GitHub
	case host == "gitlab.com":
		return GitLab
	case host == "codeberg.org" || host == "gitea.com":
		return Gitea
	}
	return ""
}

// shared says whether a host belongs to everybody: its whole list is nobody's source.
func shared(host string) bool { return known(host) != "" }

// host gives a URL's host in one form.
func host(u *url.URL) string {
	name, port := strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), u.Port()
	if strings.Contains(name, ":") {
		name = "[" + name + "]"
	}
	if port == "" || port == standard(u.Scheme) {
		return name
	}
	return name + ":" + port
}

// standard is the port of a scheme.
func standard(scheme string) string {
	return map[string]string{"http": "80", "https": "443"}[scheme]
}

// origin is scheme, host and port of a URL in one form.
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = standard(u.Scheme)
	}
	return u.Scheme + "://" + net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// private says whether a credential may go to an address: over https, or to this machine.
func private(u *url.URL) bool {
	if u.Scheme == "https" || u.Hostname() == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(u.Hostname())
	return err == nil && a.IsLoopback()
}

// api is where the forge's interface answers, with a slash at the end.
func (p place) api(kind Kind) string {
	switch kind {
	case GitLab:
		return p.web() + "/api/v4/"
	case Gitea:
		return p.web() + "/api/v1/"
	}
	if shared(p.host) { // GitHub's own, and those with data residence
		return "https://api." + p.host + "/"
	}
	return p.web() + "/api/v3/"
}

// owner gives whose repositories are meant: one name, or on GitLab a group with its parents; "" means the whole server.
func (p place) owner(kind Kind) (string, error) {
	parts := p.path
	if i := slices.Index(parts, "-"); i >= 0 {
		parts = parts[:i] // /group/-/children and the like: a page about the group
	}
	if len(parts) > 0 {
		switch first := parts[0]; {
		case first == "explore" && kind != GitHub:
			parts = nil
		case len(parts) > 1 && (first == "orgs" && kind == GitHub || first == "org" && kind == Gitea || first == "users" && kind == GitLab):
			parts = parts[1:2]
		case len(parts) > 1 && first == "groups" && kind == GitLab:
			parts = parts[1:]
		}
	}
	switch {
	case len(parts) == 0 && (kind == GitHub || shared(p.host)):
		return "", fault(ErrNotForge, schema.Tf("%s intero non è una fonte: aggiungete all'indirizzo il nome dell'organizzazione, del gruppo o dell'utente",
			"the whole of %s is no source: add the name of the organisation, group or user to the address", p.host), nil)
	case len(parts) > 1 && kind != GitLab:
		return "", fault(ErrNotForge, schema.Tf("l'indirizzo su %s ha più di un nome dopo l'host: sembra quello di un solo repository. Togliete ciò che segue il nome dell'organizzazione, oppure usate una fonte di tipo kit",
			"the address on %s has more than one name after the host: it looks like that of one repository. Take away what follows the organisation's name, or use a source of kind kit", p.host), nil)
	}
	return strings.Join(parts, "/"), nil
}
