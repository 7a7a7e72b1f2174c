package gitrepo

import (
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// scales counts what comes and how often it was asked for.
type scales struct{ bytes, requests atomic.Int64 }

// RoundTrip is http.DefaultTransport's.
func (s *scales) RoundTrip(req *http.Request) (*http.Response, error) {
	s.requests.Add(1)
	res, err := http.DefaultTransport.RoundTrip(req)
	if err == nil {
		res.Body = &weighed{res.Body, s}
	}
	return res, err
}

type weighed struct {
	io.ReadCloser
	s *scales
}

// Read counts.
func (w *weighed) Read(b []byte) (int, error) {
	n, err := w.ReadCloser.Read(b)
	w.s.bytes.Add(int64(n))
	return n, err
}

// What a call that failed took was lost together with the snapshot that it did not give.
func TestACallThatFailsTellsWhatItTook(t *testing.T) {
	root := t.TempDir()
	noise := make([]byte, 50_000)
	if _, err := rand.NewChaCha8([32]byte{}).Read(noise); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"parts", "whole"} {
		dir := gitrepotest.Init(t, filepath.Join(root, name), map[string]string{"kit.md": "k", "README.md": string(noise)})
		gitrepotest.AllowFilter(t, dir, name == "parts")
	}
	base := gitrepotest.Serve(t, root)
	for _, c := range []struct {
		name     string
		url      string
		limits   Limits
		requests int
		least    int64
	}{
		{"trees are too many", base + "/parts", Limits{TreeBytes: 40}, 2, 40},
		{"all is too large", base + "/whole", Limits{DiskBytes: 20_000}, 2, 20_000},
		{"trees need too much memory", base + "/parts", Limits{Memory: objectCost}, 2, 40},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &scales{}
			r := reader(t, Config{Client: &http.Client{Transport: s}, Limits: c.limits})
			_, err := r.Open(t.Context(), c.url, Refs{}, nil)
			bytes, requests := Cost(err)
			if !errors.Is(err, ErrLimit) || requests != c.requests || bytes < c.least {
				t.Errorf("%v, told as %d bytes in %d requests", err, bytes, requests)
			}
			if bytes != s.bytes.Load() || int64(requests) != s.requests.Load() {
				t.Errorf("%d bytes in %d requests, told as %d in %d", s.bytes.Load(), s.requests.Load(), bytes, requests)
			}
		})
	}
	t.Run("a history", func(t *testing.T) {
		s := &scales{}
		r := reader(t, Config{Client: &http.Client{Transport: s}})
		shot := open(t, r, base+"/parts", nil)
		before, asked := s.bytes.Load(), s.requests.Load()
		small := reader(t, Config{Client: &http.Client{Transport: s}, Limits: Limits{Memory: objectCost}})
		_, err := small.History(t.Context(), shot, []string{"README.md"})
		bytes, requests := Cost(err)
		if !errors.Is(err, ErrLimit) || bytes == 0 || bytes != s.bytes.Load()-before || int64(requests) != s.requests.Load()-asked {
			t.Errorf("%v: %d bytes in %d requests, told as %d in %d", err, s.bytes.Load()-before, s.requests.Load()-asked, bytes, requests)
		}
	})
	if b, n := Cost(errors.New("something else")); b != 0 || n != 0 {
		t.Errorf("an error of something else took %d bytes in %d requests", b, n)
	}
}
