package outbound

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

// The client of a route reaches the host and port of the route, and nothing else: no other port of the same machine, no
// other machine by a redirect, public or not.
func TestOnlyTheHostsOfTheRoute(t *testing.T) {
	other := server(t, func(w http.ResponseWriter, _ *http.Request) { write(t, w, "secret") })
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, other.URL, http.StatusFound)
		case "/public":
			http.Redirect(w, r, "http://93.184.216.34/", http.StatusFound)
		case "/here":
			http.Redirect(w, r, "/", http.StatusFound)
		default:
			write(t, w, "ok")
		}
	})
	cl, err := New(Config{AllowHosts: []string{strings.TrimPrefix(s.URL, "http://")}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cl.CloseIdleConnections)
	for _, u := range []string{s.URL, s.URL + "/here"} {
		if got, err := read(t, cl, u); err != nil || got != "ok" {
			t.Errorf("%s: %q, %v", u, got, err)
		}
	}
	for u, want := range map[string]error{
		other.URL:              ErrBlockedAddress,
		"http://93.184.216.34": ErrBlockedAddress,
		s.URL + "/away":        ErrRedirect,
		s.URL + "/public":      ErrRedirect,
	} {
		if got, err := read(t, cl, u); !errors.Is(err, want) {
			t.Errorf("%s: %q, %v", u, got, err)
		}
	}
}

// The name that the operator wrote may lead anywhere; another name for the same place is not the route.
func TestTheRouteIsAName(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, _ *http.Request) { write(t, w, "ok") })
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	cl, err := New(Config{AllowHosts: []string{"Mirror.example:" + u.Port()}, Lookup: func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cl.CloseIdleConnections)
	if got, err := read(t, cl, "http://mirror.example:"+u.Port()); err != nil || got != "ok" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := read(t, cl, "http://other.example:"+u.Port()); !errors.Is(err, ErrBlockedAddress) {
		t.Errorf("another name: %q, %v", got, err)
	}
	for _, bad := range []string{"mirror.example", ":80", "mirror.example:", "http://mirror.example"} {
		if _, err := New(Config{AllowHosts: []string{bad}}); err == nil {
			t.Errorf("%q is not host:port", bad)
		}
	}
}
