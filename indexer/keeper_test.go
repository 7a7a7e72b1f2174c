package indexer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

// kept is a keeper of a catalogue with some sources, in a bubble of time of its own.
type kept struct {
	*testing.T
	git   *trees
	store *catalogtest.Memory
	k     *Keeper
	list  *growing
	stop  context.CancelFunc
	done  chan error
}

// growing is a tree in memory to which files are added while others read it.
type growing struct {
	mu sync.Mutex
	at fstest.MapFS
}

func (g *growing) put(name string, data []byte) {
	g.mu.Lock()
	defer g.mu.Unlock()
	next := maps.Clone(g.at)
	next[name] = &fstest.MapFile{Data: data}
	g.at = next
}

func (g *growing) Open(name string) (fs.File, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.at.Open(name)
}

func keep(t *testing.T, every time.Duration, intervals map[string]string, wrap ...func(*trees) Git) *kept {
	return keepWith(t, every, intervals, nil, wrap...)
}

// keepWith keeps a catalogue with some more settings.
func keepWith(t *testing.T, every time.Duration, intervals map[string]string, set func(*Config, *KeeperConfig), wrap ...func(*trees) Git) *kept {
	k := &kept{T: t, git: &trees{at: map[string]fstest.MapFS{}, mark: map[string]string{}}, list: &growing{at: listing(nil, nil)}, done: make(chan error, 1)}
	for id, interval := range intervals {
		k.add(id, interval)
	}
	g := Git(k.git)
	for _, w := range wrap {
		g = w(k.git)
	}
	kc := KeeperConfig{Place: Place{FS: k.list, URL: catalogueURL}, Every: every}
	c, store := crawler(t, g, func(cfg *Config) {
		cfg.Now = time.Now
		if set != nil {
			set(cfg, &kc)
		}
	})
	k.store, kc.Crawler = store, c
	keeper, err := NewKeeper(kc)
	if err != nil {
		t.Fatal(err)
	}
	k.k = keeper
	ctx, cancel := context.WithCancel(t.Context())
	k.stop = cancel
	go func() { k.done <- keeper.Run(ctx) }()
	synctest.Wait()
	return k
}

func (k *kept) add(id, interval string) {
	s := source(id)
	k.git.mu.Lock()
	k.git.at[s.URL], k.git.mark[s.URL] = software(id, s.URL), "1"
	k.git.mu.Unlock()
	more := ""
	if interval != "" {
		more = "interval: " + interval + "\n"
	}
	k.list.put("sources/"+id+".md", fmt.Appendf(nil, "---\ntype: source\nid: %s\nkind: kit\nurl: %s\n%s---\n", id, s.URL, more))
}

// pass does some things, lets time go by and says how often repositories were asked since.
func (k *kept) pass(d time.Duration, do ...func()) int {
	k.git.mu.Lock()
	before := k.git.lists
	k.git.mu.Unlock()
	for _, f := range do {
		f()
	}
	time.Sleep(d) // of the bubble
	synctest.Wait()
	k.git.mu.Lock()
	defer k.git.mu.Unlock()
	return k.git.lists - before
}

func (k *kept) end() {
	k.stop()
	if err := <-k.done; err != nil {
		k.Error(err)
	}
}

func TestAKeeperVisitsEachSourceAtItsHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := keep(t, time.Hour, map[string]string{"a": "", "b": "P1D", "c": "PT2H"})
		defer k.end()
		if n := k.git.lists; n != 3 {
			t.Errorf("%d visits at the start, want each once", n)
		}
		if n := k.pass(30 * time.Minute); n != 0 {
			t.Errorf("%d visits before their hour", n)
		}
		// In a day less an hour: a about every hour and up to a tenth later, c every two, b not yet.
		if n := k.pass(22 * time.Hour); n < 20+10 || n > 22+11 {
			t.Errorf("%d visits in 22 hours, want 20 to 22 of a and 10 or 11 of c", n)
		}
		if n := k.pass(5 * time.Hour); n < 4+2+1 {
			t.Errorf("%d visits in five more, b among them", n)
		}
		// What is new in the catalogue is visited when the catalogue is read.
		k.add("d", "")
		k.pass(2 * time.Hour)
		if _, err := k.store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(source("d").URL)); err != nil {
			t.Error(err)
		}
	})
}

