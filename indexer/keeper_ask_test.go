package indexer

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

// Whoever presses the button of two hundred pages, and of those whose places hang, does not hold up what forges tell.
func TestReadersNeverHoldUpAPush(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const waiting = 3
		sources := map[string]string{"fast": "", "other": ""}
		for i := range waiting + 1 {
			sources[fmt.Sprintf("slow%d", i)] = ""
		}
		hang := make(chan struct{})
		k := keepWith(t, 24*time.Hour, sources, func(_ *Config, kc *KeeperConfig) { kc.Waiting = waiting })
		defer k.end()
		k.pass(time.Hour)
		k.git.mu.Lock()
		k.git.during = func(u string) {
			if u != source("fast").URL && u != source("other").URL {
				<-hang
			}
		}
		k.git.mu.Unlock()
		defer close(hang)
		for i := range waiting + 1 {
			if err := k.k.Ask(t.Context(), catalog.SourceID(fmt.Sprintf("slow%d", i))); err != nil {
				t.Fatal(err)
			}
			synctest.Wait() // the first is under way, the others wait
		}
		if err := k.k.Ask(t.Context(), "other"); !errors.Is(err, catalog.ErrBusy) {
			t.Errorf("one reader more than may wait: %v", err)
		}
		push := func(id string) {
			t.Helper()
			if err := k.k.Pushed(t.Context(), []string{source(id).URL}, nil); err != nil {
				t.Errorf("a push to %s: %v", id, err)
			}
		}
		// A place that hangs is told of again and again: one visit of it is under way, and one waits.
		for range 2 * pushers {
			push("slow0")
			synctest.Wait()
		}
		if n := k.pass(time.Second, func() { push("fast") }, func() { push("other") }); n != 2 {
			t.Errorf("%d visits a second after two pushes", n)
		}
	})
}

// What only its list tells of has nowhere else to be asked: however many of its places readers want, the list is asked once.
func TestPlacesThatOnlyTheirListTellsOfShareItsTurn(t *testing.T) {
	w := newWorld(t)
	peer := catalog.Source{ID: "altro", Kind: "catalogue", URL: "https://altro.example.it"}
	var found []Found
	for i := range 20 {
		found = append(found, Found{URL: fmt.Sprintf("https://x.example.it/k%d", i), Told: &catalog.Tree{}, Only: true, Via: []string{"z"}})
	}
	w.lists.at[peer.URL] = Inventory{Found: found, Mark: "1", Catalogue: "altro"}
	if _, err := w.c.Crawl(t.Context(), []catalog.Source{peer}); err != nil {
		t.Fatal(err)
	}
	k := keeperOf(t, w.c)
	known, err := w.store.Known(t.Context(), "altro")
	if err != nil || len(known.State.Listing.Places) != 20 {
		t.Fatal(err, known.State.Listing)
	}
	before, taken := w.lists.n, 0
	for _, id := range known.State.Listing.Places {
		switch err := k.Ask(t.Context(), id); {
		case err == nil:
			taken++
			next := k.asked.next()
			if err := k.serve(t.Context(), next); next != "altro" || err != nil {
				t.Fatalf("%s is asked for %s (%v)", next, id, err)
			}
			k.asked.done(next, false)
		case !errors.Is(err, catalog.ErrBusy):
			t.Fatal(err)
		}
	}
	if n := w.lists.n - before; n != 1 || taken != 1 {
		t.Errorf("the list was asked %d times for %d wishes, want once", n, taken)
	}
	// So it is when the operator names several.
	before = w.lists.n
	if _, err := w.c.Crawl(t.Context(), []catalog.Source{peer}, append(known.State.Listing.Places[:3:3], "altro")...); err != nil || w.lists.n-before != 1 {
		t.Errorf("the list was asked %d times for three places and itself (%v)", w.lists.n-before, err)
	}
}

// A list that is switched off takes its places along, except when the operator names one.
func TestNobodyVisitsThePlacesOfAListThatIsOff(t *testing.T) {
	w := newWorld(t, "a")
	list := &growing{at: listing(nil, nil)}
	k := keeperOf(t, w.c)
	k.cfg.Place = Place{FS: list, URL: catalogueURL}
	read := func(more string) []catalog.Source {
		t.Helper()
		list.put("sources/ente.md", fmt.Appendf(nil, "---\ntype: source\nid: ente\nkind: forge\nurl: %s\n%s---\n", forgeURL, more))
		if err := k.catalogue(t.Context()); err != nil {
			t.Fatal(err)
		}
		return k.sources
	}
	read("")
	if err := k.visit(t.Context(), k.take()); err != nil {
		t.Fatal(err)
	}
	if err := k.Ask(t.Context(), "ente--a"); err != nil { // it waits while its list is switched off
		t.Fatal(err)
	}
	off := read("enabled: false\n")
	before := w.git.lists
	if err := k.serve(t.Context(), k.asked.next()); err != nil || w.git.lists != before {
		t.Errorf("what was asked for before was visited (%v)", err)
	}
	w.now = w.now.Add(time.Hour)
	for _, id := range []catalog.SourceID{"ente", "ente--a"} {
		if err := k.Ask(t.Context(), id); !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("asked for %s: %v", id, err)
		}
	}
	for _, u := range []string{forgeURL + "/a", forgeURL + "/nuovo"} {
		if err := k.Pushed(t.Context(), []string{u}, []string{forgeURL}); !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("a push to %s: %v", u, err)
		}
	}
	if _, err := w.c.Crawl(t.Context(), off, "ente--a"); err != nil || w.git.lists != before+1 {
		t.Errorf("the operator's own word: %d visits (%v)", w.git.lists-before, err)
	}
	read("")
	if err := k.Pushed(t.Context(), []string{forgeURL + "/a"}, nil); err != nil {
		t.Errorf("switched on again: %v", err)
	}
}
