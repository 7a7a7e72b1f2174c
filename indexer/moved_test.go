package indexer

import (
	"context"
	"testing"
	"testing/fstest"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

// redirecting is a forge that sends whoever asks for one repository on to another address.
type redirecting struct {
	trees
	to string
}

func (g *redirecting) List(ctx context.Context, a Ask) (Head, error) {
	h, err := g.trees.List(ctx, a)
	h.Moved = g.to
	return h, err
}

// A repository that its forge renamed was a copy of itself as soon as its descriptor named the new address, and its kit went
// missing. It is the same kit under the same link, and the redirect alone already makes it answer to both addresses.
func TestCrawlFollowsARenamedRepository(t *testing.T) {
	src := source("a")
	const renamed = "https://a.example.it/kit-nuovo"
	now := catalogtest.Day()
	g := &redirecting{trees: trees{at: map[string]fstest.MapFS{src.URL: software("Kit", src.URL)}, mark: map[string]string{src.URL: "1"}}}
	m := catalogtest.NewMemory()
	c, err := New(Config{Git: g, Store: m, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	look := func() *catalog.Entry {
		t.Helper()
		now = now.AddDate(0, 0, 1)
		if _, err := c.Crawl(t.Context(), []catalog.Source{src}); err != nil {
			t.Fatal(err)
		}
		var found *catalog.Entry
		for _, key := range []catalog.Key{catalog.Key(src.URL), renamed}[:1+len(g.to)/len(renamed)] {
			if found, err = m.EntryByKey(t.Context(), catalog.KindKit, key); err != nil {
				t.Fatalf("%s: %v", key, err)
			}
		}
		return found
	}
	id := look().ID
	g.to = renamed // nothing else changed: the mark is the same
	if e := look(); e.ID != id || e.Key != catalog.Key(src.URL) {
		t.Errorf("after the redirect: %s, id %q", e.Key, e.ID)
	}
	g.at[src.URL], g.mark[src.URL] = software("Kit", renamed), "2"
	if e := look(); e.ID != id || e.Key != renamed || len(e.Ways) != 1 {
		t.Errorf("after the descriptor: %s, id %q, %d ways", e.Key, e.ID, len(e.Ways))
	}
	if n := len(g.opens); n != 3 {
		t.Errorf("read %d times", n)
	}
	look()
	if n := len(g.opens); n != 3 {
		t.Errorf("read %d times when nothing changed", n)
	}
}

// A forge that renames a repository lists it under the new name, and sends on whoever asks for the old one: one kit, under
// its old link, whatever its descriptor says meanwhile.
func TestARepositoryThatIsRenamedInTheListOfItsForge(t *testing.T) {
	w := newWorld(t, "a", "b", "c", "d")
	w.crawl(map[catalog.Outcome]int{catalog.Full: 5})
	old, renamed := forgeURL+"/a", forgeURL+"/nuovo"
	before, err := w.store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(old))
	if err != nil {
		t.Fatal(err)
	}
	w.git.at[renamed], w.git.mark[renamed] = w.git.at[old], "1"
	delete(w.git.at, old)
	w.git.moved = map[string]string{old: renamed}
	w.holds("2", "nuovo", "b", "c", "d")
	same := func(when string, key string) {
		t.Helper()
		for _, k := range []string{old, renamed}[:1+len(key)/len(renamed)] {
			e, err := w.store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(k))
			if err != nil || e.ID != before.ID || e.State != catalog.Live {
				t.Errorf("%s, %s: %q, id %q, %v; want id %q", when, k, e.State, e.ID, err, before.ID)
			}
		}
	}
	w.crawl(map[catalog.Outcome]int{catalog.Full: 3, catalog.Unchanged: 3})
	same("the descriptor names the old address", old)
	w.now = w.now.AddDate(0, 1, 0)
	w.git.at[renamed], w.git.mark[renamed] = software("a", renamed), "2"
	w.holds("3", "nuovo", "b", "c", "d")
	for i := range w.lists.at[forgeURL].Found {
		w.lists.at[forgeURL].Found[i].Listed.Pushed = w.now
	}
	if _, err := w.c.Crawl(t.Context(), []catalog.Source{w.src}); err != nil {
		t.Fatal(err)
	}
	same("the descriptor names the new one", renamed)
	w.git.moved = nil
	w.now = w.now.AddDate(0, 1, 0)
	for range 2 {
		if _, err := w.c.Crawl(t.Context(), []catalog.Source{w.src}); err != nil {
			t.Fatal(err)
		}
		w.now = w.now.AddDate(0, 1, 0)
	}
	same("the redirect is gone", renamed)
}