func TestAKeeperDoesAtOnceWhatIsAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := keep(t, 24*time.Hour, map[string]string{"a": "", "b": ""})
		defer k.end()
		k.pass(time.Minute)
		ask := func(id catalog.SourceID, want error) {
			t.Helper()
			if err := k.k.Ask(t.Context(), id); !errors.Is(err, want) {
				t.Errorf("asked for %s: %v, want %v", id, err, want)
			}
		}
		if n := k.pass(time.Second, func() { ask("a", nil) }); n != 1 {
			t.Errorf("%d visits, want one", n)
		}
		ask("a", catalog.ErrBusy)
		ask("z", catalog.ErrNotFound)
		k.pass(time.Minute)

		k.git.mu.Lock()
		k.git.mark[source("b").URL] = "2"
		k.git.mu.Unlock()
		// A forge tells of one repository by several addresses: one visit.
		pushed := func(url ...string) func() {
			return func() {
				if err := k.k.Pushed(t.Context(), url, nil); err != nil {
					t.Error(err)
				}
			}
		}
		if n := k.pass(time.Second, func() { ask("a", nil) }, pushed(source("b").URL+".git", source("b").URL, "https://B.example.it/kit/")); n != 2 {
			t.Errorf("%d visits, want one of a and one of b", n)
		}
		if known, err := k.store.Known(t.Context(), "b"); err != nil || known.State.Mark != "2" {
			t.Errorf("what was pushed is not read: %q (%v)", known.State.Mark, err)
		}
		if err := k.k.Pushed(t.Context(), []string{"https://x.example.it/ente/kit"}, nil); !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("an unknown repository: %v", err)
		}
		k.add("nuova", "")
		if n := k.pass(time.Second, pushed(catalogueURL)); n != 1 {
			t.Errorf("%d visits after a push to the catalogue, want that of the new source", n)
		}
	})
}

func TestAPushToWhatIsNewAsksTheListOfItsOwner(t *testing.T) {
	w := newWorld(t, "a")
	k, err := NewKeeper(KeeperConfig{Crawler: w.c})
	if err != nil {
		t.Fatal(err)
	}
	other := catalog.Source{ID: "altri", Kind: "forge", URL: "https://forge.example.it/en"}
	k.hold([]catalog.Source{w.src, other, source("kit")})
	for _, c := range []struct {
		urls, owners []string
		want         []catalog.SourceID
	}{
		{[]string{forgeURL + "/nuovo.git"}, nil, []catalog.SourceID{"ente"}},
		{nil, []string{forgeURL + "/gruppo"}, []catalog.SourceID{"ente"}},
		{[]string{"https://forge.example.it/en/x/"}, nil, []catalog.SourceID{"altri"}},
	} {
		k.pushed.waiting = nil
		if err := k.Pushed(t.Context(), c.urls, c.owners); err != nil || !slices.Equal(k.pushed.waiting, c.want) {
			t.Errorf("%v %v: %v asked (%v), want %v", c.urls, c.owners, k.pushed.waiting, err, c.want)
		}
	}
	if err := k.Pushed(t.Context(), []string{"https://forge.example.it/ent/x"}, nil); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("a repository of nobody: %v", err)
	}
}

// A source that is taken out between the moment it is due and its visit used to end all visits.
func TestAKeeperOutlivesASourceThatIsTakenOut(t *testing.T) {
	w := newWorld(t, "a")
	k, err := NewKeeper(KeeperConfig{Crawler: w.c})
	if err != nil {
		t.Fatal(err)
	}
	k.hold([]catalog.Source{w.src})
	if err := k.visit(t.Context(), []catalog.SourceID{"tolta", "ente", "tolta-anche"}); err != nil {
		t.Error(err)
	}
	w.state("a", catalog.Live)
}

func TestAKeeperVisitsAgainWhenAPlaceAsksFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		busy := &busyHost{until: time.Now().Add(9 * time.Hour)}
		k := keep(t, time.Hour, map[string]string{}, func(g *trees) Git { busy.trees = g; return busy })
		defer k.end()
		k.list.put("sources/s.md", []byte("---\ntype: source\nid: s\nkind: kit\nurl: https://busy.example.it/s\n---\n"))
		k.pass(2 * time.Hour)
		visits := func() int {
			known, err := k.store.Known(t.Context(), "s")
			if err != nil {
				t.Fatal(err)
			}
			return len(known.State.Visits)
		}
		if n := visits(); n != 1 {
			t.Fatalf("%d visits", n)
		}
		k.pass(6 * time.Hour)
		if n := visits(); n != 1 {
			t.Errorf("%d visits of a place that asked for nine hours of peace", n)
		}
		busy.mu.Lock()
		busy.until = time.Time{}
		busy.mu.Unlock()
		k.pass(2 * time.Hour)
		if n := visits(); n != 2 {
			t.Errorf("%d visits after them", n)
		}
	})
}

func TestAKeeperWithoutHoursDoesOnlyWhatIsAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := keep(t, 0, map[string]string{"a": ""})
		defer k.end()
		if n := k.pass(48 * time.Hour); n != 0 {
			t.Errorf("%d visits", n)
		}
		ask := func() {
			if err := k.k.Ask(t.Context(), catalog.CatalogueSource); err != nil {
				t.Error(err)
			}
		}
		if n := k.pass(time.Second, ask); n != 1 {
			t.Errorf("%d visits after the catalogue was asked for, want its one source", n)
		}
	})
}
