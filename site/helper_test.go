package site_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/catalog/starter"
	"github.com/open-community-pa/riuso/schema/publiccode"
	"github.com/open-community-pa/riuso/site"
)

// commit stands for the commit at which the records of the tests were read.
const commit = "0123456789abcdef0123456789abcdef01234567"

const starterURL = "https://github.com/open-community-pa/riuso"

// now is the clock of every test.
func now() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) }

// starterStore holds the starter catalogue, brought in as a visit brings it, with its sources.
func starterStore(t testing.TB) *catalogtest.Memory {
	t.Helper()
	m := catalogtest.NewMemory()
	tree := catalog.Read(starter.FS(), catalog.ReadOptions{URL: starterURL})
	bring(t, m, catalog.Visit{Source: catalog.Source{ID: catalog.CatalogueSource, Kind: "kit", URL: starterURL}, Outcome: catalog.Full, Commit: commit,
		URL: starterURL, Tree: tree, Duration: 41 * time.Millisecond, Bytes: 180_000})
	for _, s := range tree.Sources {
		d := catalog.Delta{State: catalog.SourceState{Source: s}}
		if err := m.Commit(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// bring applies one visit to a store.
func bring(t testing.TB, m *catalogtest.Memory, v catalog.Visit) {
	t.Helper()
	if v.At.IsZero() {
		v.At = now()
	}
	known, err := m.Known(t.Context(), v.Source.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Commit(t.Context(), catalog.Apply(known, v, catalog.DefaultPolicy())); err != nil {
		t.Fatal(err)
	}
}

// newSite makes a site over a store.
func newSite(t testing.TB, m *catalogtest.Memory, with ...func(*site.Config)) *site.Site {
	t.Helper()
	cfg := site.Config{Reader: m, Searcher: m, Now: now, BaseURL: "https://riuso.example.it", Version: "test"}
	for _, w := range with {
		w(&cfg)
	}
	s, err := site.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// get asks for a path; headers come in pairs.
func get(t testing.TB, h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// withoutBase leaves the address of the site to the requests.
func withoutBase(c *site.Config) { c.BaseURL = "" }

// getHost asks for a path with a host of the asker's choice.
func getHost(t testing.TB, h http.Handler, path, host string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Host = host
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// basedOn is a descriptor that says nothing else.
func basedOn(url string) *publiccode.PublicCode {
	return &publiccode.PublicCode{IsBasedOn: []string{url}}
}

// page asks for a path and parses the answer, which must have that status.
func page(t testing.TB, h http.Handler, path string, status int) *html.Node {
	t.Helper()
	w := get(t, h, path)
	if w.Code != status {
		t.Fatalf("%s: status %d, want %d\n%s", path, w.Code, status, w.Body)
	}
	doc, err := html.Parse(w.Body)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return doc
}

// all lists the elements with a tag, in order.
func all(n *html.Node, tag string) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && (tag == "*" || d.Data == tag) {
			out = append(out, d)
		}
	}
	return out
}

// byClass lists the elements that carry a class.
func byClass(n *html.Node, class string) []*html.Node {
	var out []*html.Node
	for _, d := range all(n, "*") {
		for _, c := range strings.Fields(attr(d, "class")) {
			if c == class {
				out = append(out, d)
			}
		}
	}
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// words gives the text of an element with its spaces made single.
func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// link finds the first link whose text contains some words.
func link(n *html.Node, text string) *html.Node {
	for _, a := range all(n, "a") {
		if strings.Contains(words(a), text) {
			return a
		}
	}
	return nil
}
