package legacy

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// maxRecordHead is how much of a file is read to tell whether it is a record (house rule 5).
const maxRecordHead = 4 << 10

// recordHead is how the front matter of a record begins: its type among the first keys.
var recordHead = regexp.MustCompile(`^\x{FEFF}?---[ \t]*\r?\n(?:[^\n]*\n){0,40}?type:[ \t]*["']?[a-z]+["']?[ \t]*\r?\n`)

// reportHead is how a report begins, whatever name it was given.
var reportHead = regexp.MustCompile("^# Importazione di «[^\n]*»\r?\n\r?\n" + regexp.QuoteMeta(reportStart))

// Hide gives a folder without the files that an import wrote there, which its trace names, without the trace and without the
// report, without the records that its owner put beside them, such as a story that took the name of its body, and without
// more files, which the command line named for something else: what there is to understand. A folder that holds nothing else
// stays, empty.
func Hide(fsys fs.FS, trace []byte, more ...string) fs.FS {
	h := &hiding{fsys, map[string]bool{TracePath: true, ReportPath: true}, map[string]bool{}}
	for _, p := range more {
		h.gone[p] = true
	}
	for p := range readTrace(trace) {
		h.gone[p] = true
		if top, _, below := strings.Cut(p, "/"); below {
			h.ours[top] = true
		}
	}
	return h
}

// hiding implements fs.FS, fs.ReadDirFS, fs.StatFS and fs.ReadLinkFS.
type hiding struct {
	fs.FS
	gone map[string]bool
	ours map[string]bool // folders at the top that hold records
}

// hidden says whether a file is of the kit that was made, and not of what it was made of.
func (h *hiding) hidden(name string) bool {
	if h.gone[name] {
		return true
	}
	top, _, below := strings.Cut(name, "/")
	if !strings.EqualFold(path.Ext(name), ".md") {
		return false
	}
	f, err := h.FS.Open(name)
	if err != nil {
		return false
	}
	head, err := io.ReadAll(io.LimitReader(f, maxRecordHead))
	if errors.Join(err, f.Close()) != nil {
		return false
	}
	return reportHead.Match(head) || below && h.ours[top] && recordHead.Match(head)
}

func (h *hiding) check(op, name string) error {
	if h.hidden(name) {
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
	return slices.DeleteFunc(list, func(e fs.DirEntry) bool { return h.hidden(path.Join(name, e.Name())) }), err
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
