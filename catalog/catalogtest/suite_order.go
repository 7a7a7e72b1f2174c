package catalogtest

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// How many orders are tried: of the store in memory, which is quick, and of others.
const (
	ordersInMemory = 150
	ordersOfOthers = 5
)

// round is what one crawl sees: one visit of each source, in whatever order.
type round struct {
	days   int // since the first
	visits []catalog.Visit
}

// A federation in which sources contradict each other: mirrors, a technical copy that another catalogue keeps, variants, a
// kit that moves and one that takes its place, withdrawn ones, some that the catalogue excludes, and lets in again, while
// their sources answer or do not, three that ask for one id, bodies with two files, stories and evaluations told in several
// places, and one body that does not agree. Whatever the order in which each crawl visits its sources, and however often a
// visit that sees nothing new comes in between, the same is published, under the same public ids.
func anyOrderOfVisits(t *testing.T, open func(*testing.T) Store) {
	first := NewMemory()
	crawl(t, first, rand.New(rand.NewPCG(1, 1)), false)
	want := publishedBy(t, first)
	for id, living := range map[string]bool{"muto": false, "zitto": false, "tornato": true, "riammesso": true} {
		if e, err := first.Entry(t.Context(), catalog.KindKit, id); living != (err == nil) || !living && (!e.Withdrawn || e.State != catalog.Gone) {
			t.Fatalf("%s: %+v, %v", id, e, err)
		}
	}
	if len(want.Entries) < 20 || len(want.Gone) < 3 {
		t.Fatalf("the federation of this test is too small: %d entries, %d gone", len(want.Entries), len(want.Gone))
	}
	n := ordersOfOthers
	if _, quick := open(t).(*Memory); quick {
		n = ordersInMemory
	}
	for i := range n {
		s := open(t)
		crawl(t, s, rand.New(rand.NewPCG(2, uint64(i))), true)
		got := publishedBy(t, s)
		if same(t, "published", got, want); t.Failed() {
			t.Fatalf("in order %d", i)
		}
	}
}

// crawl makes all rounds, each in an order that rnd says and in commits of a few sources, the clock going on with every
// visit; with noise, visits that bring nothing new are put in between.
func crawl(t *testing.T, s Store, rnd *rand.Rand, noise bool) {
	t.Helper()
	p := catalog.DefaultPolicy()
	for _, r := range federation() {
		visits := slices.Clone(r.visits)
		if noise {
			rnd.Shuffle(len(visits), func(i, j int) { visits[i], visits[j] = visits[j], visits[i] })
			for _, v := range slices.Clone(visits) {
				switch at := len(visits); rnd.IntN(4) {
				case 0: // the same once more, somewhere behind itself
					at = slices.IndexFunc(visits, func(o catalog.Visit) bool { return o.Source.ID == v.Source.ID }) + 1
					visits = slices.Insert(visits, at+rnd.IntN(len(visits)-at+1), v)
				case 1:
					visits = slices.Insert(visits, rnd.IntN(at), catalog.Visit{Source: v.Source, Outcome: catalog.Failed})
				case 2:
					if v.Outcome == catalog.Full {
						visits = append(visits, catalog.Visit{Source: v.Source, Outcome: catalog.Unchanged, URL: v.URL})
					}
				}
			}
		}
		var batch []catalog.Delta
		in := map[catalog.SourceID]bool{}
		flush := func() {
			if len(batch) > 0 {
				commit(t, s, batch...)
			}
			batch, in = nil, map[catalog.SourceID]bool{}
		}
		for i, v := range visits {
			if in[v.Source.ID] || len(batch) > rnd.IntN(4) {
				flush()
			}
			known, err := s.Known(context.Background(), v.Source.ID)
			if err != nil {
				t.Fatal(err)
			}
			own, err := s.Source(context.Background(), catalog.CatalogueSource)
			if err != nil && !errors.Is(err, catalog.ErrNotFound) {
				t.Fatal(err)
			}
			p.Excluded = own.Exclusions
			v.At = Day().AddDate(0, 0, r.days).Add(time.Duration(i) * 20 * time.Second)
			batch, in[v.Source.ID] = append(batch, catalog.Apply(known, v, p)), true
		}
		flush()
	}
}

