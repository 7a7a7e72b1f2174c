package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// serve answers every request by h, on loopback, until the test ends.
func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func advertType(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/x-git-upload-pack-advertisement")
}

func send(t *testing.T, w io.Writer, b []byte) {
	t.Helper()
	if _, err := w.Write(b); err != nil {
		t.Log("the client went away:", err)
	}
}

func TestAnswersThatAreNotARepository(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name   string
		status int
		retry  string
		want   error
		after  time.Duration
	}{
		{"absent", 404, "", ErrAbsent, 0}, {"gone", 410, "", ErrAbsent, 0},
		{"private", 401, "", ErrForbidden, 0}, {"forbidden", 403, "", ErrForbidden, 0},
		{"limited by 403", 403, "60", ErrBusy, time.Minute},
		{"limited", 429, "", ErrBusy, 0}, {"limited, come back in", 429, "30", ErrBusy, 30 * time.Second},
		{"limited, come back at", 429, "Sun, 22 Nov 2026 10:05:00 GMT", ErrBusy, 5 * time.Minute},
		{"limited for ever", 429, "4000000000", ErrBusy, maxRetryAfter},
		{"closed for works", 503, "soon", ErrBusy, 0}, {"broken", 500, "", ErrUnreachable, 0}, {"proxy", 502, "", ErrUnreachable, 0},
		{"nothing to say", 204, "", ErrUnreachable, 0},
	} {
		url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			if c.retry != "" {
				w.Header().Set("Retry-After", c.retry)
			}
			w.WriteHeader(c.status)
		})
		_, err := reader(t, Config{Now: func() time.Time { return now }}).List(t.Context(), url)
		var status *StatusError
		if !errors.Is(err, c.want) || !errors.As(err, &status) || status.Status != c.status || status.RetryAfter != c.after {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestServersThatMisbehave(t *testing.T) {
	oid := strings.Repeat("1", 40)
	ref := func(line string) []byte {
		p := &pktWriter{}
		p.line("# service=git-upload-pack\n")
		p.WriteString(pktFlush)
		p.line("%s", line)
		return p.Bytes()
	}
	for _, c := range []struct {
		name string
		h    func(w http.ResponseWriter, r *http.Request)
		want error
	}{
		{"a page", func(w http.ResponseWriter, _ *http.Request) { send(t, w, []byte("<html>Accedi</html>")) }, ErrUnsupported},
		{"a redirect to a page", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/login" {
				advertType(w)
				return
			}
			http.Redirect(w, r, "/login", http.StatusFound)
		}, ErrUnsupported},
		{"for ever round", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.String(), http.StatusFound)
		}, ErrUnreachable},
		{"nothing", func(w http.ResponseWriter, _ *http.Request) { advertType(w) }, ErrEmpty},
		{"not frames", func(w http.ResponseWriter, _ *http.Request) { advertType(w); send(t, w, []byte("ciao a tutti")) }, ErrCorrupt},
		{"a frame that is cut", func(w http.ResponseWriter, _ *http.Request) { advertType(w); send(t, w, []byte("00ff"+oid)) }, ErrCorrupt},
		{"a line without a name", func(w http.ResponseWriter, _ *http.Request) { advertType(w); send(t, w, ref("ciao")) }, ErrCorrupt},
		{"an answer cut by the network", func(w http.ResponseWriter, _ *http.Request) {
			advertType(w)
			w.Header().Set("Content-Length", "1000")
			send(t, w, ref(oid+" HEAD\x00\n"))
		}, ErrUnreachable},
		{"an error in a frame", func(w http.ResponseWriter, _ *http.Request) {
			advertType(w)
			send(t, w, ref("ERR access\x1b[31m denied"))
		}, ErrUnsupported},
		{"references without end", func(w http.ResponseWriter, r *http.Request) {
			advertType(w)
			line := ref(oid + " refs/pull/" + strings.Repeat("9", 900) + "/head\n")[34:]
			for r.Context().Err() == nil {
				if _, err := w.Write(line); err != nil {
					return
				}
			}
		}, ErrLimit},
	} {
		t.Run(c.name, func(t *testing.T) {
			refs, err := reader(t, Config{Limits: Limits{RefBytes: 1 << 20}}).List(t.Context(), serve(t, c.h))
			if !errors.Is(err, c.want) {
				t.Errorf("%+v, %v; want %v", refs, err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), "\x1b") {
				t.Error("the server's control characters are in the error")
			}
		})
	}
}

