package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"

	"github.com/open-community-pa/riuso/catalog"
)

// get asks and reads the answer into a T.
func get[T any](s *server, path string, status int, headers ...string) T {
	s.t.Helper()
	w := s.ask(http.MethodGet, path, headers...)
	if w.Code != status {
		s.t.Fatalf("%s: status %d, want %d: %s", path, w.Code, status, w.Body)
	}
	var v T
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		s.t.Fatalf("%s: %v: %s", path, err, w.Body)
	}
	return v
}

func TestSearchHasTheFormThatWasPromised(t *testing.T) {
	s := serve(t, sample())
	w := s.ask(http.MethodGet, "/api/v1/search?q=convenzione&size=5")
	want := `{"total":1,"results":[{"kit":{"id":"kit-cit","name":"Kit CIT","url":"https://riuso.example.it/kit/kit-cit"},"score":1.5,` +
		`"parts":[{"type":"document","id":"a4","title":"Convenzione","url":"https://riuso.example.it/kit/kit-cit/document/a4",` +
		`"snippet":"La <mark>convenzione</mark> &lt;b&gt; tra enti."}]}],` +
		`"facets":{"phase":[{"value":"A","label":"Ricerca e selezione","count":1},{"value":"B","label":"Trasferimento e adozione","count":1}]}}`
	if diff := cmp.Diff(want, strings.TrimSpace(w.Body.String())); diff != "" {
		t.Error(diff)
	}
	en := get[searchAnswer](s, "/api/v1/search?q=convenzione&lang=en", 200)
	if en.Facets["phase"][0].Label != "Search and selection" || en.Results[0].Kit.URL != "https://riuso.example.it/en/kit/kit-cit" {
		t.Errorf("in English: %+v", en)
	}
}

func TestSearchFilters(t *testing.T) {
	s := serve(t, sample())
	for query, total := range map[string]int{"": 2, "phase=A": 1, "phase=C": 0, "phase=C,B": 1, "phase=C&phase=A": 1, "q=niente": 0, "sort=newest&page=2&size=1": 2} {
		got := get[searchAnswer](s, "/api/v1/search?"+query, 200)
		if got.Total != total {
			t.Errorf("%s: %d kits, want %d", query, got.Total, total)
		}
	}
	if got := get[searchAnswer](s, "/api/v1/search?page=2&size=1", 200); len(got.Results) != 1 || got.Results[0].Kit.ID != "sportello" {
		t.Errorf("second page: %+v", got.Results)
	}
}

func TestWrongParametersAreRefusedByName(t *testing.T) {
	s := serve(t, sample())
	for path, want := range map[string][]string{
		"/api/v1/search?fase=A&zona=x":                     {"fase", "zona"},
		"/api/v1/kits?phase=A":                             {"phase"},
		"/api/v1/kits/kit-cit?q=a":                         {"q"},
		"/api/v1/search?page=1&page=2":                     {"page"},
		"/api/v1/search?page=0":                            {"page"},
		"/api/v1/search?size=101":                          {"size"},
		"/api/v1/search?size=molti":                        {"size"},
		"/api/v1/search?sort=caso":                         {"sort"},
		"/api/v1/search?lang=de":                           {"lang"},
		"/api/v1/search?q=" + strings.Repeat("a", 301):     {"q"},
		"/api/v1/search?phase=" + strings.Repeat("A,", 51): {"phase"},
		"/api/v1/kits?after=" + strings.Repeat("a", 201):   {"after"},
		"/api/v1/search?q=%zz":                             nil,
	} {
		p := get[problem](s, path, http.StatusBadRequest)
		if diff := cmp.Diff(want, p.Parameters); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
		for _, name := range want {
			if !strings.Contains(p.Detail, name) && name != "phase" {
				t.Errorf("%s: the detail does not name %s: %s", path, name, p.Detail)
			}
		}
	}
}

