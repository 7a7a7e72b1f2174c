package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog/scaffold"
	"github.com/open-community-pa/riuso/schema"
)

// place writes the files into a folder, where nothing is ever overwritten: a folder that already holds the thing itself is
// refused, and any other file that is there stays as it is and is named.
func (p *program) place(r *scaffold.Request, into string, files scaffold.Files) error {
	paths := files.Paths()
	main := map[string]string{scaffold.Kit: "kit.md", scaffold.Catalogue: "catalogue.md", scaffold.Adoption: paths[0]}[r.Kind]
	if exists(filepath.Join(into, filepath.FromSlash(main))) {
		return p.said(fs.ErrExist, "%s c'è già: non ho scritto niente", "%s is there already: nothing was written", filepath.Join(into, main))
	}
	if err := os.MkdirAll(into, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(into)
	if err != nil {
		return err
	}
	kept, err := writeNew(root, paths, files)
	if err := errors.Join(err, root.Close()); err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, schema.T("%s in %s\n", "%s in %s\n").In(p.lang),
		p.count(len(paths)-len(kept), schema.T("file scritto", "file written"), schema.T("file scritti", "files written")), into)
	for _, k := range kept {
		fmt.Fprintf(&b, schema.T("c'era già, lasciato com'è: %s\n", "was there already, left as it is: %s\n").In(p.lang), filepath.Join(into, k))
	}
	fmt.Fprintf(&b, schema.T("Ora apri %s: i commenti dicono che cosa scrivere. Poi: riuso check %s\n", "Now open %s: its comments (in Italian) say what to write. Then: riuso check %s\n").In(p.lang),
		filepath.Join(into, filepath.FromSlash(main)), into)
	return p.print(b.String())
}

// writeNew writes the files that are not there yet, never through a link that leaves the folder, and gives the paths of the
// others.
func writeNew(root *os.Root, paths []string, files scaffold.Files) (kept []string, err error) {
	for _, name := range paths {
		if alike(root, name) {
			kept = append(kept, name)
			continue
		}
		if dir := path.Dir(name); dir != "." {
			if err := root.MkdirAll(dir, 0o755); err != nil {
				return kept, err
			}
		}
		out, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			kept = append(kept, name)
			continue
		}
		if err != nil {
			return kept, err
		}
		_, err = out.Write(files[name])
		if err := errors.Join(err, out.Close()); err != nil {
			return kept, err
		}
	}
	return kept, nil
}

// alike says that a file is there already under this name, or that the folder has another form of it: LICENSE.txt for
// LICENSE, publiccode.yaml for publiccode.yml.
func alike(root *os.Root, name string) bool {
	if _, err := root.Lstat(name); err == nil {
		return true
	}
	stem := strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))
	if !slices.Contains([]string{"license", "readme", "changelog", "publiccode"}, stem) {
		return false
	}
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return false // the writing will say it
	}
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		there := strings.ToLower(e.Name())
		there = strings.TrimSuffix(there, path.Ext(there))
		return !e.IsDir() && (there == stem || stem == "license" && there == "licence")
	})
}
