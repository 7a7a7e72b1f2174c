package indexer

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema"
)

// lists is a Lister of lists in memory: what they say is real, only the wire is not there.
type lists struct {
	mu  sync.Mutex
	at  map[string]Inventory
	err map[string]error
	n   int // how often the mark was found to hold
}

func (l *lists) Inventory(ctx context.Context, src catalog.Source, mark string) (Inventory, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.err[src.URL]; err != nil {
		return Inventory{Requests: 1}, err
	}
	inv, ok := l.at[src.URL]
	if !ok {
		return Inventory{}, &Trouble{Outcome: catalog.Absent, Reason: schema.T("non c'è", "not there")}
	}
	inv.Found = slices.Clone(inv.Found)
	if mark != "" && mark == inv.Mark {
		l.n++
		return Inventory{Unchanged: true, Mark: mark, Catalogue: inv.Catalogue}, ctx.Err()
	}
	return inv, ctx.Err()
}

const forgeURL = "https://forge.example.it/ente"

// world is a forge with some repositories, and a crawler of it.
type world struct {
	*testing.T
	git   *trees
	lists *lists
	store *catalogtest.Memory
	c     *Crawler
	now   time.Time
	src   catalog.Source
}

func newWorld(t *testing.T, names ...string) *world {
	w := &world{T: t, git: &trees{at: map[string]fstest.MapFS{}, mark: map[string]string{}}, now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
		lists: &lists{at: map[string]Inventory{}, err: map[string]error{}}, src: catalog.Source{ID: "ente", Kind: "forge", URL: forgeURL, Trust: "official"}}
	w.c, w.store = crawler(t, w.git, func(cfg *Config) {
		cfg.Listers = map[string]Lister{"forge": w.lists, "publishers": w.lists, "catalogue": w.lists, "developers-italia-api": w.lists}
		cfg.Now = func() time.Time { return w.now }
	})
	w.holds("1", names...)
	return w
}

// holds makes the forge hold these repositories, all pushed at the same hour.
func (w *world) holds(mark string, names ...string) {
	var found []Found
	for _, n := range names {
		url := forgeURL + "/" + n
		if w.git.at[url] == nil {
			w.git.at[url], w.git.mark[url] = software(n, url), "1"
		}
		found = append(found, Found{URL: url, Name: "ente/" + n, Listed: &catalog.Listed{Pushed: w.now, Exact: true, Branch: "main"}})
	}
	w.lists.at[forgeURL] = Inventory{Found: found, Mark: mark, Requests: 1}
}

// crawl crawls and says how often repositories were asked.
func (w *world) crawl(want map[catalog.Outcome]int) (rep Report, asked int) {
	w.Helper()
	before := w.git.lists
	rep, err := w.c.Crawl(w.Context(), []catalog.Source{w.src})
	if err != nil {
		w.Fatal(err)
	}
	if !maps.Equal(rep.Visits, want) {
		w.Errorf("visits %v, want %v", rep.Visits, want)
	}
	return rep, w.git.lists - before
}

func (w *world) state(name string, want catalog.State) {
	w.Helper()
	e, err := w.store.EntryByKey(w.Context(), catalog.KindKit, catalog.Key(forgeURL+"/"+name))
	if (err != nil && !errors.Is(err, catalog.ErrGone)) || e.State != want {
		w.Errorf("%s is %q (%v), want %q", name, e.State, err, want)
	}
}

func TestWhatAForgeSaysWasNotPushedIsNotContacted(t *testing.T) {
	w := newWorld(t, "a", "b", "c")
	if _, asked := w.crawl(map[catalog.Outcome]int{catalog.Full: 4}); asked != 3 {
		t.Errorf("%d repositories asked at first, want 3", asked)
	}
	// The whole list says the same, or its answer is another and the dates are the same: nobody is contacted.
	if _, asked := w.crawl(map[catalog.Outcome]int{catalog.Unchanged: 4}); asked != 0 || w.lists.n != 1 {
		t.Errorf("%d repositories asked of a list that says the same (%d)", asked, w.lists.n)
	}
	w.holds("2", "a", "b", "c")
	if _, asked := w.crawl(map[catalog.Outcome]int{catalog.Full: 1, catalog.Unchanged: 3}); asked != 0 {
		t.Errorf("%d repositories asked of dates that say the same", asked)
	}
	// A push to one, and one of which the forge now tells no date.
	at := w.lists.at[forgeURL]
	at.Mark = "3"
	at.Found[0].Listed = &catalog.Listed{Pushed: w.now.Add(time.Hour), Exact: true, Branch: "main"}
	at.Found[1].Listed = nil
	w.lists.at[forgeURL] = at
	w.git.mark[forgeURL+"/a"] = "2"
	if _, asked := w.crawl(map[catalog.Outcome]int{catalog.Full: 2, catalog.Unchanged: 2}); asked != 2 {
		t.Errorf("%d repositories asked, want the two of which nothing is proved", asked)
	}
	// What failed is asked again although the list says the same.
	gone := w.git.at[forgeURL+"/c"]
	at.Found[2].Listed = &catalog.Listed{Pushed: w.now.Add(2 * time.Hour), Exact: true, Branch: "main"}
	at.Mark = "4"
	w.lists.at[forgeURL] = at
	delete(w.git.at, forgeURL+"/c")
	w.crawl(map[catalog.Outcome]int{catalog.Full: 1, catalog.Unchanged: 2, catalog.Absent: 1})
	w.git.at[forgeURL+"/c"] = gone
	w.crawl(map[catalog.Outcome]int{catalog.Unchanged: 3, catalog.Full: 1})
	w.state("c", catalog.Live)
}

