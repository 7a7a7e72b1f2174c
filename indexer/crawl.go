package indexer

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

// Store keeps what visits bring. It is declared here, where it is written to: the reading side is the site's.
type Store interface {
	// Known gives what is known of a source; a new one gives the zero value.
	Known(ctx context.Context, id catalog.SourceID) (catalog.Known, error)
	// Commit makes deltas durable, all of them or none.
	Commit(ctx context.Context, deltas ...catalog.Delta) error
	// Sources lists the state of all sources, in the order of their ids.
	Sources(ctx context.Context) ([]catalog.SourceState, error)
}

// Config says how to crawl. Git and Store are required.
type Config struct {
	Git          Git
	Store        Store
	Policy       catalog.Policy         // zero: catalog.DefaultPolicy
	IPACode      func(code string) bool // nil: codes are not checked
	Workers      int                    // visits at once; zero: DefaultWorkers
	PerHost      int                    // visits at once to one host; zero: DefaultPerHost
	VisitTimeout time.Duration          // zero: DefaultVisitTimeout
	Now          func() time.Time       // nil: time.Now
	Logger       *slog.Logger           // nil: discards
	Progress     func(Progress)         // nil: none; called from one goroutine at a time
}

// How much is done at once when nothing else is said.
const (
	DefaultWorkers = 8
	DefaultPerHost = 4
	MaxWorkers     = 256
)

// Crawler makes the visits of a catalogue.
type Crawler struct {
	cfg Config
	// observatory are the bodies whose levels hold in this catalogue; nil until it was read.
	observatory []catalog.EntityRef
	bodies      bodies // of this catalogue, once it was read
}

// New checks the settings.
func New(cfg Config) (*Crawler, error) {
	if cfg.Git == nil || cfg.Store == nil {
		return nil, fmt.Errorf("indexer: Git and Store are required: %w", catalog.ErrInvalid)
	}
	if cfg.Policy.KeepVisits == 0 {
		cfg.Policy = catalog.DefaultPolicy()
	}
	cfg.Workers, cfg.PerHost = cmp.Or(cfg.Workers, DefaultWorkers), cmp.Or(cfg.PerHost, DefaultPerHost)
	if cfg.Workers < 0 || cfg.Workers > MaxWorkers || cfg.PerHost < 0 {
		return nil, fmt.Errorf("indexer: between 1 and %d workers: %w", MaxWorkers, catalog.ErrInvalid)
	}
	if cfg.VisitTimeout < 0 {
		return nil, fmt.Errorf("indexer: the time of a visit is negative: %w", catalog.ErrInvalid)
	}
	cfg.VisitTimeout = cmp.Or(cfg.VisitTimeout, DefaultVisitTimeout)
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	return &Crawler{cfg: cfg}, nil
}

// Crawl visits the sources that are on, or only those named. What one visit brings is committed even when ctx ends during
// another; the error then is that of ctx. A visit that cannot be stored is a failed one and stops no other. A name that is
// not among the sources gives catalog.ErrNotFound.
func (c *Crawler) Crawl(ctx context.Context, sources []catalog.Source, only ...catalog.SourceID) (Report, error) {
	start := c.cfg.Now()
	rep := Report{Visits: map[catalog.Outcome]int{}}
	todo, err := choose(sources, only, &rep)
	if err != nil {
		return rep, err
	}
	visits := make(chan catalog.Visit)
	var failed error
	var wg sync.WaitGroup
	work, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	queue := newQueue(todo, c.cfg.PerHost)
	for range min(c.cfg.Workers, len(todo)) {
		wg.Go(func() { c.worker(work, queue, visits, stop) })
	}
	go func() {
		wg.Wait()
		close(visits)
	}()
	failed = c.collect(ctx, visits, len(todo), start, &rep, stop)
	slices.SortFunc(rep.Sources, func(a, b SourceReport) int { return cmp.Compare(a.ID, b.ID) })
	rep.Duration = c.cfg.Now().Sub(start)
	if failed == nil {
		failed = context.Cause(ctx)
	}
	return rep, failed
}

// worker takes sources from the queue until it is empty or the work is called off.
func (c *Crawler) worker(ctx context.Context, q *queue, out chan<- catalog.Visit, stop context.CancelCauseFunc) {
	for {
		src, done, ok := q.next(ctx)
		if !ok {
			return
		}
		known, err := c.cfg.Store.Known(ctx, src.ID)
		if err != nil {
			done()
			stop(err)
			return
		}
		v, err := c.visit(ctx, src, known.State)
		done()
		if err != nil {
			return // called off
		}
		out <- v
	}
}

// choose gives the sources to visit: those that are on, or those that were named.
func choose(sources []catalog.Source, only []catalog.SourceID, rep *Report) ([]catalog.Source, error) {
	var todo []catalog.Source
	if len(only) == 0 {
		for _, s := range sources {
			if s.On() {
				todo = append(todo, s)
			} else {
				rep.Disabled++
			}
		}
		return todo, nil
	}
	byID := map[catalog.SourceID]catalog.Source{}
	for _, s := range sources {
		byID[s.ID] = s
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(only))) {
		s, ok := byID[id]
		if !ok {
			return nil, fmt.Errorf("source %q: %w", id, catalog.ErrNotFound)
		}
		todo = append(todo, s)
	}
	return todo, nil
}

// host is what politeness is counted by.
func host(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
