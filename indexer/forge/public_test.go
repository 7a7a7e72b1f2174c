package forge_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/open-community-pa/riuso/indexer/forge"
	"github.com/open-community-pa/riuso/indexer/forge/forgetest"
)

// Of an owner whom somebody else has named a list says what it says to strangers: a token that sees more raises the limits
// and no more, whether the owner is an organisation or a user.
func TestAPublicListSaysWhatStrangersAreTold(t *testing.T) {
	all := append(repos(3), forgetest.Repo{Name: "riservato", Private: true, Pushed: pushed(), SizeKB: 1})
	for _, kind := range kinds() {
		for _, user := range []bool{false, true} {
			t.Run(fmt.Sprint(kind, user), func(t *testing.T) {
				s := forgetest.New(kind, "ente", all)
				s.User(user)
				var mu sync.Mutex
				with, without := map[string]bool{}, map[string]bool{}
				url, _ := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					mu.Lock()
					if r.Header.Get("Authorization") != "" {
						with[r.URL.Path] = true
					} else {
						without[r.URL.Path] = true
					}
					mu.Unlock()
					s.ServeHTTP(w, r)
				}))
				stranger := list(t, lister(t, nil), url+"/ente", "")
				clear(without)
				l := lister(t, func(c *forge.Config) { c.Public, c.Token = true, func(string) string { return "prova" } })
				got := list(t, l, url+"/ente", "")
				if strings.Join(names(got), " ") != strings.Join(names(stranger), " ") || len(got.Repositories) != 3 || got.Partial {
					t.Errorf("a stranger sees %v, with a token there are %v", names(stranger), names(got))
				}
				if again := list(t, l, url+"/ente", got.Mark); !again.Unchanged {
					t.Error("the second time it has changed")
				}
				mu.Lock()
				defer mu.Unlock()
				if len(with) == 0 {
					t.Error("the list was asked for without the token")
				}
				for path := range without {
					if strings.Contains(path, "ente") {
						t.Errorf("%s was asked for without the token", path)
					}
				}
			})
		}
	}
}

// What whoever is signed in may see, and nobody else, is not public: on Gitea such are the repositories of a limited owner.
func TestALimitedOwnerIsNotPublic(t *testing.T) {
	url, _ := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := `{"version":"1.26.0"}`
		switch {
		case strings.HasPrefix(r.URL.Path, "/api/v4/"):
			http.NotFound(w, r)
			return
		case strings.HasSuffix(r.URL.Path, "/repos"):
			body = `[{"id":1,"name":"interno","full_name":"ente/interno","size":1,"owner":{"visibility":"limited"}},` +
				`{"id":2,"name":"chiuso","full_name":"ente/chiuso","size":1,"owner":{"visibility":"private"}},` +
				`{"id":3,"name":"aperto","full_name":"ente/aperto","size":1,"owner":{"visibility":"public"}}]`
		}
		if _, err := w.Write([]byte(body)); err != nil {
			t.Error(err)
		}
	}))
	states := map[string]forge.State{}
	for _, r := range list(t, lister(t, nil), url+"/ente", "").Repositories {
		states[r.Name] = r.State
	}
	if states["interno"] != forge.Private || states["chiuso"] != forge.Private || states["aperto"] != "" || len(states) != 3 {
		t.Errorf("%v", states)
	}
	if got := names(list(t, lister(t, func(c *forge.Config) { c.Public = true }), url+"/ente", "")); len(got) != 1 || got[0] != "aperto" {
		t.Errorf("for strangers: %v", got)
	}
}

// A forge that lets in only who is signed in has nothing for strangers: a token would show them its names.
func TestAClosedForgeGetsNoTokenForStrangers(t *testing.T) {
	for _, kind := range []forge.Kind{forge.GitHub, forge.Gitea} {
		s := forgetest.New(kind, "ente", repos(2))
		url, _ := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "" {
				s.ServeHTTP(w, r)
				return
			}
			says := `{"message":"sign in","url":"https://forge.example.it/api/swagger"}`
			if kind == forge.GitHub {
				w.Header().Set("X-GitHub-Enterprise-Version", "3.19.0")
				says = `{"message":"Must authenticate to access this API."}`
			}
			w.WriteHeader(http.StatusUnauthorized)
			if _, err := w.Write([]byte(says)); err != nil {
				t.Error(err)
			}
		}))
		token := func(string) string { return "prova" }
		if got := list(t, lister(t, func(c *forge.Config) { c.Token = token }), url+"/ente", ""); len(got.Repositories) != 2 {
			t.Errorf("%s: the operator's own list has %d repositories", kind, len(got.Repositories))
		}
		l := lister(t, func(c *forge.Config) { c.Public, c.Token = true, token })
		for range 2 { // asked, then remembered
			if got, err := l.List(t.Context(), url+"/ente", ""); err == nil {
				t.Errorf("%s: strangers are told of %v", kind, names(got))
			}
		}
	}
}
