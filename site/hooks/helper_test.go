package hooks_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/site/hooks"
)

const secret = "correct horse battery staple"

// site is a server with webhooks whose catalogue answers what the test says.
type site struct {
	*hooks.Hooks
	mu     sync.Mutex
	pushed []hooks.Push
	err    error
	now    time.Time
	log    bytes.Buffer
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	h, err := hooks.New(hooks.Config{
		Secrets: func(string) []string { return []string{"", "the next one", secret} },
		Pushed: func(_ context.Context, p hooks.Push) error {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.pushed = append(s.pushed, p)
			return s.err
		},
		Logger: slog.New(slog.NewTextHandler(&s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Now:    func() time.Time { return s.now },
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Hooks = h
	return s
}

type reply struct {
	Code    int
	Header  http.Header
	Status  string
	Event   hooks.Event
	Message schema.Text
}

func (s *site) send(t *testing.T, r *http.Request) reply {
	t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	out := reply{Code: w.Code, Header: w.Header()}
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		t.Fatalf("%d %q: %v", w.Code, w.Body, err)
	}
	if out.Message.It == "" || out.Message.En == "" || out.Message.It == out.Message.En {
		t.Errorf("%d without a sentence in both languages: %+v", w.Code, out.Message)
	}
	return out
}

func (s *site) last(t *testing.T) hooks.Push {
	t.Helper()
	if len(s.pushed) == 0 {
		t.Fatal("nothing was asked for")
	}
	return s.pushed[len(s.pushed)-1]
}

func mac(key, body string) string {
	m := hmac.New(sha256.New, []byte(key))
	m.Write([]byte(body))
	return hex.EncodeToString(m.Sum(nil))
}

// github makes a delivery as GitHub sends them.
func github(event, id, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/hooks/github", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-GitHub-Event", event)
	r.Header.Set("X-GitHub-Delivery", id)
	r.Header.Set("X-Hub-Signature-256", "sha256="+mac(secret, body))
	return r
}

// gitlab makes a delivery as GitLab sends them.
func gitlab(event, id, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/hooks/gitlab", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Gitlab-Event", event)
	r.Header.Set("X-Gitlab-Instance", "https://git.regione.example.it")
	r.Header.Set("X-Gitlab-Token", secret)
	if id != "" {
		r.Header.Set("Idempotency-Key", id)
	}
	return r
}

// gitea makes a delivery as Gitea sends them: it speaks GitHub's headers too.
func gitea(event, id, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/hooks/gitea", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for _, name := range []string{"X-Gitea-", "X-Gogs-", "X-GitHub-"} {
		r.Header.Set(name+"Event", event)
		r.Header.Set(name+"Delivery", id)
	}
	r.Header.Set("X-Gitea-Signature", mac(secret, body))
	r.Header.Set("X-Hub-Signature-256", "sha256="+mac(secret, body))
	return r
}

const pushBody = `{"ref":"refs/heads/main","repository":{"html_url":"https://github.com/comune-esempio/kit","clone_url":"https://github.com/comune-esempio/kit.git","ssh_url":"git@github.com:comune-esempio/kit.git"}}`

func wantPush(t *testing.T, got hooks.Push, event hooks.Event, urls, owners []string) {
	t.Helper()
	if got.Event != event || !slices.Equal(got.URLs, urls) || !slices.Equal(got.Owners, owners) || got.Deleted != (event == hooks.Deleted) {
		t.Errorf("got %+v, want %s of %q, owners %q", got, event, urls, owners)
	}
}

func formOf(body string) string { return url.Values{"payload": {body}}.Encode() }
