package main

import (
	"context"
	"errors"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
)

// A mirror on loopback used to open loopback to whatever address a source proposes. It is open to what the mirror routes,
// and to nothing else: not to a direct address, on its port or another, nor to a public name that leads there.
func TestAMirrorOpensOnlyItsOwnRoute(t *testing.T) {
	root := t.TempDir()
	gitrepotest.Init(t, filepath.Join(root, "ente", "kit"), map[string]string{"publiccode.yml": "name: x\n"})
	h, err := gitrepotest.Handler(root)
	if err != nil {
		t.Fatal(err)
	}
	mirror, other := httptest.NewServer(h), httptest.NewServer(h)
	defer mirror.Close()
	defer other.Close()
	port := mirror.URL[strings.LastIndex(mirror.URL, ":")+1:]
	n := network{
		mirrors: []gitrepo.Mirror{{Prefix: "https://git.example.it", Target: strings.TrimSuffix(mirror.URL, "/")}},
		lookup: func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
		},
	}
	r, err := n.reader(0, false)
	if err != nil {
		t.Fatal(err)
	}
	refs, err := r.List(t.Context(), "https://git.example.it/ente/kit")
	if err != nil {
		t.Fatalf("by the mirror: %v", err)
	}
	if _, err := r.Open(t.Context(), "https://git.example.it/ente/kit", refs, nil); err != nil {
		t.Fatalf("by the mirror: %v", err)
	}
	for what, address := range map[string]string{
		"the mirror itself":             mirror.URL + "/ente/kit",
		"another port":                  other.URL + "/ente/kit",
		"localhost":                     "http://localhost:" + port + "/ente/kit",
		"a public name":                 "http://rebind.example.com:" + port + "/ente/kit",
		"a name that the prefix begins": "https://git.example.it.example.com/ente/kit",
		"a port behind the prefix":      "https://git.example.it" + "0/ente/kit",
	} {
		if _, err := r.List(t.Context(), address); !errors.Is(err, outbound.ErrBlockedAddress) && !errors.Is(err, gitrepo.ErrInvalid) {
			t.Errorf("%s (%s) is reached: %v", what, address, err)
		}
	}
}

func TestMirrorHost(t *testing.T) {
	for target, want := range map[string]string{
		"http://10.0.0.5/": "10.0.0.5:80", "https://Git.example.it": "Git.example.it:443", "http://[::1]:3000/x": "[::1]:3000", "/srv/git/": "", "file:///srv/git/": "",
	} {
		if got, err := mirrorHost(target); err != nil || got != want {
			t.Errorf("%s: %q, %v", target, got, err)
		}
	}
	for _, bad := range []string{"ftp://x/", "http://", "http://me@x/", "https://x/?a=1", "https://x/#a", "http://[::1/"} {
		if got, err := mirrorHost(bad); err == nil {
			t.Errorf("%s: %q", bad, got)
		}
	}
}

func TestFlagFaultsAreSaidInTheReadersLanguage(t *testing.T) {
	for _, tc := range []struct{ theirs, it, en string }{
		{"flag provided but not defined: -x", "l'opzione --x non esiste", "there is no option --x"},
		{"flag needs an argument: -data", "manca il valore di --data", "--data needs a value"},
		{`invalid value "x" for flag -page: parse error`, "il valore «x» non va bene per --page", `--page does not take "x"`},
		{`invalid boolean value "x" for -json: parse error`, "il valore «x» non va bene per --json", `--json does not take "x"`},
		{`invalid value "a: b" for flag -mirror: la ragione: questa`, "--mirror: la ragione: questa", "--mirror: la ragione: questa"},
		{"bad flag syntax: ---x", "«---x» non è un'opzione", `"---x" is not an option`},
	} {
		for lang, want := range map[schema.Lang]string{schema.It: tc.it, schema.En: tc.en} {
			if got := (&program{lang: lang}).flagFault(errors.New(tc.theirs)); got != want {
				t.Errorf("%s: %q, want %q", tc.theirs, got, want)
			}
		}
	}
}
