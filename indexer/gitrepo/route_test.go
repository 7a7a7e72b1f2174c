package gitrepo

import (
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

func TestMirrorIsARouteAndNotAnIdentity(t *testing.T) {
	root := t.TempDir()
	gitrepotest.Init(t, filepath.Join(root, "comune", "portale"), software())
	url := "https://github.com/comune/portale"
	for _, target := range []string{gitrepotest.Serve(t, root) + "/", "file://" + root + "/", root + "/"} {
		r := reader(t, Config{Mirrors: []Mirror{{Prefix: "https://", Target: "https://127.0.0.1:1/"}, {Prefix: "https://github.com/", Target: target}}})
		s := open(t, r, url, nil)
		if s.URL != url {
			t.Errorf("by %s: URL is %s", target, s.URL)
		}
		if _, err := r.List(t.Context(), "https://github.com/../../etc"); !errors.Is(err, ErrInvalid) {
			t.Errorf("climbing out of a mirror: %v", err)
		}
		if _, err := r.List(t.Context(), "https://github.com/%2e%2e/%2e%2e/etc"); !errors.Is(err, ErrInvalid) {
			t.Errorf("climbing out of a mirror: %v", err)
		}
	}
}

func TestAddressesThatAreRefused(t *testing.T) {
	r := reader(t, Config{})
	for _, u := range []string{
		"", "git://example.org/x", "ssh://git@example.org/x", "git@example.org:x/y.git", "ext::sh -c id", "file:///etc", "/etc", "../x", "C:\\x",
		"https://user:secret@example.org/x", "https://example.org/a/../b", "https://", "http://a b/", "https://example.org/x?y=1", "https://example.org/\x00",
	} {
		refs, err := r.List(t.Context(), u)
		if !errors.Is(err, ErrInvalid) {
			t.Errorf("%q: %+v, %v", u, refs, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the password is in %v", u, err)
		}
	}
}

// asked is a client that notes which hosts it was sent to.
func asked(t *testing.T, hosts *[]string) *http.Client {
	t.Helper()
	return &http.Client{Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
		*hosts = append(*hosts, req.URL.Host)
		return http.DefaultTransport.RoundTrip(req)
	})}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// What a mirror routes goes out by the mirror's client, from the list to the last file; everything else by the other.
func TestAMirrorHasAClientOfItsOwn(t *testing.T) {
	root := t.TempDir()
	gitrepotest.Init(t, filepath.Join(root, "comune", "portale"), software())
	base := gitrepotest.Serve(t, root)
	var direct, routed []string
	r := reader(t, Config{Client: asked(t, &direct), Mirrors: []Mirror{{Prefix: "https://github.com/", Target: base + "/", Client: asked(t, &routed)}}})
	s := open(t, r, "https://github.com/comune/portale", nil)
	if _, err := r.History(t.Context(), s, []string{"publiccode.yml"}); err != nil {
		t.Fatal(err)
	}
	if len(direct) > 0 || len(routed) < 3 {
		t.Errorf("by the mirror's client %d requests, by the other %d", len(routed), len(direct))
	}
	routed = nil
	if s := open(t, r, base+"/comune/portale", nil); s.URL == "" || len(routed) > 0 || len(direct) < 3 {
		t.Errorf("a direct address: by the mirror's client %d requests, by the other %d", len(routed), len(direct))
	}
}
