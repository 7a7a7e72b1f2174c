package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/forge"
	"github.com/open-community-pa/riuso/indexer/forge/forgetest"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

const (
	benchRepos  = 1_000  // small repositories, each with a kit, its history and an attachment
	benchByGit  = 200    // of them for the loops of the git program, which are the slow ones
	benchAtOnce = 4      // requests at once, as a crawl asks one host (indexer.DefaultPerHost)
	benchMany   = 20_000 // sources of one crawl
	benchLarge  = 500    // megabytes of the large repository
	benchMemory = 500    // megabytes that a crawl of many sources may take

	benchWire = 5 // megabytes that the large one may cost on the wire

	// peerBest is what the crawler of the national catalogue was measured at, repositories a second, changed or not: from 7.5.
	peerBest = 11.0
)

// TestBenchCrawl puts a crawl beside git itself on the same repositories in the same run: `make bench-crawl`. A crawl is a
// process of its own, as for an operator, and so are the loops that it is compared with.
func TestBenchCrawl(t *testing.T) {
	if os.Getenv("RIUSO_BENCH_CRAWL") == "" {
		return // minutes of work: make bench-crawl
	}
	gitrepotest.Need(t)
	b := &crawlBench{T: t, out: t.Output()}
	t.Run("small", b.small)
	t.Run("many", b.many)
	t.Run("large", b.large)
}

// crawlBench prints what it measures as it goes.
type crawlBench struct {
	*testing.T
	out interface{ Write([]byte) (int, error) }
}

// table prints rows of columns.
func (b *crawlBench) table(title string, rows ...[]string) {
	w := tabwriter.NewWriter(b.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "\n%s\n", title)
	for _, r := range rows {
		fmt.Fprintln(w, strings.Join(r, "\t"))
	}
	if err := w.Flush(); err != nil {
		b.Error(err)
	}
}

// benchWorld is a forge on loopback with what answers for its repositories, and a catalogue that names it.
type benchWorld struct {
	*testing.T
	at, folder string
	names      []string
	git        http.Handler
	forge      atomic.Pointer[forgetest.Server]
}

