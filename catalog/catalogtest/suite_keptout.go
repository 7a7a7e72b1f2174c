package catalogtest

import (
	"errors"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

// excluding is what a visit of the operator's catalogue writes that keeps these addresses out.
func excluding(days int, urls ...string) catalog.Delta {
	d := DeltaOf(catalog.CatalogueSource)
	d.State.Visits[0].At = Day().AddDate(0, 0, days)
	for _, u := range urls {
		d.State.Exclusions = append(d.State.Exclusions, catalog.Exclusion{URL: u, Reason: "lo chiede il titolare", First: Day().AddDate(0, 0, days)})
	}
	return d
}

// keptOut: from the commit in which the catalogue excludes a kit nothing of it is found, and its address says why, whatever
// becomes of its sources; from the commit that takes the exclusion back all is as it was.
func keptOut(t *testing.T, s Store) {
	other := Kit("sua", urlSUA, "kit-sua", "Altro kit", Ceded(genova))
	home := Kit("cit", urlCIT, "kit-cit", "Centrale di committenza", Ceded(brescia), Doc("A1", "Convenzione", "Il testo.", "A", "informative"))
	commit(t, s, DeltaOf("cit", home), DeltaOf("lecce", Adoption("lecce", urlCIT, lecce, "interest")), DeltaOf("sua", other), excluding(0))
	before := byKey(t, s, urlCIT)
	far := Kit("far", urlCIT, "kit-cit", "Centrale, copia")
	far.Via, far.Copy = []string{"altro"}, true
	for _, c := range []struct {
		name   string
		deltas []catalog.Delta
	}{
		{"by itself", []catalog.Delta{excluding(1, urlCIT)}},
		{"in another writing", []catalog.Delta{excluding(2, "http://EXAMPLE.org/CIT.git/")}},
		{"with an exclusion that names nothing", []catalog.Delta{excluding(3, "", "https://example.org/ignoto", urlCIT)}},
		{"then another catalogue tells it", []catalog.Delta{excluding(4, urlCIT), DeltaOf("far", far)}},
		{"then its own source, again", []catalog.Delta{DeltaOf("cit", home)}},
	} {
		for _, d := range c.deltas {
			commit(t, s, d)
		}
		e, err := s.EntryByKey(t.Context(), catalog.KindKit, urlCIT)
		if !errors.Is(err, catalog.ErrGone) || e.ID != "kit-cit" || e.Title == "" || !e.Withdrawn || e.Reason.It != "escluso dal catalogo: lo chiede il titolare" {
			t.Fatalf("%s: %+v, %v", c.name, e, err)
		}
		if e.Kit == nil || len(e.Kit.Documents) > 0 || len(e.Kit.Ceding) > 0 || len(e.Adoptions) > 0 || e.MissedAt.Before(Day().AddDate(0, 0, 1)) {
			t.Errorf("%s: the tombstone tells too much, or not when: %+v", c.name, e)
		}
		if _, err := s.Entry(t.Context(), catalog.KindKit, "kit-cit"); !errors.Is(err, catalog.ErrGone) {
			t.Errorf("%s: %v", c.name, err)
		}
		cards, err := s.Cards(t.Context(), "", 0)
		if err != nil || len(cards) != 1 || cards[0].ID != "kit-sua" {
			t.Errorf("%s: cards %+v, %v", c.name, cards, err)
		}
		for _, body := range []catalog.EntityRef{brescia, lecce} {
			if l, err := s.Links(t.Context(), body); err != nil || len(l) > 0 {
				t.Errorf("%s: links of %s: %+v, %v", c.name, body, l, err)
			}
		}
		if n, err := s.Stats(t.Context()); err != nil || n.Kits != 1 || n.Documents != 0 || n.Adoptions != 0 {
			t.Errorf("%s: %+v, %v", c.name, n, err)
		}
		for _, q := range []string{"convenzione", "centrale committenza"} {
			if r := search(t, s, catalog.Query{Text: q}); r.Total != 0 {
				t.Errorf("%s: %q finds %d", c.name, q, r.Total)
			}
		}
		k, err := s.Known(t.Context(), "cit")
		if err != nil || len(k.Records) != 1 || k.Records[0].State != catalog.Live {
			t.Errorf("%s: what the source gave is not what the store knows of it: %+v, %v", c.name, k.Records, err)
		}
	}
	commit(t, s, DeltaOf("far", Gone(far)), excluding(9))
	same(t, "let in again", byKey(t, s, urlCIT).Adoptions, before.Adoptions)
	if e := byKey(t, s, urlCIT); e.ID != "kit-cit" || e.Title != before.Title || len(e.Kit.Documents) != 1 {
		t.Errorf("let in again: %+v", e)
	}
	if r := search(t, s, catalog.Query{Text: "convenzione"}); r.Total != 1 {
		t.Errorf("let in again it is found %d times", r.Total)
	}
}

// keptOutByAddress: what an exclusion names, and what it does not.
func keptOutByAddress(t *testing.T, s Store) {
	const multi, old = "https://example.org/tutto", "https://example.org/prima"
	copied := func(id catalog.SourceID, r catalog.Record) catalog.Record {
		r.Source, r.Via, r.Copy, r.URL, r.Aliases = id, []string{"altro"}, true, "https://altro.example.org", nil
		return r
	}
	folder := Kit("tutto", multi+"//kits/a", "a", "Uno")
	folder.URL, folder.Kit.Folder = multi, "kits/a"
	second := Kit("tutto", multi+"//kits/b", "b", "Due")
	second.URL, second.Kit.Folder = multi, "kits/b"
	was := Kit("nuovo", old, "mosso", "Mosso")
	now := Kit("nuovo", "https://example.org/dopo", "mosso", "Mosso")
	both := Moved(was, now)
	late := was // another catalogue that has not heard
	mirror := Kit("specchio", urlSUA, "sua", "SUA, copia di un altro")
	mirror.URL, mirror.Trust, mirror.Via = "https://example.net/specchio", "official", []string{"altro"}
	mirror.Aliases = []catalog.Key{"https://example.net/specchio"}
	commit(t, s, DeltaOf("tutto", folder, second), DeltaOf("nuovo", both...),
		DeltaOf("copie", copied("copie", Kit("", multi+"//kits/a", "a", "Uno, copia")), copied("copie", late)),
		DeltaOf("altre", copied("altre", Kit("", "https://example.org/dopo", "mosso", "Mosso, copia"))),
		DeltaOf("sua", Kit("sua", urlSUA, "sua", "SUA")), DeltaOf("specchio", mirror))
	keys := []catalog.Key{multi + "//kits/a", multi + "//kits/b", "https://example.org/dopo", urlSUA}
	for i, c := range []struct {
		name, url string
		left      []catalog.Key
	}{
		{"nothing", "https://example.org", keys},
		{"a repository of several kits", multi, keys[2:]},
		{"one folder of it", multi + "//kits/a", keys[1:]},
		{"the new address", "https://example.org/dopo", []catalog.Key{keys[0], keys[1], keys[3]}},
		{"the old address", old, []catalog.Key{keys[0], keys[1], keys[3]}},
		{"where somebody else has a copy", "https://example.net/specchio", keys},
		{"where another catalogue is", "https://altro.example.org", keys},
		{"nothing, again", "https://example.org", keys},
	} {
		commit(t, s, excluding(i+1, c.url))
		var left []catalog.Key
		for _, k := range keys {
			e, err := s.EntryByKey(t.Context(), catalog.KindKit, k)
			switch {
			case err == nil:
				left = append(left, k)
				for _, w := range e.Ways {
					if w.State == catalog.Live && catalog.SameRepository(w.URL, c.url) {
						t.Errorf("%s: %s still comes by %s", c.name, k, w.Source)
					}
				}
			case !errors.Is(err, catalog.ErrGone) || !e.Withdrawn:
				t.Errorf("%s: %s: %+v, %v", c.name, k, e, err)
			}
		}
		same(t, c.name, left, c.left)
		if e, err := s.EntryByKey(t.Context(), catalog.KindKit, old); (err == nil) != (len(left) > 0 && e.Key != old) || err == nil && e.Key != keys[2] {
			t.Errorf("%s: the old address leads to %s (%v)", c.name, e.Key, err)
		}
	}
}
