package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Limits of what is checked at once.
const (
	maxCheckFile  = 16 << 20 // bytes of a single file; schema/publiccode has its own limit below it
	maxSubfolders = 5_000    // of a folder that is looked at kit by kit
)

// errRepository says that a repository could not be read.
var errRepository = errors.New("repository not read")

// place is one thing to check: a folder or a file on this disk, or a repository.
type place struct {
	name string // as it was written, or the path of a subfolder
	repo bool
}

// placesOf says what the words of the command line name. A folder that is nothing by itself stands for the kits in its
// subfolders.
func (p *program) placesOf(words []string) (out []place, err error) {
	for _, w := range words {
		switch {
		case strings.Contains(w, "://"):
			out = append(out, place{w, true})
		case isBare(w):
			out = append(out, place{w, true})
		default:
			inside, err := kitsInside(w)
			if err != nil {
				return nil, err
			}
			if len(inside) == 0 {
				inside = []place{{name: w}}
			}
			out = append(out, inside...)
		}
	}
	return out, nil
}

// isBare says whether a folder is a bare repository.
func isBare(dir string) bool {
	for _, sign := range []string{"HEAD", "objects", "refs"} {
		if _, err := os.Stat(filepath.Join(dir, sign)); err != nil {
			return false
		}
	}
	return !isTree(dir)
}

// isTree says whether a folder is a kit, a piece of software or a catalogue, or may be one.
func isTree(dir string) bool {
	for _, sign := range []string{"kit.md", "publiccode.yml", "publiccode.yaml", "catalogue.md", "kits", "adoptions", "adozioni"} {
		if _, err := os.Stat(filepath.Join(dir, sign)); err == nil {
			return true
		}
	}
	return false
}

// treeOf gives the folder of the kit or catalogue to which a file belongs: the nearest above it that is one.
func treeOf(file string) string {
	near := filepath.Dir(file)
	for dir := near; ; dir = filepath.Dir(dir) {
		if isTree(dir) {
			return dir
		}
		if parent := filepath.Dir(dir); parent == dir || strings.Count(filepath.ToSlash(file[len(dir):]), "/") > catalog.MaxTreeDepth {
			return near
		}
	}
}

// kitsInside gives the subfolders to look at in the place of a folder that is no kit and no catalogue.
func kitsInside(dir string) (out []place, err error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() || isTree(dir) {
		return nil, nil // whatever is wrong is said when it is looked at
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		sub := filepath.Join(dir, e.Name())
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && isTree(sub) && len(out) < maxSubfolders {
			out = append(out, place{name: sub})
		}
	}
	return out, nil
}

// look checks one place.
func (p *program) look(ctx context.Context, c *checking, at place) ([]group, error) {
	if at.repo {
		return p.lookRepository(ctx, c, at.name)
	}
	info, err := os.Stat(at.name)
	if err != nil {
		return nil, err
	}
	ext := strings.ToLower(filepath.Ext(at.name))
	switch {
	case info.IsDir():
		return p.lookFolder(ctx, c, at.name)
	case !info.Mode().IsRegular():
		return nil, p.unfit(at.name, schema.T("non è né un file comune né una cartella", "it is neither an ordinary file nor a folder"))
	case ext == ".md":
		return p.lookFolder(ctx, c, treeOf(at.name))
	case ext != ".yml" && ext != ".yaml":
		return nil, p.unfit(at.name, schema.T("si controllano cartelle, file .md di un kit e publiccode.yml", "folders, .md files of a kit and publiccode.yml are checked"))
	case info.Size() > maxCheckFile:
		return nil, p.unfit(at.name, schema.Tf("il file supera i %d MB", "the file is larger than %d MB", maxCheckFile>>20))
	}
	data, err := os.ReadFile(at.name)
	if err != nil {
		return nil, err
	}
	_, found := publiccode.Parse(data, publiccode.Options{File: at.name, IPACode: c.known})
	found = schema.Ignoring(found, at.name, schema.YAMLIgnores(data), onlyText)
	if found, err = c.beyond.add(ctx, at.name, found); err != nil {
		return nil, err
	}
	schema.Sort(found)
	return []group{{name: at.name, findings: ignoreBeyond(found, os.ReadFile)}}, nil
}

