package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

func reader(t testing.TB, c Config) *Reader {
	t.Helper()
	if c.Client == nil {
		tr := &http.Transport{}
		t.Cleanup(tr.CloseIdleConnections)
		c.Client = &http.Client{Transport: tr, Timeout: time.Minute}
	}
	r, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func open(t testing.TB, r *Reader, url string, want Want) *Snapshot {
	t.Helper()
	refs, err := r.List(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	s, err := r.Open(t.Context(), url, refs, want)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// texts reads everything that opens.
func texts(t testing.TB, fsys fs.FS) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(fsys, p)
		if errors.Is(err, ErrNotFetched) {
			return nil
		}
		out[p] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func software() map[string]string {
	return map[string]string{
		"publiccode.yml": "name: Portale\n", "README.md": "# Portale\n", "LICENSE": "EUPL\n", "docs/it/guida.md": "guida\n",
		"src/main.go": "package main\n", "src/README.md": "interno\n", "docs/logo.bin": strings.Repeat("\x00\x01", 5000),
		"node_modules/x/README.md": "altrui\n", "empty.md": "",
	}
}

func TestOpenByEveryWay(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"filtered", "whole"} {
		gitrepotest.Init(t, filepath.Join(root, name), software())
	}
	gitrepotest.AllowFilter(t, filepath.Join(root, "whole"), false)
	base := gitrepotest.Serve(t, root)
	want := map[string]string{}
	for _, p := range []string{"publiccode.yml", "README.md", "LICENSE", "docs/it/guida.md", "empty.md"} {
		want[p] = software()[p]
	}
	head := gitrepotest.Git(t, filepath.Join(root, "filtered"), "rev-parse", "HEAD")
	for _, c := range []struct {
		url, way string
		requests int
	}{
		{base + "/filtered", WayPartial, 2}, {base + "/whole", WayWhole, 1},
		{filepath.Join(root, "whole"), WayLocal, 0}, {"file://" + filepath.Join(root, "filtered", ".git"), WayLocal, 0},
		{oldServer(t, root, false) + "/filtered", WayPartial0, 3}, {oldServer(t, root, true) + "/filtered", WayWhole, 4},
	} {
		t.Run(c.way, func(t *testing.T) {
			tmp := t.TempDir()
			s := open(t, reader(t, Config{AllowLocal: true, TempDir: tmp}), c.url, nil)
			if diff := cmp.Diff(want, texts(t, s.FS)); diff != "" {
				t.Error(diff)
			}
			if s.Way != c.way || s.Requests != c.requests || s.Commit != head || s.Branch != "main" || s.URL != c.url || s.Partial {
				t.Errorf("way %s, %d requests, commit %s, branch %q, url %s, partial %v", s.Way, s.Requests, s.Commit, s.Branch, s.URL, s.Partial)
			}
			if !s.CommitTime.Equal(gitrepotest.Start()) {
				t.Errorf("time %s", s.CommitTime)
			}
			if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
			if c.way == WayPartial && s.Bytes > 3000 {
				t.Errorf("%d bytes on the wire: files that nobody wants were sent", s.Bytes)
			}
			if _, err := fs.ReadFile(s.FS, "src/main.go"); !errors.Is(err, ErrNotFetched) {
				t.Errorf("an unwanted file: %v", err)
			}
			info, err := fs.Stat(s.FS, "src/main.go")
			if err != nil || info.Size() != 0 || info.Sys().(*Entry).Fetched {
				t.Errorf("stat of an unwanted file: %v, %v", info, err)
			}
		})
	}
}

// oldServer serves root as a server that does not know protocol version 2 and, if strict, gives no single files either.
func oldServer(t *testing.T, root string, strict bool) string {
	t.Helper()
	git, err := gitrepotest.Handler(root)
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del("Git-Protocol")
		if strict && r.Method == http.MethodPost {
			b, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			if !strings.Contains(string(b), "deepen 1") {
				w.Header().Set("Content-Type", "application/x-git-upload-pack-result")
				p := &pktWriter{}
				p.line("ERR upload-pack: not our ref")
				send(t, w, p.Bytes())
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(b))
		}
		git.ServeHTTP(w, r)
	})
}

