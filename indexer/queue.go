package indexer

import (
	"context"
	"slices"
	"sync"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// task is one source to be visited, with what the list that names it said.
type task struct {
	src    catalog.Source // only the id where the list had nothing new to say: the rest is known
	listed *catalog.Listed
	copy   []byte        // of its publiccode.yml, which the list keeps
	told   *catalog.Tree // what the list itself tells of it
	only   bool          // that is all there is
	// quick asks first whether what the list said proves that nothing changed; the place is contacted only if not.
	quick bool
	same  bool        // the list says what it said the last time
	gone  schema.Text // why the list no longer names it
	// contact says that it is asked all the same, whether its forge sends us on to another address.
	contact bool
	// urgent asks the place even if it wants to be left alone for a while: somebody named it.
	urgent bool
	// confirmed lets a visit through that would take away much.
	confirmed bool
}

// lane is what politeness is counted by: the host, once for its repositories and once for its lists, whose limits are
// others. Tasks that contact nobody have a lane of their own, without a limit.
func (t *task) lane() string {
	switch {
	case t.quick || t.only || (!t.gone.IsZero() && !t.contact):
		return ""
	case t.src.Kind != kindKit:
		return "list " + host(t.src.URL)
	}
	return "kit " + host(t.src.URL)
}

// queue hands out tasks to workers, lane by lane in turn and never more than perHost of one host at once: one slow host
// does not stop the others. It grows while tasks are done, and ends when none is left and none is under way.
type queue struct {
	mu      sync.Mutex
	changed chan struct{}     // closed and replaced when there may be something new to hand out
	todo    map[string][]task // by lane, those not yet handed out
	busy    map[string]int    // by lane, those handed out and not done
	held    map[string]bool   // by lane, those whose host asked to be left alone
	ready   []string          // lanes with something to do and a free place, each once
	left    int               // not handed out
	open    int               // handed out and not settled
	total   int
	later   []catalog.SourceID // not visited, because their host asked to be left alone
	perHost int
}

func newQueue(perHost int, tasks ...task) *queue {
	q := &queue{changed: make(chan struct{}), todo: map[string][]task{}, busy: map[string]int{}, held: map[string]bool{}, perHost: perHost}
	q.put(tasks...)
	return q
}

// put adds tasks, all of which count towards the total.
func (q *queue) put(tasks ...task) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.total += len(tasks)
	for _, t := range tasks {
		q.enter(t)
	}
	q.tell()
}

// again puts back a task that was handed out: it contacts its host now.
func (q *queue) again(t task) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.enter(t)
	q.open--
	q.tell()
}

func (q *queue) enter(t task) {
	l := t.lane()
	if q.held[l] {
		q.later = append(q.later, t.src.ID)
		q.total--
		return
	}
	if len(q.todo[l]) == 0 && q.free(l) {
		q.ready = append(q.ready, l)
	}
	q.todo[l] = append(q.todo[l], t)
	q.left++
}

func (q *queue) free(lane string) bool { return lane == "" || q.busy[lane] < q.perHost }

// next waits for a task whose host is free; ok is false when nothing is left and nothing under way may bring more, or
// ctx ended. done must be called when the host is free again, and settled when all that follows was put into the queue.
func (q *queue) next(ctx context.Context) (t task, done func(), ok bool) {
	for {
		q.mu.Lock()
		if (q.left == 0 && q.open == 0) || ctx.Err() != nil {
			q.mu.Unlock()
			return t, nil, false
		}
		if len(q.ready) > 0 {
			l := q.ready[0]
			q.ready = q.ready[1:]
			t, q.todo[l] = q.todo[l][0], q.todo[l][1:]
			q.left--
			q.open++
			q.busy[l]++
			if len(q.todo[l]) == 0 {
				delete(q.todo, l)
			} else if q.free(l) {
				q.ready = append(q.ready, l)
			}
			q.mu.Unlock()
			return t, func() { q.done(l) }, true
		}
		wait := q.changed
		q.mu.Unlock()
		select {
		case <-wait:
		case <-ctx.Done():
			return t, nil, false
		}
	}
}

func (q *queue) done(lane string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if lane != "" && q.busy[lane] == q.perHost && len(q.todo[lane]) > 0 {
		q.ready = append(q.ready, lane) // it had been left out for being full
	}
	if q.busy[lane]--; q.busy[lane] == 0 {
		delete(q.busy, lane)
	}
	q.tell()
}

// settled says that a task that was handed out brings nothing more.
func (q *queue) settled() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.open--
	q.tell()
}

// hold takes out of the queue whatever is there, or comes, for the host of a task: it asked to be left alone.
func (q *queue) hold(t task) {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := t.lane()
	if l == "" {
		return
	}
	q.held[l] = true
	for _, x := range q.todo[l] {
		q.later = append(q.later, x.src.ID)
	}
	q.left -= len(q.todo[l])
	q.total -= len(q.todo[l])
	delete(q.todo, l)
	q.ready = slices.DeleteFunc(q.ready, func(r string) bool { return r == l })
	q.tell()
}

// postpone puts off a task that was handed out: its place wants to be left alone for a while.
func (q *queue) postpone(t task) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.later = append(q.later, t.src.ID)
	q.total--
	q.open--
	q.tell()
}

// waiting lists what was put off.
func (q *queue) waiting() []catalog.SourceID {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Clone(q.later)
}

func (q *queue) size() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.total
}

// tell wakes those who wait. The lock is held.
func (q *queue) tell() {
	close(q.changed)
	q.changed = make(chan struct{})
}
