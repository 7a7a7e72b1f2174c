package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Ask is what one source wants of its repository, and how far its address is to be believed. The zero value is what an
// address of somebody else's list gets: the default branch, the limits of the Reader, http and https only.
type Ask struct {
	// Branch is the branch to read, without refs/heads/; empty means the default branch.
	Branch string
	// MaxBytes is how much may come over the wire for this source, all requests of a visit together: the list of
	// references, trees, files, history, attachments. Zero means the Limits only, which bound each request.
	MaxBytes int64
	// Trusted says that the operator wrote the address, on the command line or in the operator's own catalogue. Only then
	// ssh and local paths are thinkable (see Config.SSH, Config.AllowLocal) and tokens are used (Config.TrustedClient):
	// what a forge, another catalogue or a list of publishers proposes must never reach them.
	Trusted bool

	local bool // List and Open, which do not know who wrote the address, leave local paths to Config.AllowLocal
}

// maxBranchesNamed is how many branches an error names.
const maxBranchesNamed = 5

// NoBranchError says which branch is not there and some of those that are. It is ErrNoBranch.
type NoBranchError struct {
	Branch string   // as it was asked for, fit to be shown
	Have   []string // by name, at most five
	More   int      // how many others there are
}

// Error names them.
func (e *NoBranchError) Error() string {
	s := fmt.Sprintf("no branch %q: there is %s", e.Branch, strings.Join(e.Have, ", "))
	if e.More > 0 {
		s += fmt.Sprintf(" and %d more", e.More)
	}
	return s
}

// Unwrap gives ErrNoBranch.
func (e *NoBranchError) Unwrap() error { return ErrNoBranch }

// List asks what the repository's references are: exactly one request, the change test of a visit.
func (r *Reader) List(ctx context.Context, url string) (Refs, error) {
	return r.ListAs(ctx, url, Ask{local: true})
}

// ListAs is List for a source that has wishes; Head and Branch of the answer are those of Ask.Branch. A branch that is
// not there is a *NoBranchError.
func (r *Reader) ListAs(ctx context.Context, url string, ask Ask) (Refs, error) {
	ctx, cancel := context.WithTimeout(ctx, r.c.Limits.Time)
	defer cancel()
	refs, err := r.list(ctx, url, ask)
	return refs, named(err, url)
}

func (r *Reader) list(ctx context.Context, url string, ask Ask) (Refs, error) {
	p, err := r.route(url, ask)
	if err != nil {
		return Refs{}, err
	}
	var refs Refs
	if p.dir != "" {
		refs, err = r.listLocal(p.dir, ask)
	} else {
		refs, err = r.listRemote(ctx, p, ask)
	}
	refs.ask = ask
	return refs, err
}

// Open reads the commit that refs names. Refs that do not come from List of this program's run (the zero value, or
// those of a record) are listed again first. A nil want means WantAuto.
func (r *Reader) Open(ctx context.Context, url string, refs Refs, want Want) (*Snapshot, error) {
	return r.OpenAs(ctx, url, refs, want, Ask{local: true})
}

// OpenAs is Open for a source that has wishes. Refs that were listed with other wishes are listed again first. History
// and Fetch of the snapshot keep to the same wishes.
func (r *Reader) OpenAs(ctx context.Context, url string, refs Refs, want Want, ask Ask) (*Snapshot, error) {
	ctx, cancel := context.WithTimeout(ctx, r.c.Limits.Time)
	defer cancel()
	if want == nil {
		want = WantAuto
	}
	fresh := refs.at == "" || refs.ask != ask
	var spent spending
	if fresh {
		var err error
		refs, err = r.list(ctx, url, ask)
		if spent.listed(refs); err != nil {
			return nil, spent.on(named(err, url))
		}
	}
	s, err := r.open(ctx, url, refs, want, &spent)
	if err != nil && errors.Is(err, errRefused) && !fresh {
		// The branch moved since the listing, and the server no longer gives what it was: look once more.
		refs, err = r.list(ctx, url, ask)
		if spent.listed(refs); err == nil {
			s, err = r.open(ctx, url, refs, want, &spent)
		}
	}
	if err != nil {
		return nil, spent.on(named(err, url))
	}
	return s, nil
}

func (r *Reader) open(ctx context.Context, url string, refs Refs, want Want, spent *spending) (*Snapshot, error) {
	p, err := r.route(url, refs.ask)
	if err != nil {
		return nil, err
	}
	s := &Snapshot{URL: url, Commit: refs.Head, Branch: refs.Branch, Tags: refs.Tags, refs: refs}
	if p.dir != "" {
		return s, r.openLocal(ctx, s, p.dir, want)
	}
	m := s.meter()
	defer func() {
		s.spent(m)
		spent.bytes, spent.requests = spent.bytes+m.bytes, spent.requests+m.requests
	}()
	if _, ok := refs.caps["filter"]; !ok {
		return s, r.openWhole(ctx, s, want, m)
	}
	return s, r.openPartial(ctx, s, want, m)
}

// choose makes the branch of the ask the one that is read.
func (a *advert) choose(branch string) error {
	if branch == "" {
		return nil
	}
	name := "refs/heads/" + strings.TrimPrefix(branch, "refs/heads/")
	h, ok := a.branches[name]
	if ok {
		a.branch, a.head = name, h
		return nil
	}
	if len(a.branches) == 0 {
		return ErrEmpty
	}
	e := &NoBranchError{Branch: shown(branch)}
	for b := range a.branches {
		if b = strings.TrimPrefix(b, "refs/heads/"); cleanRef(b) {
			e.Have = append(e.Have, b)
		}
	}
	slices.Sort(e.Have)
	e.Have = e.Have[:min(len(e.Have), maxBranchesNamed)]
	e.More = len(a.branches) - len(e.Have)
	return e
}
