package indexer

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

// How long the visits wait when the disk takes nothing more: the first time, and at most, twice as long each time.
const (
	firstPause = 30 * time.Second
	maxPause   = 15 * time.Minute
)

// pause holds the visits of a [Keeper] while the disk of the data folder takes nothing.
type pause struct {
	mu    sync.Mutex
	fault *catalog.StorageError
	last  time.Duration // how long it is this time
	until time.Time
	ended chan struct{} // closed when it is over before its time
}

// held says how long the visits still wait, unless ended is closed before; zero or less: they do not.
func (p *pause) held(now time.Time) (wait time.Duration, ended <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fault == nil {
		return 0, nil
	}
	return p.until.Sub(now), p.ended
}

// begin notes an error of the disk and says how long to wait. While others wait for the same reason it is not made longer.
func (p *pause) begin(now time.Time, fault *catalog.StorageError) (wait time.Duration, first bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if first = p.fault == nil; first {
		p.ended = make(chan struct{})
	}
	if first || !now.Before(p.until) {
		p.last = min(max(firstPause, 2*p.last), maxPause)
		p.until = now.Add(p.last)
	}
	p.fault = fault
	return p.until.Sub(now), first
}

// over says whether a pause has ended with what was stored just now.
func (p *pause) over() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	was := p.fault != nil
	if was {
		close(p.ended)
	}
	p.fault, p.last, p.until = nil, 0, time.Time{}
	return was
}

// Trouble gives the fault of the disk for which no visit is made now; nil when visits are made. It is a
// [catalog.StorageError].
func (k *Keeper) Trouble() error {
	k.pause.mu.Lock()
	defer k.pause.mu.Unlock()
	if k.pause.fault == nil {
		return nil
	}
	return k.pause.fault
}

// stored learns from a piece of work whether the disk takes what is brought; stuck says that it does not, and that the
// work is to be done again after the pause.
func (k *Keeper) stored(err error) (stuck bool) {
	var fault *catalog.StorageError
	switch {
	case errors.As(err, &fault):
		wait, first := k.pause.begin(k.now(), fault)
		if first && k.cfg.Stopped != nil {
			k.cfg.Stopped(fault)
		}
		k.logger.Error("the disk takes nothing: visits wait", "folder", fault.Folder, "fault", fault.Fault, "again", wait, "err", fault.Err)
		return true
	case err == nil && k.pause.over():
		k.logger.Warn("the disk takes what is brought again: visits go on")
		if k.cfg.Stopped != nil {
			k.cfg.Stopped(nil)
		}
	}
	return false
}

// rest waits until the pause is over, if there is one, or ctx ends.
func (k *Keeper) rest(ctx context.Context) {
	for ctx.Err() == nil {
		wait, ended := k.pause.held(k.now())
		if wait <= 0 {
			return
		}
		t := time.NewTimer(wait)
		select {
		case <-t.C:
		case <-ended: // the operator's own crawl found room
		case <-ctx.Done():
		}
		t.Stop()
	}
}

// dueAgain makes sources that a crawl did not get to store due at once. The lock is not held.
func (k *Keeper) dueAgain(only []catalog.SourceID, rep *Report) {
	done := map[catalog.SourceID]bool{}
	for i := range rep.Sources {
		done[rep.Sources[i].ID] = true
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	for _, id := range only {
		if _, ok := k.due[id]; ok && !done[id] {
			k.due[id] = now
		}
	}
}

// isStorage says whether an error is one of the disk under the store: it is no source's fault.
func isStorage(err error) bool {
	var e *catalog.StorageError
	return errors.As(err, &e)
}