// state is all that is published, without the times.
type state struct {
	Entries, Gone []catalog.Entry
	Cards         []catalog.Card
	Links         []catalog.Link
	Leads         map[string]string // public ids and keys of before, and where they lead
}

func publishedBy(t *testing.T, s Store) state {
	t.Helper()
	var out state
	ctx := context.Background()
	timeless := func(e catalog.Entry) catalog.Entry {
		e.FirstSeen, e.LastRead, e.MissedAt = time.Time{}, time.Time{}, time.Time{}
		e.Ways = slices.Clone(e.Ways)
		for i := range e.Ways {
			e.Ways[i].LastRead = time.Time{}
		}
		return e
	}
	out.Leads = map[string]string{}
	for _, kind := range []catalog.Kind{catalog.KindKit, catalog.KindEntity, catalog.KindCommunity, catalog.KindEvent, catalog.KindAdoption, catalog.KindEvaluation, catalog.KindCatalogue} {
		entries, err := s.Entries(ctx, kind, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			out.Entries = append(out.Entries, timeless(e))
		}
	}
	for _, r := range federation() {
		for _, v := range r.visits {
			if v.Tree == nil {
				continue
			}
			for _, k := range v.Tree.Kits {
				e, err := s.EntryByKey(ctx, catalog.KindKit, k.Key)
				if err != nil && !errors.Is(err, catalog.ErrGone) {
					t.Fatalf("%s: %v", k.Key, err)
				}
				if out.Leads[string(k.Key)] == "" && err != nil {
					out.Gone = append(out.Gone, timeless(*e))
				}
				out.Leads[string(k.Key)] = e.ID + " " + string(e.Key)
				if e, err := s.Entry(ctx, catalog.KindKit, k.ID); err == nil || errors.Is(err, catalog.ErrGone) {
					out.Leads[k.ID] = e.ID + " " + string(e.Key)
				}
			}
		}
	}
	slices.SortFunc(out.Gone, func(a, b catalog.Entry) int { return compareKeys(a.Key, b.Key) })
	var err error
	if out.Cards, err = s.Cards(ctx, "", 0); err != nil {
		t.Fatal(err)
	}
	for i := range out.Cards {
		out.Cards[i].FirstSeen = time.Time{}
	}
	for _, body := range []catalog.EntityRef{brescia, genova, lecce, potenza} {
		links, err := s.Links(ctx, body)
		if err != nil {
			t.Fatal(err)
		}
		out.Links = append(out.Links, links...)
	}
	return out
}

