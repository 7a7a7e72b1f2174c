package indexer

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// sparing is a Git of a host that takes some visits and then wants to be left alone for a while.
type sparing struct {
	*trees
	visits int
	pause  time.Duration

	mu      sync.Mutex
	left    int
	until   time.Time
	refused int
}

func (s *sparing) List(ctx context.Context, a Ask) (Head, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if !now.Before(s.until) && s.left == 0 {
		s.left = s.visits
	}
	if s.left == 0 {
		s.refused++
		return Head{}, &Trouble{Outcome: catalog.Failed, Reason: schema.T("più tardi", "later"), RetryAt: s.until}
	}
	if s.left--; s.left == 0 {
		s.until = now.Add(s.pause)
	}
	return s.trees.List(ctx, a)
}

// A host that takes two visits in ten minutes is through with its six places within the hour, not in three days; and it does
// not have to refuse more than once each time.
func TestWhatAHostPutOffComesWhenItIsFreeAgain(t *testing.T) {
	for _, listed := range []bool{false, true} {
		t.Run(fmt.Sprintf("of a list %v", listed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := &sparing{visits: 2, pause: 10 * time.Minute}
				named := &lists{at: map[string]Inventory{}}
				k := keepWith(t, 24*time.Hour, nil, func(c *Config, _ *KeeperConfig) {
					c.Workers, c.Listers = 1, map[string]Lister{"forge": named}
				}, func(g *trees) Git { host.trees = g; return host })
				defer k.end()
				var found []Found
				for i := range 6 {
					n := fmt.Sprintf("r%d", i)
					url := forgeURL + "/" + n
					k.git.at[url], k.git.mark[url] = software(n, url), "1"
					found = append(found, Found{URL: url, Name: "ente/" + n})
					if !listed {
						k.list.put("sources/"+n+".md", fmt.Appendf(nil, "---\ntype: source\nid: %s\nkind: kit\nurl: %s\n---\n", n, url))
					}
				}
				if listed {
					named.at[forgeURL] = Inventory{Found: found, Mark: "1"}
					k.list.put("sources/ente.md", fmt.Appendf(nil, "---\ntype: source\nid: ente\nkind: forge\nurl: %s\n---\n", forgeURL))
				}
				if err := k.k.Ask(t.Context(), catalog.CatalogueSource); err != nil {
					t.Fatal(err)
				}
				read := func() (n int) {
					for _, f := range found {
						if _, err := k.store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(f.URL)); err == nil {
							n++
						}
					}
					return n
				}
				k.pass(time.Minute)
				if n := read(); n != 2 {
					t.Errorf("%d read at first, want 2", n)
				}
				k.pass(59 * time.Minute)
				if n := read(); n != 6 {
					t.Errorf("%d read within an hour, want all six", n)
				}
				if host.refused > 3 {
					t.Errorf("the host had to refuse %d times", host.refused)
				}
				if n := k.pass(20 * time.Hour); n != 0 {
					t.Errorf("%d visits more on the same day", n)
				}
			})
		})
	}
}

// What was put off when the program ended is not forgotten: a place that was refused comes when its host said.
func TestAPlaceThatWasPutOffIsKnownAfterANewStart(t *testing.T) {
	w := newWorld(t)
	url := "https://busy.example.it/ente/a"
	c, _ := crawler(t, &busyHost{trees: w.git, until: w.now.Add(time.Hour)}, func(cfg *Config) {
		cfg.Listers, cfg.Now = map[string]Lister{"forge": w.lists}, func() time.Time { return w.now }
	})
	w.lists.at[forgeURL] = Inventory{Found: []Found{{URL: url, Name: "ente/a"}}, Mark: "1"}
	if _, err := c.Crawl(t.Context(), []catalog.Source{w.src}); err != nil {
		t.Fatal(err)
	}
	k := keeperOf(t, c)
	known, err := c.cfg.Store.Known(t.Context(), "ente")
	if err != nil || len(known.State.Listing.Places) != 1 {
		t.Fatal(err, known.State.Listing)
	}
	if wait := k.due[known.State.Listing.Places[0]].Sub(w.now); wait < time.Hour || wait > 66*time.Minute {
		t.Errorf("it comes in %v, its host asked for an hour", wait)
	}
	if wait := k.due["ente"].Sub(w.now); wait < 24*time.Hour || wait > 27*time.Hour {
		t.Errorf("its list comes in %v, want about a day", wait)
	}
}

