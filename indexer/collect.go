package indexer

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

const (
	commitBatch   = 1_000 // visits in one commit at most
	commitRecords = 512   // records in one commit, or texts as heavy, but for what its last visit brought
	// The first visit of a crawl waits for commitFirst to be committed, the next one behind it twice as long, and so on up to
	// commitLast: a short crawl is soon on the site, and a long one does not break the index into crumbs.
	commitFirst = 250 * time.Millisecond
	commitLast  = 2 * time.Second
)

// brought is a visit with what it means for the records.
type brought struct {
	before catalog.SourceState
	visit  catalog.Visit
	delta  catalog.Delta
	with   []catalog.Delta // of other sources, stored together with it
	ends   []func()        // of its turn and of theirs, to be called once all is stored
	// skipped says that another source was being visited, and not told.
	skipped bool
}

// over ends the turns.
func (b *brought) over() {
	for _, end := range b.ends {
		end()
	}
}

// collector applies visits as they come, commits them in batches and puts what follows from them into the queue. While a
// batch is being committed, which is mostly waiting for the disk, the next one is gathered.
type collector struct {
	*Crawler
	queue  *queue
	rep    *Report
	start  time.Time
	stop   context.CancelCauseFunc
	batch  []brought
	weight int // records in the batch
	due    bool
	// under gives the outcome of the commit under way; nil when there is none.
	under  chan error
	failed error
}

// collect commits a batch when it is full, or when its first visit has waited enough. It fails, and calls the work off,
// only when the store takes nothing any more.
func (c *collector) collect(ctx context.Context, results <-chan found) error {
	// What was brought is kept even when the work is called off: a commit is short.
	keep := context.WithoutCancel(ctx)
	wait := commitFirst
	due := time.NewTimer(wait)
	defer due.Stop()
	done := 0
	for open := true; open; {
		var f found
		more := results
		if c.under != nil && c.full() {
			more = nil // the next batch is full, too
		}
		select {
		case f, open = <-more:
		case err := <-c.under:
			c.committed(err)
			c.flush(keep)
			continue
		case <-due.C:
			if c.due = len(c.batch) > 0; c.due {
				wait = min(2*wait, commitLast)
			}
			c.flush(keep)
			continue
		}
		if !open || c.failed != nil {
			if open {
				f.end()
			}
			continue
		}
		b, err := c.take(keep, &f)
		if err != nil {
			b.over()
			c.failed = err
			c.stop(err)
			continue
		}
		c.weight += len(b.delta.Put) + weightOf(b.delta.Texts)
		if c.batch = append(c.batch, b); len(c.batch) == 1 {
			due.Reset(wait)
		}
		c.due = c.due || len(b.with) > 0
		c.flush(keep)
		done++
		c.tell(b.delta, done, c.queue.size(), c.start)
		c.queue.settled()
	}
	for c.under != nil || len(c.batch) > 0 {
		if c.under != nil {
			c.committed(<-c.under)
		}
		c.due = true
		c.flush(keep)
	}
	return c.failed
}

// textOfRecord is how much text weighs as much as a record, in bytes: a batch holds some tens of MB at most.
const textOfRecord = 64 << 10

// weightOf counts texts of attachments as records, by what they hold.
func weightOf(texts []catalog.Text) int {
	n := int64(0)
	for i := range texts {
		n += size(&texts[i])
	}
	return int(n / textOfRecord)
}

func (c *collector) full() bool { return len(c.batch) >= commitBatch || c.weight >= commitRecords }

// flush begins to commit the batch when it is due, or full, and no other commit is under way. Once the store has failed it
// lets the batch go.
func (c *collector) flush(ctx context.Context) {
	if len(c.batch) == 0 || c.under != nil || !c.due && !c.full() && c.failed == nil {
		return
	}
	batch := c.batch
	c.batch, c.weight, c.due = nil, 0, false
	over := func() {
		for _, b := range batch {
			b.over()
		}
	}
	if c.failed != nil {
		over()
		return
	}
	under := make(chan error, 1)
	c.under = under
	go func() {
		err := c.commitAll(ctx, batch, c.rep)
		over()
		under <- err
	}()
}

// committed takes note of how a commit ended.
func (c *collector) committed(err error) {
	if c.under = nil; err != nil && c.failed == nil {
		c.failed = err
		c.stop(err)
	}
}

// take applies what a task brought, and puts what follows from it into the queue.
func (c *collector) take(ctx context.Context, f *found) (brought, error) {
	b := brought{before: f.known.State, visit: f.visit, ends: []func(){f.end}, delta: c.applied(f.known, f.visit)}
	if !f.task.gone.IsZero() && len(b.delta.State.Keys) == 0 {
		b.delta.State.Removed = true
	}
	l := b.delta.State.Listing
	if l == nil || f.visit.Outcome == catalog.Failed {
		return b, nil
	}
	err := c.letGo(ctx, f, &b)
	if err != nil {
		return b, err
	}
	l = b.delta.State.Listing
	var todo []task
	for _, id := range l.Places {
		t, ok := f.tasks[id]
		if !ok {
			t = task{src: catalog.Source{ID: id}, quick: true, same: true}
		} else if err = c.enter(ctx, &t, &b); err != nil {
			return b, err
		}
		todo = append(todo, t)
	}
	why := schema.T("l'elenco da cui veniva non lo nomina più", "the list that it came from no longer names it")
	if f.visit.Outcome == catalog.Absent {
		why = schema.T("l'elenco da cui veniva non c'è più", "the list that it came from is no longer there")
	}
	for _, id := range l.Lost {
		todo = append(todo, task{src: catalog.Source{ID: id}, gone: why})
	}
	if b.skipped {
		b.delta.State.Mark = ""
	}
	c.queue.put(todo...)
	return b, nil
}

