package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// The tests of the hostile_*_test.go files put one hostile or broken place beside a good one in the same crawl: a real
// repository or server on loopback, read by the real reader through the real client. The place must end in exactly the
// outcome and the sentence that stand in its line, within its bytes and its memory; the good one must not notice.

// hostilePlace is a hostile or broken place, and what a visit of it comes to.
type hostilePlace struct {
	name  string
	start func(t *testing.T, g *ground) string // makes and serves it; gives its address
	// client changes the client by which this place, and no other, is reached: time-outs of milliseconds, a resolver.
	client func(*outbound.Config)
	limits gitrepo.Limits

	outcome catalog.Outcome
	reason  string   // why it is not full or gives no entry: Italian, whole; "" for none
	finds   []string // findings that must be there: "file:line CODE how the Italian message begins"
	records int
	bytes   int64  // on the wire, at most; zero: usualBytes
	memory  uint64 // of the heap, at most, over what there was before; zero: not measured
}

// usualBytes is what a place may send when its line does not say another number.
const usualBytes = 64 << 10

// ground is where the places of one test stand: git serves the repositories under root at base.
type ground struct{ root, base string }

const (
	goodID    catalog.SourceID = "buono"
	hostileID catalog.SourceID = "ostile"
)

func newGround(t *testing.T) *ground {
	t.Helper()
	g := &ground{root: t.TempDir()}
	g.base = gitrepotest.Serve(t, g.root)
	g.repo(t, string(goodID), map[string]string{"README.md": "# Buono\n\nTesto.\n", "docs/guida.md": "# Guida\n\nTesto della guida.\n"})
	return g
}

// repo makes a repository with a publiccode.yml of its own address, and the files over it, and gives its folder.
func (g *ground) repo(t *testing.T, name string, files map[string]string) string {
	t.Helper()
	all := map[string]string{"publiccode.yml": descriptorOf(g.base + "/" + name)}
	for p, text := range files {
		if text == "" {
			delete(all, p)
		} else {
			all[p] = text
		}
	}
	return gitrepotest.Init(t, filepath.Join(g.root, name), all)
}

func descriptorOf(url string) string {
	return "publiccodeYmlVersion: \"0.4\"\nname: " + url[strings.LastIndexByte(url, '/')+1:] + "\nurl: " + url + "\ndescription:\n  it:\n    shortDescription: Una prova\n"
}

// client is that of the program, but that it reaches 127.0.0.1 and nothing else that is private.
func (g *ground) client(t *testing.T, change func(*outbound.Config)) *http.Client {
	t.Helper()
	c := outbound.Config{AllowNet: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}, MaxBytes: gitrepo.DefaultDiskBytes}
	if change != nil {
		change(&c)
	}
	cl, err := outbound.New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cl.CloseIdleConnections)
	return cl
}

