package indexer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/legacy"
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
	Listers      map[string]Lister      // by kind of source: those that name others
	Policy       catalog.Policy         // zero: catalog.DefaultPolicy
	IPACode      func(code string) bool // nil: codes are not checked
	Attachments  *Attachments           // nil: files of kits are not read, and legacy kits not recognised
	Workers      int                    // visits at once; zero: DefaultWorkers
	PerHost      int                    // visits at once to one host; zero: DefaultPerHost
	VisitTimeout time.Duration          // of one repository; zero: DefaultVisitTimeout
	ListTimeout  time.Duration          // of one list; zero: DefaultListTimeout
	Now          func() time.Time       // nil: time.Now
	Logger       *slog.Logger           // nil: discards
	Progress     func(Progress)         // nil: none; called from one goroutine at a time
	// Stored hears of each visit that was stored, with what was known of its source before. Nil: nobody does.
	Stored func(before, after catalog.SourceState)
}

// How much is done at once when nothing else is said.
const (
	DefaultWorkers = 8
	DefaultPerHost = 4
	MaxWorkers     = 256
)

// Crawler makes the visits of a catalogue. It may be used by many goroutines at once.
type Crawler struct {
	cfg  Config
	home atomic.Pointer[home]
	// turns let one visit of a source be applied and stored before the next one of it begins.
	turns turns
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
	if cfg.VisitTimeout < 0 || cfg.ListTimeout < 0 {
		return nil, fmt.Errorf("indexer: the time of a visit is negative: %w", catalog.ErrInvalid)
	}
	cfg.VisitTimeout, cfg.ListTimeout = cmp.Or(cfg.VisitTimeout, DefaultVisitTimeout), cmp.Or(cfg.ListTimeout, DefaultListTimeout)
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if a := cfg.Attachments; a != nil {
		if a.Reader == nil {
			return nil, fmt.Errorf("indexer: attachments need a reader: %w", catalog.ErrInvalid)
		}
		with := *a
		with.Now = cfg.Now
		cfg.Attachments = &with
		// Other rules, or another reader, understand the same commit in another way.
		cfg.Policy.Rules += "+" + legacy.RulesVersion + "+" + a.Reader.Version("a.pdf")
	}
	c := &Crawler{cfg: cfg}
	c.home.Store(&home{policy: cfg.Policy})
	return c, nil
}

// Crawl visits the sources that are on and what they name, or only those named. What one visit brings is committed even
// when ctx ends during another; the error then is that of ctx. A visit that cannot be stored is a failed one and stops no
// other. A name that is neither among the sources nor among what they named gives catalog.ErrNotFound.
func (c *Crawler) Crawl(ctx context.Context, sources []catalog.Source, only ...catalog.SourceID) (Report, error) {
	return c.crawl(ctx, sources, only, false)
}

// Confirm visits the sources that are named, and believes what they say even if it takes away much: the operator's own
// word on what waits to be confirmed.
func (c *Crawler) Confirm(ctx context.Context, sources []catalog.Source, only ...catalog.SourceID) (Report, error) {
	if len(only) == 0 {
		return Report{}, fmt.Errorf("indexer: what is to be confirmed must be named: %w", catalog.ErrInvalid)
	}
	return c.crawl(ctx, sources, only, true)
}

func (c *Crawler) crawl(ctx context.Context, sources []catalog.Source, only []catalog.SourceID, confirmed bool) (Report, error) {
	todo, disabled, err := c.choose(ctx, sources, only)
	if err != nil {
		return Report{}, err
	}
	for i := range todo {
		todo[i].confirmed, todo[i].urgent = confirmed, len(only) > 0
	}
	rep, err := c.run(ctx, todo)
	rep.Disabled = disabled
	return rep, err
}

