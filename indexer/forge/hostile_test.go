package forge_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/indexer/forge"
)

// says is a server that answers everything alike.
func says(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		if _, err := io.WriteString(w, body); err != nil {
			return // the client had enough
		}
	}
}

// ask lists from a server that is said to be of the kind.
func ask(t *testing.T, kind forge.Kind, h http.Handler, change func(*forge.Config)) (forge.Listing, error) {
	t.Helper()
	address, host := serve(t, h)
	l := lister(t, func(c *forge.Config) {
		c.Kinds = map[string]forge.Kind{host: kind}
		if change != nil {
			change(c)
		}
	})
	return l.List(t.Context(), address+"/ente", "")
}

// No answer but a list is a list: never is an owner taken for one without repositories by mistake.
func TestBadAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		h    http.HandlerFunc
		want error
	}{
		"401":            {says(401, `{"message":"Bad credentials"}`), forge.ErrForbidden},
		"403":            {says(403, `{"message":"Forbidden"}`), forge.ErrForbidden},
		"404":            {says(404, `{"message":"Not Found"}`), forge.ErrAbsent},
		"404 in HTML":    {says(404, `<html>`), forge.ErrAbsent},
		"410":            {says(410, ``), forge.ErrAbsent},
		"429":            {says(429, ``), forge.ErrRateLimited},
		"500":            {says(500, `oops`), forge.ErrBadAnswer},
		"202":            {says(202, `[]`), forge.ErrBadAnswer},
		"204":            {says(204, ``), forge.ErrBadAnswer},
		"304 unasked":    {says(304, ``), forge.ErrBadAnswer},
		"nothing":        {says(200, ``), forge.ErrBadAnswer},
		"null":           {says(200, `null`), forge.ErrBadAnswer},
		"an object":      {says(200, `{"message":"ok"}`), forge.ErrBadAnswer},
		"a web page":     {says(200, `<!DOCTYPE html><title>Accedi</title>`), forge.ErrBadAnswer},
		"cut off":        {says(200, `[{"full_name":"ente/kit"`), forge.ErrBadAnswer},
		"two values":     {says(200, `[] []`), forge.ErrBadAnswer},
		"another type":   {says(200, `[{"full_name":7,"path_with_namespace":7}]`), forge.ErrBadAnswer},
		"503, come back": {says(503, ``, "Retry-After", "60"), forge.ErrRateLimited},
	} {
		for _, kind := range kinds() {
			got, err := ask(t, kind, c.h, nil)
			var e *forge.Error
			if !errors.Is(err, c.want) || !errors.As(err, &e) || e.Text.It == "" || e.Text.En == "" || got.Repositories != nil || got.Requests == 0 {
				t.Errorf("%s, %s: %v", kind, name, err)
			}
		}
	}
}

