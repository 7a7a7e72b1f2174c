package api

import (
	"context"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/publiccode"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// graveyard is a shelf that also lists what is gone.
type graveyard struct{ *shelf }

func (g graveyard) Gone(_ context.Context, kind catalog.Kind, after string, limit int) ([]catalog.Entry, error) {
	var out []catalog.Entry
	for _, e := range g.entries {
		if e.Kind == kind && e.State == catalog.Gone && e.ID > after && len(out) < limit {
			out = append(out, e)
		}
	}
	return out, g.fail
}

func (g graveyard) Entries(ctx context.Context, kind catalog.Kind, after string, limit int) ([]catalog.Entry, error) {
	var out []catalog.Entry
	for _, e := range g.entries {
		if e.Kind == kind && e.State != catalog.Gone && e.ID > after && len(out) < limit {
			out = append(out, e)
		}
	}
	return out, g.fail
}

// federatedSample is the sample with its own catalogue, a kit that came through two others, and things of each kind.
func federatedSample() *shelf {
	s := sample()
	rec := func(kind catalog.Kind, id string, key catalog.Key) catalog.Entry {
		return catalog.Entry{ID: id, Record: catalog.Record{Kind: kind, Key: key, Source: "catalogue", State: catalog.Live, Title: id, FirstSeen: noon, LastRead: noon,
			URL: "https://git.example.it/bs/catalogo"}}
	}
	own := rec(catalog.KindCatalogue, "catalogo-bs", "https://git.example.it/bs/catalogo")
	own.Local, own.Catalogue = true, &catalog.Catalogue{ID: "catalogo-bs", Title: "Catalogo di Brescia", Owner: "ipa:p_bs", Scope: "provincial", Licence: "CC0-1.0"}
	other := rec(catalog.KindCatalogue, "altro", "https://git.example.it/altro")
	other.Catalogue = &catalog.Catalogue{ID: "altro"}
	far := rec(catalog.KindKit, "lontano", "https://git.example.it/lontano")
	far.Via, far.Copy = []string{"catalogo-lombardia", "catalogo-nazionale"}, true
	far.Kit = &catalog.Kit{Key: far.Key, Form: catalog.FormKit, URL: string(far.Key), Title: "Lontano", Summary: "scrivi a mario.rossi@comune.paperopoli.it"}
	hosted := rec(catalog.KindKit, "ospitato", "https://git.example.it/bs/catalogo//kits/ospitato")
	hosted.Local = true
	hosted.Kit = &catalog.Kit{Key: hosted.Key, Form: catalog.FormKit, URL: "https://git.example.it/bs/catalogo", Folder: "kits/ospitato", Title: "Ospitato",
		Adoptions: []catalog.Adoption{{Entity: "ipa:c_e506", Note: "nel repository", Places: []catalog.AdoptionPlace{{URL: "file:///srv/git/x"}}}}}
	com := rec(catalog.KindCommunity, "rete", "https://git.example.it/bs/catalogo#rete")
	com.Community = &catalog.Community{ID: "rete", Title: "Rete"}
	ev := rec(catalog.KindEvent, "avvio", "https://git.example.it/bs/catalogo#avvio")
	ev.Event = &catalog.Event{ID: "avvio", Title: "Avvio"}
	ad := rec(catalog.KindAdoption, "lecce", "https://git.example.it/lontano#ipa:c_e506")
	ad.Adoption = &catalog.Adoption{Kit: "https://git.example.it/lontano", Entity: "ipa:c_e506", Places: []catalog.AdoptionPlace{{URL: "file:///srv/git/x"}}}
	ju := rec(catalog.KindEvaluation, "giudizio", "https://git.example.it/lontano#ipa:p_bs/x")
	ju.Evaluation = &catalog.Evaluation{ID: "x", Kit: "https://git.example.it/lontano", Evaluator: catalog.Evaluator{Entity: "ipa:p_bs"}}
	s.entries = append(s.entries, own, other, far, hosted, com, ev, ad, ju)
	slices.SortFunc(s.entries, func(a, b catalog.Entry) int { return strings.Compare(a.ID, b.ID) })
	return s
}

// walk reads all pages and gives the records by kind and id, each of them once.
func walk(t *testing.T, s *server, path string) (map[string]federated, int) {
	t.Helper()
	out, pages := map[string]federated{}, 0
	for ; path != "" && pages < 100; pages++ {
		f := get[federation](s, strings.TrimPrefix(path, "https://riuso.example.it"), 200)
		for _, r := range f.Records {
			name := string(r.Kind) + "/" + r.ID
			if _, twice := out[name]; twice {
				t.Errorf("%s came twice", name)
			}
			out[name] = r
		}
		path = f.Next
	}
	return out, pages
}

func TestFederationGivesEverythingOnceWithItsChain(t *testing.T) {
	shelf := federatedSample()
	s := serve(t, shelf, func(c *Config) { c.Reader = graveyard{shelf} })
	first := get[federation](s, "/api/v1/federation", 200)
	if c := first.Catalogue; c.ID != "catalogo-bs" || c.Title != "Catalogo di Brescia" || c.Repository != "https://git.example.it/bs/catalogo" || first.Protocol != FederationProtocol {
		t.Errorf("%+v", first)
	}
	want, _ := walk(t, s, "/api/v1/federation?size=100")
	for _, name := range []string{"entity/p_bs", "kit/kit-cit", "kit/lontano", "kit/ospitato", "kit/sportello", "kit/vecchio", "community/rete", "event/avvio", "adoption/lecce", "evaluation/giudizio"} {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is missing", name)
		}
	}
	for _, size := range []string{"1", "2", "3", "7"} {
		got, pages := walk(t, s, "/api/v1/federation?size="+size)
		if diff := cmp.Diff(want, got); diff != "" || size == "1" && pages < len(want) {
			t.Errorf("size %s, %d pages: %s", size, pages, diff)
		}
	}
	if far := want["kit/lontano"]; far.Origin != "catalogo-nazionale" || !slices.Equal(far.Via, []string{"catalogo-lombardia", "catalogo-nazionale"}) || !far.Copy || far.Kit == nil || far.Hosted {
		t.Errorf("far %+v", far)
	}
	if h := want["kit/ospitato"]; !h.Hosted || h.Origin != "catalogo-bs" || h.Kit == nil || len(h.Kit.Adoptions) != 1 || h.Kit.Adoptions[0].Places != nil {
		t.Errorf("hosted %+v", h)
	}
	if sw := want["kit/sportello"]; sw.Kit != nil || sw.State != catalog.Missing || sw.Repository == "" {
		t.Errorf("what others can read themselves: %+v", sw)
	}
	if gone := want["kit/vecchio"]; gone.State != catalog.Gone || gone.Reason == nil || gone.Reason.En != "Withdrawn by the body." || gone.Kit != nil {
		t.Errorf("gone %+v", gone)
	}
	if cit := want["kit/kit-cit"]; cit.Repository != "" || cit.Kit == nil || !strings.Contains(cit.PublicCode, "name: Kit CIT") || strings.Contains(cit.PublicCode, "Mario") {
		t.Errorf("cit: %q %s", cit.Repository, cit.PublicCode)
	}
	if ad := want["adoption/lecce"]; ad.Adoption.Places != nil {
		t.Errorf("places of the operator: %+v", ad.Adoption.Places)
	}
	if body := s.ask(http.MethodGet, "/api/v1/federation?size=100").Body.String(); strings.Contains(body, "/srv/") || strings.Contains(body, "mario") {
		t.Error("something private is given")
	}
}

