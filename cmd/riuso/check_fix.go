package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/fix"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// maxFixRounds is how often a place is looked at again after something was mended: a file that could not be understood
// shows the rest of its faults only then.
const maxFixRounds = 5

// mended is one thing that was mended in a file.
type mended struct {
	file string
	edit fix.Edit
}

// fixAll mends what is safe to mend in all places, and tells it. Nothing is mended when one of them is a repository.
func (p *program) fixAll(ctx context.Context, c *checking, places []place) error {
	for _, at := range places {
		if at.repo {
			return usageError{p.said(errFixURL, "--fix corregge i file di questo computer: scarica prima %s e indica la sua cartella", "--fix mends files of this machine: get %s first and name its folder", at.name)}
		}
	}
	var all []mended
	for _, at := range places {
		for range maxFixRounds {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			done, err := p.fixPlace(c, at.name)
			all = append(all, done...)
			if err != nil {
				return errors.Join(p.tellMended(c, all), err)
			}
			if len(done) == 0 {
				break
			}
		}
	}
	return p.tellMended(c, all)
}

var errFixURL = errors.New("a repository elsewhere is not mended")

// tellMended says what was mended: before the findings for a person, on the error stream beside a form for programs.
func (p *program) tellMended(c *checking, all []mended) error {
	var b strings.Builder
	for _, m := range all {
		fmt.Fprintf(&b, "%s:%d: %s\n", m.file, m.edit.Line, m.edit.What.In(p.lang))
	}
	if len(all) == 0 {
		b.WriteString(schema.T("niente che si possa correggere da sé", "nothing that can be mended by itself").In(p.lang) + "\n")
	} else {
		b.WriteString(p.count(len(all), schema.T("correzione fatta", "thing mended"), schema.T("correzioni fatte", "things mended")) + "\n")
	}
	if c.format == "text" || c.format == "summary" {
		return p.print(b.String() + "\n")
	}
	p.errorf("%s", b.String())
	return nil
}

// fixPlace mends the files of one place once.
func (p *program) fixPlace(c *checking, name string) (out []mended, err error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil // it is told when it is looked at
	}
	if !info.IsDir() {
		if ext := strings.ToLower(filepath.Ext(name)); ext == ".md" {
			return p.fixPlace(c, treeOf(name))
		} else if ext != ".yml" && ext != ".yaml" || !info.Mode().IsRegular() {
			return nil, nil
		}
		return p.fixFile(name, func(data []byte) []schema.Finding {
			_, found := publiccode.Parse(data, publiccode.Options{IPACode: c.known})
			return schema.Unignored(schema.Ignoring(found, "", schema.YAMLIgnores(data), nil))
		})
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	t := catalog.Read(root.FS(), c.reading("", nil))
	for _, file := range fixable(root.FS(), t) {
		found := slices.DeleteFunc(slices.Clone(t.Findings), func(f schema.Finding) bool { return f.File != file || f.Ignored != "" })
		done, err := p.fixFile(filepath.Join(name, filepath.FromSlash(file)), func([]byte) []schema.Finding { return found })
		out = append(out, done...)
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

// fixable lists the files of a tree that belong to the formats: the publiccode.yml files, and, where there is a kit or a
// catalogue, the Markdown files with a front matter.
func fixable(fsys fs.FS, t *catalog.Tree) []string {
	out := descriptors(fsys)
	folders := []string{}
	for _, k := range t.Kits {
		if k.Form == catalog.FormKit {
			folders = append(folders, k.Folder)
		}
	}
	if t.Catalogue != nil || len(t.Adoptions) > 0 {
		folders = append(folders, "")
	}
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fs.SkipDir // what cannot be read is told by the check
		case e.IsDir():
			if name != "." && (strings.HasPrefix(e.Name(), ".") || slices.Contains([]string{"node_modules", "vendor", "bower_components", "third_party"}, e.Name())) {
				return fs.SkipDir
			}
		case e.Type().IsRegular() && strings.HasSuffix(name, ".md") && len(out) < catalog.MaxTreeFiles:
			if slices.ContainsFunc(folders, func(dir string) bool { return dir == "" || strings.HasPrefix(name, dir+"/") }) {
				out = append(out, name)
			}
		}
		return nil
	})
	if err != nil {
		return nil
	}
	return out
}

// fixFile mends one file and puts the result in its place at once, with the rights that the file had.
func (p *program) fixFile(name string, check func([]byte) []schema.Finding) ([]mended, error) {
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxCheckFile {
		return nil, nil // a link is not followed; what cannot be read is told by the check
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, nil
	}
	mend := fix.PublicCode
	if strings.HasSuffix(name, ".md") {
		mend = fix.FrontMatter
	}
	out, edits := mend(data, check(data))
	if len(edits) == 0 || bytes.Equal(out, data) {
		return nil, nil
	}
	if err := swapFile(name, out, info.Mode().Perm()); err != nil {
		return nil, err
	}
	all := make([]mended, 0, len(edits))
	for _, e := range edits {
		all = append(all, mended{name, e})
	}
	return all, nil
}

// swapFile writes beside the file and renames: whoever reads sees the old content or the new one, never a part.
func swapFile(name string, data []byte, mode fs.FileMode) error {
	tmp, err := os.CreateTemp(filepath.Dir(name), ".riuso-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	if err = errors.Join(err, tmp.Chmod(mode), tmp.Sync(), tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(tmp.Name()))
	}
	return nil
}
