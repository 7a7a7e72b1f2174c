package api

import (
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// What ties a kit to others is in its answer: its other addresses, its origins and variants, and who judged it, with
// whether the level is one that this catalogue stands for.
func TestAKitAndItsKin(t *testing.T) {
	s := sample()
	for i := range s.entries {
		switch e := &s.entries[i]; e.ID {
		case "kit-cit":
			e.Aliases = []catalog.Key{"https://git.example.it/vecchio/kit-cit", "file:///srv/git/x"}
			e.Variants = []catalog.Key{"https://git.example.it/comune/sportello", "https://git.example.it/ignoto"}
			e.Evaluations = []catalog.Evaluation{
				{ID: "e1", Evaluator: catalog.Evaluator{Entity: "ipa:r_lombar", Role: "observatory"}, Level: "qualified", Places: []catalog.AdoptionPlace{{Where: "catalogue", URL: "file:///srv/git/c"}}},
				{ID: "e2", Evaluator: catalog.Evaluator{Entity: "ipa:p_bs", Role: "observatory"}, Level: "qualified"},
			}
			e.Ways = append(e.Ways, catalog.Via{Source: "altro", State: catalog.Live, Via: []string{"altro"}, Copy: true})
		case "sportello":
			e.Kit.PublicCode = &publiccode.PublicCode{IsBasedOn: []string{"https://git.example.it/provincia/kit-cit.git", "https://git.example.it/ignoto", "https://git.example.it/comune/sportello"}}
		}
	}
	s.entries = append(s.entries, catalog.Entry{ID: "zz", Record: catalog.Record{Kind: catalog.KindCatalogue, Key: "https://git.example.it/catalogo", Local: true, State: catalog.Live,
		Catalogue: &catalog.Catalogue{ID: "c", Observatory: []catalog.EntityRef{"ipa:r_lombar"}}}})
	k := get[kitAnswer](serve(t, s), "/api/v1/kits/kit-cit", 200)
	if len(k.Aliases) != 1 || k.Aliases[0] != "https://git.example.it/vecchio/kit-cit" {
		t.Errorf("aliases %q", k.Aliases)
	}
	if len(k.Variants) != 1 || k.Variants[0].ID != "sportello" || k.Variants[0].Name != "Sportello" || len(k.BasedOn) != 0 {
		t.Errorf("variants %+v, based on %+v", k.Variants, k.BasedOn)
	}
	if len(k.Evaluations) != 2 || !k.Evaluations[0].LevelHolds || k.Evaluations[1].LevelHolds || k.Evaluations[0].Places[0].URL != "" {
		t.Errorf("evaluations %+v", k.Evaluations)
	}
	if w := k.Provenance.Ways; len(w) != 2 || !w[1].Copy || len(w[1].Via) != 1 {
		t.Errorf("ways %+v", w)
	}
	soft := get[kitAnswer](serve(t, s), "/api/v1/kits/sportello", 200)
	if b := soft.BasedOn; len(b) != 2 || b[0].ID != "kit-cit" || b[0].API == "" || b[1] != (kin{Repository: "https://git.example.it/ignoto"}) {
		t.Errorf("based on %+v", b)
	}
}
