package hooks_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/site/hooks"
)

func TestNewWantsSecretsAndWhatToDo(t *testing.T) {
	for _, cfg := range []hooks.Config{{}, {Secrets: func(string) []string { return nil }},
		{Pushed: func(context.Context, hooks.Push) error { return nil }}} {
		if _, err := hooks.New(cfg); !errors.Is(err, catalog.ErrInvalid) {
			t.Errorf("%v", err)
		}
	}
}

// Whatever is wrong with a signature, the answer is the same to the byte and nothing is done.
func TestWrongSignatures(t *testing.T) {
	change := map[string]func(*http.Request){
		"none":              func(r *http.Request) { r.Header.Del("X-Hub-Signature-256") },
		"empty":             func(r *http.Request) { r.Header.Set("X-Hub-Signature-256", "") },
		"of another secret": func(r *http.Request) { r.Header.Set("X-Hub-Signature-256", "sha256="+mac("other", pushBody)) },
		"of another body":   func(r *http.Request) { r.Header.Set("X-Hub-Signature-256", "sha256="+mac(secret, pushBody+" ")) },
		"of the empty secret": func(r *http.Request) {
			r.Header.Set("X-Hub-Signature-256", "sha256="+mac("", pushBody))
		},
		"not hex":        func(r *http.Request) { r.Header.Set("X-Hub-Signature-256", "sha256="+strings.Repeat("z", 64)) },
		"short":          func(r *http.Request) { r.Header.Set("X-Hub-Signature-256", "sha256="+mac(secret, pushBody)[:62]) },
		"without a name": func(r *http.Request) { r.Header.Set("X-Hub-Signature-256", mac(secret, pushBody)) },
		"as SHA-1 only": func(r *http.Request) {
			r.Header.Del("X-Hub-Signature-256")
			r.Header.Set("X-Hub-Signature", "sha1="+strings.Repeat("a", 40))
		},
		"SHA-1 by a name": func(r *http.Request) { r.Header.Set("X-Hub-Signature-256", "sha1="+strings.Repeat("a", 40)) },
		"two":             func(r *http.Request) { r.Header.Add("X-Hub-Signature-256", r.Header.Get("X-Hub-Signature-256")) },
		"Gitea's": func(r *http.Request) {
			r.Header.Del("X-Hub-Signature-256")
			r.Header.Set("X-Gitea-Signature", mac(secret, pushBody))
		},
		"GitLab's": func(r *http.Request) { r.Header.Del("X-Hub-Signature-256"); r.Header.Set("X-Gitlab-Token", secret) },
	}
	s, same := newSite(t), ""
	for name, f := range change {
		r := github("push", name, pushBody)
		f(r)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != http.StatusUnauthorized || len(s.pushed) > 0 || w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("a signature %s: %d %s", name, w.Code, w.Body)
		}
		if same == "" {
			same = w.Body.String()
		}
		if got := w.Body.String(); got != same {
			t.Errorf("a signature %s is answered otherwise: %s", name, got)
		}
	}
	for _, tokens := range [][]string{nil, {""}, {"other"}, {secret + " "}, {secret, secret}} {
		r := gitlab("Push Hook", "x", `{"object_kind":"push",`+labProject+`}`)
		r.Header["X-Gitlab-Token"] = tokens
		if got := s.send(t, r); got.Code != http.StatusUnauthorized || len(s.pushed) > 0 {
			t.Errorf("GitLab's token %q: %+v", tokens, got)
		}
	}
	// What Gitea calls its signature is the one that counts: a good one of GitHub's name does not save a bad one.
	r := gitea("push", "y", pushBody)
	r.Header.Set("X-Gitea-Signature", mac("other", pushBody))
	if got := s.send(t, r); got.Code != http.StatusUnauthorized || len(s.pushed) > 0 {
		t.Errorf("%+v", got)
	}
	r = gitea("push", "z", pushBody)
	r.Header.Del("X-Gitea-Signature")
	if got := s.send(t, r); got.Code != http.StatusAccepted || len(s.pushed) != 1 {
		t.Errorf("%+v", got)
	}
}

