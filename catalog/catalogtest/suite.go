package catalogtest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/open-community-pa/riuso/catalog"
)

// TestStore checks a store. open makes an empty one, which the test closes by itself if it must be (t.Cleanup).
func TestStore(t *testing.T, open func(t *testing.T) Store) {
	for _, c := range []struct {
		name string
		run  func(*testing.T, Store)
	}{
		{"commit and read back", readBack},
		{"known of a source", known},
		{"a commit is all or nothing", allOrNothing},
		{"two sources, any order", func(t *testing.T, s Store) { anyOrder(t, s, open(t)) }},
		{"tombstones", tombstones},
		{"ids are never given to another", ids},
		{"the better of two has the id", func(t *testing.T, s Store) { betterID(t, s, open(t)) }},
		{"a kit that changed its address", moved},
		{"and back, and on", movedOn},
		{"to the address of another", movedInto},
		{"others that have not heard", notHeard},
		{"variants", variants},
		{"evaluations told elsewhere", evaluations},
		{"kept out", keptOut},
		{"kept out under every address", keptOutByAddress},
		{"texts of attachments", textsStay},
		{"found in attachments", inAttachments},
		{"an attachment that is kept out", excludedFile},
		{"the order of visits", func(t *testing.T, _ Store) { anyOrderOfVisits(t, open) }},
		{"links and adoptions", links},
		{"an entity changes its name", renamed},
		{"lists in pages", lists},
		{"numbers", numbers},
		{"sources", sources},
		{"sources in pages", sourcePages},
		{"totals count kits", totals},
		{"facets leave their own filter out", sideways},
		{"filters hold for one part", onePart},
		{"facets of entities", entityFacets},
		{"pages of results", pages},
		{"orders", orders},
		{"accents and case", accents},
		{"titles before texts", titles},
		{"snippets", snippets},
		{"queries out of bounds", bounds},
		{"nothing found", nothing},
		{"a search sees the last commit", lastCommit},
		{"cancelled", cancelled},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
	if _, outlives := open(t).(Reopener); outlives {
		t.Run("opened again", func(t *testing.T) { reopened(t, open(t)) })
	}
}

func commit(t *testing.T, s Store, deltas ...catalog.Delta) {
	t.Helper()
	if err := s.Commit(t.Context(), deltas...); err != nil {
		t.Fatalf("commit: %v", err)
	}
}

func entry(t *testing.T, s Store, kind catalog.Kind, id string) *catalog.Entry {
	t.Helper()
	e, err := s.Entry(t.Context(), kind, id)
	if err != nil {
		t.Fatalf("%s %s: %v", kind, id, err)
	}
	return e
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

const (
	urlCIT  = "https://example.org/cit"
	urlSUA  = "https://example.org/sua"
	brescia = catalog.EntityRef("ipa:p_bs")
	genova  = catalog.EntityRef("ipa:cmge")
	lecce   = catalog.EntityRef("ipa:c_e506")
	potenza = catalog.EntityRef("ipa:c_g942")
)

func readBack(t *testing.T, s Store) {
	kit := Kit("cit", urlCIT, "kit-cit", "Kit CIT", Ceded(brescia), Doc("A1", "Il centro", "Testo.", "A", "informative"))
	commit(t, s, DeltaOf("cit", kit), DeltaOf("catalogue", Entity("catalogue", "p_bs", "Provincia di Brescia", "province", "Lombardia")))
	e := entry(t, s, catalog.KindKit, "kit-cit")
	same(t, "record", e.Record, kit)
	same(t, "ways", e.Ways, []catalog.Via{{Source: "cit", URL: urlCIT, Commit: "c0ffee", LastRead: Day(), State: catalog.Live}})
	byKey, err := s.EntryByKey(t.Context(), catalog.KindKit, urlCIT)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "by key", byKey, e)
	same(t, "entity", entry(t, s, catalog.KindEntity, "p_bs").Entity.Name, "Provincia di Brescia")
	for _, kind := range []catalog.Kind{catalog.KindEntity, catalog.KindEvent} {
		if _, err := s.Entry(t.Context(), kind, "kit-cit"); !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("%s kit-cit: %v, want ErrNotFound: each kind has ids of its own", kind, err)
		}
	}
	if _, err := s.EntryByKey(t.Context(), catalog.KindKit, urlSUA); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("a key that nobody told of: %v, want ErrNotFound", err)
	}
}

