// Package forgetest is a small forge for tests and demonstrations: it lists the repositories of one owner the way GitHub,
// GitLab or Gitea do, with their paging, entity tags and rate limits, from data that may change while it runs. It keeps no
// page in memory: each is written when it is asked for, so twenty thousand repositories cost what their names cost.
//
// It listens nowhere by itself: give it to httptest.NewServer or to an http.Server on loopback. On a host of its own
// GitHub's interface is at /api/v3/, as on GitHub Enterprise.
package forgetest

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-community-pa/riuso/indexer/forge"
)

// Repo is one repository of the owner. The zero value of all but Name is an ordinary one.
type Repo struct {
	Name                string // on GitLab a subgroup may stand before it: "uffici/kit-cit"
	Description, Branch string // no branch means "main"
	Pushed              time.Time
	SizeKB              int64
	Parent              string // full name of what a fork was made from

	Empty, Private, Disabled, Archived, Fork, Mirror, Template bool
}

// Server answers like a forge. Its methods may be used while it serves.
type Server struct {
	kind forge.Kind

	mu      sync.RWMutex
	owner   string
	former  string // a name that leads to owner
	user    bool
	repos   []entry
	byName  map[string]int // name in lower case: where it is in repos
	nextID  int64
	nextRev int64
	hidden  int // private repositories
	git     http.Handler
	left    int // answers before the limit; negative: no limit
	reset   time.Time
	full    int // answers with a list
	same    int // answers 304
}

// entry is a repository with what the server adds to it.
type entry struct {
	Repo
	id  int64
	rev int64 // changes whenever the repository does
}

// New makes a server of the kind with the repositories of one organisation (on GitLab: of one group), in the order in
// which they were created. Of two with the same name the later stands.
func New(kind forge.Kind, owner string, repos []Repo) *Server {
	s := &Server{kind: kind, owner: owner, byName: make(map[string]int, len(repos)), left: -1}
	for _, r := range repos {
		s.Put(r)
	}
	return s
}

// Put adds a repository, or replaces the one of that name.
func (s *Server) Put(r Repo) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextRev++
	if r.Private {
		s.hidden++
	}
	name := strings.ToLower(r.Name)
	if i, ok := s.byName[name]; ok {
		if s.repos[i].Private {
			s.hidden--
		}
		s.repos[i] = entry{Repo: r, id: s.repos[i].id, rev: s.nextRev}
		return
	}
	s.nextID++
	s.byName[name] = len(s.repos)
	s.repos = append(s.repos, entry{Repo: r, id: s.nextID, rev: s.nextRev})
}

// Push moves the date of the last push of a repository; it reports whether there is one of that name.
func (s *Server) Push(name string, at time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, ok := s.byName[strings.ToLower(name)]
	if ok {
		s.nextRev++
		s.repos[i].Pushed, s.repos[i].rev = at, s.nextRev
	}
	return ok
}

// Remove deletes a repository; it reports whether there was one of that name.
func (s *Server) Remove(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	name = strings.ToLower(name)
	i, ok := s.byName[name]
	if !ok {
		return false
	}
	if s.repos[i].Private {
		s.hidden--
	}
	s.repos = slices.Delete(s.repos, i, i+1)
	delete(s.byName, name)
	for j := i; j < len(s.repos); j++ {
		s.byName[strings.ToLower(s.repos[j].Name)] = j
	}
	return true
}

// Rename gives the owner another name; requests for the former are redirected to it.
func (s *Server) Rename(owner string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.former, s.owner = s.owner, owner
}

// User makes the owner a user, or an organisation (a group) again.
func (s *Server) User(yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.user = yes
}

// Limit lets n more lists through and then answers that there were too many requests, until reset; the limit ends with
// the next call, and with a negative n there is none. Answers 304 do not count, as on GitHub.
func (s *Server) Limit(n int, reset time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.left, s.reset = n, reset
}

// Git takes the requests that are not for the interface: with a server of Git repositories, which has the repository
// "name" of "owner" at /owner/name, the addresses that are listed can be cloned, with .git at the end and without.
func (s *Server) Git(h http.Handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.git = h
}

// Answers says how many lists were sent whole, and how many times "not changed" was answered instead.
func (s *Server) Answers() (full, same int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.full, s.same
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.EscapedPath()
	if strings.HasPrefix(path, "/api/") {
		if r.Method != http.MethodGet {
			refuse(w, http.StatusMethodNotAllowed, "Method Not Allowed")
			return
		}
		s.serve(w, r, path)
		return
	}
	s.mu.RLock()
	git := s.git
	s.mu.RUnlock()
	if git == nil {
		refuse(w, http.StatusNotFound, "Not Found")
		return
	}
	if i := strings.Index(r.URL.Path, ".git/"); i > 0 {
		r = r.Clone(r.Context())
		r.URL.Path, r.URL.RawPath = r.URL.Path[:i]+r.URL.Path[i+len(".git"):], ""
	}
	git.ServeHTTP(w, r)
}
