package peertest

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Sizes of a page, as the servers of that API have them.
const (
	defaultSize = 25
	maxSize     = 100
)

// Software is one entry, in the form of the API.
type Software struct {
	ID         string    `json:"id"`
	CatalogID  string    `json:"catalogId,omitempty"`
	URL        string    `json:"url"`
	Aliases    []string  `json:"aliases"`
	PublicCode string    `json:"publiccodeYml"`
	Active     bool      `json:"active"`
	Vitality   *string   `json:"vitality"`
	CreatedAt  time.Time `json:"createdAt"`
	UpdatedAt  time.Time `json:"updatedAt"`
}

// Publisher is one publisher, in the form of the API.
type Publisher struct {
	ID            string        `json:"id"`
	CatalogID     string        `json:"catalogId,omitempty"`
	AlternativeID string        `json:"alternativeId,omitempty"`
	Description   string        `json:"description"`
	Email         string        `json:"email"`
	Active        bool          `json:"active"`
	CodeHosting   []CodeHosting `json:"codeHosting"`
	CreatedAt     time.Time     `json:"createdAt"`
}

// CodeHosting is a place of a publisher; a group is an organisation.
type CodeHosting struct {
	URL   string `json:"url"`
	Group bool   `json:"group"`
}

// Catalogue is one catalogue within the server.
type Catalogue struct {
	ID        string          `json:"id"`
	Name      string          `json:"name"`
	Active    bool            `json:"active"`
	Sources   []CatalogSource `json:"sources"`
	CreatedAt time.Time       `json:"createdAt"`
}

// CatalogSource is what feeds a catalogue.
type CatalogSource struct {
	URL    string `json:"url"`
	Driver string `json:"driver"`
}

// API is a server of the Developers Italia API, below /v1. The zero value is an empty one.
type API struct {
	Validators bool   // answers carry an ETag and heed If-None-Match; the real servers have none
	Old        bool   // a server of before there were catalogues
	Apart      bool   // the main lists hold only what belongs to no catalogue
	Token      string // that is asked for, when not ""

	mu         sync.Mutex
	software   []Software
	publishers []Publisher
	catalogues []Catalogue
	fault      func(w http.ResponseWriter, r *http.Request) bool
	asked      []string
}

// Set replaces what the server lists.
func (a *API) Set(software []Software, publishers []Publisher, catalogues []Catalogue) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.software = ordered(software, func(s Software) (time.Time, string) { return s.CreatedAt, s.ID })
	a.publishers = ordered(publishers, func(p Publisher) (time.Time, string) { return p.CreatedAt, p.ID })
	a.catalogues = ordered(catalogues, func(c Catalogue) (time.Time, string) { return c.CreatedAt, c.ID })
}

// Fault lets f answer first; it says whether it did. nil ends it.
func (a *API) Fault(f func(w http.ResponseWriter, r *http.Request) bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.fault = f
}

// Asked gives the requests so far, each with path and query, and forgets them.
func (a *API) Asked() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	out := a.asked
	a.asked = nil
	return out
}

// Start serves h on loopback until the test ends, and gives its address.
func Start(t testing.TB, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// ServeHTTP answers one request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.asked = append(a.asked, r.URL.RequestURI())
	fault, software, publishers, catalogues := a.fault, a.software, a.publishers, a.catalogues
	a.mu.Unlock()
	if fault != nil && fault(w, r) {
		return
	}
	if a.Token != "" && r.Header.Get("Authorization") != "Bearer "+a.Token {
		problem(w, http.StatusUnauthorized, "missing or invalid token")
		return
	}
	path, ok := strings.CutPrefix(r.URL.Path, "/v1/")
	if !ok || r.Method != http.MethodGet {
		problem(w, http.StatusNotFound, "no such route")
		return
	}
	q := r.URL.Query()
	all := q.Get("all") == "true"
	name, belongs := path, func(id string) bool { return !a.Apart || id == "" }
	if rest, ok := strings.CutPrefix(path, "catalogs/"); ok {
		id, list, _ := strings.Cut(rest, "/")
		if id, _ = url.PathUnescape(id); id == "∅" {
			id = ""
		} else if !slices.ContainsFunc(catalogues, func(c Catalogue) bool { return c.ID == id }) {
			problem(w, http.StatusNotFound, "Catalog was not found")
			return
		}
		name, belongs = list, func(of string) bool { return of == id }
	}
	switch {
	case name == "software":
		page(a, w, r, software, func(s Software) bool { return belongs(s.CatalogID) && (all || s.Active) }, func(s Software) (time.Time, string) { return s.CreatedAt, s.ID })
	case name == "publishers":
		page(a, w, r, publishers, func(p Publisher) bool { return belongs(p.CatalogID) && (all || p.Active) }, func(p Publisher) (time.Time, string) { return p.CreatedAt, p.ID })
	case name == "catalogs" && !a.Old:
		page(a, w, r, catalogues, func(c Catalogue) bool { return all || c.Active }, func(c Catalogue) (time.Time, string) { return c.CreatedAt, c.ID })
	default:
		problem(w, http.StatusNotFound, "no such route")
	}
}

// ordered gives a copy in the order of creation and id.
func ordered[T any](in []T, at func(T) (time.Time, string)) []T {
	return slices.SortedStableFunc(slices.Values(in), func(x, y T) int {
		tx, ix := at(x)
		ty, iy := at(y)
		return cmp.Or(tx.Compare(ty), cmp.Compare(ix, iy))
	})
}

// page answers one page of what is in order already; the cursor stands in "next" without being escaped, as there.
func page[T any](a *API, w http.ResponseWriter, r *http.Request, all []T, keep func(T) bool, at func(T) (time.Time, string)) {
	q := r.URL.Query()
	size := defaultSize
	if s := q.Get("page[size]"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > maxSize {
			problem(w, http.StatusUnprocessableEntity, "page[size] must be between 1 and 100")
			return
		}
		size = n
	}
	key := func(v T) string {
		t, id := at(v)
		return fmt.Sprintf("[%q,%q]", t.UTC().Format("2006-01-02T15:04:05.000000000Z"), id)
	}
	if after := q.Get("page[after]"); after != "" {
		raw, err := base64.StdEncoding.DecodeString(after)
		if err != nil {
			problem(w, http.StatusUnprocessableEntity, "wrong cursor format in page[after] or page[before]")
			return
		}
		all = all[sortIndex(all, key, string(raw)):]
	}
	var next *string
	shown := make([]T, 0, size)
	for _, v := range all {
		if !keep(v) {
			continue
		}
		if len(shown) == size {
			s := "?page[after]=" + base64.StdEncoding.EncodeToString([]byte(key(shown[size-1])))
			next = &s
			break
		}
		shown = append(shown, v)
	}
	body, err := json.Marshal(map[string]any{"data": shown, "links": map[string]*string{"prev": nil, "next": next}})
	if err != nil {
		problem(w, http.StatusInternalServerError, err.Error())
		return
	}
	if a.Validators {
		tag := fmt.Sprintf(`"%x"`, sha256.Sum256(body))[:20] + `"`
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body) // who asked may be gone
}

// sortIndex gives the place of the first item behind a key.
func sortIndex[T any](all []T, key func(T) string, after string) int {
	i, found := slices.BinarySearchFunc(all, after, func(v T, k string) int { return cmp.Compare(key(v), k) })
	if found {
		i++
	}
	return i
}

func problem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"title": http.StatusText(status), "detail": detail, "status": status}) // idem
}
