package gitrepo

import (
	"errors"
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
		r := reader(t, Config{Mirrors: []Mirror{{"https://", "https://127.0.0.1:1/"}, {"https://github.com/", target}}})
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
