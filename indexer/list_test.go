package indexer

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

const catalogueURL = "https://cat.example.it/catalogo"

// listing is a catalogue repository with these sources; more are files of it by path.
func listing(ids []string, more map[string]string) fstest.MapFS {
	m := fstest.MapFS{"catalogue.md": {Data: []byte("---\ntype: catalogue\nid: prova\ntitle: Prova\nowner: ipa:r_umbria\nscope: regional\nurl: " + catalogueURL + "\nlicence: CC-BY-4.0\nobservatory: [ipa:r_umbria]\n---\n")}}
	for _, id := range ids {
		m["sources/"+id+".md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntype: source\nid: %s\nkind: kit\nurl: %s\n---\n", id, source(id).URL)}
	}
	for p, text := range more {
		m[p] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

// catalogued is a Git of a catalogue with sources, and a crawler of it.
func catalogued(t *testing.T, ids ...string) (*trees, func() Listing, *Crawler, *catalogtest.Memory) {
	t.Helper()
	g := &trees{at: map[string]fstest.MapFS{}, mark: map[string]string{}}
	for _, id := range ids {
		s := source(id)
		g.at[s.URL], g.mark[s.URL] = software(id, s.URL), "1"
	}
	g.at[catalogueURL], g.mark[catalogueURL] = listing(ids, nil), "1"
	c, store := crawler(t, g, nil)
	return g, func() Listing {
		t.Helper()
		l, err := c.Catalogue(t.Context(), Place{URL: catalogueURL})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}, c, store
}

func names(sources []catalog.Source) string {
	var out []string
	for _, s := range sources {
		out = append(out, string(s.ID))
	}
	return strings.Join(out, " ")
}

// A catalogue kept in Git that did not change used to forget the sources that nobody had visited yet.
func TestTheListOutlivesTheProgram(t *testing.T) {
	g, look, c, _ := catalogued(t, "a", "b", "c")
	if l := look(); names(l.Sources) != "a b c" || l.Visit.Outcome != catalog.Full {
		t.Fatalf("first: %q, %s", names(l.Sources), l.Visit.Outcome)
	}
	// Here the program ends, and another begins with the same store.
	g.opens = nil
	l := look()
	if l.Visit.Outcome != catalog.Unchanged || names(l.Sources) != "a b c" || len(g.opens) > 0 {
		t.Fatalf("second: %s, %q", l.Visit.Outcome, names(l.Sources))
	}
	rep, err := c.Crawl(t.Context(), l.Sources)
	if err != nil || rep.Visits[catalog.Full] != 3 {
		t.Errorf("visits %v, %v", rep.Visits, err)
	}
}

// What was taken out of the list goes with the visit that says so, even when no crawl follows it.
func TestASourceThatIsNoLongerListed(t *testing.T) {
	g, look, c, store := catalogued(t, "a", "b", "c")
	if _, err := c.Crawl(t.Context(), look().Sources); err != nil {
		t.Fatal(err)
	}
	g.at[catalogueURL], g.mark[catalogueURL] = listing([]string{"a", "c"}, nil), "2"
	l := look()
	if names(l.Sources) != "a c" || !slices.Equal(l.Removed, []catalog.SourceID{"b"}) || len(l.Kept) > 0 {
		t.Errorf("listing %+v", l)
	}
	if _, err := store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(source("b").URL)); !errors.Is(err, catalog.ErrGone) {
		t.Errorf("what was taken out: %v", err)
	}
	// Listed again, it is read again.
	g.at[catalogueURL], g.mark[catalogueURL] = listing([]string{"a", "b", "c"}, nil), "3"
	rep, err := c.Crawl(t.Context(), look().Sources)
	if err != nil || rep.Visits[catalog.Full] != 1 {
		t.Errorf("visits %v, %v", rep.Visits, err)
	}
	if _, err := store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(source("b").URL)); err != nil {
		t.Errorf("what was listed again: %v", err)
	}
}

