package gitrepo

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// Change is one commit that touched a file: when and why, never who.
type Change struct {
	Commit  string
	Time    time.Time // the committer's clock, in UTC
	Message string    // the first line, see Subject
}

// History is what the commits before a snapshot tell.
type History struct {
	Changes map[string][]Change // by path, newest first, at most Limits.Changes
	// TagTimes gives the commit time of the tags that the default branch contains.
	TagTimes map[string]time.Time
	Commits  int // looked at
	// Complete is false when older commits exist that were not looked at: Limits.Commits, or a shallow repository.
	Complete bool
	Bytes    int64
	Requests int
}

// History finds the commits that touched each of the paths, files or folders, of a snapshot. It asks for all commits
// and their trees without any file, which only a server that can filter gives: otherwise ErrUnsupported.
//
// A commit touched a path when the path differs from what it is in every parent: a merge that only takes a side is not
// told. What a shallow repository calls its first commit is not told either, because nobody can see what it changed.
func (r *Reader) History(ctx context.Context, s *Snapshot, paths []string) (*History, error) {
	ctx, cancel := context.WithTimeout(ctx, r.c.Limits.Time)
	defer cancel()
	h, err := r.history(ctx, s, paths)
	return h, named(err, s.URL)
}

func (r *Reader) history(ctx context.Context, s *Snapshot, paths []string) (h *History, err error) {
	m := s.meter()
	defer func() {
		s.aside.Add(m.bytes)
		err = spending{m.bytes, m.requests}.on(err)
	}()
	defer guarded(&err)
	held := &lease{g: r.g}
	defer held.end()
	p, err := r.route(s.URL, s.refs.ask)
	if err != nil {
		return nil, err
	}
	var st store
	if p.dir != "" {
		st, err = openDisk(p.dir, r.c.Limits.File)
	} else {
		st, err = r.fetchHistory(ctx, s, m, held)
	}
	if err != nil {
		return nil, err
	}
	w := &walk{st: st, lim: r.c.Limits, seen: map[plumbing.Hash]bool{}, known: map[plumbing.Hash]*commit{}}
	w.h = &History{Changes: map[string][]Change{}, TagTimes: map[string]time.Time{}, Complete: true, Bytes: m.bytes, Requests: m.requests}
	if err := w.run(ctx, plumbing.NewHash(s.Commit), newTrie(paths)); err != nil {
		return nil, err
	}
	for _, t := range s.Tags {
		if c, ok := w.known[plumbing.NewHash(t.Commit)]; ok && c != nil {
			w.h.TagTimes[t.Name] = c.when
		}
	}
	return w.h, nil
}

func (r *Reader) fetchHistory(ctx context.Context, s *Snapshot, m *meter, held *lease) (store, error) {
	if _, ok := s.refs.caps["filter"]; !ok {
		return nil, fmt.Errorf("%w: the server cannot send a history without its files", ErrUnsupported)
	}
	var p *pack
	q := request{ids: []plumbing.Hash{plumbing.NewHash(s.Commit)}, noBlobs: true}
	err := r.fetch(ctx, s.refs, q, r.c.Limits.TreeBytes, m, func(body io.Reader) (err error) {
		p, err = readPack(ctx, body, nil, r.packLimits(ctx, held))
		return err
	})
	return p, err
}

// trie holds the asked paths name by name, so that a folder that did not change is left at once.
type trie struct {
	kids map[string]*trie
	path string // the asked path that ends here, "" for none
}

func newTrie(paths []string) *trie {
	root := &trie{}
	for _, p := range paths {
		t := root
		for name := range strings.SplitSeq(p, "/") {
			if t.kids == nil {
				t.kids = map[string]*trie{}
			}
			if t.kids[name] == nil {
				t.kids[name] = &trie{}
			}
			t = t.kids[name]
		}
		t.path = p
	}
	return root
}

