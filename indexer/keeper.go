package indexer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// How a [Keeper] goes about it when nothing else is said.
const (
	DefaultAgain   = time.Minute // between two visits of one source that people ask for
	DefaultWaiting = 200         // sources that wait because readers asked, and as many because of pushes
	askers         = 1           // visits at once of what readers asked for, beside the round
	pushers        = 4           // visits at once of what forges told of, beside all others
	minTick        = time.Second // the least time between two rounds
	maxTick        = time.Hour   // the longest
)

// KeeperConfig says how a catalogue is kept up to date. Crawler is required.
type KeeperConfig struct {
	Crawler *Crawler
	Place   Place
	// Every is the time between two visits of a source that names no interval. Zero: only what is asked for is visited.
	Every   time.Duration
	Again   time.Duration // zero: DefaultAgain; negative: none
	Waiting int           // zero: DefaultWaiting
	// Stopped is told when the disk of the store takes nothing more, and with nil when it does again; it may be nil.
	Stopped func(*catalog.StorageError)
}

// Keeper keeps a catalogue up to date while a site shows it: on its hours, and when somebody asks.
type Keeper struct {
	cfg    KeeperConfig
	now    func() time.Time
	logger *slog.Logger

	mu      sync.Mutex
	wake    chan struct{} // closed and replaced when something is due or asked for
	sources []catalog.Source
	lines   map[catalog.SourceID]catalog.Source // the same, by id
	due     map[catalog.SourceID]time.Time      // of the catalogue, the sources that it names, and places that were put off
	ids     map[string][]catalog.SourceID       // by canonical URL, of all sources
	asked   wishes                              // of readers
	pushed  wishes                              // of forges: what readers ask for never holds these up
	last    map[catalog.SourceID]time.Time      // when people asked

	pause pause
}

// NewKeeper checks the settings.
func NewKeeper(cfg KeeperConfig) (*Keeper, error) {
	if cfg.Crawler == nil || cfg.Every < 0 || cfg.Waiting < 0 {
		return nil, fmt.Errorf("indexer: a keeper needs a crawler, and no negative time: %w", catalog.ErrInvalid)
	}
	cfg.Again, cfg.Waiting = max(0, cmp.Or(cfg.Again, DefaultAgain)), cmp.Or(cfg.Waiting, DefaultWaiting)
	return &Keeper{cfg: cfg, now: cfg.Crawler.cfg.Now, logger: cfg.Crawler.cfg.Logger, wake: make(chan struct{}),
		asked: wishes{limit: cfg.Waiting}, pushed: wishes{limit: cfg.Waiting},
		due: map[catalog.SourceID]time.Time{}, ids: map[string][]catalog.SourceID{}, last: map[catalog.SourceID]time.Time{}}, nil
}

// Run visits what is due and what is asked for until ctx ends. While the disk of the store takes nothing
// ([catalog.StorageError]) they wait, longer each time, and go on by themselves; any other failure of the store ends it.
func (k *Keeper) Run(ctx context.Context) error {
	if err := k.load(ctx); err != nil {
		return err
	}
	work, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var wg sync.WaitGroup
	for range askers {
		wg.Go(func() { k.answer(work, &k.asked, stop) })
	}
	for range pushers {
		wg.Go(func() { k.answer(work, &k.pushed, stop) })
	}
	for work.Err() == nil {
		wait := k.untilDue()
		if wait <= 0 {
			if k.rest(work); work.Err() != nil {
				continue
			}
			if err := k.round(work); err != nil && work.Err() == nil && !k.stored(err) {
				stop(err)
			}
			continue
		}
		t := time.NewTimer(wait)
		select {
		case <-t.C:
		case <-k.waking():
		case <-work.Done():
		}
		t.Stop()
	}
	wg.Wait()
	if err := context.Cause(work); err != nil && ctx.Err() == nil {
		return err
	}
	return nil
}

// load learns from the store what is known of all sources.
func (k *Keeper) load(ctx context.Context) error {
	states, err := k.cfg.Crawler.cfg.Store.Sources(ctx)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.due[catalog.CatalogueSource] = k.now()
	var sources []catalog.Source
	for i := range states {
		st := &states[i]
		if st.Removed {
			continue
		}
		k.address(st.Source.ID, st.URL, st.Source.URL)
		if st.Source.ID == catalog.CatalogueSource {
			continue
		}
		if st.Source.Parent == "" {
			sources = append(sources, st.Source)
		}
		if st.Source.On() && (st.Source.Parent == "" || st.PutOff()) {
			k.due[st.Source.ID] = k.nextVisit(st)
		}
	}
	k.hold(sources)
	return nil
}

// hold takes over the sources of the catalogue. The lock is held.
func (k *Keeper) hold(sources []catalog.Source) {
	k.sources, k.lines = sources, make(map[catalog.SourceID]catalog.Source, len(sources))
	for _, s := range sources {
		k.lines[s.ID] = s
	}
}