func TestDeadAndHangingServers(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	dead := "http://" + l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := reader(t, Config{}).List(t.Context(), dead); !errors.Is(err, ErrUnreachable) {
		t.Errorf("dead: %v", err)
	}
	hang := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	_, err = reader(t, Config{Limits: Limits{Time: 40 * time.Millisecond}}).List(t.Context(), hang)
	if !errors.Is(err, ErrUnreachable) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("hanging: %v", err)
	}
}

// packServer advertises one commit and answers every request for objects with the same bytes.
func packServer(t *testing.T, head plumbing.Hash, answer []byte) string {
	t.Helper()
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		p := &pktWriter{}
		if r.Method == http.MethodGet {
			advertType(w)
			p.line("# service=git-upload-pack\n")
			p.WriteString(pktFlush)
			p.line("%s HEAD\x00side-band-64k filter shallow\n", head)
			p.WriteString(pktFlush)
		} else {
			w.Header().Set("Content-Type", "application/x-git-upload-pack-result")
			p.line("NAK\n")
			for chunk := range slices.Chunk(answer, 60_000) {
				p.WriteString(strings.ToLower(hex4(len(chunk) + 5)))
				p.WriteByte(bandData)
				p.Write(chunk)
			}
			p.WriteString(pktFlush)
		}
		send(t, w, p.Bytes())
	})
}

func hex4(n int) string {
	return ("000" + strconv.FormatInt(int64(n), 16))[len(strconv.FormatInt(int64(n), 16))-1:]
}

func TestBombsOverTheWire(t *testing.T) {
	tree := raw{typ: plumbing.TreeObject, size: 200 << 20, gz: deflate(t, make([]byte, 16<<20))}
	commit := raw{typ: plumbing.CommitObject, size: -1, data: []byte("tree " + strings.Repeat("1", 40) + "\ncommitter x <x@y> 1 +0000\n\nx")}
	head := nameOf(plumbing.CommitObject, commit.data)
	good := makePack(t, commit)
	for _, c := range []struct {
		name string
		pack []byte
		want error
	}{
		{"a bomb", makePack(t, commit, tree), ErrLimit},
		{"another commit", makePack(t, raw{typ: plumbing.CommitObject, size: -1, data: append(commit.data, 'y')}), ErrCorrupt},
		{"no trees", good, ErrCorrupt},
		{"cut", good[:len(good)/2], ErrCorrupt},
		{"empty", nil, ErrCorrupt},
		{"longer than allowed", makePack(t, commit, raw{typ: plumbing.BlobObject, size: -1, data: noise(3 << 20)}), ErrLimit},
	} {
		t.Run(c.name, func(t *testing.T) {
			url := packServer(t, head, c.pack)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			s, err := reader(t, Config{Limits: Limits{TreeBytes: 2 << 20, Memory: 8 << 20}}).Open(t.Context(), url, Refs{}, nil)
			runtime.ReadMemStats(&after)
			if s != nil || !errors.Is(err, c.want) {
				t.Errorf("%+v, %v; want %v", s, err, c.want)
			}
			if n := after.TotalAlloc - before.TotalAlloc; n > 32<<20 {
				t.Errorf("%d bytes allocated", n)
			}
		})
	}
}

// noise gives bytes that do not compress, the same at each run.
func noise(n int) []byte {
	var out []byte
	seed := []byte("rumore")
	for len(out) < n {
		id := nameOf(plumbing.BlobObject, seed)
		seed = id[:]
		out = append(out, seed...)
	}
	return out[:n]
}

