package indexer

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

// days crawls again, as many days later as there are, a month apart.
func (w *world) days(n int, sources ...catalog.Source) {
	w.Helper()
	for range n {
		w.now = w.now.AddDate(0, 1, 0)
		if _, err := w.c.Crawl(w.Context(), sources); err != nil {
			w.Fatal(err)
		}
	}
}

// The places of a list that the operator took out while they were being visited used to live on for ever.
func TestAListThatIsTakenOutWhileItIsVisited(t *testing.T) {
	w := newWorld(t, "a", "b", "c", "d")
	with := listing(nil, map[string]string{"sources/ente.md": fmt.Sprintf("---\ntype: source\nid: ente\nkind: forge\nurl: %s\n---\n", forgeURL)})
	l, err := w.c.Catalogue(t.Context(), Place{FS: with, URL: catalogueURL})
	if err != nil || len(l.Sources) != 1 {
		t.Fatalf("%d sources (%v)", len(l.Sources), err)
	}
	without := Place{FS: listing(nil, nil), URL: catalogueURL, Confirmed: true}
	w.c.cfg.Workers = 1
	remove := sync.OnceFunc(func() {
		if l, err := w.c.Catalogue(t.Context(), without); err != nil || len(l.Removed) != 1 {
			t.Errorf("removed %v (%v)", l.Removed, err)
		}
	})
	w.git.during = func(string) { remove() }
	if _, err := w.c.Crawl(t.Context(), l.Sources); err != nil {
		t.Fatal(err)
	}
	w.git.during = nil
	for range 2 {
		if l, err = w.c.Catalogue(t.Context(), without); err != nil {
			t.Fatal(err)
		}
		w.days(1, l.Sources...)
	}
	all, err := w.store.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, st := range all {
		if st.Source.ID != catalog.CatalogueSource && (!st.Removed || len(st.Keys) > 0) {
			t.Errorf("%s lives on, with %d entries", st.Source.ID, len(st.Keys))
		}
	}
}

// A crawl that was called off after a list was stored, and before the copy that it tells of was read, used to lose that
// copy until the list said something else.
func TestACopyThatWasNotReadYet(t *testing.T) {
	w := newWorld(t)
	api := catalog.Source{ID: "api", Kind: kindAPI, URL: "https://api.example.it/v1"}
	url := "https://git.example.it/kit"
	says := func(mark, name string) {
		w.lists.at[api.URL] = Inventory{Found: []Found{{URL: url, Copy: software(name, url)["publiccode.yml"].Data}}, Mark: mark}
	}
	says("1", "Prima")
	w.days(1, api)
	says("2", "Seconda")
	ctx, cancel := context.WithCancel(t.Context())
	w.git.during = func(string) { cancel() }
	if _, err := w.c.Crawl(ctx, []catalog.Source{api}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	w.git.during = nil
	w.days(1, api)
	if e, err := w.store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(url)); err != nil || e.Title != "Seconda" {
		t.Errorf("the title is %q (%v)", e.Title, err)
	}
}

// What the operator's filters leave out while somebody had it visited used to stay.
func TestAPlaceThatIsLeftOutWhileItIsVisited(t *testing.T) {
	w := newWorld(t, "a", "b", "c", "d")
	w.crawl(map[catalog.Outcome]int{catalog.Full: 5})
	w.src.Exclude = []string{"ente/b"}
	w.holds("2", "a", "b", "c", "d")
	w.git.mark[forgeURL+"/b"] = "2"
	asked, let := make(chan bool), make(chan bool)
	w.git.during = func(url string) {
		if url == forgeURL+"/b" {
			asked <- true
			<-let
		}
	}
	done := make(chan error)
	go func() {
		_, err := w.c.Crawl(t.Context(), nil, "ente--b")
		done <- err
	}()
	<-asked
	if _, err := w.c.Crawl(t.Context(), []catalog.Source{w.src}); err != nil {
		t.Fatal(err)
	}
	let <- true
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	w.git.during = nil
	w.days(1, w.src)
	w.state("b", catalog.Gone)
}

// A fault of the program in what asks a list must not end the visits of the others.
func TestAListerWithAFaultIsAFailedVisit(t *testing.T) {
	w := newWorld(t, "a")
	w.c.cfg.Listers["publishers"] = faulty{}
	rep, err := w.c.Crawl(t.Context(), []catalog.Source{w.src, {ID: "rotta", Kind: "publishers", URL: "https://elenco.example.it/p.yml"}})
	if err != nil || rep.Visits[catalog.Failed] != 1 || rep.Visits[catalog.Full] != 2 {
		t.Errorf("visits %v (%v)", rep.Visits, err)
	}
}

// faulty is a lister with a fault.
type faulty struct{}

func (faulty) Inventory(context.Context, catalog.Source, string) (Inventory, error) {
	panic("a fault of the program")
}
