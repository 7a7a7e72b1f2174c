package catalogtest

import (
	"errors"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

const urlNew = "https://example.org/Nuovo/CIT"

// Moved makes what a full visit writes of a kit that was read under old and now is r: the tombstone that says so, and r with
// its earlier keys.
func Moved(old, r catalog.Record) []catalog.Record {
	stone := Gone(old)
	stone.MovedTo, stone.URL = r.Key, r.URL
	r.FirstSeen = old.FirstSeen
	r.Aliases = append([]catalog.Key{old.Key}, old.Aliases...)
	return []catalog.Record{stone, r}
}

func byKey(t *testing.T, s Store, key catalog.Key) *catalog.Entry {
	t.Helper()
	e, err := s.EntryByKey(t.Context(), catalog.KindKit, key)
	if err != nil {
		t.Fatalf("%s: %v", key, err)
	}
	return e
}

// betterID: of two that ask for one id at once the better has it, whichever came first; the other is found by its own, and
// nothing is left of either under the id that it lost.
func betterID(t *testing.T, a, b Store) {
	plain, trusted := Kit("a", urlCIT, "kit", "Primo", Ceded(brescia), Doc("A1", "Primo documento", "Testo.", "A", "informative")), Kit("b", urlSUA, "kit", "Secondo", Ceded(brescia))
	trusted.Trust = "official"
	commit(t, a, DeltaOf("a", plain))
	commit(t, a, DeltaOf("b", trusted))
	commit(t, b, DeltaOf("b", trusted))
	commit(t, b, DeltaOf("a", plain))
	for _, s := range []Store{a, b} {
		loser := "kit-" + catalog.KeyHash(urlCIT)
		if x, y := entry(t, s, catalog.KindKit, "kit"), entry(t, s, catalog.KindKit, loser); x.Title != "Secondo" || y.Title != "Primo" {
			t.Errorf("kit is %q, %s is %q", x.Title, loser, y.Title)
		}
		cards, err := s.Cards(t.Context(), "", 0)
		if err != nil || len(cards) != 2 || cards[0].ID != "kit" || cards[0].Title != "Secondo" || cards[1].ID != loser || cards[1].Documents != 1 {
			t.Errorf("cards: %+v, %v", cards, err)
		}
		links, err := s.Links(t.Context(), brescia)
		if err != nil || len(links) != 2 {
			t.Errorf("links: %+v, %v", links, err)
		}
		res := search(t, s, catalog.Query{Text: "primo documento"})
		if res.Total != 1 || res.Hits[0].Card.ID != loser || res.Hits[0].Card.Title != "Primo" {
			t.Errorf("found: %+v", res)
		}
	}
}

// moved: everything that named the old address finds the kit, under the same public id.
func moved(t *testing.T, s Store) {
	old := Kit("cit", urlCIT, "kit-cit", "Kit CIT", Ceded(brescia))
	commit(t, s, DeltaOf("cit", old), DeltaOf("lecce", Adoption("lecce", urlCIT, lecce, "interest")))
	late := old.LastRead.AddDate(0, 0, 1)
	now := Kit("cit", urlNew, "kit-cit-nuovo", "Kit CIT", Ceded(brescia))
	now.LastRead = late
	commit(t, s, DeltaOf("cit", Moved(old, now)...))
	for _, key := range []catalog.Key{urlCIT, urlNew, "https://example.org/nuovo/cit", "https://example.org/CIT"} {
		e := byKey(t, s, key)
		if e.Key != urlNew || e.ID != "kit-cit" || !e.FirstSeen.Equal(Day()) || len(e.Adoptions) != 1 {
			t.Errorf("%s leads to %s, id %q, first seen %v, %d stories", key, e.Key, e.ID, e.FirstSeen, len(e.Adoptions))
		}
	}
	if e := entry(t, s, catalog.KindKit, "kit-cit"); e.Key != urlNew || len(e.Aliases) != 1 || e.Aliases[0] != urlCIT {
		t.Errorf("kit-cit is %s, once %q", e.Key, e.Aliases)
	}
	commit(t, s, DeltaOf("potenza", Adoption("potenza", urlCIT, potenza, "interest"), Adoption("potenza", urlNew, lecce, "interest")))
	if e := byKey(t, s, urlNew); len(e.Adoptions) != 2 || len(e.Adoptions[0].Places) != 2 {
		t.Errorf("stories that came after: %+v", e.Adoptions)
	}
	links, err := s.Links(t.Context(), potenza)
	if err != nil || len(links) != 1 || links[0].KitID != "kit-cit" {
		t.Errorf("links: %+v, %v", links, err)
	}
	cards, err := s.Cards(t.Context(), "", 0)
	if res := search(t, s, catalog.Query{}); err != nil || len(cards) != 1 || res.Total != 1 {
		t.Errorf("%d cards, %d found, %v", len(cards), res.Total, err)
	}
	// Another kit that comes to live under the old address is another kit, and takes nothing away.
	commit(t, s, DeltaOf("other", Kit("other", urlCIT, "kit-cit", "Un altro kit")))
	other, kept := byKey(t, s, urlCIT), entry(t, s, catalog.KindKit, "kit-cit")
	if other.Title != "Un altro kit" || other.ID == "kit-cit" || kept.Key != urlNew || len(other.Adoptions) != 2 || len(kept.Adoptions) != 1 {
		t.Errorf("%q has the id %q and %d stories; kit-cit is %s with %d", other.Title, other.ID, len(other.Adoptions), kept.Key, len(kept.Adoptions))
	}
	commit(t, s, DeltaOf("other", Gone(Kit("other", urlCIT, "kit-cit", "Un altro kit"))))
	if e := byKey(t, s, urlCIT); e.Key != urlNew || len(e.Adoptions) != 2 {
		t.Errorf("after it went, the old address leads to %s with %d stories", e.Key, len(e.Adoptions))
	}
}

// movedOn: a chain of addresses, and back to the first.
func movedOn(t *testing.T, s Store) {
	r := Kit("cit", urlCIT, "kit-cit", "Kit CIT")
	commit(t, s, DeltaOf("cit", r))
	for i, url := range []string{urlSUA, urlNew, urlCIT} {
		next := Kit("cit", url, "kit-cit", "Kit CIT")
		next.LastRead = Day().AddDate(0, 0, i+1)
		both := Moved(r, next)
		commit(t, s, DeltaOf("cit", both...))
		r = both[1]
		for _, key := range append([]catalog.Key{r.Key}, r.Aliases...) {
			if e := byKey(t, s, key); e.Key != r.Key || e.ID != "kit-cit" {
				t.Errorf("step %d: %s leads to %s, id %q", i, key, e.Key, e.ID)
			}
		}
	}
	gone := Gone(r)
	commit(t, s, DeltaOf("cit", gone))
	for _, key := range []catalog.Key{urlCIT, urlSUA, urlNew} {
		if e, err := s.EntryByKey(t.Context(), catalog.KindKit, key); !errors.Is(err, catalog.ErrGone) || e == nil {
			t.Errorf("%s of a kit that is gone: %v", key, err)
		}
	}
	if e, err := s.Entry(t.Context(), catalog.KindKit, "kit-cit"); !errors.Is(err, catalog.ErrGone) || e.Key != urlCIT {
		t.Errorf("kit-cit: %+v, %v", e, err)
	}
	r.LastRead = Day().AddDate(0, 1, 0)
	commit(t, s, DeltaOf("cit", r))
	if e := byKey(t, s, urlSUA); e.State != catalog.Live || e.ID != "kit-cit" || !e.FirstSeen.Equal(Day()) {
		t.Errorf("back from the dead: %+v", e)
	}
}

// movedInto: a kit that takes the address of another becomes one with it; the public id that it had leads there. Where the
// other then takes its address, they are two again, and the ids are those of the addresses.
func movedInto(t *testing.T, s Store) {
	a, b := Kit("a", urlCIT, "kit-a", "Kit A"), Kit("b", urlSUA, "kit-b", "Kit B")
	a.Commit, b.URL = "a", urlSUA
	commit(t, s, DeltaOf("a", a), DeltaOf("b", b))
	later := func(r catalog.Record, days int) catalog.Record {
		r.LastRead = Day().AddDate(0, 0, days)
		return r
	}
	became := later(Kit("a", urlSUA, "kit-a", "Kit A"), 1)
	became.URL = urlCIT
	commit(t, s, DeltaOf("a", Moved(a, became)...))
	for _, id := range []string{"kit-a", "kit-b"} {
		if e := entry(t, s, catalog.KindKit, id); e.Key != urlSUA || e.ID != "kit-b" || len(e.Ways) != 2 || e.Title != "Kit B" {
			t.Errorf("%s is %s, id %q, %q with %d ways", id, e.Key, e.ID, e.Title, len(e.Ways))
		}
	}
	swapped := later(Kit("b", urlCIT, "kit-b", "Kit B"), 2)
	swapped.URL = urlSUA
	commit(t, s, DeltaOf("b", Moved(b, swapped)...))
	for id, want := range map[string]string{"kit-a": "Kit B", "kit-b": "Kit A"} {
		if e := entry(t, s, catalog.KindKit, id); e.ID != id || e.Title != want {
			t.Errorf("after the two changed places %s is %q under the id %q", id, e.Title, e.ID)
		}
	}
}

// notHeard: a catalogue that still tells of the old address is a way of the kit, and not another kit.
func notHeard(t *testing.T, s Store) {
	old := Kit("cit", urlCIT, "kit-cit", "Kit CIT")
	told := Kit("peer", urlCIT, "kit-cit", "Kit CIT, copia")
	told.URL, told.Via, told.Copy = "https://peer.example.org", []string{"peer"}, true
	commit(t, s, DeltaOf("cit", old), DeltaOf("peer", told))
	now := Kit("cit", urlNew, "kit-cit", "Kit CIT")
	now.LastRead = Day().AddDate(0, 0, 1)
	commit(t, s, DeltaOf("cit", Moved(old, now)...))
	cards, err := s.Cards(t.Context(), "", 0)
	if err != nil || len(cards) != 1 {
		t.Errorf("%d cards, %v", len(cards), err)
	}
	e := byKey(t, s, urlCIT)
	if e.Key != urlNew || e.ID != "kit-cit" || len(e.Ways) != 2 || e.Ways[1].Source != "peer" || e.Ways[1].Key != urlCIT || !e.Ways[1].Copy {
		t.Errorf("%s, id %q, ways %+v", e.Key, e.ID, e.Ways)
	}
	told.State, told.Kit = catalog.Gone, nil
	commit(t, s, DeltaOf("peer", told))
	if e := byKey(t, s, urlNew); len(e.Ways) != 1 {
		t.Errorf("the catalogue no longer tells of it: ways %+v", e.Ways)
	}
}

func basedOn(urls ...string) func(*catalog.Kit) {
	return func(k *catalog.Kit) { k.PublicCode = &publiccode.PublicCode{IsBasedOn: urls} }
}

func variants(t *testing.T, s Store) {
	origin, variant := Kit("o", urlCIT, "origine", "Origine"), Kit("v", urlSUA, "variante", "Variante", basedOn("http://Example.org/cit.git/", urlSUA))
	commit(t, s, DeltaOf("v", variant))
	commit(t, s, DeltaOf("o", origin))
	same(t, "variants", byKey(t, s, urlCIT).Variants, []catalog.Key{urlSUA})
	same(t, "variants of the variant", byKey(t, s, urlSUA).Variants, []catalog.Key{})
	now := Kit("o", urlNew, "origine", "Origine")
	now.LastRead = Day().AddDate(0, 0, 1)
	commit(t, s, DeltaOf("o", Moved(origin, now)...))
	same(t, "variants of the origin that moved", byKey(t, s, urlNew).Variants, []catalog.Key{urlSUA})
	commit(t, s, DeltaOf("v", Kit("v", urlSUA, "variante", "Variante")))
	same(t, "after it no longer says so", byKey(t, s, urlNew).Variants, []catalog.Key{})
	commit(t, s, DeltaOf("v", variant))
	commit(t, s, DeltaOf("v", Gone(variant)))
	same(t, "after it went", byKey(t, s, urlNew).Variants, []catalog.Key{})
}

// Evaluation makes the judgement of a kit that is told outside its repository.
func Evaluation(source catalog.SourceID, kitURL, id string, by catalog.EntityRef, level string) catalog.Record {
	e := &catalog.Evaluation{ID: id, Kit: kitURL, Evaluator: catalog.Evaluator{Entity: by, Role: "observatory"}, Level: level, Date: "2026-01-10"}
	r := Record(source, catalog.KindEvaluation, catalog.EvaluationKey(catalog.Key(kitURL), e), id)
	r.Evaluation = e
	return r
}

func evaluations(t *testing.T, s Store) {
	judged := Kit("cit", urlCIT, "kit-cit", "Kit CIT", func(k *catalog.Kit) {
		k.Evaluations = []catalog.Evaluation{{ID: "e1", Evaluator: catalog.Evaluator{Entity: genova}}}
	})
	commit(t, s, DeltaOf("regione", Evaluation("regione", urlCIT, "e1", genova, "qualified"), Evaluation("regione", "https://EXAMPLE.org/CIT", "e2", brescia, "")))
	commit(t, s, DeltaOf("cit", judged))
	e := byKey(t, s, urlCIT)
	if len(e.Evaluations) != 2 || e.Evaluations[0].Level != "" || len(e.Evaluations[0].Places) != 2 || e.Evaluations[1].ID != "e2" {
		t.Errorf("evaluations: %+v", e.Evaluations)
	}
	commit(t, s, DeltaOf("regione", Gone(Evaluation("regione", urlCIT, "e1", genova, ""))))
	if e := byKey(t, s, urlCIT); len(e.Evaluations) != 2 || len(e.Evaluations[0].Places) != 1 {
		t.Errorf("after one went: %+v", e.Evaluations)
	}
}