// Every form in which a server says when to come back.
func TestResetForms(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	stamp := fmt.Sprint(now.Add(time.Hour).Unix())
	for name, c := range map[string]struct {
		h    http.HandlerFunc
		want time.Duration
	}{
		"seconds":         {says(429, ``, "Retry-After", "90"), 90 * time.Second},
		"a date":          {says(429, ``, "Retry-After", now.Add(2*time.Hour).Format(http.TimeFormat)), 2 * time.Hour},
		"GitHub":          {says(403, `{}`, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", stamp), time.Hour},
		"GitHub, second":  {says(403, `{}`, "Retry-After", "30", "X-RateLimit-Remaining", "10"), 30 * time.Second},
		"GitHub, abuse":   {says(403, `{"documentation_url":"https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"}`), time.Minute},
		"GitLab":          {says(429, `Retry later`, "RateLimit-Reset", stamp), time.Hour},
		"seconds to wait": {says(429, ``, "RateLimit-Reset", "120"), 2 * time.Minute},
		"nothing said":    {says(429, ``), time.Minute},
		"for ever":        {says(429, ``, "Retry-After", "9999999"), forge.MaxWait},
		"year 9999":       {says(429, ``, "X-RateLimit-Reset", "253402300799000"), forge.MaxWait},
		"in the past":     {says(429, ``, "Retry-After", now.Add(-time.Hour).Format(http.TimeFormat)), time.Second},
		"no number":       {says(429, ``, "Retry-After", "presto"), time.Minute},
	} {
		_, err := ask(t, forge.GitHub, c.h, func(cf *forge.Config) { cf.Now = func() time.Time { return now } })
		var limit *forge.RateLimit
		if !errors.Is(err, forge.ErrRateLimited) || !errors.As(err, &limit) {
			t.Errorf("%s: %v", name, err)
		} else if got := limit.Reset.Sub(now); got != c.want {
			t.Errorf("%s: to wait %s, want %s: %v", name, got, c.want, err)
		}
	}
}

// A server that always says there is more, alike or ever new, ends at a limit.
func TestPagesWithoutEnd(t *testing.T) {
	for _, kind := range kinds() {
		var n atomic.Int64
		page := func(name string) string {
			return fmt.Sprintf(`[{"id":1,"full_name":"ente/%[1]s","path_with_namespace":"ente/%[1]s"}]`, name)
		}
		for name, body := range map[string]func() string{
			"the same page": func() string { return page("kit") },
			"new ones":      func() string { return page(fmt.Sprint("kit", n.Add(1))) },
			"empty pages":   func() string { return `[]` },
		} {
			got, err := ask(t, kind, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				v := r.URL.Query()
				w.Header().Set("Link", `<http://192.0.2.1/evil?page=`+v.Get("page")+`9>; rel="next"`)
				says(200, body())(w, r)
			}), func(c *forge.Config) { c.Limits.Pages = 20 })
			if err != nil || !got.Partial || got.Why.IsZero() || got.Requests > 20 || got.Mark != "" {
				t.Errorf("%s, %s: %d requests, partial %v, %v", kind, name, got.Requests, got.Partial, err)
			}
		}
	}
}

// What fails after some pages gives those, and says that they are not all.
func TestFailureAfterSomePages(t *testing.T) {
	for _, kind := range kinds() {
		got, err := ask(t, kind, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Get("page") != "1" {
				says(500, ``)(w, r)
				return
			}
			says(200, `[{"full_name":"ente/kit","path_with_namespace":"ente/kit"}]`, "Link", `<http://x/?page=2>; rel="next"`)(w, r)
		}), nil)
		if err != nil || !got.Partial || len(got.Repositories) != 1 || !strings.Contains(got.Why.En, "500") {
			t.Errorf("%s: %+v %v", kind, got, err)
		}
	}
}

// Names that make no address are left out and said; strange ones that do are written so that they lead where they should;
// what a server claims of addresses is not believed.
func TestStrangeNames(t *testing.T) {
	var entries []map[string]any
	add := func(full string) {
		entries = append(entries, map[string]any{"full_name": full, "path_with_namespace": full, "html_url": "https://evil.example/x", "description": "a\x00b\n" + strings.Repeat("è", 3000)})
	}
	for _, bad := range []string{"", "kit", "ente/", "/kit", "ente/..", "./kit", "ente/kit.git", "ente/a b", "ente/a\x00", "ente/?q", "ente/#f", "ente/%2e", `ente\kit`, "ente/" + strings.Repeat("a", 300)} {
		add(bad)
	}
	bad := len(entries)
	add("ente/però")
	add("ente/a+b")
	add("Ente/A+B") // the same for every forge
	body, err := json.Marshal(entries)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range kinds() {
		got, err := ask(t, kind, says(200, string(body)), nil)
		if err != nil || len(got.Repositories) != 2 || !got.Partial || !strings.Contains(got.Why.En, fmt.Sprint(bad)) {
			t.Fatalf("%s: %+v %v", kind, got, err)
		}
		for _, r := range got.Repositories {
			u, err := url.Parse(r.URL)
			if err != nil || !strings.HasPrefix(u.Host, "127.0.0.1:") || "/"+r.FullName != u.Path || len(r.Description) > 3000 || strings.ContainsAny(r.Description, "\x00\n") {
				t.Errorf("%s: %+v %v", kind, r, err)
			}
		}
	}
}