// keeperOf is a keeper that does not run, and knows what is stored.
func keeperOf(t *testing.T, c *Crawler) *Keeper {
	t.Helper()
	k, err := NewKeeper(KeeperConfig{Crawler: c, Every: 24 * time.Hour})
	if err == nil {
		err = k.load(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// A visit that was written while the clock was years ahead holds nothing up.
func TestAClockThatWasWrongOnce(t *testing.T) {
	w := newWorld(t)
	git := &busyHost{trees: w.git}
	c, _ := crawler(t, git, func(cfg *Config) { cfg.Now = func() time.Time { return w.now } })
	sources := []catalog.Source{source("s"), {ID: "busy", Kind: "kit", URL: "https://busy.example.it/a"}}
	w.git.at[sources[0].URL], w.git.mark[sources[0].URL] = software("s", sources[0].URL), "1"
	right := w.now
	w.now = right.Add(10 * 365 * 24 * time.Hour)
	git.until = w.now.Add(time.Hour)
	if _, err := c.Crawl(t.Context(), sources); err != nil {
		t.Fatal(err)
	}
	w.now = right
	k := keeperOf(t, c)
	for _, s := range sources {
		if wait := k.due[s.ID].Sub(right); wait > 0 {
			t.Errorf("%s comes in %v", s.ID, wait)
		}
		if err := k.Ask(t.Context(), s.ID); err != nil {
			t.Errorf("%s: %v", s.ID, err)
		}
	}

	// A place cannot ask for more than a day.
	git.until = right.Add(400 * 24 * time.Hour)
	if err := k.visit(t.Context(), []catalog.SourceID{"busy"}); err != nil {
		t.Fatal(err)
	}
	if wait := k.due["busy"].Sub(right); wait < maxAsked || wait > maxAsked+maxAsked/jitterShare {
		t.Errorf("a place that asks for a year comes in %v", wait)
	}
}

// What is taken out of the catalogue takes the addresses that lead to it along.
func TestAddressesGoWithTheirSources(t *testing.T) {
	w := newWorld(t, "a", "b")
	list := &growing{at: listing([]string{"kit"}, map[string]string{
		"sources/ente.md": "---\ntype: source\nid: ente\nkind: forge\nurl: " + forgeURL + "\n---\n"})}
	w.git.at[source("kit").URL], w.git.mark[source("kit").URL] = software("kit", source("kit").URL), "1"
	k := keeperOf(t, w.c)
	k.cfg.Place = Place{FS: list, URL: catalogueURL, Confirmed: true}
	read := func(want int) {
		t.Helper()
		if err := k.catalogue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := k.visit(t.Context(), k.take()); err != nil {
			t.Fatal(err)
		}
		if len(k.ids) != want {
			t.Errorf("%d addresses, want %d: %v", len(k.ids), want, k.ids)
		}
	}
	read(5) // of the catalogue, kit, the forge and its two places
	if _, err := k.read(t.Context(), true); err != nil || len(k.ids) != 5 {
		t.Errorf("read again: %d addresses (%v)", len(k.ids), err)
	}
	list.put("sources/kit.md", []byte("---\ntype: source\nid: kit\nkind: kit\nurl: https://altrove.example.it/kit\n---\n"))
	w.git.at["https://altrove.example.it/kit"] = software("kit", "https://altrove.example.it/kit")
	read(5)
	if err := k.Pushed(t.Context(), []string{source("kit").URL}, nil); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("a push to where it was: %v", err)
	}
	list.mu.Lock()
	next := fstest.MapFS{}
	for name, f := range list.at {
		if name != "sources/ente.md" {
			next[name] = f
		}
	}
	list.at = next
	list.mu.Unlock()
	if _, err := k.read(t.Context(), true); err != nil || len(k.ids) != 2 {
		t.Errorf("without the forge: %d addresses (%v), want the catalogue's and kit's: %v", len(k.ids), err, k.ids)
	}
}
