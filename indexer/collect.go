package indexer

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

const (
	commitBatch = 64                     // visits in one commit at most
	commitEvery = 250 * time.Millisecond // the longest that a visit waits to be committed
	maxReason   = 300                    // characters of an error that a reason quotes
)

// brought is a visit with what it means for the records.
type brought struct {
	visit catalog.Visit
	delta catalog.Delta
}

// collect applies visits as they come and commits them in batches: when a batch is full, or its first has waited enough.
// It fails, and calls the work off, only when the store takes nothing any more.
func (c *Crawler) collect(ctx context.Context, visits <-chan catalog.Visit, total int, start time.Time, rep *Report, stop context.CancelCauseFunc) error {
	var batch []brought
	var failed error
	// What was brought is kept even when the work is called off: a commit is short.
	keep := context.WithoutCancel(ctx)
	flush := func() {
		if len(batch) == 0 || failed != nil {
			return
		}
		if failed = c.commitAll(keep, batch, rep); failed != nil {
			stop(failed)
		}
		batch = batch[:0]
	}
	due := time.NewTimer(commitEvery)
	defer due.Stop()
	done := 0
	for open := true; open; {
		var v catalog.Visit
		select {
		case v, open = <-visits:
		case <-due.C:
			flush()
			continue
		}
		if !open || failed != nil {
			continue
		}
		d, err := c.apply(keep, v)
		if err != nil {
			failed = err
			stop(err)
			continue
		}
		if batch = append(batch, brought{v, d}); len(batch) == 1 {
			due.Reset(commitEvery)
		} else if len(batch) >= commitBatch {
			flush()
		}
		done++
		c.tell(d, done, total, start)
	}
	flush()
	return failed
}

// commitAll makes the visits of a batch durable, together when that works. When it does not, each by itself: what cannot
// be stored of one becomes a failed visit with the reason, and the others are not touched by it.
func (c *Crawler) commitAll(ctx context.Context, batch []brought, rep *Report) error {
	deltas := make([]catalog.Delta, len(batch))
	for i, b := range batch {
		deltas[i] = b.delta
	}
	err := c.commit(ctx, deltas...)
	if err == nil {
		for _, d := range deltas {
			rep.note(d)
		}
		return nil
	}
	c.cfg.Logger.Warn("a batch was not stored, its visits are stored one by one", "visits", len(batch), "err", err)
	for _, b := range batch {
		d, err := c.commitOne(ctx, b)
		if err != nil {
			return err
		}
		rep.note(d)
	}
	return nil
}

// commitOne stores a visit by itself, or else the fact that it could not be.
func (c *Crawler) commitOne(ctx context.Context, b brought, with ...catalog.Delta) (catalog.Delta, error) {
	err := c.commit(ctx, append([]catalog.Delta{b.delta}, with...)...)
	if err == nil {
		return b.delta, nil
	}
	c.cfg.Logger.Warn("a visit was not stored", "source", b.visit.Source.ID, "err", err)
	d, again := c.apply(ctx, spoiled(b.visit, schema.T("ciò che contiene non si può conservare", "what it holds cannot be stored"), err))
	if again == nil {
		again = c.commit(ctx, d)
	}
	if again != nil {
		return d, errors.Join(err, again)
	}
	return d, nil
}

// apply says what a visit means for the records. A fault of ours that a repository's content brings out makes a failed
// visit of it.
func (c *Crawler) apply(ctx context.Context, v catalog.Visit) (catalog.Delta, error) {
	known, err := c.cfg.Store.Known(ctx, v.Source.ID)
	if err != nil {
		return catalog.Delta{}, err
	}
	var d catalog.Delta
	err = c.guard(v.Source.ID, func() error {
		d = catalog.Apply(known, v, c.cfg.Policy)
		return nil
	})
	if err != nil {
		d = catalog.Apply(known, spoiled(v, faultOfOurs(), err), c.cfg.Policy)
	}
	return d, nil
}

// commit is the store's, with a panic made an error: the store leaves nothing half done behind.
func (c *Crawler) commit(ctx context.Context, deltas ...catalog.Delta) error {
	id := deltas[0].State.Source.ID
	return c.guard(id, func() error { return c.cfg.Store.Commit(ctx, deltas...) })
}

// errFault says that the program met a fault of its own.
var errFault = errors.New("a fault of the program")

func faultOfOurs() schema.Text {
	return schema.T("il suo contenuto fa emergere un difetto del programma: segnalatelo a chi lo mantiene", "its content brings out a fault of the program: tell those who maintain it")
}

// guard does a job of which one source's content must not end the program.
func (c *Crawler) guard(id catalog.SourceID, job func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			c.cfg.Logger.Error("panic", "source", id, "what", fmt.Sprint(r), "stack", string(debug.Stack()))
			err = fmt.Errorf("%w: %v", errFault, r)
		}
	}()
	return job()
}

// spoiled makes a failed visit of one that went well until somebody had to deal with what it brought.
func spoiled(v catalog.Visit, why schema.Text, err error) catalog.Visit {
	quoted := []rune(err.Error())
	if len(quoted) > maxReason {
		quoted = append(quoted[:maxReason], '…')
	}
	v.Outcome, v.Tree, v.History, v.Findings = catalog.Failed, nil, nil, nil
	v.Reason = schema.T(why.It+" («"+string(quoted)+"»)", why.En+" (\""+string(quoted)+"\")")
	return v
}