// walk goes from a commit back in time, newest first.
type walk struct {
	st    store
	lim   Limits
	h     *History
	seen  map[plumbing.Hash]bool
	known map[plumbing.Hash]*commit // nil: not in the store
	todo  queue
}

func (w *walk) run(ctx context.Context, head plumbing.Hash, t *trie) error {
	if err := w.push(head); err != nil {
		return missing(err, "the commit", head)
	}
	for w.todo.Len() > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		if w.h.Commits == w.lim.Commits {
			w.h.Complete = false
			return nil
		}
		next := heap.Pop(&w.todo).(queued)
		c := w.known[next.id]
		w.h.Commits++
		parents, whole := make([]plumbing.Hash, 0, len(c.parents)), true
		for _, p := range c.parents {
			if err := w.push(p); errors.Is(err, errMissing) {
				whole = false
			} else if err != nil {
				return err
			} else {
				parents = append(parents, w.known[p].tree)
			}
		}
		if !whole {
			w.h.Complete = false
			continue
		}
		change := Change{Commit: next.id.String(), Time: c.when, Message: Subject(c.message)}
		if err := w.touched(t, c.tree, parents, change); err != nil {
			return err
		}
	}
	return nil
}

// push reads a commit and puts it in the queue, once.
func (w *walk) push(id plumbing.Hash) error {
	if w.seen[id] {
		if w.known[id] == nil {
			return errMissing
		}
		return nil
	}
	w.seen[id] = true
	c, err := readCommit(w.st, id)
	if err != nil {
		return err
	}
	w.known[id] = &c
	heap.Push(&w.todo, queued{id: id, when: c.when, n: len(w.seen)})
	return nil
}

// touched notes the change under every asked path that differs from all parents. A zero name means "not there".
func (w *walk) touched(t *trie, now plumbing.Hash, before []plumbing.Hash, c Change) error {
	if slices.Contains(before, now) || (len(before) == 0 && now.IsZero()) {
		return nil
	}
	if t.path != "" && len(w.h.Changes[t.path]) < w.lim.Changes {
		w.h.Changes[t.path] = append(w.h.Changes[t.path], c)
	}
	if len(t.kids) == 0 {
		return nil
	}
	here, err := w.children(now, t)
	if err != nil {
		return err
	}
	there := make([]map[string]plumbing.Hash, len(before))
	for i, b := range before {
		if there[i], err = w.children(b, t); err != nil {
			return err
		}
	}
	for name, kid := range t.kids {
		old := make([]plumbing.Hash, len(before))
		for i := range before {
			old[i] = there[i][name]
		}
		if err := w.touched(kid, here[name], old, c); err != nil {
			return err
		}
	}
	return nil
}

// children gives the asked names of a folder; none of what is not a folder.
func (w *walk) children(id plumbing.Hash, t *trie) (map[string]plumbing.Hash, error) {
	out := map[string]plumbing.Hash{}
	if id.IsZero() {
		return out, nil
	}
	b, err := w.st.object(id, plumbing.TreeObject)
	if errors.Is(err, errMissing) {
		return out, nil // a file stood here then
	}
	if err != nil {
		return nil, err
	}
	for len(b) > 0 {
		var e treeEntry
		if e, b, err = nextEntry(b); err != nil {
			return nil, err
		}
		if _, ok := t.kids[string(e.name)]; ok {
			out[string(e.name)] = e.id
		}
	}
	return out, nil
}

// queued is a commit that waits; queue is a heap of them, newest first, in the order of finding when equal.
type queued struct {
	id   plumbing.Hash
	when time.Time
	n    int
}

type queue []queued

// Len, Less, Swap, Push and Pop are container/heap's.
func (q queue) Len() int { return len(q) }

// Less puts the newer first.
func (q queue) Less(i, j int) bool {
	if !q[i].when.Equal(q[j].when) {
		return q[i].when.After(q[j].when)
	}
	return q[i].n < q[j].n
}

// Swap exchanges two.
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push appends.
func (q *queue) Push(x any) { *q = append(*q, x.(queued)) }

// Pop takes the last.
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}
