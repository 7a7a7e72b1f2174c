package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/open-community-pa/riuso/indexer/forge"
	"github.com/open-community-pa/riuso/indexer/forge/forgetest"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// heard are the paths that a server was asked for, with a credential and without.
type heard struct {
	mu            sync.Mutex
	with, without []string
}

func (h *heard) before(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		if r.Header.Get("Authorization") == "" && r.Header.Get("Private-Token") == "" {
			h.without = append(h.without, r.URL.Path)
		} else {
			h.with = append(h.with, r.URL.Path)
		}
		h.mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// The owners that a list of publishers names are asked for with the operator's token for their forge, since GitHub answers
// sixty questions an hour to those who have none. Their repositories are read without it, as is the list that named them;
// and what only the token can see is neither visited nor named, nor counted.
func TestOwnersThatOthersNameAreListedWithTheToken(t *testing.T) {
	const token = "gettone-che-vede-tutto"
	for _, kind := range []forge.Kind{forge.GitHub, forge.GitLab, forge.Gitea} {
		t.Run(string(kind), func(t *testing.T) {
			f := newFederated(t, kind)
			var there, elsewhere heard
			srv := httptest.NewServer(there.before(f.forge))
			t.Cleanup(srv.Close)
			f.at = srv.URL
			f.repository("uno")
			f.repository("riservato")
			f.forge.Put(forgetest.Repo{Name: "riservato", Private: true, Pushed: gitrepotest.Start(), SizeKB: 9})
			list := httptest.NewServer(elsewhere.before(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if _, err := fmt.Fprintf(w, "- id: c_x002\n  name: Comune di Esempio\n  orgs: [%s/ente]\n  repos: []\n", f.at); err != nil {
					t.Error(err)
				}
			})))
			t.Cleanup(list.Close)
			if err := os.Remove(filepath.Join(f.folder, "sources", "ente.md")); err != nil {
				t.Fatal(err)
			}
			f.source("elenco", "publishers", list.URL+"/publishers.yml", "")
			tokens := filepath.Join(t.TempDir(), "tokens")
			if err := os.WriteFile(tokens, []byte(strings.TrimPrefix(f.at, "http://")+" "+token+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			data := t.TempDir()
			out := f.crawl(data, "--token-file", tokens, "--json")
			if !strings.Contains(out, "/ente/uno") || strings.Contains(out, "riservato") || strings.Contains(out, token) {
				t.Errorf("the crawl says:\n%s", out)
			}
			again := f.crawl(data, "--token-file", tokens, "--json")
			if !strings.Contains(again, `"unchanged": 3`) {
				t.Errorf("the second crawl:\n%s", again)
			}
			there.mu.Lock()
			if len(there.with) == 0 {
				t.Error("the owner was listed without the token")
			}
			for _, path := range there.with {
				if !strings.HasPrefix(path, "/api/") || !strings.Contains(path, "ente") {
					t.Errorf("the token went to %s", path)
				}
			}
			git := 0
			for _, path := range append(there.without, there.with...) {
				if strings.Contains(path, "riservato") {
					t.Errorf("the private repository was asked for: %s", path)
				}
				if strings.HasPrefix(path, "/ente/uno") {
					git++
				}
			}
			there.mu.Unlock()
			if git == 0 {
				t.Error("the public repository was not visited")
			}
			elsewhere.mu.Lock()
			if len(elsewhere.with) > 0 || len(elsewhere.without) == 0 {
				t.Errorf("the list of publishers: with a credential %v, without %v", elsewhere.with, elsewhere.without)
			}
			elsewhere.mu.Unlock()

			site := f.serve("--data", data, "--token-file", tokens)
			owner := ownerIn(t, out)
			for page, tells := range map[string]string{"/fonti": "elenco", "/fonti/" + owner: "/ente/uno", "/api/v1/sources": "elenco", "/api/v1/sources/" + owner: owner} {
				body := site.get(page)
				if !strings.Contains(body, tells) {
					t.Errorf("%s does not say %q", page, tells)
				}
				if strings.Contains(body, "riservato") || strings.Contains(body, "non è pubblico") || strings.Contains(body, token) {
					t.Errorf("%s tells of the private repository", page)
				}
			}
		})
	}
}

// ownerIn gives the source of kind forge of a report in JSON.
func ownerIn(t *testing.T, report string) string {
	t.Helper()
	var all struct {
		Sources []struct{ Source, Kind string }
	}
	if err := json.Unmarshal([]byte(report), &all); err != nil {
		t.Fatal(err)
	}
	for _, s := range all.Sources {
		if s.Kind == "forge" {
			return s.Source
		}
	}
	t.Fatalf("no owner in the report:\n%s", report)
	return ""
}

// get gives a page.
func (o *ownSite) get(path string) string {
	o.Helper()
	req, err := http.NewRequestWithContext(o.Context(), http.MethodGet, o.base+path, nil)
	if err != nil {
		o.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		o.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		o.Fatal(err)
	}
	return string(b)
}