// onlyText says whether the check of a publiccode.yml by itself looks for a rule: those that look across files, or for what
// should not be public, need its folder.
func onlyText(code string) bool { return strings.HasPrefix(code, "P") && !schema.NeedsMore(code) }

func (p *program) lookFolder(ctx context.Context, c *checking, dir string) (out []group, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	t := catalog.Read(root.FS(), c.reading("", nil))
	if err := root.Close(); err != nil {
		return nil, err
	}
	named := func(file string) string { return filepath.Join(dir, filepath.FromSlash(file)) }
	for i := range t.Findings {
		t.Findings[i].File = named(t.Findings[i].File)
	}
	found, err := c.beyond.add(ctx, dir, t.Findings)
	if err != nil {
		return nil, err
	}
	return groupsOf(dir, t, ignoreBeyond(found, os.ReadFile), named), nil
}

// lookRepository checks the default branch of a repository as a visit of it would; the findings carry the paths in it.
func (p *program) lookRepository(ctx context.Context, c *checking, url string) ([]group, error) {
	local := !strings.Contains(url, "://") || strings.HasPrefix(url, "file://")
	route := url
	if !strings.Contains(url, "://") {
		abs, err := filepath.Abs(url)
		if err != nil {
			return nil, err
		}
		route = abs
	}
	reader, err := c.beyond.net.reader(0, local)
	if err != nil {
		return nil, usageError{err}
	}
	done := p.wait(schema.Tf("leggo %s", "reading %s", url))
	defer done()
	g, ask := git{reader}, indexer.Ask{URL: route, Trusted: true}
	head, err := g.List(ctx, ask)
	if err != nil {
		return nil, p.notRead(url, err)
	}
	co, err := g.Open(ctx, ask, head)
	if err != nil {
		return nil, p.notRead(url, err)
	}
	home := ""
	if !local {
		home = publiccode.NormalizeURL(url)
	}
	t := catalog.Read(co.FS, c.reading(home, catalog.TagsAt(head.Tags, head.Commit)))
	found := append(t.Findings, co.Findings...)
	more, err := c.beyond.tree(ctx, co.FS, "", func(file string) string { return file })
	if err != nil {
		return nil, err
	}
	found = ignoreBeyond(append(found, more...), func(file string) ([]byte, error) { return fs.ReadFile(co.FS, file) })
	schema.Sort(found)
	out := groupsOf(url, t, found, func(file string) string { return file })
	for i := range out {
		out[i].repo, out[i].commit, out[i].branch, out[i].tree = url, head.Commit, head.Branch, co.FS
	}
	return out, nil
}

// notRead says why a repository could not be read.
func (p *program) notRead(url string, err error) error {
	var t *indexer.Trouble
	if errors.As(err, &t) && !t.Reason.IsZero() {
		return p.said(errors.Join(errRepository, err), "%s: %s", "%s: %s", url, t.Reason.In(p.lang))
	}
	return fmt.Errorf("%s: %w", url, err)
}

// ignoreBeyond hears what files ask to ignore of what was looked for beyond their text, which their reading does not know.
func ignoreBeyond(found []schema.Finding, read func(string) ([]byte, error)) []schema.Finding {
	done := map[string]bool{}
	for _, f := range found {
		if !schema.NeedsMore(f.Code) || done[f.File] {
			continue
		}
		done[f.File] = true
		data, err := read(f.File)
		if err != nil || len(data) > maxCheckFile {
			continue // its finding stands
		}
		var asked []schema.Ignore
		for _, g := range schema.YAMLIgnores(data) {
			codes := g.Codes
			g.Codes = nil
			for _, code := range codes {
				if schema.NeedsMore(code) {
					g.Codes = append(g.Codes, code)
				}
			}
			if len(g.Codes) > 0 && g.Reason != "" {
				asked = append(asked, g)
			}
		}
		found = schema.Ignoring(found, f.File, asked, func(string) bool { return false })
	}
	return found
}

// unfit says why a path cannot be checked.
func (p *program) unfit(path string, why schema.Text) error {
	return fmt.Errorf("%s: %s", path, why.In(p.lang))
}
