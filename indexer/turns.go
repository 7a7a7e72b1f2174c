package indexer

import (
	"context"
	"sync"

	"github.com/open-community-pa/riuso/catalog"
)

// turns hand a source to one visit at a time, from the moment that what is known of it is read until what follows is
// stored: two crawls at once (one on its hour, one that a push asked for) then never overwrite each other.
type turns struct {
	mu    sync.Mutex
	taken map[catalog.SourceID]chan struct{} // closed when the turn is over
}

// take waits for the turn of a source and gives the function that ends it; it fails only when ctx ends first.
func (t *turns) take(ctx context.Context, id catalog.SourceID) (end func(), err error) {
	for {
		end, busy := t.try(id)
		if end != nil {
			return end, nil
		}
		select {
		case <-busy:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// try takes the turn of a source when it is free; end is nil when somebody has it, until busy is closed.
func (t *turns) try(id catalog.SourceID) (end func(), busy <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if busy, ok := t.taken[id]; ok {
		return nil, busy
	}
	if t.taken == nil {
		t.taken = map[catalog.SourceID]chan struct{}{}
	}
	over := make(chan struct{})
	t.taken[id] = over
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.taken, id)
		close(over)
	}, nil
}
