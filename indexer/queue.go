package indexer

import (
	"context"
	"sync"

	"github.com/open-community-pa/riuso/catalog"
)

// queue hands out sources to workers, host by host in turn and never more than perHost of one host at once: one slow
// host does not stop the others.
type queue struct {
	mu      sync.Mutex
	changed chan struct{}               // closed and replaced when a host becomes free
	todo    map[string][]catalog.Source // by host, those not yet handed out
	busy    map[string]int              // by host, those handed out and not done
	ready   []string                    // hosts with something to do and a free place, each once
	left    int
	perHost int
}

func newQueue(sources []catalog.Source, perHost int) *queue {
	q := &queue{changed: make(chan struct{}), todo: map[string][]catalog.Source{}, busy: map[string]int{}, left: len(sources), perHost: perHost}
	for _, s := range sources {
		h := host(s.URL)
		if len(q.todo[h]) == 0 {
			q.ready = append(q.ready, h)
		}
		q.todo[h] = append(q.todo[h], s)
	}
	return q
}

// next waits for a source whose host is free; ok is false when nothing is left or ctx ended. done must be called when
// the visit is over.
func (q *queue) next(ctx context.Context) (src catalog.Source, done func(), ok bool) {
	for {
		q.mu.Lock()
		if q.left == 0 || ctx.Err() != nil {
			q.mu.Unlock()
			return src, nil, false
		}
		if len(q.ready) > 0 {
			h := q.ready[0]
			q.ready = q.ready[1:]
			src, q.todo[h] = q.todo[h][0], q.todo[h][1:]
			q.left--
			q.busy[h]++
			if q.busy[h] < q.perHost && len(q.todo[h]) > 0 {
				q.ready = append(q.ready, h)
			}
			q.mu.Unlock()
			return src, func() { q.free(h) }, true
		}
		wait := q.changed
		q.mu.Unlock()
		select {
		case <-wait:
		case <-ctx.Done():
			return src, nil, false
		}
	}
}

func (q *queue) free(h string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.busy[h] == q.perHost && len(q.todo[h]) > 0 {
		q.ready = append(q.ready, h) // it had been left out for being full
	}
	if q.busy[h]--; q.busy[h] == 0 {
		delete(q.busy, h)
	}
	close(q.changed)
	q.changed = make(chan struct{})
}
