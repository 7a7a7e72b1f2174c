package site_test

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/site"
)

// TestHeaders holds every answer, the bad ones too, to the security that the notes promise.
func TestHeaders(t *testing.T) {
	s := newSite(t, starterStore(t))
	for _, path := range []string{"/", "/kit/kit-cit", "/cerca?q=x", "/no-such-page", "/kit?page=zero", "/robots.txt", "/en/kit/kit-cit"} {
		h := get(t, s, path).Header()
		csp := h.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: policy %q lacks %s", path, csp, want)
			}
		}
		if strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") || strings.Contains(csp, "data:") {
			t.Errorf("%s: policy %q is too wide", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" || h.Get("Permissions-Policy") == "" {
			t.Errorf("%s: headers %v", path, h)
		}
		if h.Get("Set-Cookie") != "" {
			t.Errorf("%s: sets a cookie", path)
		}
	}
}

func TestStatuses(t *testing.T) {
	m := starterStore(t)
	gone := catalogtest.Kit("partita", "https://example.org/partita", "partita", "Kit partito")
	tomb := catalogtest.Gone(gone)
	tomb.Reason = schema.T("l'ente lo ha tolto dal suo repository", "its body removed it from its repository")
	for _, r := range []catalog.Record{gone, tomb} {
		if err := m.Commit(t.Context(), catalogtest.DeltaOf("partita", r)); err != nil {
			t.Fatal(err)
		}
	}
	s := newSite(t, m)
	for path, want := range map[string]int{
		"/kit/no-such-kit": 404, "/en/kit/no-such-kit": 404, "/kit/kit-cit/documenti/no": 404, "/kit/kit-cit/laboratorio": 404, "/kit/kit-cit/adozioni/c_x000": 404,
		"/enti/c_x000": 404, "/comunita/no": 404, "/incontri/no": 404, "/fonti/no": 404, "/static/x/no.css": 404, "/static/x/../pageset.go": 404, "/en/nowhere": 404,
		"/cerca?page=0": 400, "/cerca?page=x": 400, "/cerca?sort=up": 400, "/kit?page=100000": 400, "/kit/partita": 410, "/en/kit/partita": 410,
		"/kit?url=https://example.org/nothing": 404,
	} {
		if got := get(t, s, path).Code; got != want {
			t.Errorf("%s: status %d, want %d", path, got, want)
		}
	}
	if doc := page(t, s, "/kit/partita", 410); !strings.Contains(words(doc), "l'ente lo ha tolto") || !strings.Contains(words(doc), "2 novembre 2026") {
		t.Errorf("the tombstone does not say why and since when: %s", words(doc))
	}
	if doc := page(t, s, "/en/nowhere", 404); words(all(doc, "h1")[0]) != "Page not found" {
		t.Errorf("the English error page says %q", words(all(doc, "h1")[0]))
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/cerca", strings.NewReader("q=x")))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST /cerca: status %d", w.Code)
	}
}