// run does tasks and all that follows from them.
func (c *Crawler) run(ctx context.Context, todo []task) (Report, error) {
	start := c.cfg.Now()
	rep := Report{Visits: map[catalog.Outcome]int{}}
	results := make(chan found)
	work, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	q := newQueue(c.cfg.PerHost, todo...)
	var wg sync.WaitGroup
	for range c.cfg.Workers {
		wg.Go(func() { c.worker(work, q, results, stop) })
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	failed := (&collector{Crawler: c, queue: q, rep: &rep, start: start, stop: stop}).collect(ctx, results)
	slices.SortFunc(rep.Sources, func(a, b SourceReport) int { return cmp.Compare(a.ID, b.ID) })
	rep.Later = q.waiting()
	slices.Sort(rep.Later)
	rep.Duration = c.cfg.Now().Sub(start)
	if failed == nil {
		failed = context.Cause(ctx)
	}
	if failed == nil {
		rep.Idle, failed = c.idle(ctx)
	}
	return rep, failed
}

// found is what a task brought: a visit, and of a list the tasks of what it names.
type found struct {
	task  task
	known catalog.Known
	visit catalog.Visit
	end   func()                    // of its turn, to be called once it is stored
	tasks map[catalog.SourceID]task // by id; what is not among them is visited as it is known
}

// worker takes tasks from the queue until nothing is left or the work is called off.
func (c *Crawler) worker(ctx context.Context, q *queue, out chan<- found, stop context.CancelCauseFunc) {
	for {
		t, done, ok := q.next(ctx)
		if !ok {
			return
		}
		end, err := c.turns.take(ctx, t.src.ID)
		if err != nil {
			done()
			return // called off
		}
		known, err := c.stateOf(ctx, t.src.ID)
		if err != nil {
			end()
			done()
			stop(err)
			return
		}
		if known.State.Removed && known.State.Source.Parent != "" { // taken out while it waited for its turn
			end()
			done()
			q.settled()
			continue
		}
		if t.src.Kind == "" {
			t.src = known.State.Source
		}
		f, again, err := c.try(ctx, t, known)
		done()
		if err == nil && again == nil && known.Unread && !known.State.Untouched(f.visit.Outcome) {
			if f.known, err = c.cfg.Store.Known(ctx, t.src.ID); err != nil {
				end()
				stop(err)
				return
			}
		}
		if err != nil || again != nil {
			end()
		}
		switch {
		case errors.Is(err, errLater):
			q.postpone(t)
			continue
		case err != nil:
			return // called off
		case again != nil:
			q.again(*again)
			continue
		}
		f.end = end
		if !f.visit.RetryAt.IsZero() {
			q.hold(t)
		}
		out <- f
	}
}

// try does a task. A fault of ours that a place brings out makes a failed visit of it.
func (c *Crawler) try(ctx context.Context, t task, known catalog.Known) (f found, again *task, err error) {
	fault := c.guard(t.src.ID, func() error {
		f, again, err = c.do(ctx, t, known)
		return nil
	})
	if fault != nil {
		v := spoiled(catalog.Visit{Source: t.src, At: c.cfg.Now(), URL: known.State.URL}, faultOfOurs())
		return found{task: t, known: known, visit: v}, nil, nil
	}
	return f, again, err
}

// do does a task. again is the task as it is to be done once more, when its place must be contacted after all.
func (c *Crawler) do(ctx context.Context, t task, known catalog.Known) (f found, again *task, err error) {
	if t.same {
		t.listed = known.State.Listed
	}
	switch {
	case !t.gone.IsZero() && !t.contact && c.mayHaveMoved(&t, &known.State):
		t.contact = true
		return f, &t, nil
	case t.contact && c.moved(ctx, &t):
		f.visit, err = c.visit(ctx, t, known.State)
	case !t.gone.IsZero():
		f.visit = catalog.Visit{Source: t.src, At: c.cfg.Now(), Outcome: catalog.Absent, Reason: t.gone, Way: wayList}
	case t.same && lastWay(&known.State) == wayTold:
		f.visit = catalog.Visit{Source: t.src, At: c.cfg.Now(), Outcome: catalog.Unchanged, URL: known.State.URL, Way: wayTold}
	case t.quick:
		if !c.fresh(&t, &known.State) {
			t.quick = false
			return f, &t, nil
		}
		f.visit = catalog.Visit{Source: t.src, At: c.cfg.Now(), Outcome: catalog.Unchanged, URL: known.State.URL, Commit: known.State.Commit, Listed: t.listed, Way: wayList}
	case t.only:
		f.visit, err = c.hear(t, known.State)
	case !t.urgent && leftAlone(&known.State, c.cfg.Now()).After(c.cfg.Now()):
		return f, nil, errLater
	case t.src.Kind != kindKit:
		f, err = c.inventory(ctx, t.src, known.State)
	default:
		f.visit, err = c.visit(ctx, t, known.State)
	}
	f.task, f.known, f.visit.Confirmed = t, known, t.confirmed
	return f, nil, err
}

// errLater says that a place asked to be left alone for a while, and that nobody named it now.
var errLater = errors.New("later")

// wayList is the way of a visit that contacted nobody: the list that names the place had said all.
const wayList = "list"

// fresh says that what the list told proves that a repository is as it was when it was last read, and that nothing of it was
// left for this visit.
func (c *Crawler) fresh(t *task, st *catalog.SourceState) bool {
	return t.src.Kind == kindKit && t.listed.Same(st.ReadAs) && st.Mark != "" && !c.asksAgain(st, false) && c.understood(st) && st.Held == nil &&
		st.Stale.IsZero() && st.Missing.IsZero() && !st.Removed && reflect.DeepEqual(st.Source, t.src)
}

// UnknownSource says that a name is neither that of a source nor of a place that one named. It is catalog.ErrNotFound.
type UnknownSource struct{ ID catalog.SourceID }

func (u *UnknownSource) Error() string { return fmt.Sprintf("source %q is not in the catalogue", u.ID) }

// Unwrap gives catalog.ErrNotFound.
func (u *UnknownSource) Unwrap() error { return catalog.ErrNotFound }

// choose gives the tasks of a crawl: the sources that are on, or those that were named, which may be places that a list
// names.
func (c *Crawler) choose(ctx context.Context, sources []catalog.Source, only []catalog.SourceID) (todo []task, disabled int, err error) {
	if len(only) == 0 {
		for _, s := range sources {
			if s.On() {
				todo = append(todo, task{src: s})
			} else {
				disabled++
			}
		}
		return todo, disabled, nil
	}
	byID := map[catalog.SourceID]catalog.Source{}
	for _, s := range sources {
		byID[s.ID] = s
	}
	only = slices.Compact(slices.Sorted(slices.Values(only)))
	lists := map[catalog.SourceID]bool{} // each once, whatever it is asked for
	for _, id := range only {
		s, ok := byID[id]
		if !ok {
			known, err := c.stateOf(ctx, id)
			if err != nil {
				return nil, 0, err
			}
			if s = known.State.Source; s.Parent == "" || known.State.Removed {
				return nil, 0, &UnknownSource{id}
			}
			if lastWay(&known.State) == wayTold { // there is only its list to be asked
				if _, named := slices.BinarySearch(only, s.Parent); named || lists[s.Parent] {
					continue
				}
				lists[s.Parent] = true
				list, _, err := c.choose(ctx, sources, []catalog.SourceID{s.Parent})
				if err != nil {
					return nil, 0, err
				}
				todo = append(todo, list...)
				continue
			}
		}
		todo = append(todo, task{src: s})
	}
	return todo, 0, nil
}

// host is what politeness is counted by.
func host(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
