package indexer

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

// picky is the store in memory with one whim: what it refuses is refused whole, as a real store does.
type picky struct {
	*catalogtest.Memory
	refuses func(catalog.Delta) error
}

func (p *picky) Commit(ctx context.Context, deltas ...catalog.Delta) error {
	for _, d := range deltas {
		if err := p.refuses(d); err != nil {
			return err
		}
	}
	return p.Memory.Commit(ctx, deltas...)
}

var errKey = errors.New("key is too long")

// One hostile kit in a batch used to end the crawl for all the others: each visit of a batch that fails is stored by itself.
func TestOneHostileKitDoesNotStopTheOthers(t *testing.T) {
	g := &trees{at: map[string]fstest.MapFS{}, mark: map[string]string{}}
	var sources []catalog.Source
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		s := source(id)
		g.at[s.URL], g.mark[s.URL] = software(id, s.URL), "1"
		sources = append(sources, s)
	}
	for name, refuses := range map[string]func(catalog.Delta) error{
		"an error": func(d catalog.Delta) error {
			if d.State.Source.ID == "c" && len(d.Put) > 0 {
				return errKey
			}
			return nil
		},
		"a panic": func(d catalog.Delta) error {
			if d.State.Source.ID == "c" && len(d.Put) > 0 {
				panic(errKey)
			}
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			store := &picky{catalogtest.NewMemory(), refuses}
			c, _ := crawler(t, g, func(cfg *Config) { cfg.Store = store })
			rep, err := c.Crawl(t.Context(), sources)
			if err != nil {
				t.Fatal(err)
			}
			if rep.Visits[catalog.Full] != 4 || rep.Visits[catalog.Failed] != 1 || !rep.Good() {
				t.Errorf("visits %v", rep.Visits)
			}
			for _, s := range rep.Sources {
				_, err := store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(s.URL))
				if s.ID != "c" && err != nil {
					t.Errorf("%s: %v", s.ID, err)
				}
				if s.ID == "c" && (!errors.Is(err, catalog.ErrNotFound) || !strings.HasPrefix(s.Why.It, "ciò che contiene non si può conservare: ") || strings.Contains(s.Why.It+s.Why.En, "too long")) {
					t.Errorf("c: %v, %q", err, s.Why.It)
				}
			}
			st, err := store.Source(t.Context(), "c")
			if err != nil || st.Last().Outcome != catalog.Failed || st.Last().Reason.It == "" {
				t.Errorf("state of c: %+v, %v", st.Last(), err)
			}
		})
	}
}

// A store that takes nothing at all is the one reason to stop.
func TestAStoreThatTakesNothingEndsTheCrawl(t *testing.T) {
	g := &trees{at: map[string]fstest.MapFS{}, mark: map[string]string{}}
	full := errors.New("no space left")
	store := &picky{catalogtest.NewMemory(), func(catalog.Delta) error { return full }}
	c, _ := crawler(t, g, func(cfg *Config) { cfg.Store = store })
	rep, err := c.Crawl(t.Context(), []catalog.Source{source("a"), source("b")})
	if !errors.Is(err, full) || len(rep.Sources) != 0 {
		t.Errorf("error %v, report %+v", err, rep.Sources)
	}
}

// trap is a tree that brings out a fault of the program when one of its files is read.
type trap struct{ fstest.MapFS }

func (t trap) Open(name string) (fs.File, error) {
	if name == "publiccode.yml" {
		panic("index out of range")
	}
	return t.MapFS.Open(name)
}

func (t trap) ReadFile(name string) ([]byte, error) {
	f, err := t.Open(name)
	if err != nil {
		return nil, err
	}
	return nil, f.Close()
}

type trapped struct{ *trees }

func (g trapped) Open(ctx context.Context, a Ask, h Head) (*Checkout, error) {
	url := a.URL
	co, err := g.trees.Open(ctx, a, h)
	if url == "https://b.example.it/kit" {
		co.FS = trap{g.at[url]}
	}
	return co, err
}

func TestAFaultOfOursIsAFailedVisit(t *testing.T) {
	g := trapped{&trees{at: map[string]fstest.MapFS{}, mark: map[string]string{}}}
	var sources []catalog.Source
	for _, id := range []string{"a", "b", "c"} {
		s := source(id)
		g.at[s.URL] = software(id, s.URL)
		sources = append(sources, s)
	}
	c, _ := crawler(t, g, nil)
	rep, err := c.Crawl(t.Context(), sources)
	if err != nil {
		t.Fatal(err)
	}
	if rep.Visits[catalog.Full] != 2 || rep.Visits[catalog.Failed] != 1 || !strings.Contains(rep.Sources[1].Why.It, "difetto del programma") {
		t.Errorf("visits %v, b: %q", rep.Visits, rep.Sources[1].Why.It)
	}
	// Of the catalogue itself, too.
	l, err := c.Catalogue(t.Context(), Place{FS: trap{fstest.MapFS{"publiccode.yml": {}}}})
	if err != nil || l.Visit.Outcome != catalog.Failed {
		t.Errorf("catalogue: %+v, %v", l.Visit, err)
	}
}

// Texts are many more bytes than records: a batch that waits for them to be many would hold hundreds of MB.
func TestTextsFillABatch(t *testing.T) {
	text := catalog.Text{Pages: []catalog.TextPage{{N: 1, Text: strings.Repeat("x", catalog.MaxText)}}}
	n := weightOf([]catalog.Text{text})
	if most := commitRecords * catalog.MaxText / max(n, 1); most > 64<<20 {
		t.Errorf("a batch holds %d bytes of texts", most)
	}
	if weightOf(nil) != 0 || weightOf([]catalog.Text{{}}) != 0 {
		t.Error("what has no text weighs something")
	}
}
