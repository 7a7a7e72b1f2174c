package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// tortures is how many random moments `make torture` kills a crawl at.
const tortures = 50

// killed is how many repositories a crawl that is killed has, but in `make torture`.
const killed = 30

// world is the shared corpus served on loopback, or its first repositories, with a catalogue of it in a folder and in Git.
type world struct {
	root    string
	mirror  string // of the corpus
	written string // of what stands in root
}

// newWorldOf makes a world of at most so many repositories. They are read and never written, so that all worlds have them
// from one folder.
func newWorldOf(t *testing.T, many int) world {
	t.Helper()
	corpus := sharedtest.Path(t, "corpus")
	w := world{root: t.TempDir()}
	cache, err := filepath.Abs(filepath.Join("..", "..", ".cache", "tests", "corpus"))
	if err != nil {
		t.Fatal(err)
	}
	repos, err := gitrepotest.Corpus(t.Context(), corpus, cache)
	if err != nil {
		t.Fatal(err)
	}
	repos = repos[:min(many, len(repos))]
	folder := filepath.Join(w.root, "catalogue")
	if err := gitrepotest.CorpusCatalogue(repos, folder); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	names, err := filepath.Glob(filepath.Join(folder, "sources", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range append(names, filepath.Join(folder, "catalogue.md")) {
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		rel, err := filepath.Rel(folder, p)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.ToSlash(rel)] = string(text)
	}
	gitrepotest.Init(t, filepath.Join(w.root, "repos", "catalogo", "prova"), files)
	w.mirror, w.written = served(t, cache), served(t, filepath.Join(w.root, "repos"))
	return w
}

// served serves the repositories below a folder, and gives where.
func served(t *testing.T, folder string) string {
	t.Helper()
	h, err := gitrepotest.Handler(folder)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL + "/"
}

func (w world) folder() string { return filepath.Join(w.root, "catalogue") }

func (w world) crawl(ctx context.Context, from, data string) *exec.Cmd {
	return exec.CommandContext(ctx, "riuso", "crawl", "--catalog", from, "--data", data, "--log", "json", "--json",
		"--mirror", "https://github.com/="+w.mirror, "--mirror", "https://git.example.it/="+w.written)
}

// whole crawls to the end and gives the report.
func (w world) whole(t *testing.T, from, data string) (rep crawlReport) {
	t.Helper()
	out, err := w.crawl(t.Context(), from, data).Output()
	if err != nil {
		t.Fatalf("the crawl fails: %v", err)
	}
	if err := json.Unmarshal(out, &rep); err != nil {
		t.Fatal(err)
	}
	return rep
}

// A crawl that is killed leaves a catalogue that serves, and a next crawl after which all is as if nobody had been
// killed. The moments are events of the crawl, the n-th visit that it logs: always the same two here, fifty random ones
// in `make torture`.
func TestKillCrawl(t *testing.T) {
	many, moments := killed, []int{7, 21}
	if os.Getenv("RIUSO_TORTURE") != "" {
		many, moments = math.MaxInt, []int{7, 61}
	}
	w := newWorldOf(t, many)
	unkilled := filepath.Join(t.TempDir(), "data")
	n := len(w.whole(t, w.folder(), unkilled).Sources)
	want := contents(t, unkilled)
	t.Logf("an unkilled crawl: %d sources, %d entries", n, len(want.Entries))
	if many > killed {
		r := rand.New(rand.NewPCG(1, uint64(os.Getpid())))
		for range tortures {
			moments = append(moments, 1+r.IntN(n))
		}
	}
	for _, at := range moments {
		data := filepath.Join(t.TempDir(), "data")
		killAt(t, w.crawl(t.Context(), w.folder(), data), `"msg":"visit"`, at)
		kit := serves(t, data)
		left := contents(t, data)
		if kit != (len(left.Entries) > 0) {
			t.Errorf("killed at visit %d: %d entries, and a page of one is shown: %v", at, len(left.Entries), kit)
		}
		w.whole(t, w.folder(), data)
		got := contents(t, data)
		t.Logf("killed at visit %d: %d entries were there", at, len(left.Entries))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("after a kill at visit %d and a whole crawl (- unkilled, + killed):\n%s", at, diff)
		}
	}
}