func known(t *testing.T, s Store) {
	k, err := s.Known(t.Context(), "cit")
	if err != nil || k.State.Source.ID != "" || len(k.Records) != 0 {
		t.Fatalf("a new source is known as %+v, %v", k, err)
	}
	a, b := Kit("cit", urlCIT, "kit-cit", "Kit CIT"), Entity("cit", "p_bs", "Brescia", "province", "Lombardia")
	d := DeltaOf("cit", a, b)
	commit(t, s, d, DeltaOf("other", Kit("other", urlCIT, "kit-cit", "Copia")))
	if k, err = s.Known(t.Context(), "cit"); err != nil {
		t.Fatal(err)
	}
	same(t, "known", k, catalog.Known{State: d.State, Records: []catalog.Record{b, a}})
	d.Put, d.State.Commit = nil, "bead"
	commit(t, s, d)
	if k, err = s.Known(t.Context(), "cit"); err != nil || k.State.Commit != "bead" || len(k.Records) != 2 {
		t.Errorf("after a state alone: commit %q and %d records, %v", k.State.Commit, len(k.Records), err)
	}
}

func allOrNothing(t *testing.T, s Store) {
	bad := DeltaOf("b", Kit("a", urlSUA, "kit-sua", "Kit SUA")) // a record of another source
	for _, d := range []catalog.Delta{bad, DeltaOf("", Kit("", urlSUA, "kit-sua", "Kit SUA"))} {
		if err := s.Commit(t.Context(), DeltaOf("a", Kit("a", urlCIT, "kit-cit", "Kit CIT")), d); !errors.Is(err, catalog.ErrInvalid) {
			t.Errorf("commit of a bad delta: %v, want ErrInvalid", err)
		}
	}
	if _, err := s.Entry(t.Context(), catalog.KindKit, "kit-cit"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("the good half of a refused commit is there: %v", err)
	}
}

// anyOrder gives two stores the same claims in opposite orders.
func anyOrder(t *testing.T, a, b Store) {
	home := Kit("cit", urlCIT, "kit-cit", "Kit CIT")
	copied := Kit("mirror", urlCIT, "kit-cit", "Kit CIT, copia")
	copied.URL = "https://example.net/mirror"
	trusted := Kit("region", urlCIT, "kit-cit", "Kit CIT, regione")
	trusted.URL, trusted.Trust = "https://example.net/region", "official"
	deltas := []catalog.Delta{DeltaOf("cit", home), DeltaOf("mirror", copied), DeltaOf("region", trusted)}
	for i := range deltas {
		commit(t, a, deltas[i])
		commit(t, b, deltas[len(deltas)-1-i])
	}
	ea, eb := entry(t, a, catalog.KindKit, "kit-cit"), entry(t, b, catalog.KindKit, "kit-cit")
	same(t, "the same entry", ea, eb)
	if ea.Title != "Kit CIT" || len(ea.Ways) != 3 {
		t.Errorf("%q won with %d ways, want that of the key's own repository with 3", ea.Title, len(ea.Ways))
	}
	commit(t, a, DeltaOf("cit", Gone(home)))
	if e := entry(t, a, catalog.KindKit, "kit-cit"); e.Title != "Kit CIT, regione" {
		t.Errorf("after its own repository went %q is shown, want the trusted copy", e.Title)
	}
}

func tombstones(t *testing.T, s Store) {
	kit := Kit("cit", urlCIT, "kit-cit", "Kit CIT", Ceded(brescia))
	commit(t, s, DeltaOf("cit", kit))
	commit(t, s, DeltaOf("cit", Gone(kit)))
	e, err := s.Entry(t.Context(), catalog.KindKit, "kit-cit")
	if !errors.Is(err, catalog.ErrGone) || e == nil || e.Title != "Kit CIT" || e.State != catalog.Gone {
		t.Fatalf("gone kit: %+v, %v, want its tombstone and ErrGone", e, err)
	}
	cards, err := s.Cards(t.Context(), "", 0)
	links, err2 := s.Links(t.Context(), brescia)
	entries, err3 := s.Entries(t.Context(), catalog.KindKit, "", 0)
	if err := errors.Join(err, err2, err3); err != nil {
		t.Fatal(err)
	}
	if res := search(t, s, catalog.Query{}); len(cards)+len(links)+len(entries)+res.Total != 0 {
		t.Errorf("a gone kit is in %d cards, %d links, %d entries, %d results", len(cards), len(links), len(entries), res.Total)
	}
	commit(t, s, DeltaOf("cit", kit))
	if res := search(t, s, catalog.Query{Text: "cit"}); entry(t, s, catalog.KindKit, "kit-cit").State != catalog.Live || res.Total != 1 {
		t.Errorf("a kit that came back is found %d times", res.Total)
	}
}