// One request tells whether anything changed: the ETag of the first page moves when any source was read again, though
// nothing on that page did.
func TestOneRequestTellsWhetherAnythingChanged(t *testing.T) {
	shelf := federatedSample()
	s := serve(t, shelf)
	const first = "/api/v1/federation?size=1"
	tag := s.ask(http.MethodGet, first).Header().Get("ETag")
	if w := s.ask(http.MethodGet, first, "If-None-Match", tag); w.Code != http.StatusNotModified {
		t.Errorf("unchanged: %d", w.Code)
	}
	shelf.states[1].Visits = append([]catalog.VisitSummary{{At: noon, Outcome: catalog.Unchanged}}, shelf.states[1].Visits...)
	shelf.states[1].LastSeen = noon.Add(1)
	if w := s.ask(http.MethodGet, first, "If-None-Match", tag); w.Code != http.StatusNotModified {
		t.Errorf("a visit that found nothing new: %d", w.Code)
	}
	for name, change := range map[string]func(*catalog.SourceState){
		"read":    func(st *catalog.SourceState) { st.LastRead = st.LastRead.Add(1) },
		"missing": func(st *catalog.SourceState) { st.Missing = noon },
		"aged":    func(st *catalog.SourceState) { st.Keys = nil },
		"removed": func(st *catalog.SourceState) { st.Removed = true },
	} {
		before := shelf.states[1]
		change(&shelf.states[1])
		if w := s.ask(http.MethodGet, first, "If-None-Match", tag); w.Code != http.StatusOK {
			t.Errorf("%s: %d", name, w.Code)
		}
		shelf.states[1] = before
	}
}

