package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	git "github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// localAt marks references that were listed from this machine.
const localAt = "local"

// disk is a repository on this machine, bare or with a working tree, as a store. Only its objects are read: never the
// working tree, and no other program is started.
type disk struct {
	repo  *git.Repository
	limit int64 // bytes of a blob
}

// openDisk opens the repository in dir itself, not in one of its parents.
func openDisk(dir string, limit int64) (*disk, error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: no such folder", ErrAbsent)
	}
	repo, err := git.PlainOpenWithOptions(dir, &git.PlainOpenOptions{EnableDotGitCommonDir: true})
	switch {
	case errors.Is(err, git.ErrRepositoryNotExists):
		return nil, fmt.Errorf("%w: the folder is not a Git repository", ErrAbsent)
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	cfg, err := repo.Config()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	if f := cfg.Raw.Section("extensions").Option("objectformat"); f == "sha256" {
		return nil, ErrSHA256
	} else if f != "" && f != "sha1" {
		return nil, fmt.Errorf("%w: its objects are named with %s", ErrUnsupported, shown(f))
	}
	return &disk{repo: repo, limit: limit}, nil
}

// object reads one object, whose size is asked before it is opened.
func (d *disk) object(id plumbing.Hash, t plumbing.ObjectType) (_ []byte, err error) {
	size, err := d.repo.Storer.EncodedObjectSize(id)
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		return nil, errMissing
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	if size > maxObject || (t == plumbing.BlobObject && size > d.limit) {
		return nil, fmt.Errorf("%w: an object of %d bytes", ErrLimit, size)
	}
	o, err := d.repo.Storer.EncodedObject(t, id)
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		return nil, errMissing
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	rd, err := o.Reader()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	defer func() { err = errors.Join(err, rd.Close()) }()
	b := make([]byte, size)
	if _, err := io.ReadFull(rd, b); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return b, nil
}

// tooLarge says whether the blob is there and over the limit.
func (d *disk) tooLarge(id plumbing.Hash) bool {
	size, err := d.repo.Storer.EncodedObjectSize(id)
	return err == nil && size > d.limit
}

// weight is how many bytes an object has; 0 of one that is not there.
func (d *disk) weight(id plumbing.Hash) int64 {
	size, err := d.repo.Storer.EncodedObjectSize(id)
	if err != nil {
		return 0
	}
	return size
}

// listLocal reads the references of a repository on this machine.
func (r *Reader) listLocal(dir string, ask Ask) (refs Refs, err error) {
	defer guarded(&err)
	d, err := openDisk(dir, r.c.Limits.File)
	if err != nil {
		return Refs{}, err
	}
	a := newAdvert()
	all, err := d.repo.References()
	if err != nil {
		return Refs{}, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	err = all.ForEach(func(ref *plumbing.Reference) error {
		if ref.Type() == plumbing.HashReference && ref.Name() != plumbing.HEAD {
			a.add(ref.Name().String(), d.peel(ref.Hash()))
		}
		return nil
	})
	if err != nil {
		return Refs{}, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	head, err := d.repo.Reference(plumbing.HEAD, false)
	if err != nil && ask.Branch != "" {
		refs, err = a.refs(r.c.Limits.Tags, ask.Branch)
		refs.at = localAt
		return refs, err
	}
	if err != nil {
		return Refs{}, fmt.Errorf("%w: %w", ErrNoBranch, err)
	}
	if head.Type() == plumbing.HashReference {
		a.head, a.any = head.Hash(), true
	} else {
		a.branch = head.Target().String()
		a.head = a.branches[a.branch]
	}
	refs, err = a.refs(r.c.Limits.Tags, ask.Branch)
	refs.at = localAt
	return refs, err
}

// peel follows annotated tags to what they name.
func (d *disk) peel(id plumbing.Hash) plumbing.Hash {
	for range maxTagChain {
		t, err := object.GetTag(d.repo.Storer, id)
		if err != nil {
			return id
		}
		id = t.Target
	}
	return id
}

// maxTagChain is how many tags of tags are followed.
const maxTagChain = 8

// openLocal reads a commit of a repository on this machine.
func (r *Reader) openLocal(ctx context.Context, s *Snapshot, dir string, want Want) (err error) {
	defer guarded(&err)
	s.Way = WayLocal
	d, err := openDisk(dir, r.c.Limits.File)
	if err != nil {
		return err
	}
	l, chosen, err := r.understand(ctx, s, d, want)
	if err != nil {
		return err
	}
	fillBounded(s, l, chosen, d, r.c.Limits.Memory)
	s.finish(l)
	return nil
}
