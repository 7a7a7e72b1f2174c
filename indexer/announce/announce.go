package announce

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

// Config is what [New] needs. URL and Client must be there.
type Config struct {
	URL    string       // http or https address of the operator; it may hold a secret and is never logged
	Secret string       // to sign with; none: not signed
	Client *http.Client // the one client that goes out; redirects are not followed, whatever it says
	Logger *slog.Logger
	Now    func() time.Time
}

// Counts says what became of the notices since the start. Nothing is lost without being counted here.
type Counts struct {
	Queued   int // waiting now, or being sent
	Sent     int
	Replaced int // by a newer notice of the same source, before they were sent
	Dropped  int // not sent: the queue was full, the address refused them or stayed out of reach
	Failures int // attempts that failed, whatever came after
}

// Announcer sends notices in the background. It is safe for use by many at once.
type Announcer struct {
	cfg    Config
	client *http.Client
	key    []byte
	wait   func(ctx context.Context, d time.Duration) error

	wake   chan struct{} // holds one when there may be something to send
	mu     sync.Mutex
	queue  []item
	counts Counts
}

// item is a notice that waits.
type item struct {
	source catalog.SourceID
	body   []byte
}

// New checks the configuration.
func New(cfg Config) (*Announcer, error) {
	u, err := url.Parse(cfg.URL)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || u.Fragment != "" {
		return nil, fmt.Errorf("announce: the address is not an http or https one without a user: %w", catalog.ErrInvalid)
	}
	if cfg.Client == nil {
		return nil, fmt.Errorf("announce: a client is needed: %w", catalog.ErrInvalid)
	}
	k, err := key(cfg.Secret)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, catalog.ErrInvalid)
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	client := *cfg.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Announcer{cfg: cfg, client: &client, key: k, wait: wait, wake: make(chan struct{}, 1)}, nil
}

// wait lets a time pass, or gives the error of a context that ends before.
func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Send puts a notice into the queue, in place of one of the same source that still waits there. It never waits itself.
// The error is [catalog.ErrBusy] when the queue is full, [catalog.ErrInvalid] for a notice that says nothing.
func (a *Announcer) Send(ctx context.Context, n Notice) error {
	if n.Source == "" || n.URL == "" || n.Outcome == "" {
		return fmt.Errorf("announce: a notice needs a source, its address and an outcome: %w", catalog.ErrInvalid)
	}
	body, err := n.form()
	if err != nil {
		return fmt.Errorf("announce: %s: %w", n.Source, err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if i := slices.IndexFunc(a.queue, func(q item) bool { return q.source == n.Source }); i >= 0 {
		a.queue[i].body = body
		a.counts.Replaced++
		return nil
	}
	if len(a.queue) >= MaxQueued {
		a.counts.Dropped++
		a.cfg.Logger.ErrorContext(ctx, "announcement dropped: too many wait", "source", n.Source)
		return fmt.Errorf("announce: %d sources wait to be announced: %w", MaxQueued, catalog.ErrBusy)
	}
	a.queue = append(a.queue, item{n.Source, body})
	select {
	case a.wake <- struct{}{}:
	default:
	}
	return nil
}

// Counts says what became of the notices.
func (a *Announcer) Counts() Counts {
	a.mu.Lock()
	defer a.mu.Unlock()
	c := a.counts
	c.Queued += len(a.queue)
	return c
}

// Run sends what is in the queue until ctx ends; then it tries once more, for no longer than [Farewell], to send what is
// left. It must run once.
func (a *Announcer) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
		case <-a.wake:
			if a.wait(ctx, Gather) == nil {
				for batch := a.take(); batch != nil && a.deliver(ctx, batch); batch = a.take() {
				}
			}
		}
		if ctx.Err() != nil {
			a.farewell(ctx)
			return
		}
	}
}

// take gives the oldest notices of the queue that fit one request, or nil. They count as queued until they are settled.
func (a *Announcer) take() []item {
	a.mu.Lock()
	defer a.mu.Unlock()
	n, size := 0, 0
	for n < len(a.queue) && n < MaxBatch {
		if size += len(a.queue[n].body); n > 0 && size > MaxBody {
			break
		}
		n++
	}
	if n == 0 {
		return nil
	}
	batch := slices.Clone(a.queue[:n])
	a.queue = slices.Delete(a.queue, 0, n)
	a.counts.Queued += n
	return batch
}

// settle says what became of a batch.
func (a *Announcer) settle(batch []item, sent bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.counts.Queued -= len(batch)
	if sent {
		a.counts.Sent += len(batch)
	} else {
		a.counts.Dropped += len(batch)
	}
}

// back puts a batch before the queue again, but for what was replaced meanwhile.
func (a *Announcer) back(batch []item) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.counts.Queued -= len(batch)
	old := slices.DeleteFunc(batch, func(b item) bool {
		return slices.ContainsFunc(a.queue, func(q item) bool { return q.source == b.source })
	})
	a.counts.Replaced += len(batch) - len(old)
	a.queue = slices.Concat(old, a.queue)
}

// farewell sends what is left, with one attempt for each request.
func (a *Announcer) farewell(ctx context.Context) {
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), Farewell)
	defer cancel()
	for batch := a.take(); batch != nil; batch = a.take() {
		l, err := a.letter(batch)
		if err == nil {
			_, err = a.post(last, l)
		}
		a.settle(batch, err == nil)
		if err != nil {
			a.drop(last, batch, "announcements dropped: the program stops", err)
		}
	}
}

// toldInLog is how many sources a line of the log names.
const toldInLog = 20

func (a *Announcer) drop(ctx context.Context, batch []item, why string, err error) {
	var sources []catalog.SourceID
	for _, b := range batch[:min(len(batch), toldInLog)] {
		sources = append(sources, b.source)
	}
	a.cfg.Logger.ErrorContext(ctx, why, "notices", len(batch), "sources", sources, "err", discreet(err))
}

// discreet takes the address out of an error: it may hold a secret.
func discreet(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