// Killed as soon as the catalogue was read, the next crawl finds the catalogue unchanged, and still knows every source.
func TestKillAfterTheCatalogue(t *testing.T) {
	w := newWorldOf(t, killed)
	from := "https://git.example.it/catalogo/prova"
	unkilled, data := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "data")
	all := w.whole(t, from, unkilled)
	killAt(t, w.crawl(t.Context(), from, data), `"msg":"catalogue"`, 1)
	rep := w.whole(t, from, data)
	if rep.Catalogue.Outcome != string(catalog.Unchanged) || len(rep.Sources) != len(all.Sources) || len(all.Sources) != killed {
		t.Errorf("the catalogue is %s, %d sources were visited, %d without a kill", rep.Catalogue.Outcome, len(rep.Sources), len(all.Sources))
	}
	if diff := cmp.Diff(contents(t, unkilled), contents(t, data)); diff != "" {
		t.Errorf("(- unkilled, + killed):\n%s", diff)
	}
}

// killAt runs a crawl and ends it with SIGKILL when it logs something for the n-th time.
func killAt(t *testing.T, cmd *exec.Cmd, what string, n int) {
	t.Helper()
	logs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(logs)
	lines.Buffer(nil, 1<<20)
	seen := 0
	for seen < n && lines.Scan() {
		if strings.Contains(lines.Text(), what) {
			seen++
		}
	}
	if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Logf("the crawl had ended when it was to be killed at %s %d", what, n)
	}
	if seen < n {
		t.Fatalf("the crawl says %s %d times, not %d", what, seen, n)
	}
}

var kitPage = regexp.MustCompile(`href="(/kit/[^"/#?]+)"`)

// serves opens the real site over a data folder as a kill left it, and asks for the pages that everybody asks for: that of
// a kit, too, when there is one.
func serves(t *testing.T, data string) (kit bool) {
	t.Helper()
	site, err := startSite(t.Context(), ".", os.Environ(), "--data", data)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := site.stop(); err != nil {
			t.Errorf("the site ends with %v: %s", err, site.messages())
		}
	}()
	get := func(path string) string {
		status, body, err := site.get(t.Context(), path)
		if err != nil || status != 200 {
			t.Errorf("%s: %d, %v", path, status, err)
		}
		return body
	}
	get("/")
	if m := kitPage.FindStringSubmatch(get("/cerca")); m != nil {
		get(m[1])
		return true
	}
	return false
}

// content is all of a data folder that must not depend on who was killed when.
type content struct {
	Entries map[catalog.Key]entry
	Sources map[catalog.SourceID]sourceLeft
	Stats   catalog.Stats
}

type entry struct {
	Title, Commit string
	State         catalog.State
	Findings      int
	History       int
	Documents     int
}

type sourceLeft struct {
	URL, Commit, Mark string
	Keys              []catalog.RecordKey
	Findings          int
}

// contents opens a data folder as the site does, and checks that the index and the records say the same.
func contents(t *testing.T, data string) content {
	t.Helper()
	ctx := t.Context()
	idx, err := bleveindex.Open(ctx, bleveindex.Config{Dir: data})
	if err != nil {
		t.Fatalf("the data folder does not open: %v", err)
	}
	defer func() {
		if err := idx.Close(); err != nil {
			t.Error(err)
		}
	}()
	c := content{Entries: map[catalog.Key]entry{}, Sources: map[catalog.SourceID]sourceLeft{}}
	entries, err := idx.Entries(ctx, catalog.KindKit, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		c.Entries[e.Key] = entry{e.Title, e.Commit, e.State, len(e.Findings), len(e.History), len(e.Kit.Documents)}
	}
	states, err := idx.Sources(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range states {
		c.Sources[s.Source.ID] = sourceLeft{s.URL, s.Commit, s.Mark, s.Keys, len(s.Findings)}
	}
	if c.Stats, err = idx.Stats(ctx); err != nil {
		t.Fatal(err)
	}
	c.Stats.Updated = catalog.Stats{}.Updated // when, not what
	res, err := idx.Search(ctx, catalog.Query{Size: catalog.MaxSize})
	if err != nil {
		t.Fatal(err)
	}
	for _, hit := range res.Hits {
		if _, err := idx.Entry(ctx, catalog.KindKit, hit.Card.ID); err != nil {
			t.Errorf("found but not there: %v", err)
		}
	}
	if res.Total != len(c.Entries) || res.Total != c.Stats.Kits+c.Stats.Software+c.Stats.Legacy {
		t.Errorf("%d entries in the store, %d counted, %d in the index", len(c.Entries), c.Stats.Kits+c.Stats.Software+c.Stats.Legacy, res.Total)
	}
	return c
}
