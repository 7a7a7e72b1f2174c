package api

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestHealth(t *testing.T) {
	shelf := sample()
	s := serve(t, shelf)
	h := get[healthAnswer](s, "/healthz", 200)
	if h.Status != "ok" || !h.Store.OK || !h.Index.OK || h.Kits != 2 || h.Version != "1.2.3" {
		t.Errorf("%+v", h)
	}
	shelf.fail = errors.New("broken")
	h = get[healthAnswer](s, "/healthz", 503)
	if h.Status != "failing" || h.Store.OK || h.Index.OK {
		t.Errorf("%+v", h)
	}
	h = get[healthAnswer](serve(t, sample(), func(c *Config) { c.Searcher, c.Timeout = slowSearcher{}, 10*time.Millisecond }), "/healthz", 503)
	if !h.Store.OK || h.Index.OK {
		t.Errorf("with a slow index: %+v", h)
	}
}

func TestMetrics(t *testing.T) {
	shelf := sample()
	now := noon
	s := serve(t, shelf, func(c *Config) { c.Now = func() time.Time { return now } })
	for _, path := range []string{"/api/v1/kits/kit-cit", "/api/v1/kits/sportello", "/api/v1/kits/nessuno", "/api/v1/search?q=a", "/kit/kit-cit", "/inventato/da/altri", "/api/inventato"} {
		s.ask(http.MethodGet, path)
	}
	s.ask("INVENTATO", "/api/v1/kits")
	from := func(peer string, headers ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		r.RemoteAddr = peer
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		s.engine.ServeHTTP(w, r)
		return w
	}
	for _, w := range []*httptest.ResponseRecorder{from("192.0.2.7:4000"), from("[2001:db8::1]:4000"), from("127.0.0.1:4000", "X-Forwarded-For", "192.0.2.7"), from("")} {
		if w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "riuso_") {
			t.Errorf("strangers read the figures: %d", w.Code)
		}
	}
	if w := from("[::1]:4000"); w.Code != http.StatusOK {
		t.Errorf("a scraper on this machine gets %d", w.Code)
	}
	scrape := func() string { return from("127.0.0.1:4000").Body.String() }
	got := scrape()
	for _, want := range []string{
		`riuso_http_request_duration_seconds_count{method="GET",route="/api/v1/kits/:id",status="200"} 2`,
		`riuso_http_request_duration_seconds_count{method="GET",route="/api/v1/kits/:id",status="404"} 1`,
		`riuso_http_request_duration_seconds_count{method="GET",route="/kit/:id",status="200"} 1`,
		`riuso_http_request_duration_seconds_count{method="GET",route="none",status="404"} 1`,
		`riuso_http_request_duration_seconds_count{method="GET",route="/api/*path",status="404"} 1`,
		`riuso_search_duration_seconds_count{outcome="ok"} 1`,
		`riuso_kits{form="kit"} 1`, `riuso_kits{form="software"} 1`,
		`riuso_sources{outcome="failed"} 1`, `riuso_sources{outcome="off"} 1`, `riuso_sources{outcome="never"} 0`, `riuso_sources{outcome="full"} 0`,
		`riuso_sources_by_kind{kind="kit"} 2`, `riuso_sources_by_kind{kind="forge"} 0`, `riuso_sources_by_state{state="held"} 1`,
		`riuso_source_findings{severity="error"} 1`, `riuso_source_findings{severity="warning"} 0`, `riuso_oldest_good_visit_age_seconds 0`,
		`riuso_last_visits_requests 2`, `riuso_last_visits_received_bytes 0`, `riuso_held_entries 0`, `riuso_source_records 1`,
		`riuso_last_visit_age_seconds 3600`, `riuso_catalogue_up 1`, `riuso_build_info{version="1.2.3"} 1`, `go_goroutines `,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(got, "inventato") || strings.Contains(got, "INVENTATO") {
		t.Error("strangers make labels")
	}
	if t.Failed() {
		t.Log(got)
	}

	// The figures of the catalogue are read once for many scrapes, and again after a while.
	asked := shelf.asked.Load()
	scrape()
	if shelf.asked.Load() != asked {
		t.Error("every scrape reads the catalogue")
	}
	now = now.Add(stateAge)
	if scrape(); shelf.asked.Load() == asked {
		t.Error("the figures never change")
	}
	shelf.fail, now = errors.New("broken"), now.Add(stateAge)
	if got := scrape(); !strings.Contains(got, "riuso_catalogue_up 0") || !strings.Contains(got, `riuso_kits{form="kit"} 1`) {
		t.Error("a broken catalogue is not seen, or takes the figures with it")
	}
}
