package forge_test

import (
	"errors"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/open-community-pa/riuso/indexer/forge"
	"github.com/open-community-pa/riuso/indexer/forge/forgetest"
)

// A host that was one forge and is another now: what it is now says whether the owner is there. Taken for what it was,
// all its repositories would be gone.
func TestHostBecomesAnotherForge(t *testing.T) {
	var now atomic.Pointer[forgetest.Server]
	now.Store(forgetest.New(forge.Gitea, "ente", repos(3)))
	address, _ := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { now.Load().ServeHTTP(w, r) }))
	l := lister(t, nil)
	first := list(t, l, address+"/ente", "")
	now.Store(forgetest.New(forge.GitLab, "ente", repos(4)))
	got := list(t, l, address+"/ente", first.Mark)
	if got.Kind != forge.GitLab || len(got.Repositories) != 4 {
		t.Errorf("%s with %d repositories", got.Kind, len(got.Repositories))
	}
	if _, err := l.List(t.Context(), address+"/altro", ""); !errors.Is(err, forge.ErrAbsent) {
		t.Errorf("nobody of that name: %v", err)
	}
}

// go-github leaves the body of every answer but 2xx open, and the client that goes out gives a host no turn while four
// answers of it are: the fifth page that had not changed was waited for without end.
func TestAnswersAreClosed(t *testing.T) {
	for _, kind := range kinds() {
		s := forgetest.New(kind, "ente", repos(100))
		address, _ := serve(t, s)
		l := lister(t, nil)
		mark := list(t, l, address+"/ente", "").Mark
		for range 10 {
			list(t, l, address+"/ente", mark)
			if _, err := l.List(t.Context(), address+"/nessuno", ""); !errors.Is(err, forge.ErrAbsent) {
				t.Fatal(err)
			}
		}
	}
}

// What is no mark, or that of another owner or kind, is as good as none.
func TestStrangeMarks(t *testing.T) {
	address, _ := serve(t, forgetest.New(forge.GitHub, "ente", repos(3)))
	other, _ := serve(t, forgetest.New(forge.GitHub, "altro", nil))
	l := lister(t, nil)
	foreign := list(t, l, other+"/altro", "").Mark
	if foreign == "" {
		t.Fatal("no mark of an owner without repositories")
	}
	for _, mark := range []string{foreign, "1", "1 github org", "1 github org x", `1 github org x "a" "b"`, "2 github org x", "\x00", "1 gitlab group x"} {
		if got := list(t, l, address+"/ente", mark); got.Unchanged || len(got.Repositories) != 3 {
			t.Errorf("%q: unchanged %v, %d repositories", mark, got.Unchanged, len(got.Repositories))
		}
	}
}
