package indexer

import (
	"context"
	"fmt"
	"slices"

	"github.com/open-community-pa/riuso/catalog"
)

// wishes are sources that somebody wants to be visited soon, in the order in which they came. Its users hold a lock.
type wishes struct {
	limit   int
	waiting []catalog.SourceID
	under   []catalog.SourceID // handed out, and not done
}

func (w *wishes) waits(id catalog.SourceID) bool { return slices.Contains(w.waiting, id) }

// add puts a source at the end, once. It is catalog.ErrBusy when too many wait.
func (w *wishes) add(id catalog.SourceID) error {
	if w.waits(id) {
		return nil
	}
	if len(w.waiting) >= w.limit {
		return fmt.Errorf("%d sources wait to be visited: %w", len(w.waiting), catalog.ErrBusy)
	}
	w.waiting = append(w.waiting, id)
	return nil
}

// next hands out the first that is not under way: what is wanted again meanwhile waits until it is done, and nobody waits
// for it. It gives "" when there is none.
func (w *wishes) next() catalog.SourceID {
	for i, id := range w.waiting {
		if !slices.Contains(w.under, id) {
			w.waiting = slices.Delete(w.waiting, i, i+1)
			w.under = append(w.under, id)
			return id
		}
	}
	return ""
}

// done says that what was handed out is over; again puts it back to the front.
func (w *wishes) done(id catalog.SourceID, again bool) {
	w.under = slices.DeleteFunc(w.under, func(u catalog.SourceID) bool { return u == id })
	if again && !w.waits(id) {
		w.waiting = slices.Insert(w.waiting, 0, id)
	}
}

// enqueue puts a source among those that are wanted. The lock is held.
func (k *Keeper) enqueue(w *wishes, id catalog.SourceID) error {
	if err := w.add(id); err != nil {
		return err
	}
	k.rouse()
	return nil
}

// rouse wakes those who wait for something to do. The lock is held.
func (k *Keeper) rouse() {
	close(k.wake)
	k.wake = make(chan struct{})
}

// answer visits what is wanted.
func (k *Keeper) answer(ctx context.Context, w *wishes, stop context.CancelCauseFunc) {
	for {
		k.rest(ctx)
		k.mu.Lock()
		wait, id := k.wake, w.next()
		k.mu.Unlock()
		if id == "" {
			select {
			case <-wait:
				continue
			case <-ctx.Done():
				return
			}
		}
		err := k.serve(ctx, id)
		stuck := ctx.Err() == nil && k.stored(err)
		k.mu.Lock()
		w.done(id, stuck)
		k.rouse()
		k.mu.Unlock()
		if ctx.Err() != nil {
			return
		}
		if err != nil && !stuck {
			k.logger.Error("a visit that was asked for", "source", id, "err", err)
			stop(err)
			return
		}
	}
}

func (k *Keeper) serve(ctx context.Context, id catalog.SourceID) error {
	if id != catalog.CatalogueSource {
		return k.visit(ctx, []catalog.SourceID{id})
	}
	if err := k.catalogue(ctx); err != nil {
		return err
	}
	return k.visit(ctx, k.take()) // what the list has anew does not wait for the round
}