// A text of a kit that is larger than a whole answer may be ends the request, not the visit: what came before is kept,
// and the snapshot says that it is partial.
func TestWantedFilesOverTheLimitOfTheAnswer(t *testing.T) {
	dir := gitrepotest.New(t, map[string]string{"kit.md": "kit", "README.md": "leggimi", "docs/grande.md": string(noise(1 << 20))})
	url := gitrepotest.Serve(t, filepath.Dir(dir)) + "/" + filepath.Base(dir)
	s := open(t, reader(t, Config{Limits: Limits{TextBytes: 200 << 10}}), url, nil)
	got := texts(t, s.FS)
	if !s.Partial || s.SkippedTotal != 1 || s.Skipped[0] != (Skipped{"docs/grande.md", TooMuch}) || got["kit.md"] != "kit" || got["README.md"] != "leggimi" {
		t.Errorf("partial %v, skipped %v, read %d files", s.Partial, s.Skipped, len(got))
	}
	if s.Bytes > 300<<10 {
		t.Errorf("%d bytes were taken", s.Bytes)
	}
}

func TestRenamedRepositoryIsFollowed(t *testing.T) {
	root := t.TempDir()
	gitrepotest.Init(t, filepath.Join(root, "nuovo"), software())
	git, err := gitrepotest.Handler(root)
	if err != nil {
		t.Fatal(err)
	}
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if rest, ok := strings.CutPrefix(r.URL.Path, "/vecchio/"); ok {
			http.Redirect(w, r, "/nuovo/"+rest+"?"+r.URL.RawQuery, http.StatusMovedPermanently)
			return
		}
		git.ServeHTTP(w, r)
	}) + "/vecchio"
	s := open(t, reader(t, Config{}), url, nil)
	if s.URL != url || texts(t, s.FS)["README.md"] == "" {
		t.Errorf("%+v", s)
	}
}

func TestServerWithoutSideBand(t *testing.T) {
	dir := gitrepotest.New(t, software())
	r := reader(t, Config{})
	refs, err := r.List(t.Context(), gitrepotest.Serve(t, filepath.Dir(dir))+"/"+filepath.Base(dir))
	if err != nil {
		t.Fatal(err)
	}
	delete(refs.caps, "side-band-64k")
	s, err := r.Open(t.Context(), refs.at, refs, nil)
	if err != nil || texts(t, s.FS)["README.md"] == "" {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestLinksModulesAndCases(t *testing.T) {
	dir := gitrepotest.New(t, map[string]string{"publiccode.yml/dentro.md": "una cartella", "README.md": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n"})
	blob := gitrepotest.Git(t, dir, "hash-object", "-w", "README.md")
	commit := gitrepotest.Git(t, dir, "rev-parse", "HEAD")
	for _, line := range []string{"120000," + blob + ",docs/fuori.md", "160000," + commit + ",modulo", "100644," + blob + ",readme.md", "120000," + blob + ",publiccode.yaml"} {
		gitrepotest.Git(t, dir, "update-index", "--add", "--cacheinfo", line)
	}
	gitrepotest.CommitIndex(t, dir, "Strano")
	url := gitrepotest.Serve(t, filepath.Dir(dir)) + "/" + filepath.Base(dir)
	for _, u := range []string{url, dir} {
		s := open(t, reader(t, Config{AllowLocal: true}), u, nil)
		want := []Skipped{{"docs/fuori.md", Symlink}, {"modulo", Submodule}, {"publiccode.yaml", Symlink}}
		if !slices.Equal(s.Skipped, want) || !slices.Equal(s.Collisions, []string{"README.md", "readme.md"}) {
			t.Errorf("skipped %v, collisions %v", s.Skipped, s.Collisions)
		}
		if _, err := fs.Stat(s.FS, "docs/fuori.md"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the link is in the file system: %v", err)
		}
		if info, err := fs.Stat(s.FS, "publiccode.yml"); err != nil || !info.IsDir() {
			t.Errorf("publiccode.yml as a folder: %v, %v", info, err)
		}
		if !bytes.HasPrefix([]byte(texts(t, s.FS)["README.md"]), []byte("version https://git-lfs")) {
			t.Error("the pointer is not read as it is")
		}
	}
}
