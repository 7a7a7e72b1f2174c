package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/schema"
)

// ground is where a federation stands: a folder, servers on loopback, and the ways to them.
type ground struct {
	dir    string // everything is written below it
	lang   schema.Lang
	git    string   // address of the repositories in dir/git
	routes []string // FROM=TO, as crawl --mirror takes them
	ends   []func()
}

func newGround(lang schema.Lang) (*ground, error) {
	dir, err := os.MkdirTemp("", "riuso-federation-")
	if err != nil {
		return nil, err
	}
	g := &ground{dir: dir, lang: lang, ends: []func(){func() { _ = os.RemoveAll(dir) }}} // of a temporary folder little is lost
	g.git, err = g.serveGit(g.path("git"))
	return g, err
}

// close ends what was started, the last first.
func (g *ground) close() {
	for _, end := range slices.Backward(g.ends) {
		end()
	}
}

func (g *ground) path(parts ...string) string {
	return filepath.Join(append([]string{g.dir}, parts...)...)
}

// serve serves on loopback and gives the address. What it serves is known by its https address, as on the open network:
// the crawl is told the way.
func (g *ground) serve(h http.Handler) string {
	s := httptest.NewServer(h)
	g.ends = append(g.ends, func() { s.CloseClientConnections(); s.Close() })
	g.routes = append(g.routes, strings.Replace(s.URL, "http://", "https://", 1)+"/="+s.URL+"/")
	return s.URL
}

func (g *ground) serveGit(root string) (string, error) {
	if err := os.MkdirAll(root, 0o755); err != nil {
		return "", err
	}
	h, err := gitrepotest.Handler(root)
	if err != nil {
		return "", err
	}
	return g.serve(h), nil
}

// repository makes a repository that git serves, and gives its address.
func (g *ground) repository(ctx context.Context, name string, files map[string]string) (string, error) {
	return g.git + "/" + name, gitrepotest.Write(ctx, g.path("git", filepath.FromSlash(name)), gitrepotest.Revision{Message: "Prima stesura", Files: files})
}

// run runs git in the folder of a repository of repository.
func (g *ground) run(ctx context.Context, name string, args ...string) error {
	dir := g.path("git", filepath.FromSlash(name))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if out, err := gitrepotest.Command(ctx, dir, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("git %s: %w: %s", args[0], err, out)
	}
	return nil
}

// silent is an address that takes connections and never answers, or, when it is off, takes none.
func (g *ground) silent(off bool) (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	if off {
		return "http://" + l.Addr().String(), l.Close()
	}
	g.ends = append(g.ends, func() { _ = l.Close() }) // nothing was ever read from it
	return "http://" + l.Addr().String(), nil
}

// write writes the files of a folder.
func write(dir string, files map[string]string) error {
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