// The token goes to its host only: not to another after a redirect, not in the clear over the network, not into an error.
func TestTokenStaysHome(t *testing.T) {
	const token = "segreto-di-prova"
	var home, away atomic.Int64
	other, _ := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			away.Add(1)
		}
		says(401, token)(w, r)
	}))
	for _, kind := range kinds() {
		_, err := ask(t, kind, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.Header.Get("Authorization"), " "+token) {
				home.Add(1)
			}
			http.Redirect(w, r, other+"/api?t="+url.QueryEscape(r.Header.Get("Authorization")), http.StatusFound)
		}), func(c *forge.Config) { c.Token = func(string) string { return token } })
		if !errors.Is(err, forge.ErrForbidden) || strings.Contains(fmt.Sprintf("%v %+v", err, err), token) {
			t.Errorf("%s: %v", kind, err)
		}
	}
	if home.Load() != 3 || away.Load() != 0 {
		t.Errorf("%d times at home, %d times elsewhere", home.Load(), away.Load())
	}
	if _, err := ask(t, forge.Gitea, says(200, `[]`), func(c *forge.Config) { c.Token = func(string) string { return "a\nb: c" } }); err == nil || strings.Contains(err.Error(), "b: c") {
		t.Errorf("a token with a line in it: %v", err)
	}
}

// A server that hangs is left when the caller has had enough.
func TestHangingServer(t *testing.T) {
	for _, kind := range kinds() {
		ctx, cancel := context.WithCancel(t.Context())
		address, host := serve(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			cancel()
			<-r.Context().Done()
		}))
		l := lister(t, func(c *forge.Config) { c.Kinds = map[string]forge.Kind{host: kind} })
		if _, err := l.List(ctx, address+"/ente", ""); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// Hosts that are no forge, and addresses that are no owner's, are told apart from owners that are not there.
func TestNoForge(t *testing.T) {
	l := lister(t, nil)
	for name, h := range map[string]http.HandlerFunc{"404": says(404, ``), "pages for all": says(200, `<html>`), "JSON for all": says(200, `{"ok":true}`), "401": says(401, `{"message":"no"}`)} {
		address, _ := serve(t, h)
		_, err := l.List(t.Context(), address+"/ente", "")
		if !errors.Is(err, forge.ErrNotForge) || !strings.Contains(err.Error(), "/api/v4/version") {
			t.Errorf("%s: %v", name, err)
		}
	}
	address, _ := serve(t, says(502, ``))
	if _, err := l.List(t.Context(), address+"/ente", ""); !errors.Is(err, forge.ErrBadAnswer) {
		t.Errorf("a failing host is not judged: %v", err)
	}
	for _, u := range []string{"", "ente", "http://.", "https://:443/ente", "ftp://github.com/ente", "https://github.com", "https://gitlab.com/", "https://codeberg.org", "https://github.com/ente/kit",
		"https://utente:segreto@github.com/ente", "https://github.com/a%00b", "https://bitbucket.org/ente", "https://github.com/" + strings.Repeat("a/", 2000)} {
		if got, err := l.List(t.Context(), u, ""); !errors.Is(err, forge.ErrNotForge) || strings.Contains(err.Error(), "segreto") || got.Requests != 0 {
			t.Errorf("%s: %v", u, err)
		}
	}
	for title, kind := range map[string]forge.Kind{"Gitea API": forge.Gitea, "Forgejo API": forge.Gitea} {
		address, _ := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/swagger.v1.json":
				says(200, `{"info":{"title":"`+title+`"}}`)(w, r)
			case "/api/v1/orgs/ente/repos":
				says(200, `[]`)(w, r)
			default:
				says(404, ``)(w, r)
			}
		}))
		if got, err := l.List(t.Context(), address+"/ente", ""); err != nil || got.Kind != kind || len(got.Repositories) != 0 || got.Mark == "" {
			t.Errorf("%s: %+v %v", title, got, err)
		}
	}
}
