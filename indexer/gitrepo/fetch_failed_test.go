package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// dying serves root, and from some request for objects on breaks every answer off after so many bytes.
func dying(t *testing.T, root string, after, most int64) (string, *atomic.Int64) {
	t.Helper()
	git, err := gitrepotest.Handler(root)
	if err != nil {
		t.Fatal(err)
	}
	var posts atomic.Int64
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && posts.Add(1) > after {
			w = &cutter{ResponseWriter: w, left: most}
		}
		git.ServeHTTP(w, r)
	}), &posts
}

// cutter breaks the connection off after some bytes.
type cutter struct {
	http.ResponseWriter
	left int64
}

// Write ends the connection when there is no byte left.
func (c *cutter) Write(b []byte) (int, error) {
	if c.left -= int64(len(b)); c.left < 0 {
		if _, err := c.ResponseWriter.Write(b[:int64(len(b))+c.left]); err == nil {
			if f, ok := c.ResponseWriter.(http.Flusher); ok {
				f.Flush()
			}
		}
		panic(http.ErrAbortHandler)
	}
	return c.ResponseWriter.Write(b)
}

// A server that dies meanwhile keeps what it gave, and is soon left alone.
func TestFetchFromAServerThatDies(t *testing.T) {
	files := many(120)
	paths := attachments(files)
	root := t.TempDir()
	gitrepotest.Init(t, filepath.Join(root, "kit"), files)
	r := reader(t, Config{TempDir: t.TempDir()})
	for _, c := range []struct {
		name        string
		after, most int64
		came        func(n int) bool
		posts       int64
	}{
		{"at once", 2, 0, func(n int) bool { return n == 0 }, 2 + maxFailures + maxOldTried},
		{"after two answers", 4, 0, func(n int) bool { return n == 48 }, 4 + maxFailures},
		{"in the middle of each, but it gives some", 2, 60_000, func(n int) bool { return n == 120 }, 60},
		{"in the middle of the first file", 2, 1000, func(n int) bool { return n == 0 }, 2 + maxFailures + maxOldTried},
	} {
		t.Run(c.name, func(t *testing.T) {
			at, posts := dying(t, root, c.after, c.most)
			b := fetch(t.Context(), r, open(t, r, at+"/kit", nil), paths, FetchLimits{})
			if b.err != nil || !c.came(len(b.texts)) || len(b.why(MissedBroken)) != 120-len(b.texts) || len(b.Missed) != 120-len(b.texts) {
				t.Errorf("%d came, %d broken of %d missed, %v", len(b.texts), len(b.why(MissedBroken)), len(b.Missed), b.err)
			}
			if posts.Load() > c.posts {
				t.Errorf("%d requests", posts.Load())
			}
			for _, m := range b.Missed {
				if !errors.Is(m.Err, ErrUnreachable) && !errors.Is(m.Err, ErrCorrupt) {
					t.Errorf("%s: %v", m.Path, m.Err)
				}
			}
			t.Logf("%d came in %d requests", len(b.texts), b.Requests)
			empty(t, r.c.TempDir)
		})
	}
}

// A server that says to come back later, that the door is closed, or whatever to everything, is not pestered.
func TestFetchFromAServerThatRefuses(t *testing.T) {
	files := many(100)
	paths := attachments(files)
	root := t.TempDir()
	gitrepotest.Init(t, filepath.Join(root, "kit"), files)
	git, err := gitrepotest.Handler(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		status int
		body   string
		most   int64
		want   error
	}{
		{"busy", 429, "", 1, ErrBusy}, {"private", 403, "", 2, ErrForbidden}, {"gone", 404, "", 2, ErrAbsent},
		{"500", 500, "", maxFailures + maxOldTried, ErrUnreachable}, {"refused", 200, "0009ERR x", maxFailures + maxOldTried, errRefused},
		{"nothing", 200, "", maxFailures + maxOldTried, errRefused}, {"a page", 200, "<html>", maxFailures + maxOldTried, ErrCorrupt},
	} {
		t.Run(c.name, func(t *testing.T) {
			var asked atomic.Int64
			at := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Git-Protocol") == "" && asked.Load() == 0 {
					git.ServeHTTP(w, r) // the list and the trees
					return
				}
				asked.Add(1)
				w.Header().Set("Content-Type", "application/x-git-upload-pack-result")
				w.WriteHeader(c.status)
				send(t, w, []byte(c.body))
			})
			r := reader(t, Config{})
			s := open(t, r, at+"/kit", wantNone)
			b := fetch(t.Context(), r, s, paths, FetchLimits{})
			if b.err != nil || len(b.texts) != 0 || len(b.why(MissedBroken)) != 100 || asked.Load() > c.most {
				t.Fatalf("%d requests, %d came, %d broken, %v", asked.Load(), len(b.texts), len(b.why(MissedBroken)), b.err)
			}
			if last := b.Missed[99]; !errors.Is(last.Err, c.want) {
				t.Errorf("%v, want %v", last.Err, c.want)
			}
		})
	}
}