func TestKitByURL(t *testing.T) {
	s := newSite(t, starterStore(t))
	for _, url := range []string{"https://github.com/open-community-pa/riuso//kits/kit-cit", "https://GitHub.com/open-community-pa/riuso.git//kits/kit-cit/"} {
		w := get(t, s, "/kit?url="+url)
		if w.Code != http.StatusFound || w.Header().Get("Location") != "/kit/kit-cit" {
			t.Errorf("%s leads to %d %q", url, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestTagsAndCompression(t *testing.T) {
	s := newSite(t, starterStore(t))
	plain := get(t, s, "/kit/kit-cit")
	tag := plain.Header().Get("ETag")
	if tag == "" || get(t, s, "/kit/kit-cit", "If-None-Match", `"other", W/`+tag).Code != http.StatusNotModified {
		t.Errorf("tag %q does not save the page", tag)
	}
	if w := get(t, s, "/kit/kit-cit", "If-None-Match", `"other"`); w.Code != http.StatusOK {
		t.Errorf("another tag gives %d", w.Code)
	}
	packed := get(t, s, "/kit/kit-cit", "Accept-Encoding", "br, gzip;q=0.5")
	if packed.Header().Get("Content-Encoding") != "gzip" || packed.Header().Get("ETag") == tag {
		t.Fatalf("compressed: %v", packed.Header())
	}
	z, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil || string(b) != plain.Body.String() {
		t.Errorf("the compressed page is another one: %v", err)
	}
	if w := get(t, s, "/kit/kit-cit", "Accept-Encoding", "gzip;q=0"); w.Header().Get("Content-Encoding") != "" {
		t.Error("a page was compressed for one who refuses that")
	}
}

func TestStatic(t *testing.T) {
	s := newSite(t, starterStore(t))
	sheets := 0
	for _, l := range all(page(t, s, "/", 200), "link") {
		if attr(l, "rel") != "stylesheet" {
			continue
		}
		sheets++
		w := get(t, s, attr(l, "href"))
		if w.Code != 200 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/css") {
			t.Errorf("%s: %d %v", attr(l, "href"), w.Code, w.Header())
		}
	}
	if sheets != 2 {
		t.Errorf("%d style sheets", sheets)
	}
	if w := get(t, s, "/static/old/riuso.css"); w.Code != 200 || strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("a file of another version: %d %q", w.Code, w.Header().Get("Cache-Control"))
	}
	if w := get(t, s, "/favicon.ico"); w.Code != 200 || w.Header().Get("Content-Type") != "image/svg+xml" {
		t.Errorf("favicon: %d %v", w.Code, w.Header())
	}
}

// broken is a reader and a searcher of a store that is out of order.
type broken struct {
	*catalogtest.Memory
	err error
}

func (b broken) Search(ctx context.Context, _ catalog.Query) (catalog.Result, error) {
	if b.err == nil {
		<-ctx.Done()
		return catalog.Result{}, ctx.Err()
	}
	return catalog.Result{}, b.err
}

func TestOutOfOrder(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
		logs int
	}{{nil, 503, 1}, {catalog.ErrBusy, 503, 1}, {errors.New("segreto del disco"), 500, 1}, {catalog.ErrInvalid, 400, 0}} {
		var log strings.Builder
		b := broken{starterStore(t), c.err}
		s, err := site.New(site.Config{Reader: b, Searcher: b, Now: now, Timeout: 20 * time.Millisecond, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		if err != nil {
			t.Fatal(err)
		}
		w := get(t, s, "/cerca?q=x")
		if w.Code != c.want {
			t.Errorf("%v gives %d, want %d", c.err, w.Code, c.want)
		}
		if strings.Contains(w.Body.String(), "segreto") {
			t.Error("the reader sees the words of the error")
		}
		if n := strings.Count(log.String(), "\n"); n != c.logs {
			t.Errorf("%v is logged %d times, want %d: %s", c.err, n, c.logs, log.String())
		}
	}
}

func TestPanicBecomesAPage(t *testing.T) {
	s := newSite(t, starterStore(t), func(c *site.Config) {
		c.Mount = append(c.Mount, func(e *gin.Engine) { e.GET("/bang", func(*gin.Context) { panic("bang") }) })
	})
	if doc := page(t, s, "/bang", 500); strings.Contains(words(doc), "bang") {
		t.Error("the page shows the panic")
	}
}

func TestConfigIsCheckedAtTheStart(t *testing.T) {
	m := catalogtest.NewMemory()
	for name, cfg := range map[string]site.Config{
		"no reader": {Searcher: m}, "no searcher": {Reader: m}, "no scheme": {Reader: m, Searcher: m, BaseURL: "riuso.example.it"},
		"a path": {Reader: m, Searcher: m, BaseURL: "https://example.it/riuso"}, "negative time": {Reader: m, Searcher: m, Timeout: -1},
	} {
		if _, err := site.New(cfg); !errors.Is(err, catalog.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestServerHasAllItsBounds(t *testing.T) {
	srv := site.Server(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
		}
	}), "127.0.0.1:0")
	if srv.ReadHeaderTimeout == 0 || srv.ReadTimeout == 0 || srv.WriteTimeout == 0 || srv.IdleTimeout == 0 || srv.MaxHeaderBytes == 0 {
		t.Errorf("%+v", srv)
	}
	w := httptest.NewRecorder()
	srv.Handler.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", strings.NewReader(strings.Repeat("x", 1<<20))))
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a body of 1 MB gives %d", w.Code)
	}
	w = httptest.NewRecorder()
	srv.Handler.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/hooks/github", strings.NewReader(strings.Repeat("x", 1<<20))))
	if w.Code != http.StatusOK {
		t.Errorf("a webhook of 1 MB, which bounds itself, gives %d", w.Code)
	}
}

func TestSitemapAndRobots(t *testing.T) {
	s := newSite(t, starterStore(t))
	body := get(t, s, "/sitemap.xml").Body.String()
	for _, want := range []string{"<loc>https://riuso.example.it/kit/kit-cit</loc>", "<loc>https://riuso.example.it/en/kit/kit-cit</loc>",
		"<loc>https://riuso.example.it/enti/c_e506</loc>", `hreflang="en" href="https://riuso.example.it/en"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the sitemap lacks %s", want)
		}
	}
	if r := get(t, s, "/robots.txt").Body.String(); !strings.Contains(r, "Sitemap: https://riuso.example.it/sitemap.xml") || !strings.Contains(r, "Disallow: /cerca") {
		t.Errorf("robots: %s", r)
	}
}
