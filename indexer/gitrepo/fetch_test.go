package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// many are attachments of which each is another, 3 to 20 kB that do not compress.
func many(n int) map[string]string {
	files := map[string]string{"kit.md": "k"}
	random := rand.NewChaCha8([32]byte{})
	for i := range n {
		data := make([]byte, 3000+(i*137)%17_000)
		_, _ = random.Read(data) // never fails
		files[fmt.Sprintf("allegati/%03d è.pdf", i)] = string(data)
	}
	return files
}

// wantNone leaves every text where it is, so that nothing tells yet how the server is to be asked.
func wantNone([]string) func(string) bool { return func(string) bool { return false } }

// attachments are the paths of them.
func attachments(files map[string]string) (paths []string) {
	for p := range files {
		if p != "kit.md" {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	return paths
}

// forget takes the bytes of files out of a repository's object store; its trees name them still.
func forget(t testing.TB, dir string, files map[string]string, paths ...string) {
	t.Helper()
	objects := filepath.Join(dir, ".git", "objects")
	for _, p := range paths {
		id := gitrepotest.Name("blob", []byte(files[p]))
		if err := os.Remove(filepath.Join(objects, id[:2], id[2:])); err != nil {
			t.Fatal(err)
		}
	}
}

// brought is what a Fetch handed over, and what it told.
type brought struct {
	Fetched
	texts map[string]string
	err   error
}

func fetch(ctx context.Context, r *Reader, s *Snapshot, paths []string, lim FetchLimits) brought {
	b := brought{texts: map[string]string{}}
	b.Fetched, b.err = r.Fetch(ctx, s, paths, lim, func(path string, data []byte) error {
		if _, twice := b.texts[path]; twice {
			return fmt.Errorf("%s came twice", path)
		}
		b.texts[path] = string(data)
		return nil
	})
	return b
}

// why gives the paths that were missed for a reason.
func (b brought) why(w MissedWhy) (paths []string) {
	for _, m := range b.Missed {
		if m.Why == w {
			paths = append(paths, m.Path)
		}
	}
	return paths
}

// check fails unless exactly the files but the missed came, with their bytes.
func (b brought) check(t *testing.T, files map[string]string, paths, lost []string) {
	t.Helper()
	if b.err != nil {
		t.Fatal(b.err)
	}
	want := map[string]string{}
	for _, p := range paths {
		if !slices.Contains(lost, p) {
			want[p] = files[p]
		}
	}
	for p, text := range want {
		if b.texts[p] != text {
			t.Errorf("%s: %d bytes came, want %d", p, len(b.texts[p]), len(text))
		}
	}
	if len(b.texts) != len(want) || len(b.Missed) != len(lost) || !slices.Equal(b.why(MissedLost), lost) {
		t.Errorf("%d came, want %d; missed %d, want %d: %+v", len(b.texts), len(want), len(b.Missed), len(lost), b.Missed)
	}
}

// A server that lost some of the files refuses every request that names one of them: all the others come nevertheless.
// unnamed servers do not say which, so that the request is halved.
func TestFetchWithoutWhatIsLost(t *testing.T) {
	files := many(120)
	paths := attachments(files)
	some := []string{}
	for i, p := range paths {
		if i%9 == 4 {
			some = append(some, p)
		}
	}
	for _, c := range []struct {
		name  string
		paths []string
		lost  []string
		named int // requests at most
		blind int // the same of a server that does not say which file it lost
	}{
		{"none", paths, nil, 6, 6}, {"13 of 120", paths, some, 24, 120}, {"all of 9", paths[:9], paths[:9], 9, 20}, {"the only one", some[:1], some[:1], 1, 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			root, kept := t.TempDir(), map[string]string{"kit.md": "k"}
			for _, p := range c.paths {
				kept[p] = files[p]
			}
			forget(t, gitrepotest.Init(t, filepath.Join(root, "kit"), kept), files, c.lost...)
			r := reader(t, Config{TempDir: t.TempDir()})
			s := open(t, r, gitrepotest.Serve(t, root)+"/kit", nil)
			b := fetch(t.Context(), r, s, c.paths, FetchLimits{})
			b.check(t, files, c.paths, c.lost)
			if b.Requests > c.named {
				t.Errorf("%d requests, want at most %d", b.Requests, c.named)
			}
			s = open(t, r, unnamed(t, root)+"/kit", nil)
			blind := fetch(t.Context(), r, s, c.paths, FetchLimits{})
			blind.check(t, files, c.paths, c.lost)
			if blind.Requests > c.blind || blind.Requests > 2*len(c.paths)+10 {
				t.Errorf("%d requests of a server that does not say which, want at most %d", blind.Requests, c.blind)
			}
			t.Logf("%d files, %d lost: %d bytes in %d requests; %d where the server does not say which", len(b.texts), len(c.lost), b.Bytes, b.Requests, blind.Requests)
			empty(t, r.c.TempDir)
		})
	}
}

// empty fails when something was left in a folder.
func empty(t *testing.T, dir string) {
	t.Helper()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left on the disk: %v, %v", left, err)
	}
}

