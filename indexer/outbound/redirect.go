package outbound

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// carried are the headers that may follow a redirect to another origin: none of them can hold a credential.
func carried() []string {
	return []string{"Accept", "Accept-Language", "Content-Type", "Content-Length", "Git-Protocol"}
}

// checkURL refuses what is not plain http or https.
func checkURL(req *http.Request) error {
	u := req.URL
	if u == nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return fmt.Errorf("%w: %s", ErrScheme, scheme(u))
	}
	if u.User != nil {
		return ErrScheme
	}
	return nil
}

func scheme(u *url.URL) string {
	if u == nil || u.Scheme == "" {
		return "no scheme"
	}
	return u.Scheme
}

// checkRedirect counts the hops, refuses to leave https, and leaves every header that could be a credential behind
// once the chain has left the first origin, even if it comes back later. Where only some hosts may be reached (host:port)
// it stays among them.
func checkRedirect(limit int, only map[string]bool) func(*http.Request, []*http.Request) error {
	return func(req *http.Request, via []*http.Request) error {
		if len(via) > limit {
			return fmt.Errorf("%w: more than %d", ErrRedirect, limit)
		}
		if err := checkURL(req); err != nil {
			return fmt.Errorf("%w: %w", ErrRedirect, err)
		}
		if via[len(via)-1].URL.Scheme == "https" && req.URL.Scheme != "https" {
			return fmt.Errorf("%w: from https to %s", ErrRedirect, req.URL.Scheme)
		}
		if len(only) > 0 && !only[strings.ToLower(HostPort(req.URL))] {
			return fmt.Errorf("%w: to %s, away from the operator's route", ErrRedirect, req.URL.Host)
		}
		if leaves(req, via) {
			kept := http.Header{}
			for _, name := range carried() {
				if v, ok := req.Header[name]; ok {
					kept[name] = v
				}
			}
			req.Header = kept
		}
		return nil
	}
}

// leaves says whether this hop, or one before it, has another origin than the first request.
func leaves(req *http.Request, via []*http.Request) bool {
	first := origin(via[0].URL)
	if origin(req.URL) != first {
		return true
	}
	for _, v := range via {
		if origin(v.URL) != first {
			return true
		}
	}
	return false
}

// origin is the scheme, host and port of a URL in one form.
func origin(u *url.URL) string {
	return u.Scheme + "://" + strings.ToLower(HostPort(u))
}

// HostPort gives the host and port that a URL is connected to, the port also where the URL leaves it out.
func HostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[strings.ToLower(u.Scheme)]
	}
	return net.JoinHostPort(u.Hostname(), port)
}
