package gitrepo

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"
	"time"
)

// tree is a commit as a file system. It implements fs.FS, fs.ReadDirFS, fs.ReadFileFS and fs.StatFS, in memory and
// read-only. Every file of the commit is listed; only those that were asked for open, the others give ErrNotFetched.
type tree struct {
	files []file // by path
	when  time.Time
}

// Entry is what fs.FileInfo.Sys gives of a file.
type Entry struct {
	ID      string // the blob's name in Git: equal for equal contents
	Fetched bool   // whether it opens; if not, its size is unknown and told as 0
}

// Blob gives Git's name of the bytes of a file of the commit, fetched or not; "" where there is no such file.
func (s *Snapshot) Blob(path string) string {
	t, ok := s.FS.(*tree)
	if !ok {
		return ""
	}
	if i := t.search(path); i < len(t.files) && t.files[i].path == path {
		return t.files[i].id.String()
	}
	return ""
}

// Open gives a file or a folder.
func (t *tree) Open(name string) (fs.File, error) {
	i, info, err := t.find("open", name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		entries, err := t.ReadDir(name)
		return &openDir{info: info, entries: entries}, err
	}
	text, err := t.text("open", i)
	if err != nil {
		return nil, err
	}
	return &openFile{Reader: bytes.NewReader(text), info: info}, nil
}

// Stat tells what is there, fetched or not.
func (t *tree) Stat(name string) (fs.FileInfo, error) {
	_, info, err := t.find("stat", name)
	if err != nil {
		return nil, err
	}
	return info, nil
}

// ReadFile gives a copy of a file's bytes.
func (t *tree) ReadFile(name string) ([]byte, error) {
	i, info, err := t.find("read", name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	}
	text, err := t.text("read", i)
	return bytes.Clone(text), err
}

// ReadDir lists a folder by name.
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) {
	_, info, err := t.find("readdir", name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	prefix := name + "/"
	if name == "." {
		prefix = ""
	}
	var out []fs.DirEntry
	for i := t.search(prefix); i < len(t.files) && strings.HasPrefix(t.files[i].path, prefix); {
		child, _, folder := strings.Cut(t.files[i].path[len(prefix):], "/")
		if !folder {
			out = append(out, fs.FileInfoToDirEntry(t.info(i)))
			i++
			continue
		}
		out = append(out, fs.FileInfoToDirEntry(folderInfo(child, t.when)))
		i = t.search(prefix + child + "0") // '0' follows '/': over everything in the folder at once
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out, nil
}

// search finds the first file that is not before the path.
func (t *tree) search(p string) int {
	return sort.Search(len(t.files), func(i int) bool { return t.files[i].path >= p })
}

// find resolves a name: the index of a file, or -1 and a folder.
func (t *tree) find(op, name string) (int, info, error) {
	if !fs.ValidPath(name) {
		return 0, info{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	if name == "." {
		return -1, folderInfo(".", t.when), nil
	}
	i := t.search(name)
	if i < len(t.files) && t.files[i].path == name {
		return i, t.info(i), nil
	}
	if i = t.search(name + "/"); i < len(t.files) && strings.HasPrefix(t.files[i].path, name+"/") {
		return -1, folderInfo(path.Base(name), t.when), nil
	}
	return 0, info{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

func (t *tree) text(op string, i int) ([]byte, error) {
	f := t.files[i]
	if f.text == nil {
		return nil, &fs.PathError{Op: op, Path: f.path, Err: ErrNotFetched}
	}
	return f.text, nil
}

// info describes a file or a folder.
type info struct {
	name  string
	size  int64
	mode  fs.FileMode
	when  time.Time
	entry *Entry
}

func (t *tree) info(i int) info {
	f := t.files[i]
	return info{name: path.Base(f.path), size: int64(len(f.text)), mode: 0o444, when: t.when,
		entry: &Entry{ID: f.id.String(), Fetched: f.text != nil}}
}

func folderInfo(name string, when time.Time) info {
	return info{name: name, mode: fs.ModeDir | 0o555, when: when}
}

// Name is the last part of the path.
func (i info) Name() string { return i.name }

// Size is in bytes; 0 of a file that was not fetched.
func (i info) Size() int64 { return i.size }

// Mode is read-only for all.
func (i info) Mode() fs.FileMode { return i.mode }

// ModTime is the commit's.
func (i info) ModTime() time.Time { return i.when }

// IsDir tells a folder.
func (i info) IsDir() bool { return i.mode.IsDir() }

// Sys gives an *Entry of a file, nil of a folder.
func (i info) Sys() any {
	if i.entry == nil {
		return nil
	}
	return i.entry
}

type openFile struct {
	*bytes.Reader
	info info
}

// Stat describes the file.
func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close does nothing: there is nothing to give back.
func (f *openFile) Close() error { return nil }

type openDir struct {
	info    info
	entries []fs.DirEntry
	at      int
}

// Stat describes the folder.
func (d *openDir) Stat() (fs.FileInfo, error) { return d.info, nil }

// Close does nothing: there is nothing to give back.
func (d *openDir) Close() error { return nil }

// Read fails: a folder has no bytes.
func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.info.name, Err: fmt.Errorf("is a directory: %w", fs.ErrInvalid)}
}

// ReadDir gives the next n entries, or all that are left.
func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	rest := d.entries[d.at:]
	if n > 0 {
		if len(rest) == 0 {
			return nil, io.EOF
		}
		rest = rest[:min(n, len(rest))]
	}
	d.at += len(rest)
	return slices.Clone(rest), nil
}