// unnamed serves root as a server that refuses without saying which object it does not have.
func unnamed(t *testing.T, root string) string {
	t.Helper()
	git, err := gitrepotest.Handler(root)
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			git.ServeHTTP(w, r)
			return
		}
		kept := &keeper{header: http.Header{}}
		git.ServeHTTP(kept, r)
		w.Header().Set("Content-Type", kept.header.Get("Content-Type"))
		if bytes.Contains(kept.Bytes(), []byte("not our ref")) {
			p := &pktWriter{}
			p.line("ERR the request cannot be answered")
			kept.Buffer = p.Buffer
		}
		send(t, w, kept.Bytes())
	})
}

// keeper holds an answer back.
type keeper struct {
	bytes.Buffer
	header http.Header
}

// Header and WriteHeader make it a ResponseWriter.
func (k *keeper) Header() http.Header { return k.header }

// WriteHeader forgets the status: git's is always 200.
func (k *keeper) WriteHeader(int) {}

// A file that is too large is told by its header and costs next to nothing: the others of its request come.
func TestFetchLeavesOutWhatIsTooLarge(t *testing.T) {
	files := many(20)
	paths := attachments(files)
	files[paths[3]], files[paths[11]] = string(noise(2<<20)), string(noise(2<<20+1))
	root := t.TempDir()
	dir := gitrepotest.Init(t, filepath.Join(root, "kit"), files)
	for _, at := range []string{gitrepotest.Serve(t, root) + "/kit", dir} {
		r := reader(t, Config{AllowLocal: true})
		b := fetch(t.Context(), r, open(t, r, at, nil), paths, FetchLimits{File: 100_000})
		if b.err != nil || len(b.texts) != 18 || !slices.Equal(b.why(MissedLarge), []string{paths[3], paths[11]}) || len(b.Missed) != 2 {
			t.Errorf("%d came, missed %v, %v", len(b.texts), b.Missed, b.err)
		}
		if b.Requests > 8 || b.Bytes > 1<<20 {
			t.Errorf("%d bytes in %d requests", b.Bytes, b.Requests)
		}
		t.Logf("%d bytes in %d requests", b.Bytes, b.Requests)
	}
}

// What may come over the wire is an end: what came before is good, the rest is for another time, and nothing more is asked.
func TestFetchKeepsToItsBudget(t *testing.T) {
	files := many(100)
	paths := attachments(files)
	root := t.TempDir()
	gitrepotest.Init(t, filepath.Join(root, "kit"), files)
	at := gitrepotest.Serve(t, root) + "/kit"
	r := reader(t, Config{})
	s := open(t, r, at, nil)
	had := map[string]bool{}
	for round := 0; len(had) < len(paths); round++ {
		var rest []string
		for _, p := range paths {
			if !had[p] {
				rest = append(rest, p)
			}
		}
		b := fetch(t.Context(), r, s, rest, FetchLimits{Wire: 300_000})
		if b.err != nil || len(b.texts) == 0 || b.Bytes > 300_001 || len(b.texts)+len(b.why(MissedBudget)) != len(rest) || round > 10 {
			t.Fatalf("round %d: %d came in %d bytes, %d missed, %v", round, len(b.texts), b.Bytes, len(b.Missed), b.err)
		}
		for p := range b.texts {
			had[p] = true
		}
	}
	b := fetch(t.Context(), reader(t, Config{Limits: Limits{Attachments: 300_000}}), s, paths, FetchLimits{})
	if len(b.texts) == 0 || len(b.why(MissedBudget)) == 0 {
		t.Errorf("the reader's own limit: %d came", len(b.texts))
	}
	few := reader(t, Config{Limits: Limits{Wanted: 10}})
	if b := fetch(t.Context(), few, s, paths, FetchLimits{}); len(b.texts) != 10 || len(b.why(MissedBudget)) != 90 {
		t.Errorf("ten at most: %d came", len(b.texts))
	}
}

