package catalog

import (
	"maps"
	"testing"
)

func TestTransformation(t *testing.T) {
	story := func(kit Key, body EntityRef, steps ...AdoptionEvent) Story {
		return Story{kit, &Adoption{Entity: body, Events: steps}}
	}
	yes := true
	begin := AdoptionEvent{Kind: "analysis-start"}
	decide := AdoptionEvent{Kind: "decision-adopt"}
	transfer := AdoptionEvent{Kind: "transfer-start", Date: "2019-03-01"}
	live, hold, cede := AdoptionEvent{Kind: "go-live"}, AdoptionEvent{Kind: "holder"}, AdoptionEvent{Kind: "ceding"}
	stories := []Story{
		story("k1", "ipa:c_a", begin, decide, transfer, live, hold),
		story("k1", "ipa:c_b", begin, decide, transfer),
		story("k1", "ipa:c_c", begin),                                                                    // in analysis: neither above nor below the line
		story("k1", "ipa:c_d", begin, decide, transfer, live, AdoptionEvent{Kind: "withdraw"}),           // it was there
		story("k1", "ipa:c_e", begin, decide, AdoptionEvent{Kind: "transfer-start", Planned: &yes}),      // not yet
		story("k2", "ipa:c_a", begin, decide, AdoptionEvent{Kind: "transfer-start"}, live, hold, cede),   // the same body again, no date
		story("k2", "ipa:c_f", AdoptionEvent{Kind: "ceding", Inferred: &yes}),                            // the steps before were not told
		story("k3", "ipa:c_c", begin, decide, AdoptionEvent{Kind: "transfer-start", Date: "2020"}, live), // one transfer, nobody transformed
		{Kit: "k4"}, // no story
	}
	for _, tc := range []struct {
		name string
		by   func(Story) []string
		want map[string]Rate
	}{
		{"all", func(Story) []string { return []string{""} }, map[string]Rate{"": {5, 2}}},
		{"by kit", ByKit, map[string]Rate{"k1": {3, 1}, "k2": {2, 2}, "k3": {1, 0}}},
		{"by year", ByYear, map[string]Rate{"2019": {3, 1}, "2020": {1, 0}, "": {2, 2}}},
		{"by region", ByRegion(map[EntityRef]*Entity{"ipa:c_a": {Region: "Umbria"}, "ipa:c_b": {Region: "Umbria"}, "ipa:c_e": {Region: "Puglia"}}),
			map[string]Rate{"Umbria": {2, 1}, "Puglia": {0, 0}, "": {3, 1}}},
		{"by community", ByCommunity([]*Community{
			{ID: "u", Endowment: []string{"k1", "k3"}, Members: []Member{{Entity: "ipa:c_a"}, {Entity: "ipa:c_b"}, {Entity: "ipa:c_c"}}},
			{ID: "v", Endowment: []string{"k2"}, Members: []Member{{Entity: "ipa:c_c"}}},
			{ID: "w", Endowment: []string{"k1"}, Members: []Member{{Entity: "ipa:c_c"}, {Entity: "ipa:c_e"}}}}),
			map[string]Rate{"u": {3, 1}, "w": {0, 0}}},
	} {
		if got := TransformationBy(stories, tc.by); !maps.Equal(got, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
	}
	if r := Transformation(nil); r.Known() || r.Share() != 0 {
		t.Errorf("a rate over nobody: %+v", r)
	}
	if r := Transformation(stories); !r.Known() || r.Share() != 0.4 {
		t.Errorf("%+v is %v", r, r.Share())
	}
}
