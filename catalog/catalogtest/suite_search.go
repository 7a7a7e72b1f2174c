package catalogtest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

type filters = map[catalog.FacetName][]string

func search(t *testing.T, s Store, q catalog.Query) catalog.Result {
	t.Helper()
	res, err := s.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("search %+v: %v", q, err)
	}
	if len(res.Facets) != len(catalog.FacetNames()) {
		t.Errorf("search %+v tells %d facets", q, len(res.Facets))
	}
	return res
}

// found lists the ids of the hits in the order of ids.
func found(res catalog.Result) []string {
	out := found0(res)
	slices.Sort(out)
	return out
}

// found0 lists them in the order in which they came.
func found0(res catalog.Result) []string {
	var out []string
	for _, h := range res.Hits {
		out = append(out, h.Card.ID)
	}
	return out
}

// counted gives a facet as "A:2 B:1*": by count, then label; a star is for the chosen ones.
func counted(res catalog.Result, name catalog.FacetName) string {
	var out []string
	for _, f := range res.Facets {
		if f.Name != name {
			continue
		}
		for _, v := range f.Values {
			s := fmt.Sprintf("%s:%d", v.Value, v.Count)
			if v.Selected {
				s += "*"
			}
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}

// three brings in three kits:
//
//	kit-a  practice  documents A informative, A managerial, B managerial  "pratica" in all three
//	kit-b  practice  document B managerial                                "pratica"
//	kit-c  community document C informative                               not
func three(t *testing.T, s Store) {
	t.Helper()
	commit(t, s, DeltaOf("s",
		Kit("s", "https://example.org/a", "kit-a", "Primo", Ceded(brescia),
			Doc("A1", "Uno", "Una pratica.", "A", "informative"), Doc("A2", "Due", "Una pratica.", "A", "managerial"),
			Doc("B2", "Tre", "Una pratica.", "B", "managerial")),
		Kit("s", "https://example.org/b", "kit-b", "Secondo", Ceded(genova), Doc("B2", "Due", "La pratica.", "B", "managerial")),
		Kit("s", "https://example.org/c", "kit-c", "Terzo", Ceded(genova), Doc("C1", "Uno", "Altro.", "C", "informative"),
			func(k *catalog.Kit) { k.Kind = "community" }),
	), DeltaOf("catalogue", Entity("catalogue", "p_bs", "Provincia di Brescia", "province", "Lombardia"),
		Entity("catalogue", "cmge", "Città metropolitana di Genova", "metropolitan-city", "Liguria")))
}

// practiceText is found in the documents above; the filter on documents keeps out the kits' own kind, "Buona pratica".
const practiceText = "pratica"

func totals(t *testing.T, s Store) {
	three(t, s)
	if res := search(t, s, catalog.Query{}); res.Total != 3 || len(res.Hits) != 3 {
		t.Errorf("everything: total %d, %d hits, want 3 kits", res.Total, len(res.Hits))
	}
	res := search(t, s, catalog.Query{Text: practiceText, Filters: filters{catalog.FacetType: {"document"}}})
	if res.Total != 2 {
		t.Errorf("total is %d for four documents of two kits", res.Total)
	}
	same(t, "kits", found(res), []string{"kit-a", "kit-b"})
	for _, h := range res.Hits {
		if len(h.Parts) == 0 || len(h.Parts) > 3 {
			t.Errorf("%s shows %d parts, want 1 to 3", h.Card.ID, len(h.Parts))
		}
		for _, p := range h.Parts {
			if p.Type != catalog.PartDocument || p.ID == "" || p.Title == "" {
				t.Errorf("%s shows the part %+v, which the filter keeps out", h.Card.ID, p)
			}
		}
	}
}

func sideways(t *testing.T, s Store) {
	three(t, s)
	docs := []string{"document"}
	res := search(t, s, catalog.Query{Text: practiceText, Filters: filters{catalog.FacetType: docs, catalog.FacetPhase: {"A"}}})
	same(t, "kits", found(res), []string{"kit-a"})
	for name, want := range map[catalog.FacetName]string{
		catalog.FacetPhase:  "B:2 A:1*",                   // as if no phase were chosen
		catalog.FacetAmbit:  "managerial:1 informative:1", // of the parts in phase A
		catalog.FacetKind:   "practice:1",                 //
		catalog.FacetRegion: "Lombardia:1",                //
		catalog.FacetEntity: "ipa:p_bs:1",                 //
	} {
		same(t, "facet "+string(name), counted(res, name), want)
	}
	res = search(t, s, catalog.Query{Filters: filters{catalog.FacetKind: {"community"}, catalog.FacetRegion: {"Lombardia"}}})
	same(t, "kits", found(res), []string(nil))
	same(t, "kind, in that region", counted(res, catalog.FacetKind), "practice:1 community:0*")
	same(t, "region, of that kind", counted(res, catalog.FacetRegion), "Liguria:1 Lombardia:0*")
	same(t, "phase, of both", counted(res, catalog.FacetPhase), "")
	res = search(t, s, catalog.Query{Filters: filters{catalog.FacetRegion: {"Liguria", "Lombardia"}}})
	if res.Total != 3 {
		t.Errorf("two values of a facet are alternatives: %d kits, want 3", res.Total)
	}
	res = search(t, s, catalog.Query{Filters: filters{catalog.FacetRegion: {"Atlantide"}}})
	same(t, "a value that nobody has", counted(res, catalog.FacetRegion), "Liguria:2 Lombardia:1 Atlantide:0*")
}

// onePart: phase, ambit and type are asked of one and the same part.
func onePart(t *testing.T, s Store) {
	three(t, s)
	res := search(t, s, catalog.Query{Filters: filters{catalog.FacetType: {"document"}, catalog.FacetPhase: {"B"}, catalog.FacetAmbit: {"informative"}}})
	// kit-a has a document in phase B and an informative one, which are not the same: the overview must not join them.
	res2 := search(t, s, catalog.Query{Filters: filters{catalog.FacetPhase: {"B"}, catalog.FacetAmbit: {"informative"}}})
	same(t, "any part in phase B that is informative", found(res2), []string(nil))
	res2 = search(t, s, catalog.Query{Filters: filters{catalog.FacetAmbit: {"informative"}}})
	same(t, "phases of what is informative", counted(res2, catalog.FacetPhase), "C:1 A:1")
	same(t, "a document in phase B that is informative", found(res), []string(nil))
	same(t, "its ambits", counted(res, catalog.FacetAmbit), "managerial:2 informative:0*")
	res = search(t, s, catalog.Query{Filters: filters{catalog.FacetType: {"document"}, catalog.FacetPhase: {"A", "C"}, catalog.FacetAmbit: {"informative"}}})
	same(t, "in phase A or C", found(res), []string{"kit-a", "kit-c"})
}

func entityFacets(t *testing.T, s Store) {
	three(t, s)
	res := search(t, s, catalog.Query{})
	same(t, "entities", counted(res, catalog.FacetEntity), "ipa:cmge:2 ipa:p_bs:1")
	same(t, "types", counted(res, catalog.FacetEntityType), "metropolitan-city:2 province:1")
	for _, f := range res.Facets {
		for _, v := range f.Values {
			if v.Label.It == "" || (f.Name == catalog.FacetEntity && !strings.Contains("Città metropolitana di Genova Provincia di Brescia", v.Label.It)) {
				t.Errorf("%s %s is labelled %q", f.Name, v.Value, v.Label.It)
			}
		}
	}
	// Of a body without a record the kit itself, or the history, tells the name.
	named := func(k *catalog.Kit) {
		k.Ceding, k.Names = []catalog.EntityRef{"ipa:c_f704"}, map[catalog.EntityRef]string{"ipa:c_f704": "Comune di Monza"}
		k.Adoptions = []catalog.Adoption{{Entity: "ipa:c_a323", Name: "Comune di Anzio"}, {Entity: "ipa:c_x999"}}
	}
	commit(t, s, DeltaOf("sn", Kit("sn", "https://example.org/nomi", "kit-nomi", "Kit con nomi", named)))
	want := map[string]string{"ipa:c_f704": "Comune di Monza", "ipa:c_a323": "Comune di Anzio", "ipa:c_x999": "c_x999"}
	for _, f := range search(t, s, catalog.Query{Text: "nomi"}).Facets {
		for _, v := range f.Values {
			if name := want[v.Value]; name != "" && v.Label.It != name {
				t.Errorf("%s %s is labelled %q, want %q", f.Name, v.Value, v.Label.It, name)
			} else if name != "" {
				delete(want, v.Value)
			}
		}
	}
	if len(want) != 0 {
		t.Errorf("no values for %v", want)
	}
}

func pages(t *testing.T, s Store) {
	for i := range 7 {
		id := fmt.Sprintf("kit-%d", i)
		source := catalog.SourceID("s" + id)
		commit(t, s, DeltaOf(source, Kit(source, "https://example.org/"+id, id, "Kit pagine", Doc("A1", "Uno", "Una pagina.", "A", "managerial"))))
	}
	for _, q := range []catalog.Query{{}, {Text: "pagina"}, {Sort: catalog.ByName}, {Text: "pagina", Sort: catalog.ByNewest}} {
		var all []string
		for q.Page = 1; q.Page < 9; q.Page++ {
			q.Size = 3
			res := search(t, s, q)
			if res.Total != 7 || len(res.Hits) > 3 {
				t.Fatalf("%+v: total %d, %d hits", q, res.Total, len(res.Hits))
			}
			if q.Page == 3 && len(res.Hits) != 1 || q.Page > 3 && len(res.Hits) != 0 {
				t.Errorf("%+v: %d hits", q, len(res.Hits))
			}
			all = append(all, found(res)...)
		}
		slices.Sort(all)
		if len(all) != 7 || len(slices.Compact(all)) != 7 {
			t.Errorf("%+v: the pages hold %q, want each kit once", q, all)
		}
	}
}

func orders(t *testing.T, s Store) {
	at := func(d catalog.Date, form catalog.Form) func(*catalog.Kit) {
		return func(k *catalog.Kit) { k.Released, k.Form = d, form }
	}
	commit(t, s, DeltaOf("s",
		Kit("s", "https://example.org/1", "k1", "Zeta", at("2026-03-01", catalog.FormKit)),
		Kit("s", "https://example.org/2", "k2", "àlfa", at("2026-02-01", catalog.FormKit)),
		Kit("s", "https://example.org/3", "k3", "Beta", at("2026-04-01", catalog.FormSoftware))))
	for by, want := range map[catalog.Sort][]string{
		catalog.ByRelevance: {"k1", "k2", "k3"}, // kits first, then the newest
		catalog.ByNewest:    {"k3", "k1", "k2"},
		catalog.ByName:      {"k2", "k3", "k1"},
	} {
		same(t, "order "+string(by), found0(search(t, s, catalog.Query{Sort: by})), want)
	}
}

func accents(t *testing.T, s Store) {
	commit(t, s, DeltaOf("s", Kit("s", urlCIT, "kit-cit", "Città digitale", Doc("A1", "Perché aderire", "L’identità dell'ente.", "A", "managerial"))))
	for _, text := range []string{"citta", "città", "CITTÀ", "perche", "identita", "identità", "ente"} {
		if res := search(t, s, catalog.Query{Text: text}); res.Total != 1 {
			t.Errorf("%q finds %d kits, want 1", text, res.Total)
		}
	}
}

func titles(t *testing.T, s Store) {
	long := strings.Repeat("Un testo che parla di tante cose. ", 30)
	commit(t, s, DeltaOf("s",
		Kit("s", "https://example.org/b", "kit-b", "Altro", Doc("A1", "Varie", long+"Qui la convenzione.", "A", "managerial")),
		Kit("s", "https://example.org/a", "kit-a", "Ancora", Doc("A1", "Varie", long, "A", "managerial"),
			Act("schema", "Schema di convenzione", "convention", "Tra gli enti.")),
	))
	res := search(t, s, catalog.Query{Text: "convenzione"})
	same(t, "kits", found0(res), []string{"kit-a", "kit-b"})
	if p := res.Hits[0].Parts[0]; p.Type != catalog.PartTemplate || p.ID != "schema" {
		t.Errorf("the first part is %s %s, want the act that is called so", p.Type, p.ID)
	}
}

func snippets(t *testing.T, s Store) {
	commit(t, s, DeltaOf("s", Kit("s", urlCIT, "kit-cit", "Kit CIT", Doc("A1", "Uno", "Qui c'è <b>tariffa</b> per l'ente.", "A", "managerial"))))
	res := search(t, s, catalog.Query{Text: "tariffa"})
	if len(res.Hits) != 1 || len(res.Hits[0].Parts) != 1 {
		t.Fatalf("hits: %+v", res.Hits)
	}
	var all, marked string
	for _, f := range res.Hits[0].Parts[0].Snippet {
		all += f.Text
		if f.Match {
			marked += f.Text
		}
	}
	if !strings.Contains(marked, "tariffa") || strings.Contains(marked, "ente") || !strings.Contains(all, "per l'ente") {
		t.Errorf("snippet %q marks %q", all, marked)
	}
}

func bounds(t *testing.T, s Store) {
	three(t, s)
	for _, q := range []catalog.Query{
		{Page: -1}, {Page: catalog.MaxPage + 1}, {Size: catalog.MaxSize + 1}, {Size: -1}, {Sort: "random"},
		{Filters: filters{"colour": {"red"}}}, {Filters: filters{catalog.FacetKind: slices.Repeat([]string{"x"}, catalog.MaxFilters+1)}},
	} {
		if _, err := s.Search(t.Context(), q); !errors.Is(err, catalog.ErrInvalid) {
			t.Errorf("%.100s: %v, want ErrInvalid", fmt.Sprint(q), err)
		}
	}
	for _, text := range []string{"*", "+(\"", "pratica:*a*", "\x00\xff", strings.Repeat("pratica ", 500), strings.Repeat("x", 5000), "' ’ - _ .", "[a TO b]^9~"} {
		if _, err := s.Search(t.Context(), catalog.Query{Text: text}); err != nil {
			t.Errorf("%.40q: %v, want an answer to whatever is typed", text, err)
		}
	}
}

func nothing(t *testing.T, s Store) {
	if res := search(t, s, catalog.Query{}); res.Total != 0 || len(res.Hits) != 0 {
		t.Errorf("an empty store finds %+v", res)
	}
	three(t, s)
	for _, text := range []string{"zzxxqq", "?!"} {
		if res := search(t, s, catalog.Query{Text: text}); res.Total != 0 || len(res.Hits) != 0 {
			t.Errorf("%q finds %q", text, found(res))
		}
	}
}

// lastCommit: parts that a kit no longer has are no longer found.
func lastCommit(t *testing.T, s Store) {
	commit(t, s, DeltaOf("s", Kit("s", urlCIT, "kit-cit", "Kit CIT", Doc("A1", "Uno", "parola vecchia", "A", "managerial"), Doc("A2", "Due", "parola rimasta", "A", "managerial"))))
	commit(t, s, DeltaOf("s", Kit("s", urlCIT, "kit-cit", "Kit CIT", Doc("A2", "Due", "parola rimasta e nuova", "A", "managerial"))))
	for text, want := range map[string]int{"vecchia": 0, "rimasta": 1, "nuova": 1} {
		if res := search(t, s, catalog.Query{Text: text}); res.Total != want {
			t.Errorf("%q finds %d kits, want %d", text, res.Total, want)
		}
	}
}