// A slip in the YAML of sources/b.md used to take b and its kits out at once.
func TestASlipInTheListTakesNothingOut(t *testing.T) {
	for name, tc := range map[string]struct {
		files         map[string]string // beside the sources that are listed still: all but b and what is removed
		kept, removed string
	}{
		"not YAML":             {map[string]string{"sources/b.md": "---\ntype: source\nid: b\n url: [\n---\n"}, "b", ""},
		"no id":                {map[string]string{"sources/b.md": "---\ntype: source\nkind: kit\nurl: https://b.example.it/kit\n---\n"}, "b", ""},
		"no front matter":      {map[string]string{"sources/b.md": "type: source\n"}, "b", ""},
		"another type":         {map[string]string{"sources/b.md": "---\ntype: sorgente\nid: b\n---\n"}, "b", ""},
		"and one that is gone": {map[string]string{"sources/b.md": "---\nid: [\n---\n"}, "b", "c"},
		"a file of no source":  {map[string]string{"sources/nuova.md": "---\nid: [\n---\n"}, "b", ""},
		"in Italian":           {map[string]string{"fonti/b.md": "---\nid: [\n---\n"}, "b", ""},
		"a readme":             {map[string]string{"sources/README.md": "# Fonti\n"}, "", "b"},
		"gone":                 {nil, "", "b"},
	} {
		t.Run(name, func(t *testing.T) {
			g, look, _, _ := catalogued(t, "a", "b", "c", "d", "e", "f", "g")
			look()
			still := slices.DeleteFunc([]string{"a", "c", "d", "e", "f", "g"}, func(id string) bool { return id == tc.removed })
			g.at[catalogueURL], g.mark[catalogueURL] = listing(still, tc.files), "2"
			l := look()
			if got := fmt.Sprint(l.Kept); got != "["+tc.kept+"]" || (tc.kept != "" && l.Why.It == "") {
				t.Errorf("kept %s, want %s; %q", got, tc.kept, l.Why.It)
			}
			if got := fmt.Sprint(l.Removed); got != "["+tc.removed+"]" {
				t.Errorf("removed %s, want %s", got, tc.removed)
			}
			if (tc.kept != "") != strings.Contains(names(l.Sources), "b") {
				t.Errorf("sources %q", names(l.Sources))
			}
		})
	}
}

// Too many at once wait until a second visit says the same.
func TestManyRemovalsWait(t *testing.T) {
	g, look, _, _ := catalogued(t, "a", "b", "c", "d", "e")
	look()
	g.at[catalogueURL], g.mark[catalogueURL] = listing([]string{"a"}, nil), "2"
	l := look()
	if !l.Held || len(l.Removed) > 0 || len(l.Kept) != 4 || names(l.Sources) != "a b c d e" || !strings.Contains(l.Visit.Reason.It, "4 fonti") {
		t.Errorf("first: %+v", l)
	}
	// A different loss is not the same.
	g.at[catalogueURL], g.mark[catalogueURL] = listing([]string{"b"}, nil), "3"
	if l = look(); !l.Held || len(l.Removed) > 0 {
		t.Errorf("another list: %+v", l)
	}
	// The same, though the place did not change: it is read all the same, and believed.
	if l = look(); l.Held || len(l.Removed) != 4 || names(l.Sources) != "b" {
		t.Errorf("second: %+v", l)
	}
	if l = look(); l.Visit.Outcome != catalog.Unchanged || len(l.Removed) > 0 || names(l.Sources) != "b" {
		t.Errorf("after: %+v", l)
	}
}

