package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// external is what a check looks at beyond the text of the publiccode.yml files: the files that they name, and, with a
// network, the addresses. The zero value looks at nothing.
type external struct {
	files, network bool
	net            network
	timeout        time.Duration // of one address; zero means askTimeout
	client         *http.Client  // nil without a network
	reader         *gitrepo.Reader
}

// Bounds of the asking.
const (
	askTimeout  = 30 * time.Second // one address, all its redirects
	askAtOnce   = 8                // addresses at the same moment
	askPerHost  = 2                // of them to one server
	maxAnswer   = 64 << 20         // bytes of one answer
	maxExternal = 5_000            // references of one check
)

func (p *program) defineExternal(f *flag.FlagSet, e *external) {
	f.BoolVar(&e.files, "external", false, "")
	f.BoolVar(&e.network, "network", false, "")
	p.defineRoutes(f, &e.net)
}

// open makes the clients; it is called once, after the flags are read.
func (e *external) open() (err error) {
	e.files = e.files || e.network
	if !e.network {
		return nil
	}
	if e.timeout == 0 {
		e.timeout = askTimeout
	}
	if e.client, err = e.net.client(outbound.Config{PerHost: askPerHost, MaxBytes: maxAnswer, Timeout: e.timeout}, false); err != nil {
		return err
	}
	e.reader, err = e.net.reader(askPerHost, false)
	return err
}

// close ends the connections that are kept for later.
func (e *external) close() {
	if e.client != nil {
		e.client.CloseIdleConnections()
	}
}

// add looks beyond what lies at a path and puts what it finds among the findings of its text, in the order of reading.
func (e *external) add(ctx context.Context, name string, found []schema.Finding) ([]schema.Finding, error) {
	more, err := e.path(ctx, name)
	if len(more) > 0 {
		found = append(found, more...)
		schema.Sort(found)
	}
	return found, err
}

// path looks beyond what lies at a path, a folder or a file as `riuso check` takes it.
func (e *external) path(ctx context.Context, name string) (out []schema.Finding, err error) {
	if !e.files {
		return nil, nil
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	dir, only := name, ""
	if !info.IsDir() {
		dir = filepath.Dir(name)
		if ext := strings.ToLower(filepath.Ext(name)); ext == ".yml" || ext == ".yaml" {
			only = filepath.Base(name)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	return e.tree(ctx, root.FS(), only, func(file string) string { return filepath.Join(dir, filepath.FromSlash(file)) })
}

// tree looks beyond a tree: that of one kit or piece of software, or of a catalogue with its kits; only one file of it,
// when only is not empty. named gives the name by which the findings call a file of the tree. The order of the findings
// does not depend on who answers first.
func (e *external) tree(ctx context.Context, fsys fs.FS, only string, named func(file string) string) ([]schema.Finding, error) {
	if !e.files {
		return nil, nil
	}
	files := []string{only}
	if only == "" {
		files = descriptors(fsys)
	}
	var out []schema.Finding
	var remote []publiccode.Reference
	var names []string // of the file that each reference stands in
	for _, file := range files {
		refs := publiccode.References(readDescriptor(fsys, file))
		dir, err := fs.Sub(fsys, path.Dir(file))
		if err != nil {
			return nil, err
		}
		for _, f := range append(publiccode.CheckFormats(refs), publiccode.CheckFiles(dir, refs)...) {
			f.File = named(file)
			out = append(out, f)
		}
		for _, ref := range refs {
			if e.network && ref.Remote() && len(remote) < maxExternal {
				remote, names = append(remote, ref), append(names, named(file))
			}
		}
	}
	for i, found := range e.askAll(ctx, remote) {
		for _, f := range found {
			f.File = names[i]
			out = append(out, f)
		}
	}
	schema.Sort(out)
	return out, ctx.Err()
}

// descriptors gives the publiccode.yml files of a tree: at its root, and of the kits of a catalogue.
func descriptors(fsys fs.FS) (out []string) {
	folders := []string{"."}
	kits, err := fs.ReadDir(fsys, "kits")
	for i := 0; err == nil && i < min(len(kits), catalog.MaxKits); i++ {
		folders = append(folders, "kits/"+kits[i].Name())
	}
	for _, dir := range folders {
		for _, name := range []string{"publiccode.yml", "publiccode.yaml"} {
			file := path.Join(dir, name)
			if info, err := fs.Stat(fsys, file); err == nil && info.Mode().IsRegular() {
				out = append(out, file)
				break
			}
		}
	}
	return out
}

// readDescriptor reads a file that the check of its text has read, too, and told what is wrong with: here nothing more
// is said of one that cannot be read.
func readDescriptor(fsys fs.FS, name string) []byte {
	f, err := fsys.Open(name)
	if err != nil {
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(f, publiccode.MaxBytes+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return nil
	}
	return data
}
