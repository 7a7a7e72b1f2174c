package forge_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/open-community-pa/riuso/indexer/forge"
	"github.com/open-community-pa/riuso/indexer/forge/forgetest"
	"github.com/open-community-pa/riuso/indexer/outbound"
)

// kinds are the forges that every test of paging runs on.
func kinds() []forge.Kind { return []forge.Kind{forge.GitHub, forge.GitLab, forge.Gitea} }

// pushed is the moment from which the tests count.
func pushed() time.Time { return time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC) }

// client goes out as the program does, to loopback alone.
func client(t testing.TB) *http.Client {
	t.Helper()
	c, err := outbound.New(outbound.Config{AllowNet: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdleConnections)
	return c
}

// serve gives the address and the host of a server on loopback.
func serve(t testing.TB, h http.Handler) (url, host string) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL, strings.TrimPrefix(s.URL, "http://")
}

// lister makes a Lister; change says what differs from the usual.
func lister(t testing.TB, change func(*forge.Config)) *forge.Lister {
	t.Helper()
	c := forge.Config{Client: client(t)}
	if change != nil {
		change(&c)
	}
	l, err := forge.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// list lists and wants no error.
func list(t testing.TB, l *forge.Lister, url, mark string) forge.Listing {
	t.Helper()
	out, err := l.List(t.Context(), url, mark)
	if err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	return out
}

// repos are n repositories with their dates.
func repos(n int) []forgetest.Repo {
	out := make([]forgetest.Repo, n)
	for i := range out {
		out[i] = forgetest.Repo{Name: fmt.Sprintf("kit-%05d", i), Description: "Un kit di riuso", Pushed: pushed().Add(time.Duration(i) * time.Hour), SizeKB: 40}
	}
	return out
}

func names(l forge.Listing) []string {
	out := []string{}
	for _, r := range l.Repositories {
		out = append(out, r.Name)
	}
	return out
}

// Whatever the kind, which nobody has said, and however many there are: all of them, once, in order, and the second time
// nothing.
func TestEveryRepositoryIsListedOnce(t *testing.T) {
	for _, kind := range kinds() {
		for _, n := range []int{0, 1, 49, 50, 51, 99, 100, 101, 200, 1000} {
			t.Run(fmt.Sprint(kind, n), func(t *testing.T) {
				s := forgetest.New(kind, "Comune-Esempio", repos(n))
				url, _ := serve(t, s)
				l := lister(t, nil)
				got := list(t, l, url+"/comune-esempio/", "")
				if got.Kind != kind || got.Partial || got.Unchanged || len(got.Repositories) != n || got.Exact != (kind == forge.GitHub) {
					t.Fatalf("%s: %d repositories, partial %v (%s), unchanged %v", got.Kind, len(got.Repositories), got.Partial, got.Why.En, got.Unchanged)
				}
				for i, r := range got.Repositories {
					want := forge.Repository{URL: fmt.Sprintf("%s/Comune-Esempio/kit-%05d", url, i), CloneURL: fmt.Sprintf("%s/Comune-Esempio/kit-%05d.git", url, i),
						Name: fmt.Sprintf("kit-%05d", i), FullName: fmt.Sprintf("Comune-Esempio/kit-%05d", i), Description: "Un kit di riuso", Branch: "main",
						Pushed: pushed().Add(time.Duration(i) * time.Hour), SizeKB: 40}
					if kind == forge.GitLab {
						want.SizeKB = 0
					}
					if diff := cmp.Diff(want, r); diff != "" {
						t.Fatal(diff)
					}
				}
				full, _ := s.Answers()
				again := list(t, l, url+"/comune-esempio", got.Mark)
				if !again.Unchanged || again.Repositories != nil || again.Mark != got.Mark {
					t.Errorf("the second time: unchanged %v, %d repositories, the same mark %v", again.Unchanged, len(again.Repositories), again.Mark == got.Mark)
				}
				after, _ := s.Answers()
				if kind != forge.Gitea && after != full {
					t.Errorf("the second time %d pages were sent although each has an ETag", after-full)
				}
				if again.Requests != got.Requests-detection(kind) {
					t.Errorf("the second time %d requests, the first %d", again.Requests, got.Requests)
				}
			})
		}
	}
}

// detection is how many requests it takes to know a kind.
func detection(kind forge.Kind) int {
	return map[forge.Kind]int{forge.GitLab: 1, forge.Gitea: 2, forge.GitHub: 4}[kind]
}

// Each way in which a list can differ is seen, on whatever page it lies: by the first page alone it would not be.
func TestWhatChangedIsSeen(t *testing.T) {
	for _, kind := range kinds() {
		for what, change := range map[string]func(*forgetest.Server){
			"a push on the first page":    func(s *forgetest.Server) { s.Push("kit-00000", pushed().AddDate(1, 0, 0)) },
			"a push on the last page":     func(s *forgetest.Server) { s.Push("kit-00199", pushed().AddDate(1, 0, 0)) },
			"a deletion on the last page": func(s *forgetest.Server) { s.Remove("kit-00150") },
			"a deletion":                  func(s *forgetest.Server) { s.Remove("kit-00010") },
			"a new one after full pages":  func(s *forgetest.Server) { s.Put(forgetest.Repo{Name: "nuovo"}) },
			"archived":                    func(s *forgetest.Server) { s.Put(forgetest.Repo{Name: "kit-00120", Archived: true}) },
			"another owner":               func(s *forgetest.Server) { s.Rename("Unione-Esempio") },
		} {
			t.Run(string(kind)+" "+what, func(t *testing.T) {
				s := forgetest.New(kind, "ente", repos(200))
				url, _ := serve(t, s)
				l := lister(t, nil)
				first := list(t, l, url+"/ente", "")
				change(s)
				got := list(t, l, url+"/ente", first.Mark)
				whole := list(t, l, url+"/ente", "")
				if got.Unchanged || got.Partial || len(got.Repositories) == 0 {
					t.Fatalf("unchanged %v, partial %v, %d repositories", got.Unchanged, got.Partial, len(got.Repositories))
				}
				if diff := cmp.Diff(whole.Repositories, got.Repositories); diff != "" {
					t.Errorf("not what a listing from nothing gives: %s", diff)
				}
				if got.Mark != whole.Mark {
					t.Error("not the same mark as a listing from nothing")
				}
			})
		}
	}
}

// What a listing of many pages that has not changed costs of GitHub's rate limit: nothing.
func TestUnchangedCostsNothingOfTheRateLimit(t *testing.T) {
	s := forgetest.New(forge.GitHub, "ente", repos(350))
	url, _ := serve(t, s)
	l := lister(t, nil)
	first := list(t, l, url+"/ente", "")
	full, _ := s.Answers()
	for range 3 {
		if got := list(t, l, url+"/ente", first.Mark); !got.Unchanged || got.Bytes != 0 || got.Requests != 4 {
			t.Errorf("unchanged %v, %d bytes, %d requests", got.Unchanged, got.Bytes, got.Requests)
		}
	}
	if now, same := s.Answers(); now != full || same != 12 {
		t.Errorf("%d pages sent, %d not", now-full, same)
	}
}

// What is left out says why; what is only marked is there to be visited.
func TestStatesAndFlags(t *testing.T) {
	all := []forgetest.Repo{
		{Name: "a-vuoto", Empty: true}, {Name: "b-chiuso", Disabled: true, Pushed: pushed(), SizeKB: 1}, {Name: "c-archiviato", Archived: true, Pushed: pushed()},
		{Name: "d-derivato", Fork: true, Parent: "altro/d", Pushed: pushed()}, {Name: "e-specchio", Mirror: true, Pushed: pushed()},
		{Name: "f-modello", Template: true, Pushed: pushed(), Branch: "principale"}, {Name: "g-riservato", Private: true, Pushed: pushed()},
	}
	for _, kind := range kinds() {
		t.Run(string(kind), func(t *testing.T) {
			s := forgetest.New(kind, "ente", all)
			url, _ := serve(t, s)
			l := lister(t, func(c *forge.Config) { c.Token = func(string) string { return "prova" } })
			by := map[string]forge.Repository{}
			for _, r := range list(t, l, url+"/ente", "").Repositories {
				by[r.Name] = r
			}
			for name, want := range map[string]forge.State{"a-vuoto": forge.Empty, "b-chiuso": forge.Disabled, "c-archiviato": "", "d-derivato": "", "e-specchio": "", "f-modello": ""} {
				r, ok := by[name]
				if !ok || r.State != want || r.State.Reason().IsZero() != (want == "") {
					t.Errorf("%s: there %v, state %q, reason %q", name, ok, r.State, r.State.Reason().It)
				}
			}
			if r, ok := by["g-riservato"]; ok != (kind == forge.Gitea) || ok && r.State != forge.Private {
				t.Errorf("the private one: there %v, %q", ok, r.State)
			}
			if !by["c-archiviato"].Archived || !by["d-derivato"].Fork || !by["e-specchio"].Mirror || by["f-modello"].Template == (kind == forge.GitLab) {
				t.Errorf("flags: %+v", by)
			}
			if p := by["d-derivato"].Parent; p != "altro/d" && kind != forge.GitHub {
				t.Errorf("made from %q", p)
			}
			if b := by["f-modello"].Branch; b != "principale" {
				t.Errorf("branch %q", b)
			}
		})
	}
}

// A name that is a user's and not an organisation's: all pages of it, and the second time no question in vain.
func TestUserWithManyPages(t *testing.T) {
	for _, kind := range kinds() {
		t.Run(string(kind), func(t *testing.T) {
			s := forgetest.New(kind, "ufficio", repos(230))
			s.User(true)
			url, _ := serve(t, s)
			l := lister(t, nil)
			got := list(t, l, url+"/ufficio", "")
			if len(got.Repositories) != 230 || got.Partial {
				t.Fatalf("%d repositories, partial %v", len(got.Repositories), got.Partial)
			}
			again := list(t, l, url+"/ufficio", got.Mark)
			if !again.Unchanged || kind != forge.Gitea && again.Requests != 3 {
				t.Errorf("unchanged %v after %d requests", again.Unchanged, again.Requests)
			}
			s.User(false)
			now := list(t, l, url+"/ufficio", got.Mark)
			if len(now.Repositories) != 230 && !now.Unchanged {
				t.Errorf("become an organisation: %d repositories", len(now.Repositories))
			}
			if _, err := l.List(t.Context(), url+"/nessuno", ""); !errors.Is(err, forge.ErrAbsent) {
				t.Errorf("nobody: %v", err)
			}
		})
	}
}

// The whole of a server of one's own, and on GitLab a group below another.
func TestWholeServerAndSubgroups(t *testing.T) {
	for _, kind := range []forge.Kind{forge.GitLab, forge.Gitea} {
		s := forgetest.New(kind, "ente", repos(321))
		url, _ := serve(t, s)
		l := lister(t, nil)
		for _, page := range []string{url, url + "/", url + "/explore/repos"} {
			got := list(t, l, page, "")
			if len(got.Repositories) != 321 || got.Partial || got.Owner != "" {
				t.Errorf("%s: %d repositories of %q, partial %v %s", page, len(got.Repositories), got.Owner, got.Partial, got.Why.En)
			}
			if again := list(t, l, page, got.Mark); !again.Unchanged {
				t.Errorf("%s: changed", page)
			}
		}
	}
	s := forgetest.New(forge.GitLab, "regione/enti", []forgetest.Repo{{Name: "kit"}, {Name: "uffici/kit"}, {Name: "uffici/suap/kit"}})
	url, _ := serve(t, s)
	l := lister(t, nil)
	for page, want := range map[string]int{"/regione/enti": 3, "/groups/regione/enti/-/children": 3, "/regione/enti/uffici": 2, "/regione/enti/uffici/suap": 1} {
		got := list(t, l, url+page, "")
		if len(got.Repositories) != want {
			t.Errorf("%s: %v", page, names(got))
		}
		if r := got.Repositories[len(got.Repositories)-1]; r.URL != url+"/regione/enti/uffici/suap/kit" || r.Name != "kit" {
			if want != 3 || r.URL == "" {
				t.Errorf("%s: %+v", page, r)
			}
		}
	}
	if _, err := l.List(t.Context(), url+"/regione/altri", ""); !errors.Is(err, forge.ErrAbsent) {
		t.Errorf("no such group: %v", err)
	}
}

// The name of an organisation changed: the redirect is followed, the addresses are the new ones.
func TestRenamedOwner(t *testing.T) {
	for _, kind := range kinds() {
		s := forgetest.New(kind, "vecchio", repos(3))
		s.Rename("nuovo")
		url, _ := serve(t, s)
		got := list(t, lister(t, nil), url+"/vecchio", "")
		if len(got.Repositories) != 3 || got.Repositories[0].URL != url+"/nuovo/kit-00000" {
			t.Errorf("%s: %+v", kind, got.Repositories)
		}
		if kind != forge.GitLab && got.Owner != "nuovo" {
			t.Errorf("%s: owner %q", kind, got.Owner)
		}
	}
}