func TestKitTakesItsTexts(t *testing.T) {
	dir := gitrepotest.New(t, map[string]string{
		"kit.md": "k", "docs/A/A1.md": "a", "adoptions/c_e506.md": "l", "publiccode.yml": "p", "attachments/x.pdf": "%PDF",
		"indicators/i.csv": "1", "data.csv": "2", "LICENSE": "l", "vendor/y/README.md": "no",
	})
	got := texts(t, open(t, reader(t, Config{AllowLocal: true}), dir, nil).FS)
	for _, p := range []string{"kit.md", "docs/A/A1.md", "adoptions/c_e506.md", "publiccode.yml", "indicators/i.csv", "LICENSE"} {
		if _, ok := got[p]; !ok {
			t.Errorf("%s was not fetched", p)
		}
	}
	if len(got) != 6 {
		t.Errorf("fetched %v", got)
	}
	for _, c := range []struct {
		path string
		kit  bool
	}{{"kit.md", true}, {"catalogue.md", true}, {"kits/cit/kit.md", true}, {"a/b/c/d/kit.md", false}, {"my-kit.md", false}, {"README.md", false}} {
		if IsKit([]string{"x", c.path}) != c.kit {
			t.Errorf("IsKit(%s) is not %v", c.path, c.kit)
		}
	}
}

func TestListTellsTagsAndChange(t *testing.T) {
	dir := gitrepotest.New(t, software())
	first := gitrepotest.Git(t, dir, "rev-parse", "HEAD")
	gitrepotest.Git(t, dir, "tag", "v1.0.0")
	gitrepotest.Git(t, dir, "tag", "--annotate", "--message", "prima", "v1.1.0")
	base := gitrepotest.Serve(t, filepath.Dir(dir))
	url := base + "/" + filepath.Base(dir)
	r := reader(t, Config{AllowLocal: true})
	var digests []string
	for _, u := range []string{url, dir} {
		refs, err := r.List(t.Context(), u)
		if err != nil {
			t.Fatal(err)
		}
		want := []Tag{{"v1.0.0", first}, {"v1.1.0", first}}
		if refs.Head != first || refs.Branch != "main" || !slices.Equal(refs.Tags, want) {
			t.Errorf("%s: %+v", u, refs)
		}
		digests = append(digests, refs.Digest())
	}
	if digests[0] != digests[1] || digests[0] == "" {
		t.Error("the same repository has two digests by two ways")
	}
	gitrepotest.Git(t, dir, "tag", "v1.2.0")
	refs, err := r.List(t.Context(), url)
	if err != nil || refs.Digest() == digests[0] {
		t.Errorf("a new tag does not show: %v", err)
	}
}

func TestRefsOfARecordAreListedAgain(t *testing.T) {
	dir := gitrepotest.New(t, software())
	url := gitrepotest.Serve(t, filepath.Dir(dir)) + "/" + filepath.Base(dir)
	s, err := reader(t, Config{}).Open(t.Context(), url, Refs{}, nil)
	if err != nil || s.Commit != gitrepotest.Git(t, dir, "rev-parse", "HEAD") {
		t.Errorf("%v, %v", s, err)
	}
}

// The three requests of a visit go over one connection.
func TestOneConnectionIsEnough(t *testing.T) {
	dir := gitrepotest.New(t, software())
	h, err := gitrepotest.Handler(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	var conns atomic.Int32
	srv := httptest.NewUnstartedServer(h)
	srv.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			conns.Add(1)
		}
	}
	srv.Start()
	t.Cleanup(srv.Close)
	open(t, reader(t, Config{}), srv.URL+"/"+filepath.Base(dir), nil)
	if conns.Load() != 1 {
		t.Errorf("%d connections", conns.Load())
	}
}

