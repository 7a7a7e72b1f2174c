package legacy

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Overlay gives a repository with the files of a proposal laid over it, for catalog.Read. What is there wins: a file of the
// proposal that has the path of one that is there, or that would lie below a file, is not seen. Paths are those of fsys; see
// [Proposal.Below] for a kit that lies in a folder.
func Overlay(fsys fs.FS, p *Proposal) fs.FS {
	own := newShelf()
	if p != nil {
		for _, f := range p.Files {
			own.put(f.Path, f.Data, int64(len(f.Data)))
		}
	}
	return &overlay{base: fsys, own: own}
}

// overlay implements fs.FS, fs.ReadDirFS, fs.ReadFileFS, fs.StatFS and fs.ReadLinkFS.
type overlay struct {
	base fs.FS
	own  *shelf
}

// below says whether a name belongs to the base: it is there, or cannot be told, or a file stands in its way.
func (o *overlay) below(name string) bool {
	if !fs.ValidPath(name) {
		return false // the shelf refuses it
	}
	if _, err := fs.Lstat(o.base, name); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return true
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if info, err := fs.Lstat(o.base, dir); err == nil {
			return !info.IsDir()
		}
	}
	return false
}

// Open gives a file, or a folder with what both sides hold of it.
func (o *overlay) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if !o.below(name) {
		return o.own.Open(name)
	}
	info, err := fs.Lstat(o.base, name)
	if err != nil || !info.IsDir() {
		return o.base.Open(name)
	}
	entries, err := o.ReadDir(name)
	if err != nil {
		return nil, err
	}
	return &openFolder{info: info, entries: entries}, nil
}

// ReadDir lists what both sides hold of a folder, by name.
func (o *overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	if !o.below(name) {
		return o.own.ReadDir(name)
	}
	there, err := fs.ReadDir(o.base, name)
	if err != nil {
		return there, err
	}
	ours, err := o.own.ReadDir(name)
	if err != nil {
		return there, nil // the proposal adds nothing here
	}
	known := map[string]bool{}
	for _, e := range there {
		known[e.Name()] = true
	}
	all := slices.Clone(there)
	for _, e := range ours {
		if !known[e.Name()] {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return all, nil
}

// ReadFile gives the bytes of a file.
func (o *overlay) ReadFile(name string) ([]byte, error) {
	if o.below(name) {
		return fs.ReadFile(o.base, name)
	}
	return fs.ReadFile(o.own, name)
}

// Stat tells what is there; a link is followed.
func (o *overlay) Stat(name string) (fs.FileInfo, error) {
	if o.below(name) {
		return fs.Stat(o.base, name)
	}
	return o.own.Stat(name)
}

// Lstat tells what is there; a link is told as one.
func (o *overlay) Lstat(name string) (fs.FileInfo, error) {
	if o.below(name) {
		return fs.Lstat(o.base, name)
	}
	return o.own.Stat(name)
}

// ReadLink gives where a link leads; the proposal has none.
func (o *overlay) ReadLink(name string) (string, error) { return fs.ReadLink(o.base, name) }

// errNotHere says that the bytes of a file are not known.
var errNotHere = errors.New("legacy: the contents of the file are not known")

// shelf is a small tree of files in memory.
type shelf struct {
	files map[string]item
	dirs  map[string]map[string]bool // names of what a folder holds
}

type item struct {
	data []byte // nil: not known
	size int64
}

func newShelf() *shelf {
	return &shelf{files: map[string]item{}, dirs: map[string]map[string]bool{".": {}}}
}

// put adds a file; one that is no valid path, or stands in the way of another, is left out.
func (s *shelf) put(p string, data []byte, size int64) {
	if !fs.ValidPath(p) || p == "." || s.dirs[p] != nil {
		return
	}
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if _, isFile := s.files[dir]; isFile {
			return
		}
	}
	s.files[p] = item{data, max(size, 0)}
	for name := p; name != "."; name = path.Dir(name) {
		dir := path.Dir(name)
		if s.dirs[dir] == nil {
			s.dirs[dir] = map[string]bool{}
		}
		s.dirs[dir][path.Base(name)] = true
	}
}

func (s *shelf) Stat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	if f, ok := s.files[name]; ok {
		return entry{path.Base(name), f.size, false}, nil
	}
	if s.dirs[name] != nil {
		return entry{path.Base(name), 0, true}, nil
	}
	return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
}

func (s *shelf) ReadDir(name string) ([]fs.DirEntry, error) {
	if !fs.ValidPath(name) || s.dirs[name] == nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	var out []fs.DirEntry
	for child := range s.dirs[name] {
		f, isFile := s.files[path.Join(name, child)]
		out = append(out, fs.FileInfoToDirEntry(entry{child, f.size, !isFile}))
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out, nil
}

func (s *shelf) Open(name string) (fs.File, error) {
	info, err := s.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		entries, err := s.ReadDir(name)
		return &openFolder{info: info, entries: entries}, err
	case s.files[name].data == nil:
		return nil, &fs.PathError{Op: "open", Path: name, Err: errNotHere}
	}
	return &openShelf{bytes.NewReader(s.files[name].data), info}, nil
}

// entry is what is told of a file or folder of a shelf; it has no time, so that equal shelves are equal.
type entry struct {
	name   string
	size   int64
	folder bool
}

func (e entry) Name() string       { return e.name }
func (e entry) Size() int64        { return e.size }
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) IsDir() bool        { return e.folder }
func (e entry) Sys() any           { return nil }
func (e entry) Mode() fs.FileMode {
	if e.folder {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type openShelf struct {
	*bytes.Reader
	info fs.FileInfo
}

func (f *openShelf) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openShelf) Close() error               { return nil }

type openFolder struct {
	info    fs.FileInfo
	entries []fs.DirEntry
	at      int
}

func (d *openFolder) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *openFolder) Close() error               { return nil }
func (d *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.info.Name(), Err: fs.ErrInvalid}
}
func (d *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	rest := d.entries[d.at:]
	if n > 0 && len(rest) == 0 {
		return nil, io.EOF
	}
	if n > 0 && n < len(rest) {
		rest = rest[:n]
	}
	d.at += len(rest)
	return slices.Clone(rest), nil
}
