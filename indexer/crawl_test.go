package indexer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema"
)

// trees is a Git of trees in memory: what it gives is real, only the wire is not there. The wire is tested in gitrepo,
// and the two together by the scripts of the program.
type trees struct {
	mu     sync.Mutex
	at     map[string]fstest.MapFS
	mark   map[string]string
	lists  int
	opens  []string
	during func(url string)  // called while a listing is under way
	moved  map[string]string // where the server sends on to, by address
	wire   *wire             // by which more files are fetched; nil: none can be
	tags   []catalog.Tag
}

func (g *trees) List(ctx context.Context, a Ask) (Head, error) {
	url := a.URL
	if g.during != nil {
		g.during(url)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.lists++
	to := g.moved[url]
	if to != "" {
		url = to
	}
	if g.at[url] == nil {
		return Head{}, &Trouble{Outcome: catalog.Absent, Reason: schema.T("non c'è", "not there")}
	}
	return Head{Commit: "c", Mark: g.mark[url], Moved: to, Tags: g.tags}, ctx.Err()
}

func (g *trees) Open(_ context.Context, a Ask, _ Head) (*Checkout, error) {
	url := a.URL
	g.mu.Lock()
	defer g.mu.Unlock()
	g.opens = append(g.opens, url)
	url = cmp.Or(g.moved[url], url)
	var tree fs.FS = g.at[url]
	co := &Checkout{FS: tree}
	if g.wire != nil {
		g.wire.lead(co, g.at[url])
	}
	return co, nil
}

func software(name, url string) fstest.MapFS {
	return fstest.MapFS{"publiccode.yml": {Data: fmt.Appendf(nil, "publiccodeYmlVersion: \"0\"\nname: %s\nurl: %s\ndescription: {it: {shortDescription: Prova}}\n", name, url)}}
}

func source(id string) catalog.Source {
	return catalog.Source{ID: catalog.SourceID(id), Kind: "kit", URL: "https://" + id + ".example.it/kit"}
}

func crawler(t *testing.T, g Git, set func(*Config)) (*Crawler, *catalogtest.Memory) {
	t.Helper()
	store := catalogtest.NewMemory()
	cfg := Config{Git: g, Store: store, Now: func() time.Time { return time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC) }}
	if set != nil {
		set(&cfg)
	}
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c, store
}

func TestCrawlReadsOnlyWhatChanged(t *testing.T) {
	g := &trees{at: map[string]fstest.MapFS{}, mark: map[string]string{}}
	var sources []catalog.Source
	for _, id := range []string{"a", "b", "c"} {
		s := source(id)
		g.at[s.URL], g.mark[s.URL] = software(id, s.URL), "1"
		sources = append(sources, s)
	}
	c, store := crawler(t, g, nil)
	run := func(want map[catalog.Outcome]int, opens ...string) {
		t.Helper()
		g.opens = nil
		rep, err := c.Crawl(t.Context(), sources)
		if err != nil {
			t.Fatal(err)
		}
		for o, n := range want {
			if rep.Visits[o] != n {
				t.Errorf("%s: %d, want %d", o, rep.Visits[o], n)
			}
		}
		slices.Sort(g.opens)
		if !slices.Equal(g.opens, opens) {
			t.Errorf("read %q, want %q", g.opens, opens)
		}
	}
	run(map[catalog.Outcome]int{catalog.Full: 3}, "https://a.example.it/kit", "https://b.example.it/kit", "https://c.example.it/kit")
	run(map[catalog.Outcome]int{catalog.Unchanged: 3})
	g.mark["https://b.example.it/kit"] = "2"
	run(map[catalog.Outcome]int{catalog.Unchanged: 2, catalog.Full: 1}, "https://b.example.it/kit")
	delete(g.at, "https://c.example.it/kit")
	run(map[catalog.Outcome]int{catalog.Unchanged: 2, catalog.Absent: 1})
	if e, err := store.EntryByKey(t.Context(), catalog.KindKit, "https://c.example.it/kit"); err != nil || e.State != catalog.Missing {
		t.Errorf("what is absent for a moment: %v", err)
	}
}

// A host that does not answer must not keep the others waiting, and no host gets more than its share.
func TestCrawlIsPolite(t *testing.T) {
	const slow, others, perHost = 6, 20, 2
	g := &trees{at: map[string]fstest.MapFS{}, mark: map[string]string{}}
	var sources []catalog.Source
	for i := range slow {
		sources = append(sources, catalog.Source{ID: catalog.SourceID(fmt.Sprint("slow", i)), Kind: "kit", URL: fmt.Sprintf("https://slow.example.it/%d", i)})
	}
	for i := range others {
		sources = append(sources, source(fmt.Sprint("o", i)))
	}
	var mu sync.Mutex
	atOnce, most, quick := 0, 0, 0
	allQuick := make(chan struct{})
	g.during = func(url string) {
		if host(url) != "slow.example.it" {
			mu.Lock()
			defer mu.Unlock()
			if quick++; quick == others {
				close(allQuick)
			}
			return
		}
		mu.Lock()
		atOnce++
		most = max(most, atOnce)
		mu.Unlock()
		<-allQuick // it answers only when all the others are done
		mu.Lock()
		atOnce--
		mu.Unlock()
	}
	c, _ := crawler(t, g, func(cfg *Config) { cfg.Workers, cfg.PerHost = 4, perHost })
	rep, err := c.Crawl(t.Context(), sources)
	if err != nil {
		t.Fatal(err)
	}
	if len(rep.Sources) != slow+others || most > perHost {
		t.Errorf("%d visits, %d at once to the slow host", len(rep.Sources), most)
	}
}

func TestCrawlKeepsWhatWasReadWhenCalledOff(t *testing.T) {
	g := &trees{at: map[string]fstest.MapFS{}, mark: map[string]string{}}
	var sources []catalog.Source
	for i := range 20 {
		s := source(fmt.Sprint("s", i))
		g.at[s.URL], g.mark[s.URL] = software(string(s.ID), s.URL), "1"
		sources = append(sources, s)
	}
	ctx, cancel := context.WithCancel(t.Context())
	c, store := crawler(t, g, func(cfg *Config) {
		cfg.Workers = 1
		cfg.Progress = func(p Progress) {
			if p.Done == 5 {
				cancel()
			}
		}
	})
	rep, err := c.Crawl(ctx, sources)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
	states, err := store.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n := len(rep.Sources); n < 5 || n == 20 || len(states) != n {
		t.Errorf("%d visits reported, %d kept", n, len(states))
	}
}

func TestCrawlOfANamedSource(t *testing.T) {
	g := &trees{at: map[string]fstest.MapFS{}, mark: map[string]string{}}
	c, _ := crawler(t, g, nil)
	if _, err := c.Crawl(t.Context(), []catalog.Source{source("a")}, "z"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("a source that is not there: %v", err)
	}
	if rep, err := c.Crawl(t.Context(), []catalog.Source{source("a"), source("b")}, "b"); err != nil || len(rep.Sources) != 1 || rep.Sources[0].ID != "b" {
		t.Errorf("report %+v, %v", rep, err)
	}
}

func TestNewRefuses(t *testing.T) {
	for name, cfg := range map[string]Config{
		"nothing":          {},
		"too many workers": {Git: &trees{}, Store: catalogtest.NewMemory(), Workers: MaxWorkers + 1},
		"no time at all":   {Git: &trees{}, Store: catalogtest.NewMemory(), VisitTimeout: -1},
		"negative":         {Git: &trees{}, Store: catalogtest.NewMemory(), PerHost: -1},
	} {
		if _, err := New(cfg); !errors.Is(err, catalog.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