func newBenchWorld(t *testing.T, git http.Handler, names ...string) *benchWorld {
	t.Helper()
	w := &benchWorld{T: t, folder: t.TempDir(), names: names, git: git}
	w.speak(forge.GitHub)
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { w.forge.Load().ServeHTTP(rw, r) }))
	t.Cleanup(srv.Close)
	w.at = srv.URL
	for name, text := range map[string]string{
		"catalogue.md":    "---\ntype: catalogue\nid: prova\ntitle: Prova\nowner: ipa:r_umbria\nscope: regional\nurl: https://prova.example.it/catalogo\nlicence: CC-BY-4.0\nobservatory: [ipa:r_umbria]\n---\n",
		"sources/ente.md": "---\ntype: source\nid: ente\nkind: forge\nurl: " + w.at + "/ente\n---\n",
	} {
		at := filepath.Join(w.folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// speak makes the forge one of another kind at the same address.
func (w *benchWorld) speak(kind forge.Kind) {
	f := forgetest.New(kind, "ente", nil)
	f.Git(w.git)
	for _, n := range w.names {
		f.Put(forgetest.Repo{Name: n, Pushed: gitrepotest.Start()})
	}
	w.forge.Store(f)
}

// small crawls many small repositories: at first, and when nothing changed.
func (b *crawlBench) small(t *testing.T) {
	root := t.TempDir()
	h, err := gitrepotest.Handler(root)
	if err != nil {
		t.Fatal(err)
	}
	names := make([]string, benchRepos)
	for i := range names {
		names[i] = fmt.Sprintf("r%04d", i)
	}
	git := &recorder{git: h}
	w := newBenchWorld(t, git, names...)
	started := time.Now()
	makeSmall(t, root, w.at, names)
	fmt.Fprintf(b.out, "%d repositories made in %s\n", benchRepos, time.Since(started).Round(time.Second))

	// Half of the fetching before the crawl and half behind: a machine that is busier for a while counts for both.
	data := t.TempDir()
	half := benchRepos / 2
	before := fetchLoop(t, "history", w.at, names[:half])
	first := w.crawl(data, benchRepos, catalog.Full)
	alone := before.and(fetchLoop(t, "history", w.at, names[half:]))
	noHistory := fetchLoop(t, "read", w.at, names[:half])
	bare := gitLoop(t, w.at, names[:benchByGit], "clone", "--quiet", "--bare")
	partial := gitLoop(t, w.at, names[:benchByGit], "clone", "--quiet", "--bare", "--depth=1", "--filter=blob:none")
	lsRemote := gitLoop(t, w.at, names[:benchByGit], "ls-remote", "--quiet")
	listing := fetchLoop(t, "list", w.at, names[:half])
	head := []string{"", "a second", "to fetching alone", "by CPU", "CPU ms each", "server's CPU ms each", "wire kB each", "peak MB"}
	row := func(name string, m measured, to measured) []string {
		return []string{name, fmt.Sprintf("%.1f", m.rate()), fmt.Sprintf("%.2f", m.rate()/to.rate()), fmt.Sprintf("%.2f", m.work()/to.work()), m.cpuEach(m.cpu), m.cpuEach(m.server), m.wireEach(), m.peakMB()}
	}
	b.table(fmt.Sprintf("%d small repositories, git's own http-backend, %d at once", benchRepos, benchAtOnce), head,
		row("our fetching alone: list, read, history", alone, alone), row("first crawl: the same, understood, stored, indexed", first, alone),
		row("our fetching without history", noHistory, alone), row("git clone --bare", bare, alone), row("git clone --bare --depth=1 --filter=blob:none", partial, alone),
		row("git ls-remote", lsRemote, alone), row("our listing alone", listing, alone))
	b.atLeast("first crawl, to fetching alone", first.rate()/alone.rate(), 0.5)
	b.atLeast("first crawl, to fetching alone, by the time of the processors, theirs and the server's", first.work()/alone.work(), 0.5)
	b.atLeast("first crawl, to the peer at its best", first.rate()/peerBest, 5)

	// The same answers from memory: what is left is the program itself.
	git.remember()
	w.speak(forge.Gitea)                 // whose dates prove nothing: each repository is asked
	fetchLoop(t, "history", w.at, names) // fills the memory
	alone = fetchLoop(t, "history", w.at, names)
	data = t.TempDir()
	first = w.crawl(data, benchRepos, catalog.Full)
	listing = fetchLoop(t, "list", w.at, names)
	gitLoop(t, w.at, names[:benchByGit], "ls-remote", "--quiet")
	lsRemote = gitLoop(t, w.at, names[:benchByGit], "ls-remote", "--quiet")
	unchanged := w.crawl(data, benchRepos, catalog.Unchanged)
	b.table("the same, git's answers given from memory", head, row("our fetching alone", alone, alone), row("first crawl", first, alone),
		row("our listing alone", listing, alone), row("nothing changed, by listing references", unchanged, alone), row("git ls-remote", lsRemote, alone))
	b.atLeast("nothing changed, by listing references, a second", unchanged.rate(), 400)
}

// many crawls as many sources as one catalogue may list.
func (b *crawlBench) many(t *testing.T) {
	names := make([]string, benchMany)
	for i := range names {
		names[i] = fmt.Sprintf("r%05d", i)
	}
	const kits = 20
	git := &packServer{kits: kits}
	w := newBenchWorld(t, git, names...)
	git.at = w.at
	data := t.TempDir()
	rows := [][]string{{"", "seconds", "a second", "CPU ms each", "wire kB each", "peak MB"}}
	var took []measured
	for _, outcome := range []catalog.Outcome{catalog.Full, catalog.Unchanged} {
		m := w.crawl(data, benchMany, outcome)
		rows = append(rows, []string{string(outcome), fmt.Sprintf("%.1f", m.wall.Seconds()), fmt.Sprintf("%.0f", m.rate()), m.cpuEach(m.cpu), m.wireEach(), m.peakMB()})
		took = append(took, m)
	}
	b.table(fmt.Sprintf("%d repositories on a forge, one in %d a kit, their objects made in memory", benchMany, kits), rows...)
	b.atLeast("nothing changed, by the dates of a forge, a second", took[1].rate(), 3_000)
	b.atMost("megabytes of memory", float64(max(took[0].peak, took[1].peak)>>20), benchMemory)
}

// large crawls one large repository, of which little is text.
func (b *crawlBench) large(t *testing.T) {
	root := t.TempDir()
	h, err := gitrepotest.Handler(root)
	if err != nil {
		t.Fatal(err)
	}
	git := &recorder{git: h}
	w := newBenchWorld(t, git, "grande")
	r, stream := io.Pipe()
	go func() {
		commit(stream, 0, smallFiles(w.at, "grande", 0))
		for i := range benchLarge {
			commit(stream, i+1, map[string][]byte{fmt.Sprintf("dati/%d/%d.bin", i%20, i): noiseOf(uint64(i), 1<<20)})
		}
		_ = stream.Close() // a pipe's never fails
	}()
	fastImport(t, filepath.Join(root, "ente", "grande"), r)
	git.sent.Store(0)
	crawl := w.crawl(t.TempDir(), 1, catalog.Full)
	crawl.wire = git.sent.Swap(0)
	clone := gitLoop(t, w.at, w.names, "clone", "--quiet", "--bare")
	clone.wire = git.sent.Swap(0)
	row := func(name string, m measured) []string {
		return []string{name, fmt.Sprintf("%.2f", m.wall.Seconds()), fmt.Sprintf("%.2f", float64(m.wire)/1e6), m.peakMB()}
	}
	b.table(fmt.Sprintf("one repository of %d MB in %d commits", benchLarge, benchLarge+1), []string{"", "seconds", "wire MB", "peak MB"},
		row("crawl, with history", crawl), row("git clone --bare", clone))
	b.atMost("megabytes on the wire", float64(crawl.wire)/1e6, benchWire)
}

// atLeast and atMost print what was to be reached beside what was. They fail nothing: a busy machine is no fault.
func (b *crawlBench) atLeast(what string, got, want float64) {
	b.aim(what, got, "at least", want, got >= want)
}

func (b *crawlBench) atMost(what string, got, want float64) {
	b.aim(what, got, "at most", want, got <= want)
}

func (b *crawlBench) aim(what string, got float64, how string, want float64, reached bool) {
	word := "reached"
	if !reached {
		word = "MISSED"
	}
	fmt.Fprintf(b.out, "%s: %.4g, %s %.4g wanted: %s\n", what, got, how, want, word)
}

// gitLoop runs the git program once for each repository, some at once.
func gitLoop(t *testing.T, at string, names []string, args ...string) measured {
	t.Helper()
	dir := t.TempDir()
	todo := make(chan string)
	var wg sync.WaitGroup
	m := measure(t, func() (own time.Duration) {
		var mu sync.Mutex
		for range benchAtOnce {
			wg.Go(func() {
				for n := range todo {
					all := append(append([]string{}, args...), at+"/ente/"+n)
					if args[0] == "clone" {
						all = append(all, filepath.Join(dir, n))
					}
					cmd := exec.CommandContext(t.Context(), "git", all...)
					cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull)
					if err := cmd.Run(); err != nil {
						t.Errorf("git %s: %v", strings.Join(all, " "), err)
						continue
					}
					mu.Lock()
					own += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
					mu.Unlock()
				}
			})
		}
		for _, n := range names {
			todo <- n
		}
		close(todo)
		wg.Wait()
		return own
	})
	m.n = len(names)
	return m
}