func TestWhatAForgeNoLongerNamesIsMissingAndThenGone(t *testing.T) {
	w := newWorld(t, "a", "b", "c", "d", "e")
	w.crawl(map[catalog.Outcome]int{catalog.Full: 6})
	w.holds("2", "b", "c", "d", "e")
	_, asked := w.crawl(map[catalog.Outcome]int{catalog.Full: 1, catalog.Unchanged: 4, catalog.Absent: 1})
	if asked != 1 {
		t.Errorf("%d repositories asked, want the lost one, which may have moved", asked)
	}
	w.state("a", catalog.Missing)
	w.now = w.now.Add(15 * 24 * time.Hour)
	w.crawl(map[catalog.Outcome]int{catalog.Unchanged: 5})
	w.state("a", catalog.Gone)
	rep, _ := w.crawl(map[catalog.Outcome]int{catalog.Unchanged: 5})
	if rep.Removed != 0 {
		t.Error("what is gone is looked for again")
	}
	w.holds("3", "a", "b", "c", "d", "e")
	w.crawl(map[catalog.Outcome]int{catalog.Full: 2, catalog.Unchanged: 4})
	w.state("a", catalog.Live)
}

func TestAForgeThatSuddenlyNamesLittleIsNotBelievedAtOnce(t *testing.T) {
	w := newWorld(t, "a", "b", "c", "d", "e")
	w.crawl(map[catalog.Outcome]int{catalog.Full: 6})
	w.holds("2", "e")
	rep, _ := w.crawl(map[catalog.Outcome]int{catalog.Full: 1, catalog.Unchanged: 5})
	if rep.Held != 1 {
		t.Errorf("%d held", rep.Held)
	}
	w.state("a", catalog.Live)
	w.crawl(map[catalog.Outcome]int{catalog.Full: 1, catalog.Unchanged: 1, catalog.Absent: 4})
	w.state("a", catalog.Missing)
	w.state("e", catalog.Live)
}

func TestFiltersAndReasons(t *testing.T) {
	w := newWorld(t, "kit-uno", "kit-due", "sito", "Kit.Tre")
	at := w.lists.at[forgeURL]
	at.Found = append(at.Found, Found{URL: forgeURL + "/vuoto", Name: "ente/vuoto", Left: schema.T("è vuoto", "it is empty")}, Found{URL: "ssh://forge.example.it/kit-x", Name: "ente/kit-x"})
	w.lists.at[forgeURL] = at
	w.crawl(map[catalog.Outcome]int{catalog.Full: 5})
	w.src.Include, w.src.Exclude = []string{"kit*"}, []string{"ente/kit-d*"}
	at.Mark = "2"
	w.lists.at[forgeURL] = at
	w.crawl(map[catalog.Outcome]int{catalog.Full: 1, catalog.Unchanged: 2})
	known, err := w.store.Known(t.Context(), "ente")
	if err != nil {
		t.Fatal(err)
	}
	l := known.State.Listing
	why := map[string]string{}
	for _, x := range l.Left {
		why[x.URL[strings.LastIndexByte(x.URL, '/')+1:]] = x.Reason.En
	}
	if l.Total != 6 || l.Out != 4 || len(l.Places) != 2 || !strings.Contains(why["kit-due"], "exclude: ente/kit-d*") || !strings.Contains(why["sito"], "include") ||
		why["vuoto"] == "" || !strings.Contains(why["kit-x"], "https://") {
		t.Errorf("%+v", l)
	}
	w.state("kit-uno", catalog.Live)
	w.state("Kit.Tre", catalog.Live)
	w.state("kit-due", catalog.Gone) // the operator's own wish: at once
	if l.Places[0] == l.Places[1] || !strings.HasPrefix(string(l.Places[0]), "ente--kit-") {
		t.Errorf("ids %v", l.Places)
	}
}