func ids(t *testing.T, s Store) {
	first := Kit("a", urlCIT, "kit", "Primo")
	commit(t, s, DeltaOf("a", first))
	second := Kit("b", urlSUA, "kit", "Secondo")
	commit(t, s, DeltaOf("b", second))
	other := "kit-" + catalog.KeyHash(urlSUA)
	if e := entry(t, s, catalog.KindKit, other); e.Title != "Secondo" {
		t.Errorf("%s is %q", other, e.Title)
	}
	commit(t, s, DeltaOf("a", Gone(first)))
	third := Kit("c", "https://example.org/third", "kit", "Terzo")
	commit(t, s, DeltaOf("c", third))
	e, err := s.Entry(t.Context(), catalog.KindKit, "kit")
	if !errors.Is(err, catalog.ErrGone) || e == nil || e.Key != urlCIT {
		t.Errorf("the id of a gone kit now leads to %+v, %v", e, err)
	}
	renamed := Kit("b", urlSUA, "another-id", "Secondo")
	renamed.LastRead = Day().Add(catalog.SettleIDs + 1)
	commit(t, s, DeltaOf("b", renamed))
	if e := entry(t, s, catalog.KindKit, other); e.Key != urlSUA {
		t.Errorf("a kit that changed the id in its file is no longer under %s", other)
	}
}

func links(t *testing.T, s Store) {
	kit := Kit("cit", urlCIT, "kit-cit", "Kit CIT", Ceded(brescia), Adopted(lecce, "interest"))
	commit(t, s, DeltaOf("cit", kit))
	commit(t, s, DeltaOf("lecce", Adoption("lecce", urlCIT, lecce, "analysis-start", "decision-adopt", "transfer-start"),
		Adoption("lecce", urlCIT, potenza, "interest")))
	e := entry(t, s, catalog.KindKit, "kit-cit")
	var told []string
	for _, a := range e.Adoptions {
		told = append(told, fmt.Sprint(a.Entity, " ", len(a.Events), " ", len(a.Places)))
	}
	same(t, "adoptions", told, []string{"ipa:c_e506 3 2", "ipa:c_g942 1 1"})
	for body, want := range map[catalog.EntityRef]catalog.Link{
		brescia: {Entity: brescia, Role: "ceding", KitID: "kit-cit", Title: "Kit CIT"},
		lecce:   {Entity: lecce, Role: "reusing", KitID: "kit-cit", Title: "Kit CIT", Phase: "B", State: "B", Events: 3},
	} {
		got, err := s.Links(t.Context(), body)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "links of "+string(body), got, []catalog.Link{want})
	}
	kit = Kit("cit", urlCIT, "kit-cit", "Kit CIT", Ceded(genova))
	commit(t, s, DeltaOf("cit", kit))
	if got, err := s.Links(t.Context(), brescia); err != nil || len(got) != 0 {
		t.Errorf("links of a body that no longer cedes: %v, %v", got, err)
	}
}

// renamed: what is known of a body shows on the kits that it cedes, whichever came first.
func renamed(t *testing.T, s Store) {
	commit(t, s, DeltaOf("cit", Kit("cit", urlCIT, "kit-cit", "Kit CIT", Ceded(brescia))))
	for _, name := range []string{"Provincia di Brescia", "Area vasta bresciana"} {
		commit(t, s, DeltaOf("catalogue", Entity("catalogue", "p_bs", name, "province", "Lombardia")))
		cards, err := s.Cards(t.Context(), "", 0)
		if err != nil || len(cards) != 1 {
			t.Fatal(cards, err)
		}
		same(t, "name of the ceding body", cards[0].CedingNames, []string{name})
		res := search(t, s, catalog.Query{Text: name, Filters: map[catalog.FacetName][]string{catalog.FacetRegion: {"Lombardia"}}})
		if res.Total != 1 {
			t.Errorf("%q in its region finds %d kits, want 1", name, res.Total)
		}
	}
}