// Whoever walks over many pages does not make the catalogue look at all its sources for each, and sees what is committed
// meanwhile at once. The revision was kept for five seconds: what a crawl had just brought came with the revision of before,
// and the next visit of whoever read it began from the start though nothing had changed since.
func TestTheRevisionIsThatOfTheCommit(t *testing.T) {
	counted := &countingShelf{shelf: federatedSample()}
	counted.commit.Store(1)
	s := serve(t, counted.shelf, func(c *Config) { c.Reader = counted })
	const first = "/api/v1/federation?size=1"
	if _, pages := walk(t, s, first); pages < 10 || counted.sources.Load() != 1 {
		t.Errorf("%d pages, the sources were read %d times", pages, counted.sources.Load())
	}
	tag := s.ask(http.MethodGet, first).Header().Get("ETag")
	counted.states[1].LastRead = counted.states[1].LastRead.Add(1)
	counted.commit.Add(1)
	if w := s.ask(http.MethodGet, first, "If-None-Match", tag); w.Code != http.StatusOK || counted.sources.Load() != 2 {
		t.Errorf("after a commit: %d, the sources were read %d times", w.Code, counted.sources.Load())
	}
}

// A commit in the middle of a page makes the page anew; one that never ends is given as it is after some tries.
func TestAPageIsMadeOfOneCommit(t *testing.T) {
	for name, writes := range map[string]int64{"once": 1, "for ever": 1000} {
		counted := &countingShelf{shelf: federatedSample()}
		counted.commit.Store(1)
		counted.writes.Store(writes)
		s := serve(t, counted.shelf, func(c *Config) { c.Reader = counted })
		w := s.ask(http.MethodGet, "/api/v1/federation")
		if want := min(writes+1, maxFederationTries); w.Code != http.StatusOK || counted.sources.Load() != want {
			t.Errorf("%s: %d, made %d times, want %d", name, w.Code, counted.sources.Load(), want)
		}
	}
}

type countingShelf struct {
	*shelf
	sources, commit atomic.Int64
	writes          atomic.Int64 // how many times something is committed while the sources are read
}

func (c *countingShelf) Commits(context.Context) (string, error) {
	return strconv.FormatInt(c.commit.Load(), 10), nil
}

func (c *countingShelf) Sources(ctx context.Context) ([]catalog.SourceState, error) {
	c.sources.Add(1)
	if c.writes.Add(-1) >= 0 {
		c.commit.Add(1)
	}
	return c.shelf.Sources(ctx)
}

func TestFederationRefusesACursorThatIsNone(t *testing.T) {
	s := serve(t, sample())
	for _, after := range []string{"kit", "altro:x", "-:", "catalogue:x"} {
		if p := get[problem](s, "/api/v1/federation?after="+after, 400); !slices.Equal(p.Parameters, []string{"after"}) {
			t.Errorf("%s: %+v", after, p)
		}
	}
	if f := get[federation](s, "/api/v1/federation?after=-event:zz", 200); len(f.Records) != 0 || f.Next != "" {
		t.Errorf("behind the end: %+v", f)
	}
	if f := get[federation](s, "/api/v1/federation", 200); f.Catalogue.ID != "riuso.example.it" {
		t.Errorf("a catalogue without catalogue.md: %+v", f.Catalogue)
	}
}

// A record that is too large is given without its contents; pages end before they are too large.
func TestFederationPagesAreBounded(t *testing.T) {
	shelf := federatedSample()
	for i := range shelf.entries {
		switch e := &shelf.entries[i]; e.ID {
		case "lontano":
			e.Kit.Body = catalog.Markdown(strings.Repeat("a", maxFederationRecord))
		case "ospitato", "kit-cit":
			e.Kit.Body = catalog.Markdown(strings.Repeat("b", maxFederationPage*2/3))
		}
	}
	s := serve(t, shelf)
	got, pages := walk(t, s, "/api/v1/federation?size=100")
	if r := got["kit/lontano"]; !r.Truncated || r.Kit != nil {
		t.Errorf("too large: %+v", r)
	}
	if got["kit/ospitato"].Kit == nil || got["kit/kit-cit"].Kit == nil || pages < 2 {
		t.Errorf("%d pages", pages)
	}
}

// What is written again of a publiccode.yml reads as what was read, but for the persons; on all real files.
func TestPublicCodeIsWrittenAgain(t *testing.T) {
	files, seen := os.DirFS(sharedtest.Path(t, "corpus/repos")), 0
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() != "publiccode.yml" {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		p, _ := publiccode.Parse(data, publiccode.Options{})
		if p == nil || p.Name == "" {
			return nil
		}
		seen++
		q, findings := publiccode.Parse([]byte(publicCodeYAML(p)), publiccode.Options{})
		if q == nil {
			t.Errorf("%s: %v", name, findings)
			return nil
		}
		a, b := *p, *q
		for _, x := range []*publiccode.PublicCode{&a, &b} {
			x.Maintenance.Contacts, x.Maintenance.ContactCount = nil, 0
			x.Maintenance.Contractors = slices.Clone(x.Maintenance.Contractors)
			for i := range x.Maintenance.Contractors {
				x.Maintenance.Contractors[i].Email = ""
			}
		}
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		return nil
	})
	if err != nil || seen < 50 {
		t.Errorf("%d files, %v", seen, err)
	}
}