// crawler visits the place at address with the clients and limits of its line.
func (g *ground) crawler(t *testing.T, p hostilePlace, address string, store indexer.Store, w *wire) *indexer.Crawler {
	t.Helper()
	usual, own := g.client(t, nil), g.client(t, p.client)
	usual.Transport, own.Transport = w.around(usual.Transport), w.around(own.Transport)
	r, err := gitrepo.New(gitrepo.Config{Client: usual, Limits: p.limits, TempDir: t.TempDir(), Mirrors: []gitrepo.Mirror{{Prefix: address, Target: address, Client: own}}})
	if err != nil {
		t.Fatal(err)
	}
	c, err := indexer.New(indexer.Config{Git: git{reader: r}, Store: store, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (g *ground) sources(address string) []catalog.Source {
	return []catalog.Source{{ID: hostileID, Kind: "kit", URL: address}, {ID: goodID, Kind: "kit", URL: g.base + "/" + string(goodID)}}
}

// visit crawls the place and the good one together and checks both.
func (g *ground) visit(t *testing.T, p hostilePlace) *catalogtest.Memory {
	t.Helper()
	address := p.start(t, g)
	store, w := catalogtest.NewMemory(), &wire{good: g.base + "/" + string(goodID) + "/"}
	c := g.crawler(t, p, address, store, w)
	start := time.Now()
	var rep indexer.Report
	var failed error
	peak := heapDuring(func() { rep, failed = c.Crawl(t.Context(), g.sources(address)) })
	if failed != nil {
		t.Fatal(failed)
	}
	if p.memory > 0 {
		t.Logf("%s, %d KB on the wire, %d MB of heap at the peak", time.Since(start).Round(time.Millisecond), w.bytes>>10, peak>>20)
		if peak > p.memory {
			t.Errorf("the heap grew by %d MB, %d allowed", peak>>20, p.memory>>20)
		}
	}
	most := p.bytes
	if most == 0 {
		most = usualBytes
	}
	if w.bytes > most {
		t.Errorf("%d bytes came over the wire, %d allowed", w.bytes, most)
	}
	g.good(t, store)
	p.check(t, store, rep)
	w.told(t, store)
	return store
}

// good checks that the other source of the crawl was read in full.
func (g *ground) good(t *testing.T, store *catalogtest.Memory) {
	t.Helper()
	st, err := store.Source(t.Context(), goodID)
	if err != nil {
		t.Fatal(err)
	}
	if v := st.Last(); v.Outcome != catalog.Full || v.Records != 1 || !v.Reason.IsZero() {
		t.Errorf("the good source: %s, %d records, %q", v.Outcome, v.Records, v.Reason.It)
	}
	e, err := store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(publiccode.NormalizeURL(g.base+"/"+string(goodID))))
	if err != nil {
		t.Fatal(err)
	}
	if e.Kit == nil || e.Title != string(goodID) || len(e.Kit.Pages) != 2 {
		t.Errorf("the good source gives %+v", e.Kit)
	}
}

// check looks at what a visit of the place came to.
func (p hostilePlace) check(t *testing.T, store *catalogtest.Memory, rep indexer.Report) {
	t.Helper()
	st, err := store.Source(t.Context(), hostileID)
	if err != nil {
		t.Fatal(err)
	}
	v, why := st.Last(), schema.Text{}
	for _, s := range rep.Sources {
		if s.ID == hostileID {
			why = s.Why
		}
	}
	if v.Outcome != p.outcome || !fits(why.It, p.reason) || v.Records != p.records {
		t.Errorf("%s, %d records, %q; want %s, %d, %q", v.Outcome, v.Records, why.It, p.outcome, p.records, p.reason)
	}
	isSentence(t, why)
	said := make([]string, 0, len(st.Findings))
	for _, f := range st.Findings {
		said = append(said, fmt.Sprintf("%s:%d %s %s", f.File, f.Line, f.Code, f.Message.It))
		isSentence(t, f.Message)
		isSentence(t, f.Hint)
		if f.Hint.IsZero() {
			t.Errorf("%s %s does not say what to do", f.File, f.Code)
		}
	}
	for _, want := range p.finds {
		if !slices.ContainsFunc(said, func(s string) bool { return strings.HasPrefix(s, want) }) {
			t.Errorf("no finding %q among\n  %s", want, strings.Join(said, "\n  "))
		}
	}
}

// isSentence checks that a sentence is there in both languages and has nothing of a library's error in it.
func isSentence(t *testing.T, s schema.Text) {
	t.Helper()
	if s.IsZero() {
		return
	}
	if s.It == "" || s.En == "" || s.It == s.En {
		t.Errorf("not a sentence in two languages: %q, %q", s.It, s.En)
	}
	for _, raw := range []string{"dial ", "tcp", "x509", "tls:", "EOF", "context ", "gitrepo", "net/http", "zlib", "0x", "goroutine", "corrupt:", "not fetched", "limit exceeded", "127.0.0.1:"} {
		if strings.Contains(s.En, raw) && !strings.Contains(s.En, "address") && !strings.Contains(s.En, "url") {
			t.Errorf("a library's words (%q) in %q", raw, s.En)
		}
	}
}

// wire counts what comes from everywhere but the good source.
type wire struct {
	good     string
	mu       sync.Mutex
	bytes    int64
	requests int
}

// told checks that the operator reads what a visit cost, however it ended: a gigabyte that met a limit was once told as the
// few hundred bytes of its listing.
func (w *wire) told(t *testing.T, store *catalogtest.Memory) {
	t.Helper()
	st, err := store.Source(t.Context(), hostileID)
	if err != nil {
		t.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	// The client follows redirects by itself, and the short page that comes with each is in no sum.
	const page = 100
	v := st.Last()
	if redirects := int64(w.requests - v.Requests); v.Bytes > w.bytes || v.Bytes+redirects*page < w.bytes {
		t.Errorf("a visit in %d requests and %d bytes is told as one in %d and %d", w.requests, w.bytes, v.Requests, v.Bytes)
	}
}

func (w *wire) around(next http.RoundTripper) http.RoundTripper {
	return tripper(func(req *http.Request) (*http.Response, error) {
		res, err := next.RoundTrip(req)
		if strings.HasPrefix(req.URL.String(), w.good) {
			return res, err
		}
		w.mu.Lock()
		w.requests++
		w.mu.Unlock()
		if err == nil {
			res.Body = &counted{res.Body, w}
		}
		return res, err
	})
}

type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

type counted struct {
	io.ReadCloser
	w *wire
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	c.w.mu.Lock()
	c.w.bytes += int64(n)
	c.w.mu.Unlock()
	return n, err
}

// heapDuring does a job and gives how far the heap grew meanwhile, garbage included.
func heapDuring(job func()) uint64 {
	const every = time.Millisecond
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	heap := func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	runtime.GC()
	before := heap()
	peak, done, ended := before, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				peak = max(peak, heap())
			case <-done:
				return
			}
		}
	}()
	job()
	close(done)
	<-ended
	return max(peak, heap()) - before
}

// serveHandler serves a handler on loopback until the test ends.
func serveHandler(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// fits says whether a reason is the one that is wanted; of one that ends with an hour only what stands before it.
func fits(got, want string) bool {
	before, hour := strings.CutSuffix(want, "…")
	return got == want || hour && strings.HasPrefix(got, before) && got != before
}
