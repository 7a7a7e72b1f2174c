package forgetest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/indexer/forge"
)

func get(t *testing.T, s http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// The address of a repository leads to the Git server, with .git and without; the interface does not.
func TestGitBehindTheForge(t *testing.T) {
	s := New(forge.Gitea, "ente", []Repo{{Name: "kit"}})
	if w := get(t, s, "/ente/kit/info/refs"); w.Code != http.StatusNotFound {
		t.Errorf("without a Git server: %d", w.Code)
	}
	s.Git(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.WriteString(w, "git "+r.URL.Path); err != nil {
			t.Error(err)
		}
	}))
	for path, want := range map[string]string{
		"/ente/kit/info/refs":     "git /ente/kit/info/refs",
		"/ente/kit.git/info/refs": "git /ente/kit/info/refs",
		"/api/v1/version":         `{"version":"1.26.0"}`,
	} {
		if got := get(t, s, path).Body.String(); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

// An entity tag stands as long as its page does, and no longer.
func TestTags(t *testing.T) {
	s := New(forge.GitHub, "ente", []Repo{{Name: "a"}, {Name: "b"}})
	const path = "/api/v3/orgs/ente/repos?sort=created&direction=asc&per_page=1&page="
	one, two := get(t, s, path+"1").Header().Get("ETag"), get(t, s, path+"2").Header().Get("ETag")
	s.Push("b", time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	if w := get(t, s, path+"1", "If-None-Match", one); w.Code != http.StatusNotModified {
		t.Errorf("the page that has not changed: %d", w.Code)
	}
	if w := get(t, s, path+"2", "If-None-Match", two); w.Code != http.StatusOK {
		t.Errorf("the page that changed: %d", w.Code)
	}
	if !s.Remove("a") || s.Remove("a") {
		t.Error("removed not once")
	}
	if w := get(t, s, path+"1", "If-None-Match", one); w.Code != http.StatusOK {
		t.Errorf("after a deletion: %d", w.Code)
	}
	if full, same := s.Answers(); full != 4 || same != 1 {
		t.Errorf("%d lists, %d not changed", full, same)
	}
}

// BenchmarkPages serves all pages of 20,000 repositories.
func BenchmarkPages(b *testing.B) {
	all := make([]Repo, 20_000)
	for i := range all {
		all[i].Name = fmt.Sprint("kit-", i)
	}
	s := New(forge.GitHub, "ente", all)
	for b.Loop() {
		for page := 1; page <= 200; page++ {
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, fmt.Sprint("/api/v3/orgs/ente/repos?sort=created&direction=asc&per_page=100&page=", page), nil))
			if w.Code != http.StatusOK {
				b.Fatal(w.Code)
			}
		}
	}
}