// Files with the same bytes come once, under the first path; what the snapshot has, or the commit has not, costs nothing.
func TestFetchOfTheSameBytes(t *testing.T) {
	files := map[string]string{"kit.md": "k", "b.pdf": "uguale", "a.pdf": "uguale", "c.pdf": "k", "d.pdf": "perso", "e.pdf": "perso"}
	root := t.TempDir()
	forget(t, gitrepotest.Init(t, filepath.Join(root, "kit"), files), files, "d.pdf")
	r := reader(t, Config{})
	s := open(t, r, gitrepotest.Serve(t, root)+"/kit", nil)
	b := fetch(t.Context(), r, s, []string{"b.pdf", "kit.md", "a.pdf", "c.pdf", "e.pdf", "d.pdf", "assente.pdf", "b.pdf", "../kit.md"}, FetchLimits{})
	if b.err != nil || len(b.texts) != 2 || b.texts["b.pdf"] != "uguale" || b.texts["kit.md"] != "k" || b.Requests != 2 {
		t.Errorf("%v in %d requests, %v", b.texts, b.Requests, b.err)
	}
	if got := b.why(MissedLost); !slices.Equal(got, []string{"e.pdf", "d.pdf", "assente.pdf", "../kit.md"}) || !errors.Is(b.Missed[2].Err, ErrNotInCommit) {
		t.Errorf("missed %v", b.Missed)
	}
	if s.Blob("a.pdf") != gitrepotest.Name("blob", []byte("uguale")) || s.Blob("a.pdf") != s.Blob("b.pdf") || s.Blob("assente.pdf")+s.Blob("..")+s.Blob("")+(&Snapshot{}).Blob("x") != "" {
		t.Errorf("the names are %q, %q", s.Blob("a.pdf"), s.Blob("assente.pdf"))
	}
	if b := fetch(t.Context(), r, s, nil, FetchLimits{}); b.err != nil || b.Requests != 0 {
		t.Errorf("nothing: %+v", b)
	}
}

// Deltas of one file on another come whole.
func TestFetchOfDeltas(t *testing.T) {
	files, base := map[string]string{"kit.md": "k"}, string(noise(60_000))
	for i := range 12 {
		files[fmt.Sprintf("v%02d.odt", i)] = base[:20_000+i] + fmt.Sprint("versione ", i) + base[20_000:]
	}
	files["perso.odt"] = base[:100]
	root := t.TempDir()
	dir := gitrepotest.Init(t, filepath.Join(root, "kit"), files)
	gitrepotest.Git(t, dir, "repack", "-adfq", "--depth=50", "--window=50")
	r := reader(t, Config{})
	paths := attachments(files)
	b := fetch(t.Context(), r, open(t, r, gitrepotest.Serve(t, root)+"/kit", nil), paths, FetchLimits{})
	b.check(t, files, paths, nil)
	if b.Bytes > 200_000 {
		t.Errorf("%d bytes: nothing came as a delta", b.Bytes)
	}
	small := fetch(t.Context(), r, open(t, r, gitrepotest.Serve(t, root)+"/kit", nil), paths, FetchLimits{File: 1000})
	if len(small.texts) != 1 || len(small.why(MissedLarge)) != 12 {
		t.Errorf("%d came, %d were too large: %+v", len(small.texts), len(small.why(MissedLarge)), small.Missed)
	}
}

// A text that the server lost is skipped, and the others come: the whole commit is not tried, which such a server cannot give.
func TestOpenWithoutALostText(t *testing.T) {
	files := map[string]string{"kit.md": "k", "docs/A1.md": "uno", "docs/A2.md": "due", "docs/A3.md": "tre"}
	for _, lost := range [][]string{{"docs/A2.md"}, {"docs/A1.md", "docs/A2.md", "docs/A3.md", "kit.md"}} { // sorted
		root := t.TempDir()
		forget(t, gitrepotest.Init(t, filepath.Join(root, "kit"), files), files, lost...)
		s := open(t, reader(t, Config{}), gitrepotest.Serve(t, root)+"/kit", nil)
		var skipped []string
		for _, k := range s.Skipped {
			if k.Reason == Lost {
				skipped = append(skipped, k.Path)
			}
		}
		slices.Sort(skipped)
		if got := texts(t, s.FS); len(got) != len(files)-len(lost) || !slices.Equal(skipped, lost) || !s.Partial || s.Way != WayPartial || s.Requests > 2+len(lost) {
			t.Errorf("%d came by %s in %d requests, skipped %v", len(got), s.Way, s.Requests, s.Skipped)
		}
	}
}