func lists(t *testing.T, s Store) {
	var want []string
	for i := range 7 {
		id := fmt.Sprintf("kit-%d", i)
		commit(t, s, DeltaOf("s", Kit("s", "https://example.org/"+id, id, "Kit "+id)))
		want = append(want, id)
	}
	var cards, entries []string
	for after := ""; ; {
		page, err := s.Cards(t.Context(), after, 3)
		if err != nil || len(page) > 3 {
			t.Fatal(len(page), err)
		}
		if len(page) == 0 {
			break
		}
		for _, c := range page {
			cards, after = append(cards, c.ID), c.ID
		}
	}
	for after := ""; ; {
		page, err := s.Entries(t.Context(), catalog.KindKit, after, 2)
		if err != nil || len(page) > 2 {
			t.Fatal(len(page), err)
		}
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			entries, after = append(entries, e.ID), e.ID
		}
	}
	same(t, "cards", cards, want)
	same(t, "entries", entries, want)
}

func numbers(t *testing.T, s Store) {
	soft := Kit("s", "https://example.org/app", "app", "App", func(k *catalog.Kit) { k.Form = catalog.FormSoftware })
	old := Kit("s", "https://example.org/old", "old", "Vecchio", func(k *catalog.Kit) { k.Form = catalog.FormLegacy })
	kit := Kit("s", urlCIT, "kit-cit", "Kit CIT", Doc("A1", "Uno", "Che cosa fa.", "A", "informative"), Doc("A2", "Due", "Quanto costa.", "A", "managerial"),
		Doc("A3", "Tre", "", "A", "technological"), Adopted(lecce, "interest")) // the third is still to be written
	commit(t, s, DeltaOf("s", soft, old, kit, Entity("s", "p_bs", "Brescia", "province", "Lombardia")))
	got, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "stats", got, catalog.Stats{Kits: 1, Software: 1, Legacy: 1, Documents: 2, Adoptions: 1, Entities: 1, Named: 1, Sources: 1, Updated: Day()}) // Lecce has no record
	commit(t, s, DeltaOf("s", Gone(kit)))
	if got, err = s.Stats(t.Context()); err != nil || got.Kits != 0 || got.Documents != 0 {
		t.Errorf("after the kit went: %+v, %v", got, err)
	}
}

func sources(t *testing.T, s Store) {
	removed := DeltaOf("zeta")
	removed.State.Removed = true
	commit(t, s, removed, DeltaOf("alfa"))
	all, err := s.Sources(t.Context())
	if err != nil || len(all) != 2 || all[0].Source.ID != "alfa" || !all[1].Removed {
		t.Errorf("sources: %+v, %v", all, err)
	}
	if one, err := s.Source(t.Context(), "alfa"); err != nil || one.Commit != "c0ffee" {
		t.Errorf("alfa: %+v, %v", one, err)
	}
	if _, err := s.Source(t.Context(), "beta"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("a source that nobody told of: %v, want ErrNotFound", err)
	}
}

func reopened(t *testing.T, s Store) {
	kit := Kit("cit", urlCIT, "kit-cit", "Kit CIT", Ceded(brescia), Doc("A1", "Governance", "Gli organi.", "A", "managerial"))
	commit(t, s, DeltaOf("cit", kit), DeltaOf("other", Kit("other", urlSUA, "kit-cit", "Altro kit")))
	before := entry(t, s, catalog.KindKit, "kit-cit")
	s = s.(Reopener).Reopen(t)
	same(t, "entry", entry(t, s, catalog.KindKit, "kit-cit"), before)
	k, err := s.Known(t.Context(), "cit")
	if err != nil || len(k.Records) != 1 {
		t.Errorf("known: %+v, %v", k, err)
	}
	if res := search(t, s, catalog.Query{Text: "organi"}); res.Total != 1 {
		t.Errorf("%d kits are found after opening again, want 1", res.Total)
	}
	third := Kit("third", "https://example.org/third", "kit-cit", "Terzo")
	commit(t, s, DeltaOf("third", third))
	if e, err := s.EntryByKey(t.Context(), catalog.KindKit, third.Key); err != nil || e.ID == "kit-cit" {
		t.Errorf("an id was given twice: %v, %v", e, err)
	}
}

func cancelled(t *testing.T, s Store) {
	commit(t, s, DeltaOf("s", Kit("s", urlCIT, "kit-cit", "Kit CIT")))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Search(ctx, catalog.Query{Text: "cit"}); !errors.Is(err, context.Canceled) {
		t.Errorf("search: %v, want context.Canceled", err)
	}
	if err := s.Commit(ctx, DeltaOf("s", Kit("s", urlSUA, "kit-sua", "Kit SUA"))); !errors.Is(err, context.Canceled) {
		t.Errorf("commit: %v, want context.Canceled", err)
	}
}