// enter stores what a list says of a place beside the list itself: should the work be called off before the place is
// visited, the next crawl knows it although the list then has nothing new to say.
func (c *collector) enter(ctx context.Context, t *task, b *brought) error {
	return c.beside(ctx, t.src.ID, b, c.stateOf, func(known catalog.Known) (catalog.Delta, bool) {
		st, changed := entered(known.State, t.src)
		if t.listed != nil && !reflect.DeepEqual(st.Listed, t.listed) {
			st.Listed, changed = t.listed, true
		}
		if w := lastWay(&st); w == wayTold || w == catalog.WayCopy {
			if mark, err := saidMark(t); err == nil && mark != "" && mark != st.Mark {
				st.Mark, changed = "", true
			}
		}
		return catalog.Delta{State: st}, changed
	})
}

// beside stores with a visit what it says of another source, unless that one is being visited: then its own visit tells.
// read says how much of what is known of it is needed.
func (c *Crawler) beside(ctx context.Context, id catalog.SourceID, b *brought, read func(context.Context, catalog.SourceID) (catalog.Known, error),
	say func(catalog.Known) (catalog.Delta, bool)) error {
	end, _ := c.turns.try(id)
	if end == nil {
		b.skipped = true
		return nil
	}
	known, err := read(ctx, id)
	if err != nil {
		end()
		return err
	}
	d, changed := say(known)
	if !changed {
		end()
		return nil
	}
	b.with = append(b.with, d)
	b.ends = append(b.ends, end)
	return nil
}

// letGo removes the places of a list that the operator's filters now keep out, and forgets those that are lost and have
// nothing left to lose.
func (c *collector) letGo(ctx context.Context, f *found, b *brought) (err error) {
	if l := f.visit.Listing; l != nil {
		for _, id := range l.Dropped {
			err := c.beside(ctx, id, b, c.cfg.Store.Known, func(known catalog.Known) (catalog.Delta, bool) {
				return catalog.Remove(known, f.visit.At), known.State.Source.ID != "" && !known.State.Removed
			})
			if err != nil {
				return err
			}
		}
	}
	d := &b.delta
	d.State, _ = d.State.Settled(func(id catalog.SourceID) bool {
		known, fault := c.stateOf(ctx, id)
		err = errors.Join(err, fault)
		return fault != nil || !known.State.Removed
	})
	return err
}

// commitAll makes the visits of a batch durable, together when that works. When it does not, each by itself: what cannot
// be stored of one becomes a failed visit with the reason, and the others are not touched by it.
func (c *Crawler) commitAll(ctx context.Context, batch []brought, rep *Report) error {
	deltas := make([]catalog.Delta, 0, len(batch))
	for _, b := range batch {
		deltas = append(append(deltas, b.delta), b.with...)
	}
	err := c.commit(ctx, deltas...)
	if err == nil {
		for _, b := range batch {
			c.stored(rep, &b, b.delta)
		}
		return nil
	}
	if isStorage(err) { // none would be stored by itself, and none of them is to blame
		return err
	}
	c.cfg.Logger.Warn("a batch was not stored, its visits are stored one by one", "visits", len(batch), "err", err)
	for _, b := range batch {
		d, err := c.commitOne(ctx, b, b.with...)
		if err != nil {
			return err
		}
		c.stored(rep, &b, d)
	}
	return nil
}

// stored tells those who want to know that a visit was stored.
func (c *Crawler) stored(rep *Report, b *brought, d catalog.Delta) {
	rep.note(d)
	if c.cfg.Stored != nil {
		c.cfg.Stored(b.before, d.State)
	}
}

// commitOne stores a visit by itself, or else the fact that it could not be.
func (c *Crawler) commitOne(ctx context.Context, b brought, with ...catalog.Delta) (catalog.Delta, error) {
	err := c.commit(ctx, append([]catalog.Delta{b.delta}, with...)...)
	if err == nil || isStorage(err) {
		return b.delta, err
	}
	c.cfg.Logger.Warn("a visit was not stored", "source", b.visit.Source.ID, "err", err)
	d, again := c.apply(ctx, spoiled(b.visit, schema.T("ciò che contiene non si può conservare: il gestore del catalogo ne trova la causa nel registro", "what it holds cannot be stored: the operator of the catalogue finds the cause in the log")))
	if again == nil {
		again = c.commit(ctx, d)
	}
	if again != nil {
		return d, errors.Join(err, again)
	}
	return d, nil
}

// apply says what a visit means for the records that are known now.
func (c *Crawler) apply(ctx context.Context, v catalog.Visit) (catalog.Delta, error) {
	known, err := c.cfg.Store.Known(ctx, v.Source.ID)
	if err != nil {
		return catalog.Delta{}, err
	}
	return c.applied(known, v), nil
}

// applied says what a visit means for what was known. A fault of ours that a repository's content brings out makes a
// failed visit of it.
func (c *Crawler) applied(known catalog.Known, v catalog.Visit) (d catalog.Delta) {
	err := c.guard(v.Source.ID, func() error {
		d = catalog.Apply(known, v, c.home.Load().policy)
		return nil
	})
	if err != nil {
		d = catalog.Apply(known, spoiled(v, faultOfOurs()), c.home.Load().policy)
	}
	return d
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

// spoiled makes a failed visit of one that went well until somebody had to deal with what it brought. The sentence is for
// its publisher: the error, which may name files and addresses of ours, belongs in the log.
func spoiled(v catalog.Visit, why schema.Text) catalog.Visit {
	v.Outcome, v.Tree, v.History, v.Findings, v.Listing = catalog.Failed, nil, nil, nil, nil
	v.Reason, v.Fault = why, catalog.FaultOurs
	return v
}