// Neither an empty folder nor a catalogue.md with a slip in it empties a catalogue.
func TestWhatIsNotACatalogueIsRefused(t *testing.T) {
	for name, tc := range map[string]struct {
		tree fstest.MapFS
		says string
	}{
		"empty":              {fstest.MapFS{}, "manca catalogue.md"},
		"a kit":              {software("a", catalogueURL), "manca catalogue.md"},
		"broken":             {listing([]string{"a"}, map[string]string{"catalogue.md": "---\nid: [\n---\n"}), "catalogue.md non si può leggere: l'intestazione"},
		"without any matter": {listing([]string{"a"}, map[string]string{"catalogue.md": "# Catalogo\n"}), "catalogue.md non si può leggere"},
	} {
		t.Run(name, func(t *testing.T) {
			g, look, _, store := catalogued(t, "a", "b")
			look()
			g.at[catalogueURL], g.mark[catalogueURL] = tc.tree, "2"
			l := look()
			if l.Visit.Outcome != catalog.Failed || !strings.Contains(l.Visit.Reason.It, tc.says) || names(l.Sources) != "a b" {
				t.Errorf("%s %q, sources %q", l.Visit.Outcome, l.Visit.Reason.It, names(l.Sources))
			}
			if _, err := store.EntryByKey(t.Context(), catalog.KindCatalogue, catalogueURL); err != nil {
				t.Errorf("the catalogue went: %v", err)
			}
			g.at[catalogueURL], g.mark[catalogueURL] = listing([]string{"a", "b"}, nil), "3"
			if l = look(); l.Visit.Outcome != catalog.Full {
				t.Errorf("put right: %s", l.Visit.Outcome)
			}
		})
	}
}

// What a line of the list says is in the records: a change of the line reads the place again.
func TestAChangedLineIsReadAgain(t *testing.T) {
	g, look, c, store := catalogued(t, "a", "b")
	if _, err := c.Crawl(t.Context(), look().Sources); err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(g.at[catalogueURL]["sources/a.md"].Data), "kind: kit", "kind: kit\ntrust: verified", 1)
	g.at[catalogueURL], g.mark[catalogueURL] = listing([]string{"b"}, map[string]string{"sources/a.md": text}), "2"
	rep, err := c.Crawl(t.Context(), look().Sources)
	if err != nil || rep.Visits[catalog.Full] != 1 || rep.Visits[catalog.Unchanged] != 1 {
		t.Fatalf("visits %v, %v", rep.Visits, err)
	}
	if e, err := store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(source("a").URL)); err != nil || e.Trust != "verified" {
		t.Errorf("trust %q, %v", e.Trust, err)
	}
}

// hidden is a tree whose folder of sources cannot be listed for a moment.
type hidden struct{ fstest.MapFS }

func (h hidden) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == "sources" {
		return nil, fs.ErrPermission
	}
	return h.MapFS.ReadDir(name)
}

// What could not be read says nothing about what is not there, in a catalogue and in a kit.
func TestATreeReadInPartTakesNothingOut(t *testing.T) {
	c, _ := crawler(t, &trees{}, nil)
	look := func(tree fs.FS) Listing {
		t.Helper()
		l, err := c.Catalogue(t.Context(), Place{FS: tree})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	whole := listing([]string{"a", "b"}, nil)
	look(whole)
	l := look(hidden{whole})
	if l.Visit.Outcome != catalog.Partial || l.Visit.Reason.It == "" || names(l.Sources) != "a b" || len(l.Kept) != 2 || l.Why.It == "" {
		t.Errorf("%+v", l)
	}
	if l = look(whole); l.Visit.Outcome != catalog.Full || names(l.Sources) != "a b" {
		t.Errorf("%+v", l)
	}
}

// Five files of eighteen are few, and may be nearly all that readers see: a list counts with what it names.
func TestAListCountsWithWhatItNames(t *testing.T) {
	w := newWorld(t, "a", "b", "c", "d")
	ids := []string{"e", "f", "g", "h", "i", "j"}
	for _, id := range ids {
		s := source(id)
		w.git.at[s.URL], w.git.mark[s.URL] = software(id, s.URL), "1"
	}
	forge := map[string]string{"sources/ente.md": fmt.Sprintf("---\ntype: source\nid: ente\nkind: forge\nurl: %s\n---\n", forgeURL)}
	look := func(more map[string]string) Listing {
		t.Helper()
		l, err := w.c.Catalogue(t.Context(), Place{FS: listing(ids, more), URL: catalogueURL})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	w.days(1, look(forge).Sources...)
	if l := look(nil); !l.Held || len(l.Removed) > 0 {
		t.Errorf("one of seven sources, with four of ten entries: held %v, removed %v", l.Held, l.Removed)
	}
	w.state("a", catalog.Live)
	if l := look(nil); l.Held || len(l.Removed) != 1 {
		t.Errorf("the second time: held %v, removed %v", l.Held, l.Removed)
	}
	w.state("a", catalog.Gone)
}
