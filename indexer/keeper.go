package indexer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
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
	DefaultWaiting = 200         // sources that wait for a visit that was asked for
	askers         = 2           // visits at once of what was asked for, beside the round
	jitterShare    = 10          // a source comes up to a tenth of its interval later, always the same
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
	due     map[catalog.SourceID]time.Time // of the catalogue and the sources that it names
	ids     map[string][]catalog.SourceID  // by canonical URL, of all sources
	asked   []catalog.SourceID             // in the order in which they were asked for
	last    map[catalog.SourceID]time.Time // when people asked

	pause pause
}

// NewKeeper checks the settings.
func NewKeeper(cfg KeeperConfig) (*Keeper, error) {
	if cfg.Crawler == nil || cfg.Every < 0 || cfg.Waiting < 0 {
		return nil, fmt.Errorf("indexer: a keeper needs a crawler, and no negative time: %w", catalog.ErrInvalid)
	}
	cfg.Again, cfg.Waiting = max(0, cmp.Or(cfg.Again, DefaultAgain)), cmp.Or(cfg.Waiting, DefaultWaiting)
	return &Keeper{cfg: cfg, now: cfg.Crawler.cfg.Now, logger: cfg.Crawler.cfg.Logger, wake: make(chan struct{}),
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
		wg.Go(func() { k.answer(work, stop) })
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
	for i := range states {
		st := &states[i]
		if st.Removed {
			continue
		}
		k.address(st.Source.ID, st.URL, st.Source.URL)
		if st.Source.Parent == "" && st.Source.ID != catalog.CatalogueSource {
			k.sources = append(k.sources, st.Source)
			k.due[st.Source.ID] = k.hour(&st.Source, st.Next(k.cfg.Every))
		}
	}
	return nil
}

// address notes where a source is, for the forges that tell of pushes. The lock is held.
func (k *Keeper) address(id catalog.SourceID, urls ...string) {
	for _, u := range urls {
		if n := publiccode.NormalizeURL(u); n != "" && !slices.Contains(k.ids[n], id) {
			k.ids[n] = append(k.ids[n], id)
		}
	}
}

// hour is when a source is due, given when it might be: later by a part of its interval that is its own, so that not all
// come at once.
func (k *Keeper) hour(s *catalog.Source, next time.Time) time.Time {
	if next.IsZero() {
		return next
	}
	h := fnv.New32a()
	h.Write([]byte(s.ID))
	every := cmp.Or(s.Every(), k.cfg.Every)
	return next.Add(every / jitterShare * time.Duration(h.Sum32()%1000) / 1000)
}

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

// take gives the sources that are due, to be visited by whoever asked: they are not due again until they were.
func (k *Keeper) take() []catalog.SourceID {
	k.mu.Lock()
	defer k.mu.Unlock()
	var only []catalog.SourceID
	now := k.now()
	for i := range k.sources {
		s := &k.sources[i]
		if at, ok := k.due[s.ID]; ok && s.On() && !at.After(now) {
			only = append(only, s.ID)
			k.due[s.ID] = now.Add(cmp.Or(s.Every(), k.cfg.Every, maxTick))
		}
	}
	return only
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
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	k.due[catalog.CatalogueSource] = now.Add(cmp.Or(k.cfg.Every, maxTick))
	before := map[catalog.SourceID]catalog.Source{}
	for _, s := range k.sources {
		before[s.ID] = s
	}
	k.address(catalog.CatalogueSource, k.cfg.Place.URL)
	due := map[catalog.SourceID]time.Time{catalog.CatalogueSource: k.due[catalog.CatalogueSource]}
	for _, s := range l.Sources {
		if !s.On() {
			continue
		}
		k.address(s.ID, s.URL)
		if at, ok := k.due[s.ID]; ok && reflect.DeepEqual(before[s.ID], s) {
			due[s.ID] = at
		} else {
			due[s.ID] = now
		}
	}
	k.sources, k.due = l.Sources, due
	return l, nil
}

// visit makes one crawl of some sources and notes when they are due again.
func (k *Keeper) visit(ctx context.Context, only []catalog.SourceID) error {
	k.mu.Lock()
	sources := k.sources
	k.mu.Unlock()
	if len(only) == 0 {
		return nil
	}
	rep, err := k.cfg.Crawler.Crawl(ctx, sources, only...)
	var gone *UnknownSource
	if errors.As(err, &gone) { // taken out of the list since it was due, or asked for
		return k.visit(ctx, slices.DeleteFunc(only, func(id catalog.SourceID) bool { return id == gone.ID }))
	}
	k.note(sources, only, &rep)
	if isStorage(err) {
		k.dueAgain(only, &rep)
	}
	return err
}

// note learns from a crawl when its sources are due again, and where what they named is.
func (k *Keeper) note(sources []catalog.Source, only []catalog.SourceID, rep *Report) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	byID := map[catalog.SourceID]*catalog.Source{}
	for i := range sources {
		byID[sources[i].ID] = &sources[i]
	}
	again := func(id catalog.SourceID, notBefore time.Time) {
		s := byID[id]
		if _, ok := k.due[id]; !ok || s == nil {
			return
		}
		st := catalog.SourceState{Source: *s, NotBefore: notBefore, Visits: []catalog.VisitSummary{{At: now}}}
		k.due[id] = k.hour(s, st.Next(k.cfg.Every))
	}
	for _, id := range only {
		again(id, time.Time{})
	}
	for i := range rep.Sources {
		r := &rep.Sources[i]
		k.address(r.ID, r.URL, r.At)
		if !r.NotBefore.IsZero() {
			again(r.ID, r.NotBefore)
		}
	}
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
	k.note(l.Sources, named, &rep)
	if k.stored(err) {
		k.dueAgain(named, &rep)
	}
	return l, rep, err
}
