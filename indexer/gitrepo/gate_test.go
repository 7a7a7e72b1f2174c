package gitrepo

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

const mega = 1 << 20

func TestTheGateLetsOneCallEnd(t *testing.T) {
	g := newGate(24*mega, 16*mega) // 8 in common
	a, b, c := &lease{g: g}, &lease{g: g}, &lease{g: g}
	ask := func(l *lease, n int64) error {
		t.Helper()
		return l.more(t.Context(), n)
	}
	if err := errors.Join(ask(a, 5*mega), ask(b, 5*mega), ask(c, heldUnasked)); err != nil || g.common != 0 || a.last || b.last {
		t.Fatalf("%v, %d left in common", err, g.common)
	}
	if err := ask(a, 11*mega); err != nil || !a.last || g.common != 4*mega {
		t.Fatalf("%v: the one in the reserve leaves %d in common", err, g.common)
	}
	if err := ask(b, 4*mega); err != nil || b.last || g.common != 0 {
		t.Fatalf("%v: another has taken what it left, %d", err, g.common)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := c.more(stopped, mega); !errors.Is(err, context.Canceled) || c.last {
		t.Errorf("a call that is called off got room: %v", err)
	}
	waits := make(chan error, 1)
	go func() { waits <- b.more(t.Context(), mega) }()
	select {
	case err := <-waits:
		t.Errorf("two are in the reserve: %v", err)
	default:
	}
	a.end()
	if err := <-waits; err != nil || !b.last || g.common != 8*mega {
		t.Errorf("%v: the next one in the reserve leaves %d in common", err, g.common)
	}
	b.end()
	c.end()
	if g.common != 8*mega || len(g.reserve) != 0 {
		t.Errorf("at the end %d in common, %d in the reserve", g.common, len(g.reserve))
	}
}

// Many calls that each need nearly all there is come to an end, one after the other, and leave nothing taken.
func TestManyCallsShareLittleMemory(t *testing.T) {
	root := t.TempDir()
	big := strings.Repeat("Testo di prova. ", 100_000)
	for _, name := range []string{"parts", "whole"} {
		dir := gitrepotest.Init(t, filepath.Join(root, name), map[string]string{"kit.md": "k", "README.md": big, "docs/a.md": big + "a", "docs/b.md": big + "b"})
		gitrepotest.AllowFilter(t, dir, name == "parts")
	}
	base := gitrepotest.Serve(t, root)
	for _, held := range []int64{1, 12 * mega} {
		r := reader(t, Config{Held: held, Limits: Limits{Memory: 8 * mega}})
		common := r.g.common
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				s, err := r.Open(t.Context(), base+"/"+[]string{"parts", "whole"}[i%2], Refs{}, WantAll)
				if err != nil || s.Partial || len(s.Skipped) != 0 {
					t.Errorf("call %d: %v", i, err)
					return
				}
				if _, err := r.History(t.Context(), s, []string{"README.md"}); err != nil && !errors.Is(err, ErrUnsupported) {
					t.Errorf("history %d: %v", i, err)
				}
			})
		}
		all.Wait()
		if r.g.common != common || len(r.g.reserve) != 0 {
			t.Errorf("of %d bytes, %d in common are left, %d in the reserve", held, r.g.common, len(r.g.reserve))
		}
	}
	if _, err := New(Config{Held: -1}); err == nil {
		t.Error("less than nothing was accepted")
	}
}
