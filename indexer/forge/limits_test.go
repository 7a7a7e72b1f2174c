package forge_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/indexer/forge"
	"github.com/open-community-pa/riuso/indexer/forge/forgetest"
)

func TestRateLimit(t *testing.T) {
	for _, kind := range kinds() {
		t.Run(string(kind), func(t *testing.T) {
			reset := time.Now().Add(time.Hour).Truncate(time.Second)
			s := forgetest.New(kind, "ente", repos(300))
			s.Limit(1, reset)
			url, host := serve(t, s)
			l := lister(t, func(c *forge.Config) { c.Kinds = map[string]forge.Kind{host: kind} })
			got := list(t, l, url+"/ente", "")
			if !got.Partial || got.Why.It == "" || !got.Reset.Equal(reset) || got.Mark != "" || len(got.Repositories) == 0 || len(got.Repositories) > 100 {
				t.Errorf("after one page: partial %v, %q, reset %s, %d repositories", got.Partial, got.Why.En, got.Reset, len(got.Repositories))
			}
			s.Limit(-1, time.Time{})
			_, err := l.List(t.Context(), url+"/ente", "")
			var limit *forge.RateLimit
			if !errors.Is(err, forge.ErrRateLimited) || !errors.As(err, &limit) || !limit.Reset.Equal(reset) {
				t.Errorf("the host wants no request before the reset, and was asked: %v", err)
			}
			fresh := lister(t, func(c *forge.Config) { c.Kinds = map[string]forge.Kind{host: kind} })
			s.Limit(0, reset)
			if _, err = fresh.List(t.Context(), url+"/ente", ""); !errors.Is(err, forge.ErrRateLimited) || !errors.As(err, &limit) || !limit.Reset.Equal(reset) {
				t.Errorf("at once: %v", err)
			}
			later := lister(t, func(c *forge.Config) { c.Kinds = map[string]forge.Kind{host: kind} })
			s.Limit(-1, time.Time{})
			if got := list(t, later, url+"/ente", ""); len(got.Repositories) != 300 {
				t.Errorf("afterwards: %d", len(got.Repositories))
			}
		})
	}
}

// The memory of a rate limit ends with the limit.
func TestRateLimitEnds(t *testing.T) {
	now := time.Now()
	s := forgetest.New(forge.Gitea, "ente", repos(1))
	s.Limit(0, now.Add(time.Hour))
	url, _ := serve(t, s)
	l := lister(t, func(c *forge.Config) { c.Now = func() time.Time { return now } })
	if _, err := l.List(t.Context(), url+"/ente", ""); !errors.Is(err, forge.ErrRateLimited) {
		t.Fatal(err)
	}
	s.Limit(-1, time.Time{})
	now = now.Add(2 * time.Hour)
	if got := list(t, l, url+"/ente", ""); len(got.Repositories) != 1 {
		t.Errorf("%d repositories", len(got.Repositories))
	}
}

func TestLimits(t *testing.T) {
	for _, kind := range kinds() {
		s := forgetest.New(kind, "ente", repos(300))
		url, _ := serve(t, s)
		for name, c := range map[string]struct {
			limits  forge.Limits
			n       int
			partial bool
		}{
			"fewer":      {forge.Limits{Repositories: 120}, 120, true},
			"just":       {forge.Limits{Repositories: 300}, 300, false},
			"more":       {forge.Limits{Repositories: 301}, 300, false},
			"first page": {forge.Limits{Repositories: 1}, 1, true},
			"pages":      {forge.Limits{Pages: 1}, map[forge.Kind]int{forge.Gitea: 50, forge.GitHub: 100, forge.GitLab: 100}[kind], true},
			"bytes":      {forge.Limits{Total: 1}, map[forge.Kind]int{forge.Gitea: 50, forge.GitHub: 100, forge.GitLab: 100}[kind], true},
		} {
			got := list(t, lister(t, func(cf *forge.Config) { cf.Limits = c.limits }), url+"/ente", "")
			if len(got.Repositories) != c.n || got.Partial != c.partial || got.Why.IsZero() == c.partial || (got.Mark == "") != c.partial {
				t.Errorf("%s, %s: %d repositories, partial %v %q", kind, name, len(got.Repositories), got.Partial, got.Why.En)
			}
		}
	}
	s := forgetest.New(forge.GitHub, "ente", repos(100))
	url, _ := serve(t, s)
	if _, err := lister(t, func(c *forge.Config) { c.Limits.Answer = 2000 }).List(t.Context(), url+"/ente", ""); !errors.Is(err, forge.ErrTooLarge) {
		t.Errorf("an answer too large: %v", err)
	}
}

func TestNewRefuses(t *testing.T) {
	for name, c := range map[string]forge.Config{
		"no client":      {},
		"negative limit": {Client: http.DefaultClient, Limits: forge.Limits{Pages: -1}},
		"unknown kind":   {Client: http.DefaultClient, Kinds: map[string]forge.Kind{"git.example.it": "svn"}},
	} {
		if _, err := forge.New(c); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// One Lister serves many at the same time.
func TestManyAtOnce(t *testing.T) {
	url, _ := serve(t, forgetest.New(forge.Gitea, "ente", repos(60)))
	l := lister(t, nil)
	failed := make(chan error)
	for range 8 {
		go func() {
			got, err := l.List(context.WithoutCancel(t.Context()), url+"/ente", "")
			if err == nil && len(got.Repositories) != 60 {
				err = fmt.Errorf("%d repositories", len(got.Repositories))
			}
			failed <- err
		}()
	}
	for range 8 {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
}
