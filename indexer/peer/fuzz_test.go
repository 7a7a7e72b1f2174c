package peer

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"
)

// canned answers every request with the same body, without a network.
type canned string

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(string(c))), Request: r}, nil
}

func FuzzPublishers(f *testing.F) {
	for _, s := range []string{goodFile, "a: [&x 1, *x]", "- id: [\n", "-\n-\n", "{}", "- {id: c_a1, orgs: https://git.example.it/x}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		ps, findings := ParsePublishers(data)
		if len(findings) > maxFindings {
			t.Fatal("too many findings")
		}
		for _, p := range ps {
			if len(p.Orgs)+len(p.Repos) == 0 || !utf8.ValidString(p.ID+p.Name) {
				t.Fatalf("%+v", p)
			}
		}
	})
}

func FuzzSoftware(f *testing.F) {
	for _, s := range []string{`{"data":[{"id":"a","url":"https://git.example.it/a","codeHosting":[{"url":"https://git.example.it"}],"name":"x"}],"links":{"next":"?page[after]=a"}}`, `{"data":null}`, `{"data":[null,1]}`, `<html>`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		r := reader(t, func(c *Config) { c.Client = &http.Client{Transport: canned(body)}; c.Requests = 8 })
		out, err := r.Software(t.Context(), "https://api.example.it/v1", "")
		if err == nil && !out.Partial && out.Mark == "" || err != nil && Words(err).It == "" {
			t.Fatalf("%+v %v", out, err)
		}
		for _, e := range out.Entries {
			if !strings.HasPrefix(e.URL, "https://") || e.ID == "" {
				t.Fatalf("%+v", e)
			}
		}
	})
}

func FuzzCatalogue(f *testing.F) {
	const head = `{"protocol":"riuso-federation","version":1,"catalogue":{"id":"x"},"records":[`
	for _, s := range []string{head + `{"kind":"entity","key":"ipa:c_a1","entity":{"ipa":"c_a1"}}]}`, head + `{"kind":"kit","key":"https://git.example.it/a","kit":{"key":"https://git.example.it/a"}}],"next":"?after=1"}`,
		head + `{"kind":"community","key":"a#b","community":{"id":"b","channels":[{"a":{"b":[1,"c"]}}]}}]}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		r := reader(t, func(c *Config) { c.Client = &http.Client{Transport: canned(body)}; c.Requests = 8 })
		out, err := r.Catalogue(t.Context(), "https://riuso.example.it", "")
		if err == nil && (out.ID == "" || out.Tree == nil) || err != nil && Words(err).It == "" {
			t.Fatalf("%+v %v", out, err)
		}
	})
}

func FuzzMark(f *testing.F) {
	f.Add(`{"d":"a","p":[{"u":"/x","e":"\"y\""}]}`)
	f.Fuzz(func(t *testing.T, s string) {
		m := parseMark(s)
		if again := parseMark(m.String()); again.Digest != m.Digest && len(m.Digest) < maxMark/8 && utf8.ValidString(m.Digest) {
			t.Fatalf("%q", s)
		}
	})
}
