package indexer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema"
)

// silent is a Git some of whose hosts do not answer.
type silent struct {
	*trees
	hosts map[string]bool
}

func (g *silent) List(ctx context.Context, a Ask) (Head, error) {
	if g.hosts[host(a.URL)] {
		return Head{}, &Trouble{Outcome: catalog.Failed, Reason: schema.T("non risponde", "it does not answer")}
	}
	return g.trees.List(ctx, a)
}

// What the catalogue excludes is out when the visit of the catalogue is stored, whatever its source does then; and it is in
// again when the exclusion is taken back, where nobody could be asked meanwhile.
func TestExclusionsHoldForSourcesThatAreSilent(t *testing.T) {
	g := &silent{trees: &trees{at: map[string]fstest.MapFS{}, mark: map[string]string{}, moved: map[string]string{}}, hosts: map[string]bool{}}
	lists := &lists{at: map[string]Inventory{}, err: map[string]error{}}
	ids := []string{"muto", "assente", "spento", "risponde", "resta"}
	for _, id := range ids {
		u := source(id).URL
		g.at[u], g.mark[u] = software(id, u), "1"
	}
	const named, renamed, told = forgeURL + "/kit", "https://prima.example.it/kit", "https://altrove.example.it/kit"
	g.at[named], g.mark[named] = software("kit", named), "1"
	was, now := source("prima").URL, "https://prima.example.it/adesso"
	g.at[was], g.mark[was] = software("prima", was), "1"
	lists.at[forgeURL] = Inventory{Found: []Found{{URL: named, Name: "ente/kit"}}, Mark: "1"}
	lists.at["https://api.example.it/v1"] = Inventory{Found: []Found{{URL: told, Copy: software("copia", told)["publiccode.yml"].Data}}, Mark: "1"}
	c, store := crawler(t, g, func(cfg *Config) {
		cfg.Listers = map[string]Lister{"forge": lists, "developers-italia-api": lists}
	})
	more := map[string]string{
		"sources/ente.md": "---\ntype: source\nid: ente\nkind: forge\nurl: " + forgeURL + "\n---\n",
		"sources/api.md":  "---\ntype: source\nid: api\nkind: developers-italia-api\nurl: https://api.example.it/v1\n---\n",
	}
	files := func(excluded ...string) Place {
		tree := listing(append(slices.Clone(ids), "prima"), more)
		head := string(tree["catalogue.md"].Data)
		head = head[:len(head)-len("---\n")] + "exclusions:\n"
		for _, u := range excluded {
			head += fmt.Sprintf("  - {url: %s, reason: Lo chiede il titolare}\n", u)
		}
		tree["catalogue.md"] = &fstest.MapFile{Data: []byte(head + "---\n")}
		return Place{FS: tree, URL: catalogueURL}
	}
	look := func(p Place) []catalog.Source {
		t.Helper()
		l, err := c.Catalogue(t.Context(), p)
		if err != nil || l.Visit.Outcome != catalog.Full {
			t.Fatal(l.Visit.Outcome, l.Visit.Reason.It, err)
		}
		return l.Sources
	}
	crawl := func(sources []catalog.Source) {
		t.Helper()
		if _, err := c.Crawl(t.Context(), sources); err != nil {
			t.Fatal(err)
		}
	}
	crawl(look(files()))
	g.moved[was], g.at[now], g.mark[was] = now, software("prima", now), "2" // it changes its address
	g.mark[now] = "2"
	crawl(look(files()))
	everything := []string{source("muto").URL, source("assente").URL, source("spento").URL, source("risponde").URL, named, now, told}
	living(t, store, append(everything, source("resta").URL)...)

	g.hosts["muto.example.it"], g.hosts["forge.example.it"], g.hosts["prima.example.it"], g.hosts["altrove.example.it"] = true, true, true, true
	lists.err["https://api.example.it/v1"] = &Trouble{Outcome: catalog.Failed, Reason: schema.T("giù", "down")}
	delete(g.at, source("assente").URL)
	more["sources/spento.md"] = "---\ntype: source\nid: spento\nkind: kit\nurl: " + source("spento").URL + "\nenabled: false\n---\n"
	out := slices.Clone(everything)
	out[5] = renamed // as those who ask for it know it
	sources := look(files(out...))
	for range 2 { // before anybody was asked, and after
		for _, u := range everything {
			e, err := store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(u))
			if !errors.Is(err, catalog.ErrGone) || !e.Withdrawn || e.Reason.It != "escluso dal catalogo: Lo chiede il titolare" || e.MissedAt.IsZero() {
				t.Errorf("%s was excluded, and is %s (%q, %v)", u, e.State, e.Reason.It, err)
			}
		}
		living(t, store, source("resta").URL)
		crawl(sources)
	}

	look(files())
	living(t, store, source("muto").URL, source("assente").URL, source("spento").URL, source("resta").URL, named, now, told)
	g.hosts = map[string]bool{}
	crawl(look(files()))
	living(t, store, append(everything, source("resta").URL)...)
}

// living compares what is published with what should be.
func living(t *testing.T, store *catalogtest.Memory, want ...string) {
	t.Helper()
	entries, err := store.Entries(t.Context(), catalog.KindKit, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, string(e.Key))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("published are\n%q, want\n%q", got, want)
	}
}
