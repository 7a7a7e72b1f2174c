package indexer

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Ask wants a source, or the catalogue itself, to be visited soon. Errors: catalog.ErrNotFound; catalog.ErrBusy when it
// was asked for a moment ago, or too many others wait.
func (k *Keeper) Ask(ctx context.Context, id catalog.SourceID) error {
	if id != catalog.CatalogueSource {
		known, err := k.cfg.Crawler.cfg.Store.Known(ctx, id)
		if err != nil {
			return err
		}
		if known.State.Source.ID == "" || known.State.Removed {
			return fmt.Errorf("source %q: %w", id, catalog.ErrNotFound)
		}
		if known.State.NotBefore.After(k.now()) {
			return fmt.Errorf("source %q wants to be left alone for a while: %w", id, catalog.ErrBusy)
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	if at, ok := k.last[id]; ok && now.Sub(at) < k.cfg.Again && !slices.Contains(k.asked, id) {
		return fmt.Errorf("source %q was visited a moment ago: %w", id, catalog.ErrBusy)
	}
	if err := k.enqueue(id); err != nil {
		return err
	}
	k.last[id] = now
	if len(k.last) > 2*k.cfg.Waiting {
		for i, at := range k.last {
			if now.Sub(at) >= k.cfg.Again {
				delete(k.last, i)
			}
		}
	}
	return nil
}

// Pushed says that something changed at the addresses of a repository: every source there is visited soon; where there is
// none, or owners are given, so are the lists of the owners (their web addresses), which may name it now, or no longer.
// catalog.ErrNotFound: none of these is a source of the catalogue; catalog.ErrBusy: too many wait.
func (k *Keeper) Pushed(_ context.Context, urls, owners []string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	var ids []catalog.SourceID
	for _, u := range urls {
		ids = append(ids, k.ids[publiccode.NormalizeURL(u)]...)
	}
	if len(ids) == 0 && len(owners) == 0 { // a repository that is new to us: its list may have it by now
		for _, u := range urls {
			if i := strings.LastIndexByte(strings.TrimRight(u, "/"), '/'); i > 0 {
				owners = append(owners, u[:i])
			}
		}
	}
	for i := range k.sources {
		at := publiccode.NormalizeURL(k.sources[i].URL)
		if !k.sources[i].On() || k.sources[i].Kind == kindKit || at == "" {
			continue
		}
		for _, o := range owners {
			if o = publiccode.NormalizeURL(o); o == at || strings.HasPrefix(o, at+"/") {
				ids = append(ids, k.sources[i].ID)
				break
			}
		}
	}
	if len(ids) == 0 {
		return fmt.Errorf("no source at this address: %w", catalog.ErrNotFound)
	}
	for _, id := range ids {
		if err := k.enqueue(id); err != nil {
			return err
		}
	}
	return nil
}

// enqueue puts a source among those asked for, once. The lock is held.
func (k *Keeper) enqueue(id catalog.SourceID) error {
	if slices.Contains(k.asked, id) {
		return nil
	}
	if len(k.asked) >= k.cfg.Waiting {
		return fmt.Errorf("%d sources wait to be visited: %w", len(k.asked), catalog.ErrBusy)
	}
	k.asked = append(k.asked, id)
	close(k.wake)
	k.wake = make(chan struct{})
	return nil
}

// answer visits what is asked for.
func (k *Keeper) answer(ctx context.Context, stop context.CancelCauseFunc) {
	for {
		k.rest(ctx)
		k.mu.Lock()
		wait, id := k.wake, catalog.SourceID("")
		if len(k.asked) > 0 {
			id, k.asked = k.asked[0], k.asked[1:]
		}
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
		switch {
		case ctx.Err() != nil:
			return
		case k.stored(err):
			k.mu.Lock()
			if !slices.Contains(k.asked, id) {
				k.asked = slices.Insert(k.asked, 0, id)
			}
			k.mu.Unlock()
		case err != nil:
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
