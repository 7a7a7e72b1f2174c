package gitrepo

import (
	"context"
	"fmt"
	"sync"
)

const (
	// DefaultHeld is how many inflated bytes of packs all calls of a Reader hold at the same moment, where Config.Held says
	// nothing: two packs that meet Limits.Memory, or very many ordinary ones.
	DefaultHeld = 256 << 20

	heldUnasked = 1 << 20 // of one call: a common kit never waits
	heldStep    = 1 << 20 // that are asked for at a time
)

// gate bounds what all calls of a Reader hold at once. Calls take what they need from a common part, as they grow. When
// that is used up, one of them at a time goes on in the reserve, which has room for the most that a call may hold, and
// gives back what it had of the common part: so one can always end, whatever the others hold, and none waits for ever.
type gate struct {
	mu      sync.Mutex
	common  int64
	reserve chan struct{} // holds a token while the reserve is taken
}

// newGate makes one of so many bytes, for calls of at most so many each.
func newGate(held, call int64) *gate {
	return &gate{common: max(0, held-call), reserve: make(chan struct{}, 1)}
}

// lease is what one call has of a gate. Like a call, it belongs to one goroutine.
type lease struct {
	g       *gate
	used    int64
	granted int64 // from the common part
	last    bool  // it is the one in the reserve
}

// more counts n bytes more, and waits for room where there is none; it fails when ctx ends.
func (l *lease) more(ctx context.Context, n int64) error {
	l.used += n
	short := l.used - l.granted - heldUnasked
	if short <= 0 || l.last {
		return nil
	}
	if l.g.take(max(short, heldStep)) {
		l.granted += max(short, heldStep)
		return nil
	}
	select {
	case l.g.reserve <- struct{}{}:
	case <-ctx.Done():
		return fmt.Errorf("waiting for memory that other visits hold: %w", ctx.Err())
	}
	l.g.give(l.granted)
	l.granted, l.last = 0, true
	return nil
}

// end gives all back. The lease may be used again.
func (l *lease) end() {
	l.g.give(l.granted)
	if l.last {
		<-l.g.reserve
	}
	l.used, l.granted, l.last = 0, 0, false
}

func (g *gate) take(n int64) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if n > g.common {
		return false
	}
	g.common -= n
	return true
}

func (g *gate) give(n int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.common += n
}

// packLimits are those of one request whose pack is counted in a lease.
func (r *Reader) packLimits(ctx context.Context, l *lease) packLimits {
	return packLimits{memory: r.c.Limits.Memory, inflated: r.c.Limits.Inflated, blob: r.c.Limits.File,
		more: func(n int64) error { return l.more(ctx, n) }}
}
