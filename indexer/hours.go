package indexer

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

const (
	jitterShare = 10 // a source comes up to a tenth of its wait later, always the same
	// maxAsked is the longest that a place may ask to be left alone: what says more was written with a clock that was wrong.
	maxAsked = 24 * time.Hour
	// clockSlack is how far ahead of the clock a visit may have been, for clocks are set a little all the time.
	clockSlack = time.Hour
)

// nextVisit is when a source is due, given what is known of it; zero: at once.
func (k *Keeper) nextVisit(st *catalog.SourceState) time.Time {
	now, last := k.now(), st.Last()
	if last.At.Sub(now) > clockSlack {
		return time.Time{} // nobody knows when that was
	}
	known := *st
	known.NotBefore = leftAlone(st, now)
	next := known.Next(k.cfg.Every)
	if next.IsZero() {
		return next
	}
	if known.PutOff() {
		return next.Add(part(laneOf(&st.Source), next.Sub(last.At)))
	}
	return next.Add(part(string(st.Source.ID), cmp.Or(st.Source.Every(), k.cfg.Every)))
}

// leftAlone is until when a place asked to be left alone, as far as that can be believed; zero where it did not ask.
func leftAlone(st *catalog.SourceState, now time.Time) time.Time {
	if st.Last().At.Sub(now) > clockSlack {
		return time.Time{}
	}
	return earlier(st.NotBefore, now.Add(maxAsked))
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// part is the piece of a wait by which what has this name comes later, so that not all come at once. Those that wait for one
// host have its name: they come together, and the first that is refused holds the others.
func part(name string, wait time.Duration) time.Duration {
	h := fnv.New32a()
	h.Write([]byte(name))
	return wait / jitterShare * time.Duration(h.Sum32()%1000) / 1000
}

func laneOf(s *catalog.Source) string { return (&task{src: *s}).lane() }

// untilDue says how long nothing is due; zero or less: something is.
func (k *Keeper) untilDue() time.Duration {
	if k.cfg.Every == 0 {
		return maxTick
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	wait, now := maxTick, k.now()
	for _, at := range k.due {
		wait = min(wait, at.Sub(now))
	}
	if wait > 0 {
		wait = max(wait, minTick)
	}
	return wait
}

// take gives what is due, to be visited by whoever asked: it is not due again until it was.
func (k *Keeper) take() []catalog.SourceID {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	var only []catalog.SourceID
	for id, at := range k.due {
		if id == catalog.CatalogueSource || at.After(now) {
			continue
		}
		s := k.lines[id] // none for a place that was put off
		k.due[id] = now.Add(cmp.Or(s.Every(), k.cfg.Every, maxTick))
		if s.On() {
			only = append(only, id)
		}
	}
	slices.Sort(only)
	return only
}

// note learns from a crawl when what it visited is due again, and where that is.
func (k *Keeper) note(ctx context.Context, only []catalog.SourceID, rep *Report) {
	later := k.later(ctx, rep)
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	set := func(id catalog.SourceID, at time.Time) {
		_, listed := k.lines[id]
		if _, ok := k.due[id]; ok || !listed {
			k.due[id] = at
		}
	}
	for _, id := range only {
		if s, ok := k.lines[id]; ok {
			set(id, k.nextVisit(&catalog.SourceState{Source: s, Visits: []catalog.VisitSummary{{At: now}}}))
		}
	}
	for i := range rep.Sources {
		r := &rep.Sources[i]
		k.address(r.ID, r.URL, r.At)
		st := catalog.SourceState{Source: catalog.Source{ID: r.ID, Kind: r.Kind, URL: r.At}, NotBefore: r.NotBefore, Visits: []catalog.VisitSummary{r.Summary}}
		s, listed := k.lines[r.ID]
		if listed {
			st.Source = s
		}
		switch {
		case st.PutOff() || listed && !r.NotBefore.IsZero():
			set(r.ID, k.nextVisit(&st))
		case !listed:
			delete(k.due, r.ID) // its list says when, from now on
		}
	}
	for id, at := range later {
		set(id, at)
	}
}

// later says when what a crawl put off is due: when its host wants to be asked again. A place of a list comes by itself then,
// so that a host that takes a few visits an hour is through with all its places in the end.
func (k *Keeper) later(ctx context.Context, rep *Report) map[catalog.SourceID]time.Time {
	now := k.now()
	until := map[string]time.Time{}
	for i := range rep.Sources {
		r := &rep.Sources[i]
		if l := laneOf(&catalog.Source{Kind: r.Kind, URL: r.At}); r.NotBefore.After(until[l]) {
			until[l] = r.NotBefore
		}
	}
	out := map[catalog.SourceID]time.Time{}
	for _, id := range rep.Later {
		st, err := k.known(ctx, id)
		if err != nil {
			k.logger.Warn("what was put off comes with its list", "source", id, "err", err)
			continue
		}
		lane, at := laneOf(&st.Source), now.Add(catalog.MinInterval)
		for _, t := range []time.Time{leftAlone(&st, now), until[lane]} {
			if t.After(at) {
				at = earlier(t, now.Add(maxAsked))
			}
		}
		out[id] = at.Add(part(lane, at.Sub(now)))
	}
	return out
}

// known gives the state of a source, with its line as the catalogue has it now. It is catalog.ErrNotFound for what nobody
// knows, and for what was taken out.
func (k *Keeper) known(ctx context.Context, id catalog.SourceID) (catalog.SourceState, error) {
	known, err := k.cfg.Crawler.stateOf(ctx, id)
	if err != nil {
		return catalog.SourceState{}, err
	}
	st := known.State
	k.mu.Lock()
	s, ok := k.lines[id]
	k.mu.Unlock()
	if ok {
		st.Source, st.Removed = s, false
	}
	if st.Source.ID == "" || st.Removed {
		return catalog.SourceState{}, fmt.Errorf("source %q: %w", id, catalog.ErrNotFound)
	}
	return st, nil
}