func TestManyReadersAtOnce(t *testing.T) {
	dir := gitrepotest.New(t, software())
	url := gitrepotest.Serve(t, filepath.Dir(dir)) + "/" + filepath.Base(dir)
	r := reader(t, Config{AllowLocal: true})
	errs := make(chan error)
	for i := range 8 {
		go func() {
			u := url
			if i%2 == 0 {
				u = dir
			}
			s, err := r.Open(context.Background(), u, Refs{}, nil)
			if err == nil {
				_, err = fs.ReadFile(s.FS, "README.md")
			}
			errs <- err
		}()
	}
	for range 8 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func TestSnapshotIsAFileSystem(t *testing.T) {
	files := map[string]string{"a/b/c.md": "c", "a/b.md": "b", "a-b/x": "x", "a.md": "a", "z/0/1/2/3": "3", "a/b-c/d": "d", "città/è.md": "è"}
	dir := gitrepotest.New(t, files)
	s := open(t, reader(t, Config{AllowLocal: true}), dir, WantAll)
	var names []string
	for p := range files {
		names = append(names, p)
	}
	if err := fstest.TestFS(s.FS, names...); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(files, texts(t, s.FS)); diff != "" {
		t.Error(diff)
	}
	b, err := fs.ReadFile(s.FS, "a.md")
	if err != nil {
		t.Fatal(err)
	}
	b[0] = 'X'
	if again := texts(t, s.FS)["a.md"]; again != "a" {
		t.Errorf("a reader changed the snapshot to %q", again)
	}
}

func TestLargeFilesAreSkippedAndTheRestIsRead(t *testing.T) {
	root := t.TempDir()
	files := software()
	files["docs/enorme.md"] = strings.Repeat("testo molto lungo\n", 10_000)
	for _, n := range []string{"filtered", "whole"} {
		gitrepotest.Init(t, filepath.Join(root, n), files)
	}
	gitrepotest.AllowFilter(t, filepath.Join(root, "whole"), false)
	base := gitrepotest.Serve(t, root)
	r := reader(t, Config{AllowLocal: true, Limits: Limits{File: 100_000}})
	for _, u := range []string{base + "/filtered", base + "/whole", filepath.Join(root, "whole")} {
		s := open(t, r, u, nil)
		if want := []Skipped{{"docs/enorme.md", TooLarge}}; !slices.Equal(s.Skipped, want) || s.Partial {
			t.Errorf("%s: skipped %v, partial %v", u, s.Skipped, s.Partial)
		}
		if got := texts(t, s.FS); got["README.md"] == "" || got["docs/enorme.md"] != "" {
			t.Errorf("%s: read %v", u, got)
		}
	}
	r = reader(t, Config{Limits: Limits{Wanted: 2}})
	s := open(t, r, base+"/filtered", nil)
	if len(texts(t, s.FS)) != 2 || s.SkippedTotal != 4 || s.Skipped[0].Reason != TooMany {
		t.Errorf("with two wanted files: %v, %v", texts(t, s.FS), s.Skipped)
	}
}

// Files that deltas tie together, across folders and commits, come out as git has them.
func TestDeltasAgainstGit(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "kit")
	files := map[string]string{"kit.md": "k"}
	for i := range 60 {
		lines := make([]string, 0, 200)
		for j := range 200 {
			lines = append(lines, fmt.Sprintf("riga %d del documento %d", j*j, (i*j)%7))
		}
		files[fmt.Sprintf("docs/%d/%d.md", i%5, i)] = strings.Join(lines, "\n")
	}
	gitrepotest.Init(t, dir, files)
	gitrepotest.Git(t, dir, "gc", "--quiet", "--aggressive")
	gitrepotest.Init(t, filepath.Join(root, "whole"), files)
	gitrepotest.Git(t, filepath.Join(root, "whole"), "gc", "--quiet", "--aggressive")
	gitrepotest.AllowFilter(t, filepath.Join(root, "whole"), false)
	base := gitrepotest.Serve(t, root)
	for _, u := range []string{base + "/kit", base + "/whole", dir} {
		s := open(t, reader(t, Config{AllowLocal: true}), u, nil)
		if diff := cmp.Diff(files, texts(t, s.FS)); diff != "" {
			t.Errorf("%s: %s", u, diff)
		}
	}
}