func compareKeys(a, b catalog.Key) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// federation gives the crawls of the test.
func federation() []round {
	no := false
	kit := func(address, id, title string, with ...func(*catalog.Kit)) catalog.Kit {
		return *Kit("", address, id, title, with...).Kit
	}
	full := func(src catalog.Source, url string, t catalog.Tree) catalog.Visit {
		return catalog.Visit{Source: src, Outcome: catalog.Full, URL: url, Commit: "c-" + string(src.ID), Changed: Day().AddDate(0, -1, 0), Tree: &t}
	}
	kits := func(ks ...catalog.Kit) catalog.Tree { return catalog.Tree{Kits: ks} }
	story := func(kitURL string, by catalog.EntityRef, words string) catalog.Adoption {
		return catalog.Adoption{Header: catalog.Header{Path: "adoptions/" + by.ID() + ".md"}, Kit: kitURL, Entity: by, Lessons: catalog.Markdown(words), Events: []catalog.AdoptionEvent{{Kind: "interest"}}}
	}
	judged := func(kitURL, id string, by catalog.EntityRef, words string) catalog.Evaluation {
		return catalog.Evaluation{Header: catalog.Header{Path: "evaluations/" + id + ".md"}, ID: id, Kit: kitURL, Evaluator: catalog.Evaluator{Entity: by}, Note: catalog.Markdown(words)}
	}
	body := func(name, site, cf string) catalog.Entity {
		return catalog.Entity{ID: "p_bs", IPA: "p_bs", Name: name, Website: site, CF: cf, EntityType: "province"}
	}
	withdrawn := kit("https://example.org/ritirato", "ritirato", "Ritirato")
	withdrawn.Status = "withdrawn"
	based := func(k *catalog.Kit) { k.PublicCode = &publiccode.PublicCode{IsBasedOn: []string{urlCIT}} }
	asks := func(n string, trust string) catalog.Visit {
		return full(catalog.Source{ID: catalog.SourceID("stesso-" + n), Trust: trust}, "https://example.org/stesso-"+n, kits(kit("https://example.org/stesso-"+n, "stesso", "Stesso "+n, Ceded(genova))))
	}
	source := func(id catalog.SourceID, trust string) catalog.Source {
		return catalog.Source{ID: id, Trust: trust, Kind: "kit"}
	}
	peer, far := source("peer", "official"), source("lontano", "official")
	peer.Via, far.Via = []string{"peer"}, []string{"lontano", "altro"}
	adopter := source("lecce", "community")
	adopter.Publisher = lecce
	own := func(excluded ...string) catalog.Tree {
		out := []catalog.Exclusion{{URL: "https://example.org/escluso", Reason: "doppione"}}
		for _, x := range excluded {
			out = append(out, catalog.Exclusion{URL: "https://example.org/" + x, Reason: "lo chiede il titolare"})
		}
		return catalog.Tree{
			Catalogue: &catalog.Catalogue{ID: "c", Title: "Il catalogo", Observatory: []catalog.EntityRef{genova}, Exclusions: out},
			Kits:      []catalog.Kit{kit("https://example.org/catalogo//kits/a", "ospitato", "Ospitato"), kit(urlSUA, "sua", "SUA del catalogo")},
			Entities:  []catalog.Entity{body("La Provincia", "", "1")}, Communities: []catalog.Community{{ID: "rete", Title: "La rete"}},
			Events: []catalog.Event{{ID: "incontro", Title: "Un incontro"}}, Adoptions: []catalog.Adoption{story(urlCIT, lecce, "il catalogo"), story(urlCIT, potenza, "il catalogo")},
			Evaluations: []catalog.Evaluation{judged(urlCIT, "e1", genova, "il catalogo")},
		}
	}
	told := func(title string) catalog.Tree {
		return catalog.Tree{
			Kits: []catalog.Kit{kit(urlCIT, "cit-di-"+title, "CIT di "+title, Adopted(brescia)), kit("https://example.org/ritirato", "ritirato", "Ritirato, copia"),
				kit("https://example.org/escluso", "escluso", "Escluso, copia"), kit("https://example.org/muto", "muto", "Muto, copia"), kit("https://example.org/solo-"+title, "stesso", "Solo "+title)},
			Entities: []catalog.Entity{body("Provincia detta da "+title, "https://"+title+".example.org", "2"+title)}, Communities: []catalog.Community{{ID: "rete", Title: "La rete di " + title}},
			Adoptions:   []catalog.Adoption{story(urlCIT, lecce, title), story(urlSUA, potenza, title)},
			Evaluations: []catalog.Evaluation{judged(urlCIT, "e1", genova, title), judged("https://EXAMPLE.org/cit", "e2", genova, title)},
		}
	}
	copied := func(v catalog.Visit) catalog.Visit { v.Way = catalog.WayCopy; return v }
	home := func(k catalog.Kit) catalog.Visit { return full(source("cit", "community"), urlCIT, kits(k)) }
	mirror := func(url string) catalog.Visit {
		return full(source("specchio", "official"), "https://example.net/specchio", kits(kit(url, "cit-specchio", "CIT, specchio", Ceded(brescia))))
	}
	moved := home(kit(urlNew, "kit-cit", "Kit CIT", Ceded(brescia), Adopted(lecce, "interest")))
	moved.Moved = urlNew
	refuses := story(urlCIT, lecce, "")
	refuses.Consent, refuses.Events = &no, nil
	steady := []catalog.Visit{
		copied(full(peer, "https://peer.example.org", told("peer"))), copied(full(far, "https://lontano.example.org", told("lontano"))),
		full(source("sua", "verified"), urlSUA, kits(kit(urlSUA, "sua", "SUA", Ceded(genova), Doc("A1", "Uno", "Testo.", "A", "informative")))),
		full(source("variante", ""), "https://example.org/variante", kits(kit("https://example.org/variante", "variante", "Variante", based))),
		full(source("escluso", "official"), "https://example.org/escluso", kits(kit("https://example.org/escluso", "escluso", "Escluso"))),
		asks("uno", "community"), asks("due", "official"), asks("tre", "official"),
	}
	with := func(days int, more ...catalog.Visit) round { return round{days, slices.Concat(steady, more)} }
	catalogue := func(excluded ...string) catalog.Visit {
		return full(source(catalog.CatalogueSource, "official"), "https://example.org/catalogo", own(excluded...))
	}
	one := func(id string) catalog.Visit {
		return full(source(catalog.SourceID(id), ""), "https://example.org/"+id, kits(kit("https://example.org/"+id, id, "Kit "+id)))
	}
	silent := func(id string) catalog.Visit {
		return catalog.Visit{Source: source(catalog.SourceID(id), ""), Outcome: catalog.Failed}
	}
	return []round{
		with(0, catalogue(), one("muto"), one("zitto"), one("tornato"), one("riammesso"), home(kit(urlCIT, "kit-cit", "Kit CIT", Ceded(brescia), Adopted(lecce, "interest"))), mirror(urlCIT),
			full(source("ritirato", ""), "https://example.org/ritirato", kits(kit("https://example.org/ritirato", "ritirato", "Ritirato"))),
			full(source("perso", ""), "https://example.org/perso", kits(kit("https://example.org/perso", "perso", "Perso"))),
			full(adopter, "https://example.org/lecce", catalog.Tree{Adoptions: []catalog.Adoption{story(urlCIT, lecce, "la sua")}})),
		with(1, catalogue("muto", "zitto", "tornato", "riammesso"), silent("muto"), silent("zitto"), silent("tornato"), one("riammesso"), moved, mirror(urlNew), full(source("ritirato", ""), "https://example.org/ritirato", kits(withdrawn)),
			catalog.Visit{Source: source("perso", ""), Outcome: catalog.Absent},
			full(adopter, "https://example.org/lecce", catalog.Tree{Adoptions: []catalog.Adoption{refuses}})),
		with(2, catalogue("muto", "zitto"), silent("muto"), silent("zitto"), silent("tornato"), one("riammesso"), full(source("nuovo", ""), "https://example.org/stesso-zero", kits(kit("https://example.org/stesso-zero", "stesso", "Stesso zero"))), moved, mirror(urlNew),
			full(source("erede", ""), "https://example.net/erede", kits(kit(urlCIT, "kit-cit", "Un altro al vecchio indirizzo")))),
		with(20, catalogue("muto", "zitto"), silent("muto"), silent("zitto"), silent("tornato"), one("riammesso"), moved, catalog.Visit{Source: source("specchio", "official"), Outcome: catalog.Absent}, catalog.Visit{Source: source("perso", ""), Outcome: catalog.Absent},
			catalog.Visit{Source: source("erede", ""), Outcome: catalog.Absent}),
	}
}
