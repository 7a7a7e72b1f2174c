package indexer

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// originals shows a repository that was never written as a kit to its reader, which takes every Markdown and YAML file for
// one of a kit. Below the folder of the kit such a file is one document among others, and was not fetched with what
// describes the repository: one that could not be had is not there for the reader, which would else take the kit for one
// that was read in part.
type originals struct {
	fs.FS
	folder string // of the kit; "" is the root
}

// hidden says so of a file.
func (o *originals) hidden(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".yml", ".yaml":
	default:
		return false
	}
	rest := name
	if o.folder != "" {
		var in bool
		if rest, in = strings.CutPrefix(name, o.folder+"/"); !in {
			return false
		}
	}
	if !strings.Contains(rest, "/") { // what stands at the top speaks of the whole
		return false
	}
	f, err := o.FS.Open(name)
	if err != nil {
		return true
	}
	_, err = f.Read(make([]byte, 1))
	return f.Close() != nil || err != nil
}

// ReadDir lists a folder without what is hidden.
func (o *originals) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(o.FS, name)
	return slices.DeleteFunc(slices.Clone(list), func(e fs.DirEntry) bool {
		return e.Type().IsRegular() && o.hidden(path.Join(name, e.Name()))
	}), err
}

// ReadFile, Stat, Lstat and ReadLink are those of the repository.
func (o *originals) ReadFile(name string) ([]byte, error)   { return fs.ReadFile(o.FS, name) }
func (o *originals) Stat(name string) (fs.FileInfo, error)  { return fs.Stat(o.FS, name) }
func (o *originals) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(o.FS, name) }
func (o *originals) ReadLink(name string) (string, error)   { return fs.ReadLink(o.FS, name) }
