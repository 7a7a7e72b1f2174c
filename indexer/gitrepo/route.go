package gitrepo

import (
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
)

// Mirror sends every address that begins with Prefix to Target instead (Git's insteadOf). It is a route of the operator,
// never an identity: the repository keeps the address it was asked by.
type Mirror struct {
	Prefix, Target string
	// Client makes the requests that this route leads, and no others: what the operator's route may reach is not open to
	// the addresses that sources propose. Nil means Config.Client.
	Client *http.Client
}

// place is where a repository is really read: a folder, or the base URL of a server that speaks smart HTTP, or ssh by
// a client that makes it look so, and that client.
type place struct {
	dir      string
	url      string
	client   *http.Client
	from, to string // of the mirror that led here
}

// moved gives the address to which the server of a place sent us on, as it would have been asked for; "" when it did not,
// or led out of a mirror.
func (p place) moved(found string) string {
	if found == p.url {
		return ""
	}
	if p.to == "" {
		return found
	}
	if rest, ok := strings.CutPrefix(found, p.to); ok {
		return p.from + rest
	}
	return ""
}

// route finds the place of an address, or ErrInvalid with the reason. The longest prefix of a mirror wins; a mirror may
// lead to the local disk even where an address may not, because the operator wrote it.
func (r *Reader) route(address string, ask Ask) (place, error) {
	if err := checkAddress(address); err != nil {
		return place{}, err
	}
	local, client := r.c.AllowLocal && (ask.local || ask.Trusted), r.c.Client
	if ask.Trusted && r.c.TrustedClient != nil {
		client = r.c.TrustedClient
	}
	from, to := "", ""
	for _, m := range r.c.Mirrors { // sorted, longest first
		if rest, ok := strings.CutPrefix(address, m.Prefix); ok {
			address, local = m.Target+rest, true
			from, to = m.Prefix, m.Target
			if m.Client != nil {
				client = m.Client
			}
			break
		}
	}
	scheme, rest, ok := strings.Cut(address, "://")
	switch {
	case ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")):
		u, err := url.Parse(address)
		if err != nil || u.Host == "" {
			return place{}, fmt.Errorf("%w: %q is not a URL", ErrInvalid, shown(address))
		}
		if u.User != nil {
			return place{}, fmt.Errorf("%w: a user name or password inside the address", ErrInvalid)
		}
		if u.RawQuery != "" || u.Fragment != "" {
			return place{}, fmt.Errorf("%w: a repository has no query and no fragment", ErrInvalid)
		}
		if client == nil {
			return place{}, fmt.Errorf("%w: no client for http", ErrInvalid)
		}
		return place{url: strings.TrimRight(u.String(), "/"), client: client, from: from, to: to}, nil
	case (ok && strings.EqualFold(scheme, "ssh")) || (!ok && scpLike(address)):
		if !ask.Trusted || r.c.SSH == nil {
			return place{}, ErrNoSSH
		}
		at, err := sshPlace(address)
		return place{url: at, client: &http.Client{Transport: r.c.SSH}}, err
	case ok && !strings.EqualFold(scheme, "file"):
		return place{}, fmt.Errorf("%w: %s:// is not supported, use https://", ErrInvalid, shown(scheme))
	case !local:
		return place{}, fmt.Errorf("%w: a local path is for the operator only", ErrInvalid)
	}
	if ok {
		address = strings.TrimPrefix(rest, "localhost")
		if !strings.HasPrefix(address, "/") {
			return place{}, fmt.Errorf("%w: file:// takes an absolute path", ErrInvalid)
		}
	}
	return place{dir: filepath.Clean(address)}, nil
}

// checkAddress refuses what no repository is called.
func checkAddress(address string) error {
	if address == "" || len(address) > DefaultPathBytes || strings.ContainsFunc(address, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return fmt.Errorf("%w: empty, too long or with control characters", ErrInvalid)
	}
	if _, rest, ok := strings.Cut(address, "://"); ok {
		plain, err := url.PathUnescape(rest)
		if err != nil || slices.Contains(strings.FieldsFunc(plain, func(r rune) bool { return r == '/' || r == '\\' }), "..") {
			return fmt.Errorf("%w: a path that climbs", ErrInvalid)
		}
	}
	return nil
}

// scpLike recognises host:path and user@host:path.
func scpLike(address string) bool {
	before, _, ok := strings.Cut(address, ":")
	return ok && before != "" && !strings.Contains(before, "/")
}