func TestProblems(t *testing.T) {
	s := serve(t, sample())
	for _, c := range []struct {
		method, path string
		status       int
		headers      []string
		title        string
		detail       string
	}{
		{"GET", "/api/v1/kits/nessuno", 404, nil, "Non trovato", "non conosce"},
		{"GET", "/api/v1/kits/nessuno?lang=en", 404, nil, "Not Found", "does not know"},
		{"GET", "/api/v1/kits/nessuno", 404, []string{"Accept-Language", "fr, en-GB;q=0.8, it;q=0.5"}, "Not Found", "does not know"},
		{"GET", "/api/v1/nulla", 404, nil, "Non trovato", "non conosce"},
		{"GET", "/api", 404, nil, "Non trovato", "non conosce"},
		{"GET", "/api/v1/kits/vecchio", 410, nil, "Non più disponibile", "Ritirato dall'ente."},
		{"GET", "/api/v1/kits/vecchio/matrix?lang=en", 410, nil, "Gone", "Withdrawn by the body."},
		{"GET", "/api/v1/entities/nessuno", 404, nil, "Non trovato", ""},
		{"GET", "/api/v1/sources/nessuna", 404, nil, "Non trovato", ""},
		{"POST", "/api/v1/kits", 405, nil, "Metodo non ammesso", "GET"},
		{"DELETE", "/api/v1/kits/kit-cit", 405, nil, "Metodo non ammesso", "GET"},
		{"POST", "/healthz", 405, nil, "Metodo non ammesso", "GET"},
		{"GET", "/api/v1/search?q=" + strings.Repeat("a", MaxQueryBytes), 414, nil, "Indirizzo troppo lungo", "8192"},
	} {
		w := s.ask(c.method, c.path, c.headers...)
		var p problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Fatalf("%s %.80s: %v: %s", c.method, c.path, err, w.Body)
		}
		path, _, _ := strings.Cut(c.path, "?")
		if w.Code != c.status || p.Status != c.status || p.Title != c.title || !strings.Contains(p.Detail, c.detail) || p.Type != "about:blank" || p.Instance != path {
			t.Errorf("%s %.80s: %d %+v", c.method, c.path, w.Code, p)
		}
		if ct := w.Header().Get("Content-Type"); !strings.HasPrefix(ct, "application/problem+json") {
			t.Errorf("%s %.80s: content type %s", c.method, c.path, ct)
		}
		if cc := w.Header().Get("Cache-Control"); cc != "no-store" {
			t.Errorf("%s %.80s: an error may be kept: %s", c.method, c.path, cc)
		}
		if c.status == 405 && !strings.Contains(w.Header().Get("Allow"), "GET") {
			t.Errorf("%s %s: Allow %q", c.method, c.path, w.Header().Get("Allow"))
		}
	}
}

func TestFaultsOfOursAreLoggedOnceAndNotTold(t *testing.T) {
	for _, c := range []struct {
		fail   error
		status int
	}{
		{errors.New("disk /var/lib/riuso is broken"), 500}, {context.DeadlineExceeded, 503}, {fmt.Errorf("x: %w", catalog.ErrBusy), 503},
	} {
		var log bytes.Buffer
		shelf := sample()
		shelf.fail = c.fail
		s := serve(t, shelf, func(cfg *Config) { cfg.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
		for _, path := range []string{"/api/v1/kits", "/api/v1/kits/kit-cit", "/api/v1/search", "/api/v1/entities", "/api/v1/sources", "/api/v1/sources/bs"} {
			log.Reset()
			if w := s.ask(http.MethodGet, path); w.Code != c.status || strings.Contains(w.Body.String(), "disk") {
				t.Errorf("%s with %v: %d %s", path, c.fail, w.Code, w.Body)
			}
			if n := strings.Count(log.String(), "level=ERROR"); n != 1 || !strings.Contains(log.String(), "path="+path) {
				t.Errorf("%s: %d lines in the log: %s", path, n, log.String())
			}
		}
		log.Reset()
		if s.ask(http.MethodGet, "/api/v1/nulla"); log.Len() > 0 {
			t.Errorf("a fault of the client is logged: %s", log.String())
		}
	}
}

func TestAnAnswerThatDidNotChangeIsNotSentAgain(t *testing.T) {
	shelf := sample()
	s := serve(t, shelf)
	first := s.ask(http.MethodGet, "/api/v1/kits/kit-cit")
	tag := first.Header().Get("ETag")
	if tag == "" || !strings.Contains(first.Header().Get("Cache-Control"), "max-age=60") {
		t.Fatalf("headers %v", first.Header())
	}
	for _, have := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
		if w := s.ask(http.MethodGet, "/api/v1/kits/kit-cit", "If-None-Match", have); w.Code != 304 || w.Body.Len() != 0 {
			t.Errorf("%s: %d with %d bytes", have, w.Code, w.Body.Len())
		}
	}
	head := s.ask(http.MethodHead, "/api/v1/kits/kit-cit")
	if head.Code != 200 || head.Body.Len() != 0 || head.Header().Get("ETag") != tag || head.Header().Get("Content-Length") != fmt.Sprint(first.Body.Len()) {
		t.Errorf("HEAD: %d %v", head.Code, head.Header())
	}
	shelf.entries[1].Kit.Documents[0].Body = "Altro."
	if w := s.ask(http.MethodGet, "/api/v1/kits/kit-cit", "If-None-Match", tag); w.Code != 200 {
		t.Errorf("after a change: %d", w.Code)
	}
}

func TestAnyPageMayAsk(t *testing.T) {
	s := serve(t, sample())
	for _, path := range []string{"/api/v1/kits", "/api/v1/kits/nessuno", "/api/v1/openapi.json"} {
		if w := s.ask(http.MethodGet, path, "Origin", "https://altro.example"); w.Header().Get("Access-Control-Allow-Origin") != "*" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, w.Header())
		}
	}
	w := s.ask(http.MethodOptions, "/api/v1/kits", "Origin", "https://altro.example", "Access-Control-Request-Method", "GET")
	if w.Code != 204 || !strings.Contains(w.Header().Get("Access-Control-Allow-Methods"), "GET") || strings.Contains(w.Header().Get("Access-Control-Allow-Methods"), "POST") {
		t.Errorf("OPTIONS: %d %v", w.Code, w.Header())
	}
}

