package outbound

import (
	"context"
	"sync"
	"time"
)

// hosts keeps the turns: how many requests a host has now and when the last began. A host that nobody waits for is
// forgotten as soon as its interval has passed, so the map is as large as what is going on.
type hosts struct {
	perHost  int
	interval time.Duration
	now      func() time.Time

	mu  sync.Mutex
	all map[string]*host
}

type host struct {
	slots chan struct{}
	users int       // requests that run or wait
	next  time.Time // the earliest start of the next one
}

func newHosts(c Config) *hosts {
	return &hosts{perHost: c.PerHost, interval: c.MinInterval, now: c.Now, all: map[string]*host{}}
}

// enter waits for the host's turn and gives the function that ends it; it fails only when ctx ends first.
func (h *hosts) enter(ctx context.Context, name string) (release func(), err error) {
	e := h.join(name)
	select {
	case e.slots <- struct{}{}:
	case <-ctx.Done():
		h.leave(name, e)
		return nil, context.Cause(ctx)
	}
	release = func() {
		<-e.slots
		h.leave(name, e)
	}
	if wait := h.book(e); wait > 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
			release()
			return nil, context.Cause(ctx)
		}
	}
	return release, nil
}

// book reserves the next start and says how long it is until then.
func (h *hosts) book(e *host) time.Duration {
	if h.interval <= 0 {
		return 0
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.now()
	start := now
	if e.next.After(now) {
		start = e.next
	}
	e.next = start.Add(h.interval)
	return start.Sub(now)
}

func (h *hosts) join(name string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	e, ok := h.all[name]
	if !ok {
		e = &host{slots: make(chan struct{}, h.perHost)}
		h.all[name] = e
	}
	e.users++
	return e
}

func (h *hosts) leave(name string, e *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	e.users--
	now := h.now()
	if e.users == 0 && !e.next.After(now) {
		delete(h.all, name)
	}
	if len(h.all) > maxQuietHosts {
		for n, o := range h.all {
			if o.users == 0 && !o.next.After(now) {
				delete(h.all, n)
			}
		}
	}
}

// maxQuietHosts is how many hosts are remembered before those whose interval has passed are looked for and dropped.
const maxQuietHosts = 1024
