package site_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/site"
)

// asked is a queue that keeps what was asked for.
type asked struct {
	ids []catalog.SourceID
	err error
}

func (a *asked) Ask(_ context.Context, id catalog.SourceID) error {
	if a.err == nil {
		a.ids = append(a.ids, id)
	}
	return a.err
}

func ask(t *testing.T, h http.Handler, path, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestVisitAgain(t *testing.T) {
	q := &asked{}
	m := federation(t, 20)
	s := newSite(t, m, func(c *site.Config) { c.Visitor = q })
	for _, path := range []string{"/fonti/provincia", "/kit/kit-00001"} {
		forms := byClass(page(t, s, path, 200), "visit-again")
		if len(forms) != 1 || attr(forms[0], "method") != "post" {
			t.Fatalf("%s has %d buttons", path, len(forms))
		}
		w := ask(t, s, attr(forms[0], "action"), "", "Sec-Fetch-Site", "same-origin")
		if w.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", path, w.Code, w.Body)
		}
		says(t, "after the button", words(page(t, s, w.Header().Get("Location"), 200)), "La visita è in coda")
	}
	asked := ask(t, s, "/fonti/provincia/visita", "").Header().Get("Location")
	q.ids = q.ids[:2]
	bring(t, m, catalog.Visit{Source: catalog.Source{ID: "provincia", Title: "Catalogo della Provincia", Kind: "kit", URL: "https://git.example.it/provincia/kit"}, At: now().Add(time.Minute), Outcome: catalog.Failed})
	if got := words(page(t, s, asked, 200)); strings.Contains(got, "La visita è in coda") || !strings.Contains(got, "La visita che hai chiesto è stata fatta") {
		t.Error("the page that asked for a visit says for ever that it waits")
	}
	if len(q.ids) != 2 || q.ids[0] != "provincia" || q.ids[1] != "regione--kit-00001" {
		t.Errorf("asked for %v", q.ids)
	}
	if to := ask(t, s, "/en/fonti/provincia/visita", "").Header().Get("Location"); !strings.HasPrefix(to, "/en/fonti/provincia?") {
		t.Errorf("in English it leads to %q", to)
	}
}

func TestVisitAgainIsRefused(t *testing.T) {
	q := &asked{}
	m := federation(t, 20)
	off := false
	if err := m.Commit(t.Context(), catalog.Delta{State: catalog.SourceState{Source: catalog.Source{ID: "ferma", Kind: "kit", URL: "https://git.example.it/ferma", Enabled: &off}}}); err != nil {
		t.Fatal(err)
	}
	s := newSite(t, m, func(c *site.Config) { c.Visitor = q })
	for name, c := range map[string]struct {
		path, body string
		headers    []string
		status     int
	}{
		"another site's page":   {"/fonti/provincia/visita", "", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		"an old browser's":      {"/fonti/provincia/visita", "", []string{"Origin", "https://altrove.example.it"}, 403},
		"a large body":          {"/fonti/provincia/visita", strings.Repeat("x", 2<<10), nil, 413},
		"a source nobody knows": {"/fonti/nessuna/visita", "", nil, 404},
		"one that is off":       {"/fonti/ferma/visita", "", nil, 404},
	} {
		if w := ask(t, s, c.path, c.body, c.headers...); w.Code != c.status {
			t.Errorf("%s gives %d, want %d", name, w.Code, c.status)
		}
	}
	if len(q.ids) != 0 {
		t.Errorf("what was refused was asked for: %v", q.ids)
	}
	if w := ask(t, s, "/fonti/provincia/visita", "", "Origin", "https://riuso.example.it"); w.Code != http.StatusSeeOther {
		t.Errorf("the site's own page, behind a proxy, gives %d", w.Code)
	}
	if w := get(t, s, "/fonti/provincia/visita"); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("reading the address of the button gives %d", w.Code)
	}
	q.err = errors.Join(catalog.ErrBusy)
	w := ask(t, s, "/fonti/provincia/visita", "")
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
	says(t, "the answer", w.Body.String(), "Troppe richieste di visita", "Riprova tra un minuto")
	none := newSite(t, m)
	if w := ask(t, none, "/fonti/provincia/visita", ""); w.Code != 404 || len(byClass(page(t, none, "/fonti/provincia", 200), "visit-again")) != 0 {
		t.Errorf("without anybody who visits: %d, and a button", w.Code)
	}
}

// A place that nobody visits because its list is off has no button, and says why.
func TestThePlaceOfAListThatIsOff(t *testing.T) {
	m := federation(t, 20)
	off := false
	list := catalog.SourceState{Source: catalog.Source{ID: "elenco", Kind: "forge", URL: "https://git.example.it/ente", Enabled: &off}}
	place := catalog.SourceState{Source: catalog.Source{ID: "elenco--a", Kind: "kit", URL: "https://git.example.it/ente/a", Parent: "elenco"}}
	if err := m.Commit(t.Context(), catalog.Delta{State: list}, catalog.Delta{State: place}); err != nil {
		t.Fatal(err)
	}
	s := newSite(t, m, func(c *site.Config) { c.Visitor = &asked{} })
	if n := len(byClass(page(t, s, "/fonti/elenco--a", 200), "visit-again")); n != 0 {
		t.Errorf("%d buttons", n)
	}
	says(t, "the page", get(t, s, "/fonti/elenco--a").Body.String(), "nessuna in programma", "l&#39;elenco che la nomina è disattivato")
}