func TestABigKitLosesItsTextsFirst(t *testing.T) {
	shelf := sample()
	shelf.entries[1].Kit.Documents[0].Body = strings.Repeat("riuso ", MaxAnswer/6)
	k := get[kitAnswer](serve(t, shelf), "/api/v1/kits/kit-cit", 200)
	if !k.Truncated || k.Kit.Documents[0].Body != "" || k.Kit.Documents[0].Title != "Convenzione" {
		t.Errorf("truncated %v, body of %d bytes", k.Truncated, len(k.Kit.Documents[0].Body))
	}
	if len(shelf.entries[1].Kit.Documents[0].Body) == 0 {
		t.Error("the record itself lost its text")
	}
}

// slowSearcher waits for the end of the request, as an index under load may.
type slowSearcher struct{}

func (slowSearcher) Search(ctx context.Context, _ catalog.Query) (catalog.Result, error) {
	<-ctx.Done()
	return catalog.Result{}, ctx.Err()
}

type panickingSearcher struct{}

func (panickingSearcher) Search(context.Context, catalog.Query) (catalog.Result, error) {
	panic("boom")
}

func TestASlowSearchEnds(t *testing.T) {
	s := serve(t, sample(), func(c *Config) { c.Searcher, c.Timeout = slowSearcher{}, 10*time.Millisecond })
	if w := s.ask(http.MethodGet, "/api/v1/search?q=a"); w.Code != 503 || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

func TestAPanicIsAProblem(t *testing.T) {
	s := serve(t, sample(), func(c *Config) { c.Searcher = panickingSearcher{} })
	if p := get[problem](s, "/api/v1/search", 500); strings.Contains(p.Detail, "boom") {
		t.Errorf("%+v", p)
	}
}

func TestWithoutLinksTheAPINamesItself(t *testing.T) {
	s := serve(t, sample(), func(c *Config) { c.Links, c.BaseURL = Links{}, "" })
	k := get[kitList](s, "/api/v1/kits", 200).Kits[0]
	if k.URL != "http://example.com/api/v1/kits/kit-cit" {
		t.Errorf("url %s", k.URL)
	}
}

func TestNewRefusesABadConfig(t *testing.T) {
	s := sample()
	for name, cfg := range map[string]Config{
		"no reader": {Searcher: s}, "no searcher": {Reader: s}, "base": {Reader: s, Searcher: s, BaseURL: "riuso.example.it"},
		"timeout": {Reader: s, Searcher: s, Timeout: -1},
	} {
		if _, err := New(cfg); !errors.Is(err, catalog.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The description and the code list the same paths with the same parameters.
func TestTheDescriptionIsComplete(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(description)
	if err != nil {
		t.Fatal(err)
	}
	a, err := New(Config{Reader: sample(), Searcher: sample()})
	if err != nil {
		t.Fatal(err)
	}
	described := doc.Paths.Map()
	for _, r := range a.list() {
		path := strings.NewReplacer(":id", "{id}", ":attachment", "{attachment}").Replace(r.path)
		item := described[path]
		if item == nil || item.Get == nil {
			t.Errorf("%s is not described", path)
			continue
		}
		var got []string
		for _, p := range item.Get.Parameters {
			if p.Value.In == "query" {
				got = append(got, p.Value.Name)
			}
		}
		want := append(slices.Clone(r.query), "lang")
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
		delete(described, path)
	}
	delete(described, "/healthz")
	for path := range described {
		t.Errorf("%s is described and not there", path)
	}
	w := httptest.NewRecorder()
	a.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/openapi.json", nil))
	if w.Code != 200 || w.Body.String() != string(description) {
		t.Errorf("the description is not served: %d", w.Code)
	}
}

// Whatever stands behind the question mark, the answer is a result or says what is wrong; it is never our fault.
func FuzzQuery(f *testing.F) {
	for _, q := range []string{"q=convenzione", "phase=A,B&lang=en", "size=1&after=a", "url=https://git.example.it/x", "q=%zz", "lang=de", "page=-1", "a[]=b", "q=\xff", ";", "&&=&"} {
		f.Add(q)
	}
	shelf := sample()
	a, err := New(Config{Reader: shelf, Searcher: shelf, Now: func() time.Time { return noon }})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, query string) {
		for _, path := range []string{"/api/v1/search", "/api/v1/kits", "/api/v1/sources"} {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			r.URL.RawQuery = query
			w := httptest.NewRecorder()
			a.ServeHTTP(w, r)
			if !slices.Contains([]int{200, 400, 414}, w.Code) || !json.Valid(w.Body.Bytes()) {
				t.Errorf("%s?%q: %d %s", path, query, w.Code, w.Body)
			}
		}
	})
}