// address notes where a source is, for the forges that tell of pushes. The lock is held.
func (k *Keeper) address(id catalog.SourceID, urls ...string) {
	for _, u := range urls {
		if n := publiccode.NormalizeURL(u); n != "" && !slices.Contains(k.ids[n], id) {
			k.ids[n] = append(k.ids[n], id)
		}
	}
}

// forget drops the addresses of what is no longer a source, or is elsewhere now. The lock is held.
func (k *Keeper) forget(gone func(catalog.SourceID) bool) {
	for u, ids := range k.ids {
		if ids = slices.DeleteFunc(ids, gone); len(ids) == 0 {
			delete(k.ids, u)
		} else {
			k.ids[u] = ids
		}
	}
}

func (k *Keeper) waking() <-chan struct{} {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.wake
}

// round visits all that is due now.
func (k *Keeper) round(ctx context.Context) error {
	now := k.now()
	k.mu.Lock()
	catalogueDue := !k.due[catalog.CatalogueSource].After(now)
	k.mu.Unlock()
	if catalogueDue {
		if err := k.catalogue(ctx); err != nil {
			return err
		}
	}
	only := k.take()
	err := k.visit(ctx, only)
	if err == nil && (catalogueDue || len(only) > 0) {
		k.stored(nil)
	}
	return err
}

// catalogue reads the list of sources again. Those that are new or changed are due at once.
func (k *Keeper) catalogue(ctx context.Context) error {
	_, err := k.read(ctx, false)
	return err
}

func (k *Keeper) read(ctx context.Context, confirmed bool) (Listing, error) {
	at := k.cfg.Place
	at.Confirmed = confirmed
	l, err := k.cfg.Crawler.Catalogue(ctx, at)
	if err != nil {
		return l, err
	}
	alive, err := k.alive(ctx)
	if err != nil {
		return l, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	now, before := k.now(), k.lines
	k.hold(l.Sources)
	changed := func(id catalog.SourceID) bool { return !reflect.DeepEqual(before[id], k.lines[id]) }
	k.forget(func(id catalog.SourceID) bool { return !alive[id] || changed(id) })
	k.address(catalog.CatalogueSource, k.cfg.Place.URL)
	due := map[catalog.SourceID]time.Time{catalog.CatalogueSource: now.Add(cmp.Or(k.cfg.Every, maxTick))}
	for _, s := range l.Sources {
		k.address(s.ID, s.URL)
		if !s.On() {
			continue
		}
		due[s.ID] = now
		if at, ok := k.due[s.ID]; ok && !changed(s.ID) {
			due[s.ID] = at
		}
	}
	for id, at := range k.due {
		if _, was := before[id]; !was && alive[id] && id != catalog.CatalogueSource && due[id].IsZero() { // a place that was put off
			due[id] = at
		}
	}
	k.due = due
	return l, nil
}

// alive gives all sources and places that were not taken out.
func (k *Keeper) alive(ctx context.Context) (map[catalog.SourceID]bool, error) {
	states, err := k.cfg.Crawler.roster(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[catalog.SourceID]bool, len(states))
	for i := range states {
		out[states[i].Source.ID] = !states[i].Removed
	}
	return out, nil
}

// visit makes one crawl of what is to be visited among some sources, and notes when they are due again.
func (k *Keeper) visit(ctx context.Context, only []catalog.SourceID) error {
	only, err := k.wantedOf(ctx, only)
	if err != nil || len(only) == 0 {
		return err
	}
	k.mu.Lock()
	sources := k.sources
	k.mu.Unlock()
	rep, err := k.cfg.Crawler.Crawl(ctx, sources, only...)
	var gone *UnknownSource
	if errors.As(err, &gone) { // taken out of the list since it was due, or asked for
		return k.visit(ctx, slices.DeleteFunc(only, func(id catalog.SourceID) bool { return id == gone.ID }))
	}
	k.note(ctx, only, &rep)
	if isStorage(err) {
		k.dueAgain(only, &rep)
	}
	return err
}

// Crawl reads the catalogue and visits its sources now, or only those named, beside whatever else is under way; confirmed
// is the operator's word that what was named is right even if it takes away much.
func (k *Keeper) Crawl(ctx context.Context, confirmed bool, only ...catalog.SourceID) (Listing, Report, error) {
	l, err := k.read(ctx, confirmed && slices.Contains(only, catalog.CatalogueSource))
	if err != nil {
		return l, Report{}, err
	}
	visit := k.cfg.Crawler.Crawl
	if confirmed {
		visit = k.cfg.Crawler.Confirm
	}
	named := slices.DeleteFunc(slices.Clone(only), func(id catalog.SourceID) bool { return id == catalog.CatalogueSource })
	if len(named) == 0 && len(only) > 0 {
		return l, Report{}, nil
	}
	rep, err := visit(ctx, l.Sources, named...)
	if len(named) == 0 {
		for _, s := range l.Sources {
			named = append(named, s.ID)
		}
	}
	k.note(ctx, named, &rep)
	if k.stored(err) {
		k.dueAgain(named, &rep)
	}
	return l, rep, err
}
