package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// store gives objects by name: a pack that was fetched, or a repository on disk. The bytes are not to be changed; an
// object that is not there, or has another type, is errMissing. It exists because both are read by the same code.
type store interface {
	object(id plumbing.Hash, t plumbing.ObjectType) ([]byte, error)
	tooLarge(id plumbing.Hash) bool
}

// The modes of a tree entry (gitformat-index); everything else is an ordinary file.
const (
	modeFolder    = "40000"
	modeSymlink   = "120000"
	modeSubmodule = "160000"
)

// treeEntry is one line of a tree; mode and name are parts of the tree's own bytes.
type treeEntry struct {
	mode, name []byte
	id         plumbing.Hash
}

// nextEntry takes the first entry off a tree's bytes.
func nextEntry(b []byte) (e treeEntry, rest []byte, err error) {
	sp := bytes.IndexByte(b, ' ')
	nul := bytes.IndexByte(b, 0)
	if sp < 1 || nul < sp || len(b) < nul+1+len(e.id) {
		return e, nil, fmt.Errorf("%w: a tree that cannot be read", ErrCorrupt)
	}
	e.mode, e.name = bytes.TrimLeft(b[:sp], "0"), b[sp+1:nul]
	copy(e.id[:], b[nul+1:])
	return e, b[nul+1+len(e.id):], nil
}

// file is one file of the commit. Its text is nil until it is fetched.
type file struct {
	path string
	id   plumbing.Hash
	text []byte
}

// fileCost is what a file or folder of a listing takes beside its path, in bytes.
const fileCost = 96

// listing is everything that a commit's trees say.
type listing struct {
	files      []file // by path, in the order of bytes
	skipped    []Skipped
	skippedN   int
	collisions []string
}

// skip keeps a remark, up to a number of them, and counts all.
func (l *listing) skip(path string, why Reason) {
	l.skippedN++
	if len(l.skipped) < maxSkipped {
		l.skipped = append(l.skipped, Skipped{Path: shown(path), Reason: why})
	}
}

// listTree walks the trees from root down, without recursion and within the limits.
func listTree(ctx context.Context, st store, root plumbing.Hash, lim Limits) (*listing, error) {
	type folder struct {
		path  string
		id    plumbing.Hash
		depth int
	}
	l, count, todo := &listing{}, 0, []folder{{id: root}}
	room := lim.Memory // one long path to many files costs its whole length for each of them
	for len(todo) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		b, err := st.object(f.id, plumbing.TreeObject)
		if err != nil {
			return nil, missing(err, "a folder of the commit", f.id)
		}
		names := map[string]bool{}
		for len(b) > 0 {
			var e treeEntry
			if e, b, err = nextEntry(b); err != nil {
				return nil, err
			}
			if count++; count > lim.Files {
				return nil, fmt.Errorf("%w: more than %d files and folders", ErrLimit, lim.Files)
			}
			if room -= int64(len(f.path) + len(e.name) + fileCost); room < 0 {
				return nil, fmt.Errorf("%w: the paths need more than %d bytes of memory", ErrLimit, lim.Memory)
			}
			name := string(e.name)
			path := name
			if f.path != "" {
				path = f.path + "/" + name
			}
			switch mode := string(e.mode); {
			case !goodName(name) || names[name]:
				l.skip(path, BadPath)
			case len(path) > lim.PathBytes:
				l.skip(path, TooLong)
			case mode == modeSymlink:
				l.skip(path, Symlink)
			case mode == modeSubmodule:
				l.skip(path, Submodule)
			case mode == modeFolder && f.depth+1 > lim.Depth:
				l.skip(path, TooDeep)
			case mode == modeFolder:
				todo = append(todo, folder{path: path, id: e.id, depth: f.depth + 1})
			default:
				l.files = append(l.files, file{path: path, id: e.id})
			}
			names[name] = true
		}
	}
	slices.SortFunc(l.files, func(a, b file) int { return strings.Compare(a.path, b.path) })
	slices.SortFunc(l.skipped, func(a, b Skipped) int { return strings.Compare(a.Path, b.Path) })
	l.collisions = collisions(l.files)
	return l, nil
}

// collisions are the paths that differ from another only by upper and lower case, so that one of the two is lost
// wherever the commit is checked out on Windows or macOS. Both stay in the file system.
func collisions(files []file) []string {
	seen := make(map[string]int, len(files))
	var out []string
	for i, f := range files {
		low := strings.ToLower(f.path)
		first, ok := seen[low]
		if !ok {
			seen[low] = i
			continue
		}
		if first >= 0 {
			out = append(out, files[first].path)
			seen[low] = -1
		}
		out = append(out, f.path)
	}
	slices.Sort(out)
	return out
}

// missing says which object a store did not have; any other error stays itself.
func missing(err error, what string, id plumbing.Hash) error {
	if errors.Is(err, errMissing) {
		return fmt.Errorf("%w: %s is missing (%s)", ErrCorrupt, what, id)
	}
	return err
}
