package peer

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/indexer/peer/peertest"
)

// asks are the three ways in; each meets every fault.
func asks(r *Reader) map[string]func(context.Context, string) error {
	return map[string]func(context.Context, string) error{
		"publishers": func(ctx context.Context, url string) error { _, err := r.Publishers(ctx, url, ""); return err },
		"software":   func(ctx context.Context, url string) error { _, err := r.Software(ctx, url, ""); return err },
		"catalogue":  func(ctx context.Context, url string) error { _, err := r.Catalogue(ctx, url, ""); return err },
	}
}

func TestAnswersThatAreNoAnswers(t *testing.T) {
	status := func(code int, headers ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			for i := 0; i < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			w.WriteHeader(code)
		}
	}
	text := func(s string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { write(w, s) }
	}
	deep := `{"data":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`
	for name, c := range map[string]struct {
		h    http.HandlerFunc
		want error
		only string
		word string
	}{
		"401":         {status(401), ErrForbidden, "", "401"},
		"403":         {status(403), ErrForbidden, "", "403"},
		"404":         {status(404), ErrAbsent, "", "404"},
		"410":         {status(410), ErrAbsent, "", "410"},
		"422":         {status(422), ErrBadAnswer, "", "422"},
		"500":         {status(500), ErrBadAnswer, "", "500"},
		"204":         {status(204), ErrBadAnswer, "", "204"},
		"304 unasked": {status(304), ErrBadAnswer, "", ""},
		"429 seconds": {status(429, "Retry-After", "120"), ErrBusy, "", "12:02"},
		"429 date":    {status(429, "Retry-After", noon.Add(time.Hour).Format(http.TimeFormat)), ErrBusy, "", "13:00"},
		"429 nothing": {status(429), ErrBusy, "", "12:01"},
		"429 endless": {status(429, "Retry-After", "99999999999999999999"), ErrBusy, "", "12:01"},
		"429 a year":  {status(429, "Retry-After", "31536000"), ErrBusy, "", "12:00 UTC del 21 novembre 2026"},
		"429 past":    {status(429, "Retry-After", noon.Add(-time.Hour).Format(http.TimeFormat)), ErrBusy, "", "12:00"},
		"503":         {status(503, "Retry-After", "-5"), ErrBusy, "", "12:00"},
		"403 busy":    {status(403, "Retry-After", "60"), ErrBusy, "", "12:01"},
		"HTML":        {text("\n<!DOCTYPE html><html><body>login</body></html>"), ErrNotThis, "", "HTML"},
		"XML":         {text("<?xml version='1.0'?><x/>"), ErrNotThis, "software", "XML"},
		"empty":       {text(""), ErrNotThis, "software", "vuota"},
		"a list":      {text(`[{"id":1}]`), ErrNotThis, "software", "lista"},
		"binary":      {text("\x89PNG\r\n\x1a\n\x00\xff\xfe"), ErrNotThis, "catalogue", "binari"},
		"other JSON":  {text(`{"openapi":"3.0.3"}`), ErrNotThis, "software", "data"},
		"no list":     {text(`{"data":{"a":1}}`), ErrNotThis, "software", "elenco"},
		"other name":  {text(`{"protocol":"altro"}`), ErrNotThis, "catalogue", "riuso"},
		"version 2":   {text(`{"protocol":"riuso-federation","version":2}`), ErrNotThis, "catalogue", "versione 2"},
		"no id":       {text(`{"protocol":"riuso-federation","version":1,"catalogue":{"id":"a b"}}`), ErrBadAnswer, "catalogue", "id"},
		"cut off":     {text(`{"data":[{"id":`), ErrBadAnswer, "software", "JSON"},
		"deep":        {text(deep), ErrBadAnswer, "software", "64"},
		"too large":   {text(`{"data":[` + strings.Repeat(" ", 1<<20) + `]}`), ErrTooLarge, "", "byte"},
		"bad gzip": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			write(w, "no")
		}, nil, "", ""},
	} {
		url := peertest.Start(t, c.h)
		r := reader(t, func(c *Config) { c.AnswerBytes, c.FileBytes = 1<<19, 1<<19 })
		for way, ask := range asks(r) {
			if c.only != "" && c.only != way {
				continue
			}
			err := ask(t.Context(), url+"/v1")
			w := Words(err)
			if err == nil || c.want != nil && !errors.Is(err, c.want) || w.It == "" || w.En == "" || !strings.Contains(w.It, c.word) {
				t.Errorf("%s, %s: %v: %q", name, way, err, w.It)
			}
			var later *Later
			if errors.As(err, &later) != errors.Is(err, ErrBusy) || later != nil && (later.At.Before(noon) || later.At.After(noon.Add(maxRetry))) {
				t.Errorf("%s, %s: %v", name, way, later)
			}
		}
	}
}

func TestAServerThatHangs(t *testing.T) {
	arrived, done := make(chan struct{}, 10), make(chan struct{})
	url := peertest.Start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		write(w, `{"data":[`)
		_ = http.NewResponseController(w).Flush()
		arrived <- struct{}{}
		<-done
	}))
	defer close(done)
	for way, ask := range asks(reader(t)) {
		ctx, cancel := context.WithCancel(t.Context())
		go func() { <-arrived; cancel() }()
		if err := ask(ctx, url+"/v1"); !errors.Is(err, context.Canceled) || Words(err).It == "" {
			t.Errorf("%s: %v", way, err)
		}
	}
}

func TestCompressedAnswers(t *testing.T) {
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	if _, err := w.Write([]byte(`{"data":[{"id":"a","url":"https://git.example.it/a"}]}`)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	url := peertest.Start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/software") {
			w.Header().Set("Content-Encoding", "gzip")
			write(w, z.String())
			return
		}
		http.NotFound(w, r)
	}))
	for name, client := range map[string]*http.Client{"unpacks": {}, "does not": {Transport: &http.Transport{DisableCompression: true}}} {
		out, err := reader(t, func(c *Config) { c.Client = client }).Software(t.Context(), url+"/v1", "")
		if err != nil || len(out.Entries) != 1 {
			t.Errorf("a client that %s: %v", name, err)
		}
	}
	// A small answer that unpacks into a large one is bounded by what it unpacks into.
	z.Reset()
	w = gzip.NewWriter(&z)
	if _, err := w.Write(bytes.Repeat([]byte(" "), 64<<20)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := reader(t, func(c *Config) { c.AnswerBytes = 1 << 20 }).Software(t.Context(), url+"/v1", ""); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a bomb of %d bytes: %v", z.Len(), err)
	}
}

func TestTheTokenGoesToItsHostOnly(t *testing.T) {
	server, url := api(t, 2)
	server.Token = "segreto"
	host := strings.TrimSuffix(strings.TrimPrefix(url, "http://"), "/v1")
	if _, err := reader(t).Software(t.Context(), url, ""); !errors.Is(err, ErrForbidden) {
		t.Errorf("without: %v", err)
	}
	asked := map[string]bool{}
	r := reader(t, func(c *Config) {
		c.Token = func(h string) string {
			if asked[h] = true; h == host {
				return "segreto"
			}
			return ""
		}
	})
	if out, err := r.Software(t.Context(), url, ""); err != nil || len(out.Entries) != 2 || len(asked) != 1 {
		t.Errorf("with: %v %v", err, asked)
	}
}
