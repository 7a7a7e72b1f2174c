package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
)

// How a Fetch asks.
const (
	batchFirst  = 16       // files of the first request
	batchMost   = 64       // of any: a refused one is halved no more than six times
	batchBytes  = 16 << 20 // that a request should bring, judged by what came before
	maxOldTried = 2        // requests that are tried in version 0, too, while nothing tells which version is understood
)

// remote asks a server, one request after the other.
func (f *fetching) remote(ctx context.Context, want []plumbing.Hash) error {
	f.size, f.asks = batchFirst, 2*len(want)+bits.Len(uint(len(want)))+maxOldTried
	f.old, f.proven = f.s.Way == WayPartial0, f.s.Way == WayPartial0 || f.s.hasTexts()
	if f.s.Way == WayWhole {
		f.proven = false
		if f.s.noSingle {
			return f.whole(ctx, want)
		}
	}
	for rest := want; ; {
		var batch []plumbing.Hash
		if n := len(f.parts); n > 0 {
			batch, f.parts = f.parts[n-1], f.parts[:n-1]
		} else if n := min(f.size, len(rest)); n > 0 {
			batch, rest = rest[:n], rest[n:]
		} else {
			break
		}
		o, err := f.batch(ctx, batch)
		if err != nil {
			return err
		}
		if o.whole {
			return f.whole(ctx, want)
		}
		if o.end != "" {
			f.missAll(want, o.end, o.err)
			break
		}
	}
	if !f.proven {
		f.doubt()
	}
	return nil
}

// batch makes one request, hands over what came, and decides what is to be done about the rest. The error is one that
// ends the Fetch: see Fetch.
func (f *fetching) batch(ctx context.Context, ids []plumbing.Hash) (outcome, error) {
	switch {
	case f.asks <= 0:
		return outcome{end: MissedBroken, err: fmt.Errorf("%w: the server refuses again and again", ErrUnsupported)}, nil
	case f.m.bytes >= f.m.max:
		return outcome{end: MissedBudget, err: ErrSourceLimit}, nil
	case f.time <= 0:
		return outcome{end: MissedBroken, err: fmt.Errorf("%w: the requests took longer than %s", ErrUnreachable, f.r.c.Limits.Time)}, nil
	}
	before := f.m.bytes
	p, err := f.ask(ctx, request{ids: ids, version2: !f.old}, true)
	if !f.proven && !f.old && f.tried < maxOldTried && notUnderstood(err) && len(refusedOf(err, ids)) == 0 && len(p.names()) == 0 {
		f.tried++
		if q, olderr := f.ask(ctx, request{ids: ids}, true); olderr == nil || len(q.names()) > 0 || len(refusedOf(olderr, ids)) > 0 {
			f.old, p, err = true, q, olderr
		}
	}
	if f.spool.err != nil {
		return outcome{}, f.spool.err
	}
	if p != nil {
		if err := f.hand(ctx, p, ids); err != nil {
			return outcome{}, err
		}
	}
	left := f.open(ids)
	if len(left) < len(ids) {
		f.failures = 0
	}
	named := refusedOf(err, ids)
	f.proven = f.proven || err == nil || len(left) < len(ids) || errors.Is(err, errLargeAhead) || (len(named) > 0 && !f.old)
	if err == nil {
		f.settle(p, left)
		f.grow(f.m.bytes-before, len(ids))
		return outcome{}, nil
	}
	if ctx.Err() != nil {
		return outcome{}, ctx.Err()
	}
	if f.s.Way == WayWhole && !f.proven && !final(err) && !errors.Is(err, ErrLimit) {
		return outcome{whole: true}, nil
	}
	return f.failed(err, len(ids), left, named), nil
}

// settle tells of what a complete answer did not hold.
func (f *fetching) settle(p *pack, left []plumbing.Hash) {
	for _, id := range left {
		if p.tooLarge(id) {
			f.miss(id, MissedLarge, f.tooLarge())
		} else {
			f.miss(id, MissedLost, ErrLost)
		}
	}
}

// grow chooses how many files the next request asks for.
func (f *fetching) grow(bytes int64, files int) {
	each := max(1, bytes/int64(files))
	f.size = int(max(1, min(batchBytes/each, int64(2*f.size), batchMost)))
}

// ask makes one request into the spool, within the time that is left. A pack may come with an error: it holds what was
// complete.
func (f *fetching) ask(ctx context.Context, q request, stop bool) (p *pack, err error) {
	defer guarded(&err)
	if err := f.spool.again(); err != nil {
		f.spool.err = err
		return nil, err
	}
	f.held.end() // what was held of the last answer is no longer needed
	f.most = 0
	began := f.r.c.Now()
	ctx, cancel := context.WithTimeout(ctx, f.time)
	defer func() {
		cancel()
		f.time -= f.r.c.Now().Sub(began)
	}()
	f.asks--
	lim := f.r.packLimits(ctx, f.held)
	lim.blob, lim.stop = f.file, stop
	err = f.r.fetch(ctx, f.s.refs, q, f.r.c.Limits.DiskBytes, f.m, func(body io.Reader) (err error) {
		p, err = readPack(ctx, io.TeeReader(body, f.spool), f.spool, lim)
		return err
	})
	return p, err
}

// names are those of what came.
func (p *pack) names() map[plumbing.Hash]int32 {
	if p == nil {
		return nil
	}
	return p.byID
}

// whole fetches the whole commit once more, where nothing less is given and it is not too dear.
func (f *fetching) whole(ctx context.Context, want []plumbing.Hash) error {
	if f.m.bytes+f.s.whole > f.m.max {
		f.missAll(want, MissedBudget, fmt.Errorf("%w: %w: the whole commit has %d bytes", ErrSourceLimit, ErrNoSingle, f.s.whole))
		return nil
	}
	p, err := f.ask(ctx, request{ids: []plumbing.Hash{plumbing.NewHash(f.s.Commit)}, depth: true}, false)
	if f.spool.err != nil {
		return f.spool.err
	}
	if p != nil {
		if err := f.hand(ctx, p, want); err != nil {
			return err
		}
	}
	left := f.open(want)
	switch {
	case err == nil:
		f.settle(p, left)
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, ErrLimit):
		f.missAll(left, MissedBudget, err)
	default:
		f.missAll(left, MissedBroken, err)
	}
	return nil
}

// hasTexts says whether files came by their names: the server understands version 2.
func (s *Snapshot) hasTexts() bool {
	t, ok := s.FS.(*tree)
	return ok && slices.ContainsFunc(t.files, func(f file) bool { return f.text != nil })
}
