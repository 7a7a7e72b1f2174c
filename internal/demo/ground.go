// Package demo is the ground on which the program is shown at work: a folder, servers on loopback and the way to them, and
// the program itself as an operator runs it. What a demonstration shows on it is its own.
package demo

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/schema"
)

// Ground is where a demonstration stands.
type Ground struct {
	Dir    string // everything is written below it
	Lang   schema.Lang
	Git    string   // address of the repositories in Dir/git
	Flags  []string // of every crawl
	Routes []string // FROM=TO, as crawl --mirror takes them
	ends   []func()
}

// New makes a folder and serves the repositories that come into it.
func New(lang schema.Lang) (*Ground, error) {
	dir, err := os.MkdirTemp("", "riuso-demo-")
	if err != nil {
		return nil, err
	}
	g := &Ground{Dir: dir, Lang: lang, ends: []func(){func() { _ = os.RemoveAll(dir) }}} // of a temporary folder little is lost
	g.Git, err = g.ServeGit(g.Path("git"))
	return g, err
}

// AtEnd does something when the ground is closed.
func (g *Ground) AtEnd(f func()) { g.ends = append(g.ends, f) }

// Close ends what was started, the last first.
func (g *Ground) Close() {
	for _, end := range slices.Backward(g.ends) {
		end()
	}
}

// Path gives a path below the folder.
func (g *Ground) Path(parts ...string) string {
	return filepath.Join(append([]string{g.Dir}, parts...)...)
}

// Serve serves on loopback and gives the address. What it serves is known by its https address, as on the open network:
// the crawl is told the way.
func (g *Ground) Serve(h http.Handler) string {
	s := httptest.NewServer(h)
	g.AtEnd(func() { s.CloseClientConnections(); s.Close() })
	g.Routes = append(g.Routes, strings.Replace(s.URL, "http://", "https://", 1)+"/="+s.URL+"/")
	return s.URL
}

// ServeGit serves the repositories of a folder.
func (g *Ground) ServeGit(root string) (string, error) {
	if err := os.MkdirAll(root, 0o755); err != nil {
		return "", err
	}
	h, err := gitrepotest.Handler(root)
	if err != nil {
		return "", err
	}
	return g.Serve(h), nil
}

// Repository makes a repository that git serves, and gives its address.
func (g *Ground) Repository(ctx context.Context, name string, files map[string]string) (string, error) {
	return g.Git + "/" + name, gitrepotest.Write(ctx, g.Path("git", filepath.FromSlash(name)), gitrepotest.Revision{Message: "Prima stesura", Files: files})
}

// Run runs git in the folder of a repository of Repository.
func (g *Ground) Run(ctx context.Context, name string, args ...string) error {
	dir := g.Path("git", filepath.FromSlash(name))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if out, err := gitrepotest.Command(ctx, dir, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("git %s: %w: %s", args[0], err, out)
	}
	return nil
}

// Write writes the files of a folder.
func Write(dir string, files map[string]string) error {
	for name, text := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}
