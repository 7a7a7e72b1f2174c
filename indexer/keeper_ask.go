package indexer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// maxAbove is how many lists may stand above a place: one that a list names is one below it.
const maxAbove = 20

// Ask wants a source, or the catalogue itself, to be visited soon. Of a place that only its list tells of, that is its list.
// Errors: catalog.ErrNotFound for what is not to be visited, because it is not there or it, or a list above it, is switched
// off; catalog.ErrBusy when it was asked for a moment ago, or too many others wait.
func (k *Keeper) Ask(ctx context.Context, id catalog.SourceID) error {
	if id != catalog.CatalogueSource {
		st, err := k.target(ctx, id)
		if err != nil {
			return err
		}
		if leftAlone(&st, k.now()).After(k.now()) {
			return fmt.Errorf("source %q wants to be left alone for a while: %w", st.Source.ID, catalog.ErrBusy)
		}
		id = st.Source.ID
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	if at, ok := k.last[id]; ok && now.Sub(at) < k.cfg.Again && !k.asked.waits(id) {
		return fmt.Errorf("source %q was visited a moment ago: %w", id, catalog.ErrBusy)
	}
	if err := k.enqueue(&k.asked, id); err != nil {
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

// target gives what is asked when a source is to be visited: the source, or the list that alone tells of it. It is
// catalog.ErrNotFound for what is not to be visited.
func (k *Keeper) target(ctx context.Context, id catalog.SourceID) (catalog.SourceState, error) {
	st, err := k.known(ctx, id)
	if err != nil {
		return st, err
	}
	told, above := lastWay(&st) == wayTold && st.Source.Parent != "", st
	for range maxAbove {
		if !above.Source.On() {
			return st, fmt.Errorf("source %q is switched off: %w", above.Source.ID, catalog.ErrNotFound)
		}
		if above.Source.Parent == "" {
			return st, nil
		}
		if above, err = k.known(ctx, above.Source.Parent); err != nil {
			return st, err
		}
		if told {
			told, st = false, above
		}
	}
	return st, fmt.Errorf("source %q is named through too many lists: %w", id, catalog.ErrNotFound)
}

// wantedOf gives what is visited for the sake of some sources, each once, without those that are not to be visited.
func (k *Keeper) wantedOf(ctx context.Context, ids []catalog.SourceID) ([]catalog.SourceID, error) {
	k.mu.Lock()
	lines := k.lines
	k.mu.Unlock()
	var out []catalog.SourceID
	for _, id := range ids {
		if s, ok := lines[id]; ok || id == catalog.CatalogueSource { // there is no list above it
			if s.On() {
				out = append(out, id)
			}
			continue
		}
		st, err := k.target(ctx, id)
		switch {
		case errors.Is(err, catalog.ErrNotFound):
			k.drop(id)
		case err != nil:
			return nil, err
		default:
			out = append(out, st.Source.ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// drop forgets when a place was due that is not to be visited any more.
func (k *Keeper) drop(id catalog.SourceID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, ok := k.lines[id]; !ok {
		delete(k.due, id)
	}
}

// Pushed says that something changed at the addresses of a repository: every source there is visited soon; where there is
// none, or owners are given, so are the lists of the owners (their web addresses), which may name it now, or no longer.
// catalog.ErrNotFound: none of these is a source of the catalogue that is to be visited; catalog.ErrBusy: too many wait.
func (k *Keeper) Pushed(ctx context.Context, urls, owners []string) error {
	ids, err := k.wantedOf(ctx, k.at(urls, owners))
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return fmt.Errorf("no source at this address: %w", catalog.ErrNotFound)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, id := range ids {
		if err := k.enqueue(&k.pushed, id); err != nil {
			return err
		}
	}
	return nil
}

// at gives the sources at the addresses of a repository, and the lists of its owners where they are wanted.
func (k *Keeper) at(urls, owners []string) (ids []catalog.SourceID) {
	k.mu.Lock()
	defer k.mu.Unlock()
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
		if k.sources[i].Kind == kindKit || at == "" {
			continue
		}
		for _, o := range owners {
			if o = publiccode.NormalizeURL(o); o == at || strings.HasPrefix(o, at+"/") {
				ids = append(ids, k.sources[i].ID)
				break
			}
		}
	}
	return ids
}
