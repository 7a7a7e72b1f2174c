package gitrepo

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// Fetch adds more files of the same commit to a snapshot: attachments, once their documents have named them. It is one
// more request, or the whole commit again where the server cannot leave files out. Files that the snapshot has are not
// asked for again. Limits are those of this Reader, which may be another one than the Reader that opened the snapshot:
// attachments are larger than texts. The snapshot must not be read meanwhile; an FS taken from it before stays as it was.
func (r *Reader) Fetch(ctx context.Context, s *Snapshot, want Want) (err error) {
	ctx, cancel := context.WithTimeout(ctx, r.c.Limits.Time)
	defer cancel()
	return named(r.more(ctx, s, want), s.URL)
}

func (r *Reader) more(ctx context.Context, s *Snapshot, want Want) (err error) {
	defer guarded(&err)
	t, ok := s.FS.(*tree)
	if !ok {
		return errors.New("gitrepo: Fetch takes a snapshot that Open made")
	}
	l := &listing{files: slices.Clone(t.files), collisions: s.Collisions}
	chosen := slices.DeleteFunc(l.choose(want, r.c.Limits.Wanted), func(i int) bool { return l.files[i].text != nil })
	asked := map[string]bool{}
	for _, i := range chosen {
		asked[l.files[i].path] = true
	}
	for _, k := range s.Skipped { // what is asked for again is not skipped until it is skipped again
		if !asked[k.Path] {
			l.skip(k.Path, k.Reason)
		}
	}
	l.skippedN += s.SkippedTotal - len(s.Skipped)
	if len(chosen) == 0 {
		return nil
	}
	if err := r.fetchMore(ctx, s, l, chosen); err != nil {
		return err
	}
	slices.SortFunc(l.skipped, func(a, b Skipped) int { return strings.Compare(a.Path, b.Path) })
	s.finish(l)
	return nil
}

// fetchMore gives the chosen files their bytes by the way by which the snapshot was had.
func (r *Reader) fetchMore(ctx context.Context, s *Snapshot, l *listing, chosen []int) error {
	p, err := r.route(s.URL, s.refs.ask)
	if err != nil {
		return err
	}
	if p.dir != "" {
		d, err := openDisk(p.dir, r.c.Limits.File)
		if err != nil {
			return err
		}
		fillBounded(s, l, chosen, d, r.c.Limits.Memory)
		return nil
	}
	m := s.meter()
	defer s.spent(m)
	if s.Way == WayWhole {
		return r.whole(ctx, s, m, func(p *pack) error {
			fillBounded(s, l, chosen, p, r.c.Limits.Memory)
			return nil
		})
	}
	return r.texts(ctx, s, l, chosen, m)
}