// The end of ctx and an error of whoever takes the files end it at once, and come as they are; so does our own disk.
func TestFetchEnds(t *testing.T) {
	files := many(60)
	paths := attachments(files)
	root := t.TempDir()
	dir := gitrepotest.Init(t, filepath.Join(root, "kit"), files)
	r := reader(t, Config{AllowLocal: true, TempDir: t.TempDir()})
	own := errors.New("of our own")
	for _, at := range []string{gitrepotest.Serve(t, root) + "/kit", dir} {
		s := open(t, r, at, nil)
		for _, c := range []struct {
			name string
			want error
		}{{"ctx", context.Canceled}, {"got", own}} {
			ctx, cancel := context.WithCancel(t.Context())
			n := 0
			f, err := r.Fetch(ctx, s, paths, FetchLimits{}, func(string, []byte) error {
				if n++; n < 20 {
					return nil
				}
				cancel()
				if c.want == own {
					return own
				}
				return nil
			})
			if !errors.Is(err, c.want) || n != 20 || f.Requests > 2 {
				t.Errorf("%s: %v after %d, %+v", c.name, err, n, f)
			}
			cancel()
		}
	}
	hangs := make(chan struct{})
	git, err := gitrepotest.Handler(root)
	if err != nil {
		t.Fatal(err)
	}
	at := serve(t, func(w http.ResponseWriter, req *http.Request) {
		if b, err := io.ReadAll(req.Body); err == nil && req.Method == http.MethodPost && !strings.Contains(string(b), "deepen") {
			<-req.Context().Done()
			close(hangs)
			return
		} else {
			req.Body = io.NopCloser(bytes.NewReader(b))
		}
		git.ServeHTTP(w, req)
	})
	s := open(t, r, at+"/kit", wantNone)
	short := reader(t, Config{Limits: Limits{Time: 50 * time.Millisecond}})
	b := fetch(t.Context(), short, s, paths, FetchLimits{})
	if b.err != nil || len(b.why(MissedBroken)) != 60 || !errors.Is(b.Missed[0].Err, context.DeadlineExceeded) || b.Requests != 1 {
		t.Errorf("a server that hangs: %d requests, %+v, %v", b.Requests, b.Missed[:1], b.err)
	}
	<-hangs
	nowhere := reader(t, Config{TempDir: filepath.Join(t.TempDir(), "assente")})
	if b := fetch(t.Context(), nowhere, s, paths, FetchLimits{}); !errors.Is(b.err, os.ErrNotExist) {
		t.Errorf("no folder for what comes: %v", b.err)
	}
	empty(t, r.c.TempDir)
}

// A server that answers with a bomb, or with what nobody asked for, costs no memory, little time and none of the others' room.
func TestFetchFromAHostileServer(t *testing.T) {
	names := []any{}
	paths := []string{}
	for i := range 40 {
		p := fmt.Sprintf("%02d.pdf", i)
		paths = append(paths, p)
		names = append(names, "100644", p, nameOf(plumbing.BlobObject, []byte(p)))
	}
	root := raw{typ: plumbing.TreeObject, size: -1, data: entries(names...)}
	commit := raw{typ: plumbing.CommitObject, size: -1, data: fmt.Appendf(nil, "tree %s\ncommitter x <x@y> 1 +0000\n\nx", nameOf(plumbing.TreeObject, root.data))}
	base := make([]byte, 1<<16)
	for _, c := range []struct {
		name string
		more []raw
		why  MissedWhy
	}{
		{"what was not asked for", []raw{{typ: plumbing.BlobObject, size: -1, data: noise(1 << 16)}}, MissedLost},
		{"a delta of six hundred megabytes", []raw{{typ: plumbing.BlobObject, size: -1, data: base}, {typ: plumbing.REFDeltaObject, base: nameOf(plumbing.BlobObject, base), size: -1, data: gitrepotest.Repeat(10_000)}}, MissedLarge},
		{"a file that is another one", []raw{{typ: plumbing.BlobObject, size: -1, data: []byte("altro")}}, MissedLost},
	} {
		t.Run(c.name, func(t *testing.T) {
			url := packServer(t, nameOf(plumbing.CommitObject, commit.data), makePack(t, append([]raw{commit, root}, c.more...)...))
			r := reader(t, Config{TempDir: t.TempDir()})
			s := open(t, r, url, wantNone)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			b := fetch(t.Context(), r, s, paths, FetchLimits{})
			runtime.ReadMemStats(&after)
			if b.err != nil || len(b.texts) != 0 || len(b.why(c.why)) != len(paths) || b.Requests > 2*len(paths) {
				t.Errorf("%d came, %d %s in %d requests: %+v, %v", len(b.texts), len(b.why(c.why)), c.why, b.Requests, b.Missed[0], b.err)
			}
			if n := after.TotalAlloc - before.TotalAlloc; n > 64<<20 {
				t.Errorf("%d bytes allocated", n)
			}
			empty(t, r.c.TempDir)
		})
	}
}
