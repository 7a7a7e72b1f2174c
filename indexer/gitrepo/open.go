package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
)

// openPartial asks for the commit with its trees, then for the wanted files.
func (r *Reader) openPartial(ctx context.Context, s *Snapshot, want Want, m *meter) (err error) {
	defer guarded(&err)
	s.Way = WayPartial
	l, chosen, err := r.trees(ctx, s, want, m)
	if err != nil {
		return err
	}
	if err := r.texts(ctx, s, l, chosen, m); errors.Is(err, errRefused) {
		s.noSingle = true
		return r.openWhole(ctx, s, want, m)
	} else if err != nil {
		return err
	}
	s.finish(l)
	return nil
}

// trees fetches the commit with its trees, and chooses the wanted files.
func (r *Reader) trees(ctx context.Context, s *Snapshot, want Want, m *meter) (*listing, []int, error) {
	held := &lease{g: r.g}
	defer held.end()
	var trees *pack
	q := request{ids: []plumbing.Hash{plumbing.NewHash(s.Commit)}, depth: true, noBlobs: true}
	err := r.fetch(ctx, s.refs, q, r.c.Limits.TreeBytes, m, func(body io.Reader) (err error) {
		trees, err = readPack(ctx, body, nil, r.packLimits(ctx, held))
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return r.understand(ctx, s, trees, want)
}

// understand reads the commit and its trees from a store, and chooses the wanted files.
func (r *Reader) understand(ctx context.Context, s *Snapshot, st store, want Want) (*listing, []int, error) {
	id := plumbing.NewHash(s.Commit)
	c, err := readCommit(st, id)
	if err != nil {
		return nil, nil, missing(err, "the commit", id)
	}
	s.CommitTime = c.when
	l, err := listTree(ctx, st, c.tree, r.c.Limits)
	if err != nil {
		return nil, nil, err
	}
	return l, l.choose(want, r.c.Limits.Wanted), nil
}

// texts fetches the chosen files in one request. Protocol version 2 comes first: there every object may be asked by its
// name, and the server need not look whether it is reachable. A server that does not know it is asked in version 0.
// errRefused means that neither gave them.
func (r *Reader) texts(ctx context.Context, s *Snapshot, l *listing, chosen []int, m *meter) error {
	q, seen := request{version2: s.Way != WayPartial0}, map[plumbing.Hash]bool{}
	for _, i := range chosen {
		if id := l.files[i].id; !seen[id] {
			seen[id] = true
			q.ids = append(q.ids, id)
		}
	}
	if len(q.ids) == 0 {
		return nil
	}
	held := &lease{g: r.g}
	defer held.end()
	var p *pack
	read := func(body io.Reader) (err error) {
		p, err = readPack(ctx, body, nil, r.packLimits(ctx, held))
		return err
	}
	err := r.fetch(ctx, s.refs, q, r.c.Limits.TextBytes, m, read)
	for range maxLostTexts {
		gone := refusedOf(err, q.ids)
		if !q.version2 || len(gone) == 0 {
			break
		}
		// One file that the server lost must not cost the others: it is named, and asked for no more.
		q.ids = slices.DeleteFunc(q.ids, func(id plumbing.Hash) bool { return slices.Contains(gone, id) })
		held.end()
		p, err = &pack{}, nil
		if len(q.ids) > 0 {
			err = r.fetch(ctx, s.refs, q, r.c.Limits.TextBytes, m, read)
		}
	}
	if q.version2 && notUnderstood(err) {
		s.Way, q.version2, p = WayPartial0, false, nil
		held.end()
		err = r.fetch(ctx, s.refs, q, r.c.Limits.TextBytes, m, read)
	}
	if errors.Is(err, errRefused) || errors.Is(err, ErrUnsupported) {
		return fmt.Errorf("%w: %w", errRefused, err)
	}
	why := Lost
	switch {
	case errors.Is(err, ErrLimit) && p != nil:
		why = TooMuch // what came before the limit is good
	case err != nil:
		return err
	}
	fill(s, l, chosen, p, why)
	return nil
}

// notUnderstood says whether an answer may come from a server that does not know the version: a refusal, a status other
// than "later", or something that is not an answer to what was asked.
func notUnderstood(err error) bool {
	var status *StatusError
	if errors.As(err, &status) {
		return !errors.Is(err, ErrBusy)
	}
	return errors.Is(err, errRefused) || errors.Is(err, ErrUnsupported) || errors.Is(err, ErrCorrupt)
}

// fill gives the chosen files their bytes; what is not in the store is skipped for the reason why.
func fill(s *Snapshot, l *listing, chosen []int, st store, why Reason) {
	for _, i := range chosen {
		f := &l.files[i]
		if f.text != nil {
			continue
		}
		text, err := st.object(f.id, plumbing.BlobObject)
		switch {
		case err == nil:
			f.text = text
		case st.tooLarge(f.id):
			l.skip(f.path, TooLarge)
		default:
			l.skip(f.path, why)
			s.Partial = true
		}
	}
}

// finish makes the listing the snapshot's file system.
func (s *Snapshot) finish(l *listing) {
	s.FS = &tree{files: l.files, when: s.CommitTime}
	s.Skipped, s.SkippedTotal, s.Collisions = l.skipped, l.skippedN, l.collisions
}

// openWhole reads the commit where the server cannot leave anything out.
func (r *Reader) openWhole(ctx context.Context, s *Snapshot, want Want, m *meter) (err error) {
	defer guarded(&err)
	s.Way = WayWhole
	before := m.bytes
	defer func() { s.whole = m.bytes - before }()
	return r.whole(ctx, s, m, func(p *pack) error {
		l, chosen, err := r.understand(ctx, s, p, want)
		if err != nil {
			return err
		}
		fillBounded(s, l, chosen, p, r.c.Limits.Memory)
		s.finish(l)
		return nil
	})
}

// whole fetches the whole commit into a file, which is gone when use returns. Commits and trees are kept in memory,
// files are read again from disk, one by one.
func (r *Reader) whole(ctx context.Context, s *Snapshot, m *meter, use func(*pack) error) error {
	spool, err := newSpool(r.c.TempDir)
	if err != nil {
		return err
	}
	held := &lease{g: r.g}
	defer held.end()
	var p *pack
	q := request{ids: []plumbing.Hash{plumbing.NewHash(s.Commit)}, depth: true}
	err = r.fetch(ctx, s.refs, q, r.c.Limits.DiskBytes, m, func(body io.Reader) (err error) {
		p, err = readPack(ctx, io.TeeReader(body, spool), spool, r.packLimits(ctx, held))
		return err
	})
	if err == nil {
		err = use(p)
	}
	return errors.Join(err, spool.end())
}

// fillBounded is fill for a store that does not count what it hands out.
func fillBounded(s *Snapshot, l *listing, chosen []int, st store, memory int64) {
	for n, i := range chosen {
		fill(s, l, chosen[n:n+1], st, Lost)
		if memory -= int64(len(l.files[i].text)); memory < 0 {
			l.files[i].text = nil
			for _, j := range chosen[n:] {
				l.skip(l.files[j].path, TooMuch)
			}
			s.Partial = true
			return
		}
	}
}
