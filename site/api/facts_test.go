package api

import (
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

// What follows from the facts is given as the pages give it; what cannot be computed is absent and not zero.
func TestFacts(t *testing.T) {
	shelf := sample()
	for i := range shelf.entries {
		if e := &shelf.entries[i]; e.ID == "kit-cit" {
			e.Kit.Documents[1].Updated = "2019-01-01"
			e.Kit.Releases = []catalog.Release{{Version: "1.0.0"}, {Version: "0.9.0"}, {Version: "0.8.0"}}
			e.Adoptions[0].KitVersion = "0.8"
			e.Adoptions = append(e.Adoptions, catalog.Adoption{Entity: "ipa:c_b157", Events: []catalog.AdoptionEvent{{Kind: "interest"}}})
		}
	}
	s := serve(t, shelf)
	k := get[kitAnswer](s, "/api/v1/kits/kit-cit", 200)
	if k.Transformed.Reached != 1 || k.Transformed.Transformed != 0 || k.Transformed.Share == nil || *k.Transformed.Share != 0 {
		t.Errorf("transformation: %+v", k.Transformed)
	}
	if k.Durations.ToDecision == nil || *k.Durations.ToDecision != (catalog.Median{Days: 60, Of: 1}) || k.Durations.ToGoLive != nil {
		t.Errorf("durations: %+v", k.Durations)
	}
	if r := k.Revision; r.Day != "2019-01-01" || !r.Stale || r.Months != 24 || !slices.Equal(r.Documents, []string{"b1"}) {
		t.Errorf("revision: %+v", r)
	}
	if l := k.Adoptions[0].VersionLag; l.Version != "0.8" || l.Standing != catalog.StandingBehind || l.Behind != 2 || !slices.Equal(l.Newer, []string{"1.0.0", "0.9.0"}) {
		t.Errorf("version lag: %+v", l)
	}
	if l := k.Adoptions[1].VersionLag; l.Standing != catalog.StandingUnknown || l.Behind != 0 {
		t.Errorf("a body that does not say its version: %+v", l)
	}
	if m := k.Completeness.Missing; len(m) != 9 || m[0].Phase != "A" || m[0].Ambit != "informative" || !strings.Contains(m[0].Advice, "sintesi") {
		t.Errorf("missing cells: %+v", m)
	}
	if en := get[kitAnswer](s, "/api/v1/kits/kit-cit?lang=en", 200); !strings.Contains(en.Completeness.Missing[0].Advice, "summary") {
		t.Errorf("in English: %+v", en.Completeness.Missing[0])
	}
	if soft := get[kitAnswer](s, "/api/v1/kits/sportello", 200); soft.Transformed.Share != nil || soft.Transformed.Reached != 0 || soft.Revision.Stale || soft.Durations != (durations{}) {
		t.Errorf("nothing to compute from: %+v %+v", soft.Transformed, soft.Revision)
	}
}
