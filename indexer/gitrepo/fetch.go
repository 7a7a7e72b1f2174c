package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// FetchLimits bound one Fetch, below what the Reader's Limits allow; zero is as much as they allow.
type FetchLimits struct {
	File int64 // bytes of one file
	Wire int64 // bytes on the wire, all requests together
}

// Fetched is what one Fetch came to.
type Fetched struct {
	Bytes    int64 // on the wire
	Requests int
	Missed   []Missed // in the order in which they were asked for
}

// Missed is one file that could not be had.
type Missed struct {
	Path string
	Why  MissedWhy
	Err  error // what happened, one of the errors of this package
}

// MissedWhy is the kind of reason for which a file could not be had.
type MissedWhy string

// The kinds of reason.
const (
	MissedLost   MissedWhy = "lost"   // the server does not have it, or the commit does not name it
	MissedLarge  MissedWhy = "large"  // over FetchLimits.File
	MissedBudget MissedWhy = "budget" // the bytes on the wire were spent, or the files were too many: a later Fetch goes on
	MissedBroken MissedWhy = "broken" // the server failed meanwhile, or does not give single files
)

// Fetch brings the bytes of more files of a snapshot's commit: attachments, once something has named them. got is called
// once for each that came, one at a time, in no order; its bytes are not to be kept. Of files with the same bytes got is
// called for the first path only; of those that could not be had every path is told in Missed. The snapshot stays as it is.
//
// The files are asked for by their names in Git, some at a time (gitprotocol-v2, "fetch"). A server refuses a whole
// request for one object that it does not have, so that what is refused is asked for again in parts, until the one that
// is missing stands alone. The whole commit is never fetched instead, but from a server that gave nothing less before,
// when it cost no more than may be spent.
//
// The error is ctx's, or got's, or of this machine's disk; what was spent until then is told with it. Limits.Time bounds
// the requests, together, but not what got does.
func (r *Reader) Fetch(ctx context.Context, s *Snapshot, paths []string, lim FetchLimits, got func(path string, data []byte) error) (Fetched, error) {
	t, ok := s.FS.(*tree)
	if !ok {
		return Fetched{}, errors.New("gitrepo: Fetch takes a snapshot that Open made")
	}
	f := &fetching{r: r, s: s, got: got, m: s.meter(), held: &lease{g: r.g}, time: r.c.Limits.Time, paths: map[plumbing.Hash][]string{}, missed: map[string]Missed{}}
	defer f.held.end()
	f.file = atMost(lim.File, min(r.c.Limits.Attachment, maxObject))
	if wire := atMost(lim.Wire, r.c.Limits.Attachments); f.m.max < 0 || f.m.max > wire {
		f.m.max = wire
	}
	err := f.run(ctx, t, paths)
	s.aside.Add(f.m.bytes)
	out := Fetched{Bytes: f.m.bytes, Requests: f.m.requests}
	for _, p := range paths {
		if m, ok := f.missed[p]; ok {
			delete(f.missed, p)
			out.Missed = append(out.Missed, m)
		}
	}
	return out, err
}

// atMost is the wish, or where there is none or it is too large the limit.
func atMost(wish, limit int64) int64 {
	if wish <= 0 {
		return limit
	}
	return min(wish, limit)
}

// fetching is one Fetch.
type fetching struct {
	r     *Reader
	s     *Snapshot
	got   func(path string, data []byte) error
	file  int64 // bytes of one file
	m     *meter
	held  *lease
	most  int64         // bytes of the largest file that is counted in held
	time  time.Duration // that requests may still take
	spool *spool

	paths  map[plumbing.Hash][]string // of what is still to be had
	missed map[string]Missed          // by path

	parts    [][]plumbing.Hash // of a request that failed: they come before what was not asked for yet
	size     int               // of the next request
	asks     int               // requests that may still be made
	failures int               // in a row, with nothing that came
	old      bool              // it is asked in version 0
	proven   bool              // the server understands the version that is asked
	tried    int               // how often the other version was tried
}

// run finds the names, then takes the way by which the snapshot was had.
func (f *fetching) run(ctx context.Context, t *tree, paths []string) error {
	want, err := f.plan(t, paths)
	if err != nil || len(want) == 0 {
		return err
	}
	p, err := f.r.route(f.s.URL, f.s.refs.ask)
	switch {
	case err != nil:
		f.missAll(want, MissedBroken, err)
		return nil
	case p.dir != "":
		return f.local(ctx, p.dir, want)
	}
	if f.spool, err = newSpool(f.r.c.TempDir); err != nil {
		return err
	}
	err = f.remote(ctx, want)
	return errors.Join(err, f.spool.end())
}