// The secret before this one is good as long as it is listed: both sides need not change at once.
func TestSecretsRotate(t *testing.T) {
	s := newSite(t)
	r := github("push", "1", pushBody)
	r.Header.Set("X-Hub-Signature-256", "sha256="+mac("the next one", pushBody))
	if got := s.send(t, r); got.Code != http.StatusAccepted {
		t.Errorf("%+v", got)
	}
	l := gitlab("Push Hook", "1", `{"object_kind":"push",`+labProject+`}`)
	l.Header.Set("X-Gitlab-Token", "the next one")
	if got := s.send(t, l); got.Code != http.StatusAccepted {
		t.Errorf("%+v", got)
	}
	none, err := hooks.New(hooks.Config{Secrets: func(string) []string { return []string{""} }, Pushed: func(context.Context, hooks.Push) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	s.Hooks = none
	if got := s.send(t, github("push", "2", pushBody)); got.Code != http.StatusNotFound || !strings.Contains(got.Message.En, "secret") {
		t.Errorf("without a secret: %+v", got)
	}
}

func TestMethodTypePathAndSize(t *testing.T) {
	s := newSite(t)
	typed := func(r *http.Request, typ string) *http.Request {
		r.Header.Set("Content-Type", typ)
		return r
	}
	with := func(r *http.Request, method, path string) *http.Request {
		r.Method, r.URL.Path = method, path
		return r
	}
	long := strings.Repeat(" ", hooks.MaxBody)
	unsaid := github("push", "u", pushBody+long)
	unsaid.ContentLength = -1
	for name, tc := range map[string]struct {
		r    *http.Request
		want int
	}{
		"GET":                 {with(github("push", "1", pushBody), http.MethodGet, "/hooks/github"), 405},
		"another forge":       {with(github("push", "1", pushBody), http.MethodPost, "/hooks/sourceforge"), 404},
		"no forge":            {with(github("push", "1", pushBody), http.MethodPost, "/hooks/"), 404},
		"a slash at the end":  {with(github("push", "slash", pushBody), http.MethodPost, "/hooks/github/"), 202},
		"no type":             {typed(github("push", "1", pushBody), ""), 415},
		"XML":                 {typed(github("push", "1", pushBody), "application/xml"), 415},
		"with a charset":      {typed(github("push", "charset", pushBody), "application/json; charset=utf-8"), 202},
		"a form of Gitea":     {typed(gitea("push", "1", formOf(pushBody)), "application/x-www-form-urlencoded"), 415},
		"too long":            {github("push", "1", pushBody+long), 413},
		"too long and unsaid": {unsaid, 413},
		"long":                {github("push", "long", pushBody+long[len(pushBody):]), 202},
		"not JSON":            {github("push", "1", "{"), 400},
		"no repository":       {github("push", "1", "{}"), 400},
		"a bad address":       {github("push", "1", `{"repository":{"html_url":"javascript:alert(1)"}}`), 400},
		"a file":              {github("push", "1", `{"repository":{"clone_url":"file:///etc"}}`), 400},
		"JSON as a form":      {typed(github("push", "1", pushBody), "application/x-www-form-urlencoded"), 400},
	} {
		if got := s.send(t, tc.r); got.Code != tc.want || got.Code == 405 && got.Header.Get("Allow") != "POST" {
			t.Errorf("%s: %d %+v", name, got.Code, got)
		}
	}
	if len(s.pushed) != 3 {
		t.Errorf("%d asked for", len(s.pushed))
	}
}

// What the catalogue answers becomes what the forge is told, and a delivery that failed may come again.
func TestAnswersOfTheCatalogue(t *testing.T) {
	s := newSite(t)
	for i, tc := range []struct {
		err    error
		code   int
		status string
	}{
		{fmt.Errorf("queue: %w", catalog.ErrBusy), 429, "busy"},
		{errors.New("disk on fire"), 500, "failed"},
		{nil, 202, "accepted"},
		{nil, 202, "repeated"},
	} {
		s.err = tc.err
		got := s.send(t, github("push", "one", pushBody))
		if got.Code != tc.code || got.Status != tc.status || (got.Header.Get("Retry-After") == "60") != (tc.code == 429) {
			t.Errorf("%d: %+v", i, got)
		}
	}
	if len(s.pushed) != 3 {
		t.Errorf("%d times", len(s.pushed))
	}
	s.err = fmt.Errorf("%w", catalog.ErrNotFound)
	if got := s.send(t, github("push", "two", pushBody)); got.Code != 202 || got.Status != "nothing" {
		t.Errorf("%+v", got)
	}
	for range 2 {
		if got := s.send(t, github("ping", "three", `{"zen":"x"}`)); got.Code != 200 || got.Status != "pong" {
			t.Errorf("%+v", got)
		}
	}
	if log := s.log.String(); !strings.Contains(log, "disk on fire") || strings.Contains(log, secret) || strings.Contains(log, "comune-esempio") {
		t.Errorf("the log tells too little or too much:\n%s", log)
	}
}

// Deliveries are remembered for a while, and only so many.
func TestRepeats(t *testing.T) {
	s := newSite(t)
	send := func(id string) string { return s.send(t, github("push", id, pushBody)).Status }
	body := func(n int) *http.Request {
		return gitlab("Push Hook", "", fmt.Sprintf(`{"object_kind":"push","n":%d,%s}`, n, labProject))
	}
	if a, b := send("a"), send("a"); a != "accepted" || b != "repeated" {
		t.Error(a, b)
	}
	if a, b, c := s.send(t, body(1)), s.send(t, body(1)), s.send(t, body(2)); a.Status != "accepted" || b.Status != "repeated" || c.Status != "accepted" {
		t.Errorf("by its bytes: %+v %+v %+v", a, b, c)
	}
	s.now = s.now.Add(hooks.Remember)
	if a := send("a"); a != "accepted" {
		t.Errorf("an hour later: %s", a)
	}
	for i := range hooks.MaxRemembered {
		send(fmt.Sprint("many", i))
	}
	if a, b := send("a"), send(fmt.Sprint("many", hooks.MaxRemembered-1)); a != "accepted" || b != "repeated" {
		t.Errorf("after many: %s %s", a, b)
	}
	if a, b := send(strings.Repeat("x", 200)), s.send(t, github("push", strings.Repeat("y", 200), pushBody)).Status; a != "accepted" || b != "repeated" {
		t.Errorf("a number that cannot be one does not hide a repeat: %s %s", a, b)
	}
}

// Refused signatures do not fill the log.
func TestRefusalsAreLoggedNowAndThen(t *testing.T) {
	s := newSite(t)
	for range 50 {
		r := github("push", "1", pushBody)
		r.Header.Del("X-Hub-Signature-256")
		s.send(t, r)
	}
	if n := strings.Count(s.log.String(), "level=WARN"); n != 1 {
		t.Errorf("%d lines", n)
	}
}

// slow is a body that waits until it is let go.
type slow struct {
	reached chan struct{}
	let     chan struct{}
}

func (b *slow) Read([]byte) (int, error) {
	b.reached <- struct{}{}
	<-b.let
	return 0, io.EOF
}

// Long messages that arrive slowly hold up neither memory nor the short ones.
func TestOnlySoManyLongMessagesAtOnce(t *testing.T) {
	s := newSite(t)
	body := &slow{make(chan struct{}), make(chan struct{})}
	long := func() *http.Request {
		r := github("push", "long", pushBody)
		r.ContentLength, r.Body = hooks.MaxBody, io.NopCloser(body)
		return r
	}
	ended := make(chan int, hooks.MaxLarge)
	for range hooks.MaxLarge {
		r := long()
		go func() {
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			ended <- w.Code
		}()
		<-body.reached
	}
	if got := s.send(t, long()); got.Code != http.StatusTooManyRequests || got.Header.Get("Retry-After") == "" {
		t.Errorf("one more: %+v", got)
	}
	if got := s.send(t, github("push", "short", pushBody)); got.Code != http.StatusAccepted {
		t.Errorf("a short one: %+v", got)
	}
	close(body.let)
	for range hooks.MaxLarge {
		if code := <-ended; code != http.StatusUnauthorized { // the body that came is empty
			t.Errorf("%d", code)
		}
	}
	if got := s.send(t, github("push", "after", pushBody+strings.Repeat(" ", hooks.SmallBody))); got.Code != http.StatusAccepted {
		t.Errorf("after them: %+v", got)
	}
}

// Mounted in an engine, a webhook comes over a real connection.
func TestMounted(t *testing.T) {
	s := newSite(t)
	gin.SetMode(gin.TestMode)
	e := gin.New()
	s.Mount(e)
	srv := httptest.NewServer(e)
	t.Cleanup(srv.Close)
	r := github("push", "1", pushBody)
	out, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+"/hooks/github", r.Body)
	if err != nil {
		t.Fatal(err)
	}
	out.Header = r.Header
	res, err := srv.Client().Do(out)
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusAccepted || len(s.pushed) != 1 {
		t.Errorf("%d %v %v", res.StatusCode, s.pushed, err)
	}
}