func TestListsOfLists(t *testing.T) {
	w := newWorld(t, "a", "b")
	publishers := catalog.Source{ID: "elenco", Kind: "publishers", URL: "https://elenco.example.it/publishers.yml"}
	w.lists.at[publishers.URL] = Inventory{Mark: "1", Found: []Found{{Kind: "forge", URL: forgeURL, Publisher: "ipa:c_x"}, {URL: forgeURL + "/a", Publisher: "ipa:c_x"}}}
	if _, err := w.c.Crawl(t.Context(), []catalog.Source{publishers}); err != nil {
		t.Fatal(err)
	}
	w.state("b", catalog.Live)
	e, err := w.store.EntryByKey(t.Context(), catalog.KindKit, forgeURL+"/a")
	if err != nil || len(e.Ways) != 2 {
		t.Errorf("a came by %d ways (%v), want 2: its own line and its forge", len(e.Ways), err)
	}
	if e.Publisher != "ipa:c_x" {
		t.Errorf("published by %q", e.Publisher)
	}
	// Taken out of the catalogue, all that it led to goes.
	states, err := w.store.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := withDescendants([]catalog.SourceID{"elenco"}, states); len(got) != 5 {
		t.Errorf("%d sources go with the list, want itself, its forge and three places", len(got))
	}
}

func TestLoopsOfCataloguesAreCut(t *testing.T) {
	w := newWorld(t)
	a := catalog.Source{ID: "a", Kind: "catalogue", URL: "https://a.example.it"}
	w.c.home.Store(&home{policy: catalog.DefaultPolicy(), listed: placesOf([]catalog.Source{a}),
		own: identities{id: "nostro", urls: []string{"https://nostro.example.it/catalogo"}}})
	kit := func(n string) Found {
		url := "https://git.example.it/" + n
		w.git.at[url], w.git.mark[url] = software(n, url), "1"
		return Found{URL: url, Name: n}
	}
	back := kit("nostro-kit")
	back.Via = []string{"b", "nostro"}
	w.lists.at[a.URL] = Inventory{Catalogue: "a", Found: []Found{kit("x"), back,
		{Kind: "catalogue", URL: "https://b.example.it"}, {Kind: "catalogue", URL: "https://nostro.example.it/catalogo"}, {Kind: "catalogue", URL: "https://noi.example.it"}}}
	w.lists.at["https://b.example.it"] = Inventory{Catalogue: "b", Found: []Found{kit("y"), {Kind: "catalogue", URL: a.URL}, {Kind: "catalogue", URL: "https://b2.example.it"}}}
	w.lists.at["https://b2.example.it"] = Inventory{Catalogue: "b", Found: []Found{kit("z")}} // b again, by another name
	w.lists.at["https://noi.example.it"] = Inventory{Catalogue: "nostro", Found: []Found{kit("w")}}
	rep, err := w.c.Crawl(t.Context(), []catalog.Source{a})
	if err != nil {
		t.Fatal(err)
	}
	if rep.Visits[catalog.Full] != 4 || rep.Visits[catalog.Failed] != 2 {
		t.Errorf("visits %v, want a, b, x and y, and two catalogues that are not followed", rep.Visits)
	}
	for key, via := range map[string][]string{"x": {"a"}, "y": {"a", "b"}} {
		e, err := w.store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key("https://git.example.it/"+key))
		if err != nil || !slices.Equal(e.Via, via) {
			t.Errorf("%s came through %v (%v), want %v", key, e.Via, err, via)
		}
	}
	for _, key := range []string{"z", "w", "nostro-kit"} {
		if _, err := w.store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key("https://git.example.it/"+key)); !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("%s came round a loop (%v)", key, err)
		}
	}
}

func TestACopyStandsInForARepositoryUntilItIsRead(t *testing.T) {
	w := newWorld(t)
	api := catalog.Source{ID: "api", Kind: "developers-italia-api", URL: "https://api.example.it/v1"}
	url := "https://git.example.it/kit"
	copied := func(name string) []byte { return software(name, url)["publiccode.yml"].Data }
	w.lists.at[api.URL] = Inventory{Found: []Found{{URL: url, Copy: copied("Copia")}}}
	title := func(want string, isCopy bool) {
		t.Helper()
		e, err := w.store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(url))
		if err != nil || e.Title != want || e.Copy != isCopy {
			t.Errorf("%q, copy %v (%v), want %q, %v", e.Title, e.Copy, err, want, isCopy)
		}
	}
	crawl := func() {
		t.Helper()
		if _, err := w.c.Crawl(t.Context(), []catalog.Source{api}); err != nil {
			t.Fatal(err)
		}
	}
	crawl()
	title("Copia", true)
	w.git.at[url], w.git.mark[url] = software("Originale", url), "1"
	crawl()
	title("Originale", false)
	delete(w.git.at, url)
	w.lists.at[api.URL] = Inventory{Found: []Found{{URL: url, Copy: copied("Altra copia")}}}
	crawl()
	title("Originale", false)
	w.now = w.now.Add(30 * 24 * time.Hour)
	crawl()
	title("Altra copia", true)
}