// plan gives the names of what is wanted, each once, in the order of the paths. What the snapshot has is handed over here.
func (f *fetching) plan(t *tree, paths []string) (want []plumbing.Hash, err error) {
	seen := map[string]bool{}
	done := map[plumbing.Hash]bool{}
	for _, p := range paths {
		if seen[p] {
			continue
		}
		seen[p] = true
		i := t.search(p)
		if i == len(t.files) || t.files[i].path != p {
			f.missed[p] = Missed{Path: p, Why: MissedLost, Err: ErrNotInCommit}
			continue
		}
		file := t.files[i]
		switch _, known := f.paths[file.id]; {
		case done[file.id]:
		case known:
			f.paths[file.id] = append(f.paths[file.id], p)
		case file.text != nil && int64(len(file.text)) <= f.file:
			done[file.id] = true
			if err := f.got(p, file.text); err != nil {
				return nil, err
			}
		case len(want) == f.r.c.Limits.Wanted:
			f.missed[p] = Missed{Path: p, Why: MissedBudget, Err: ErrLimit}
		default:
			want = append(want, file.id)
			f.paths[file.id] = []string{p}
		}
	}
	return want, nil
}

// has hands over the bytes of a file; it was asked for under several paths, perhaps.
func (f *fetching) has(id plumbing.Hash, data []byte) error {
	first := f.paths[id][0]
	delete(f.paths, id)
	return f.got(first, data)
}

// miss tells that a file cannot be had, under each of its paths.
func (f *fetching) miss(id plumbing.Hash, why MissedWhy, err error) {
	for _, p := range f.paths[id] {
		f.missed[p] = Missed{Path: p, Why: why, Err: err}
	}
	delete(f.paths, id)
}

// missAll is miss for all those of the names that are still to be had.
func (f *fetching) missAll(ids []plumbing.Hash, why MissedWhy, err error) {
	for _, id := range ids {
		f.miss(id, why, err)
	}
}

// open are those of the names that are still to be had.
func (f *fetching) open(ids []plumbing.Hash) []plumbing.Hash {
	return slices.DeleteFunc(slices.Clone(ids), func(id plumbing.Hash) bool { return f.paths[id] == nil })
}

// sized is a store that knows how large a file is before it is read: 0 where it does not.
type sized interface {
	store
	weight(id plumbing.Hash) int64
}

// hand gives what a store has of the names, one after the other.
func (f *fetching) hand(ctx context.Context, st sized, ids []plumbing.Hash) error {
	for _, id := range f.open(ids) {
		if err := ctx.Err(); err != nil {
			return err
		}
		size := st.weight(id)
		if size > f.file {
			f.miss(id, MissedLarge, f.tooLarge())
			continue
		}
		data, err := f.read(ctx, st, id, size)
		switch {
		case err == nil:
			if err := f.has(id, data); err != nil {
				return err
			}
		case ctx.Err() != nil:
			return ctx.Err()
		case !errors.Is(err, errMissing):
			f.miss(id, MissedBroken, err)
		}
	}
	return nil
}

func (f *fetching) tooLarge() error {
	return fmt.Errorf("%w: the file has more than %d bytes", ErrLimit, f.file)
}

// read takes one file from a store. Memory is counted for the largest only: no two are held.
func (f *fetching) read(ctx context.Context, st store, id plumbing.Hash, size int64) (data []byte, err error) {
	defer guarded(&err)
	if more := size - f.most; more > 0 {
		f.most = size
		if err := f.held.more(ctx, more); err != nil {
			return nil, err
		}
	}
	return st.object(id, plumbing.BlobObject)
}

// local reads the files of a repository on this machine.
func (f *fetching) local(ctx context.Context, dir string, want []plumbing.Hash) error {
	d, err := openDisk(dir, f.file)
	if err != nil {
		f.missAll(want, MissedBroken, err)
		return nil
	}
	if err := f.hand(ctx, d, want); err != nil {
		return err
	}
	f.missAll(want, MissedLost, ErrLost)
	return nil
}
