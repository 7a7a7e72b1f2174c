package legacy

import (
	"errors"
	"io/fs"
	"path"
	"slices"
)

// Hide gives a folder without the files that an import wrote there, which its trace names, without the trace and without the
// report: what there is to understand. A folder that holds nothing else stays, empty.
func Hide(fsys fs.FS, trace []byte) fs.FS {
	h := &hiding{fsys, map[string]bool{TracePath: true, ReportPath: true}}
	for p := range readTrace(trace) {
		h.gone[p] = true
	}
	return h
}

// hiding implements fs.FS, fs.ReadDirFS, fs.StatFS and fs.ReadLinkFS.
type hiding struct {
	fs.FS
	gone map[string]bool
}

func (h *hiding) check(op, name string) error {
	if h.gone[name] {
		return &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	return nil
}

// Open gives a file or a folder.
func (h *hiding) Open(name string) (fs.File, error) {
	if err := h.check("open", name); err != nil {
		return nil, err
	}
	f, err := h.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || !info.IsDir() {
		return f, err
	}
	entries, err := h.ReadDir(name)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	return &openFolder{info: info, entries: entries}, nil
}

// ReadDir lists a folder by name.
func (h *hiding) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(h.FS, name)
	return slices.DeleteFunc(list, func(e fs.DirEntry) bool { return h.gone[path.Join(name, e.Name())] }), err
}

// Stat tells what is there; a link is followed.
func (h *hiding) Stat(name string) (fs.FileInfo, error) {
	if err := h.check("stat", name); err != nil {
		return nil, err
	}
	return fs.Stat(h.FS, name)
}

// Lstat tells what is there; a link is told as one.
func (h *hiding) Lstat(name string) (fs.FileInfo, error) {
	if err := h.check("lstat", name); err != nil {
		return nil, err
	}
	return fs.Lstat(h.FS, name)
}

// ReadLink gives where a link leads.
func (h *hiding) ReadLink(name string) (string, error) { return fs.ReadLink(h.FS, name) }