// What another catalogue put together of a repository that does not describe itself is shown as that, and not as a copy.
func TestALegacyKitOfAnotherCatalogueIsItsWord(t *testing.T) {
	w := newWorld(t)
	other := catalog.Source{ID: "altro", Kind: "catalogue", URL: "https://altro.example.it"}
	url := "https://git.example.it/pratica"
	w.lists.at[other.URL] = Inventory{Catalogue: "altro", Found: []Found{{URL: url, Told: &catalog.Tree{Kits: []catalog.Kit{
		{Key: catalog.Key(url), Form: catalog.FormLegacy, URL: url, ID: "pratica", Title: "Pratica"}}}}}}
	for range 2 { // the second time the list says the same
		if _, err := w.c.Crawl(t.Context(), []catalog.Source{other}); err != nil {
			t.Fatal(err)
		}
		e, err := w.store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(url))
		if err != nil || e.Kit.Form != catalog.FormLegacy || catalog.Reviewed(e.Kit) || !e.Copy || !slices.Equal(e.Via, []string{"altro"}) {
			t.Fatalf("%+v (%v)", e, err)
		}
		known, err := w.store.Known(t.Context(), e.Source)
		if err != nil {
			t.Fatal(err)
		}
		if why := known.State.Last().Reason; strings.Contains(why.It, "copia") || !strings.Contains(why.It, "ne ha capito l'altro catalogo") || !strings.Contains(why.En, "understood") {
			t.Errorf("%+v", why)
		}
		w.now = w.now.Add(48 * time.Hour)
	}
}

func TestAHostThatAsksToBeLeftAloneIs(t *testing.T) {
	w := newWorld(t)
	until := w.now.Add(time.Hour)
	busy := &busyHost{trees: w.git, until: until}
	c, store := crawler(t, busy, func(cfg *Config) { cfg.Workers = 1 })
	var sources []catalog.Source
	for i := range 5 {
		id := fmt.Sprintf("s%d", i)
		sources = append(sources, catalog.Source{ID: catalog.SourceID(id), Kind: "kit", URL: "https://busy.example.it/" + id})
	}
	ok := source("altrove")
	w.git.at[ok.URL], w.git.mark[ok.URL] = software("altrove", ok.URL), "1"
	rep, err := c.Crawl(t.Context(), append(sources, ok))
	if err != nil {
		t.Fatal(err)
	}
	if rep.Visits[catalog.Full] != 1 || rep.Visits[catalog.Failed] != 1 || len(rep.Later) != 4 {
		t.Errorf("visits %v, later %v: want the other host read, one failed visit and four left for later", rep.Visits, rep.Later)
	}
	again, err := c.Crawl(t.Context(), append(sources[:1:1], ok))
	if err != nil || again.Visits[catalog.Unchanged] != 1 || len(again.Sources) != 1 || !slices.Equal(again.Later, []catalog.SourceID{"s0"}) {
		t.Errorf("a crawl of all a moment later: visits %v, later %v (%v)", again.Visits, again.Later, err)
	}
	if again, err = c.Crawl(t.Context(), sources, "s0"); err != nil || again.Visits[catalog.Failed] != 1 {
		t.Errorf("one that names it: visits %v (%v)", again.Visits, err)
	}
	known, err := store.Known(t.Context(), "s0")
	if err != nil || !known.State.NotBefore.Equal(until) || !known.State.Next(time.Minute).Equal(until) {
		t.Errorf("next visit %v (%v), want %v", known.State.NotBefore, err, until)
	}
}

// busyHost is a Git of which one host asks to be left alone.
type busyHost struct {
	*trees
	until time.Time
}

func (b *busyHost) List(ctx context.Context, a Ask) (Head, error) {
	if host(a.URL) == "busy.example.it" {
		b.mu.Lock()
		defer b.mu.Unlock()
		return Head{}, &Trouble{Outcome: catalog.Failed, Reason: schema.T("più tardi", "later"), RetryAt: b.until}
	}
	return b.trees.List(ctx, a)
}

// A crawl that is called off after a list was stored and before its places were visited must not lose them, although the
// list then has nothing new to say.
func TestAListWhosePlacesWereNotVisitedYet(t *testing.T) {
	w := newWorld(t, "a", "b", "c")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w.git.during = func(string) { cancel() }
	if _, err := w.c.Crawl(ctx, []catalog.Source{w.src}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	w.git.during = nil
	w.crawl(map[catalog.Outcome]int{catalog.Unchanged: 1, catalog.Full: 3})
	for _, n := range []string{"a", "b", "c"} {
		w.state(n, catalog.Live)
	}
}
