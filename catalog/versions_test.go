package catalog

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestCompareVersions(t *testing.T) {
	// each comes after the one before it
	for _, ladder := range []string{
		"1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0", // SemVer 2.0.0, §11
		"v0.9 1.0 V1.2 v1.10.0 1.10.0.1 2",
		"2019 2020-12 2021-02 2021-06 2021-06-30 2021-11",
		"bozza finale v1rc1 v1.0.0",
		"1.99999999999999999999 1.100000000000000000000",
	} {
		names := strings.Fields(ladder)
		for i := range names {
			for j := range names {
				want := 0
				switch {
				case i < j:
					want = -1
				case i > j:
					want = 1
				}
				if got := CompareVersions(names[i], names[j]); got != want {
					t.Errorf("%s and %s: %d, want %d", names[i], names[j], got, want)
				}
			}
		}
	}
	for _, same := range [][2]string{{"1.0", "v1.0.0"}, {"1.2.0+build.7", "1.2.0"}, {"2021-06", "2021.6"}, {"Versione 2", "2.0.0"}} {
		if CompareVersions(same[0], same[1]) != 0 {
			t.Errorf("%s and %s are not the same", same[0], same[1])
		}
	}
}

func TestLag(t *testing.T) {
	k := &Kit{Version: "2.0.0", Releases: []Release{{Version: "2.0.0", Body: "nuovo"}, {Version: "1.1.0"}, {Version: "1.0.0"}},
		Tags: []Tag{{Name: "v1.0.0"}, {Name: "v1.2.0", Time: time.Date(2025, 3, 4, 5, 0, 0, 0, time.UTC)}, {Name: "v3.0.0-rc.1"}, {Name: "altro/v9.0.0"}, {Name: "ultima"}}}
	all := Released(k)
	for _, tc := range []struct {
		version string
		want    Standing
		newer   string
	}{
		{"2.0.0", StandingCurrent, ""},
		{"v2", StandingCurrent, ""},
		{"1.0.0", StandingBehind, "2.0.0 v1.2.0 1.1.0"},
		{"1.1", StandingBehind, "2.0.0 v1.2.0"},
		{"3.0.0-rc.1", StandingCurrent, ""},
		{"1.0.5", StandingUnlisted, "2.0.0 v1.2.0 1.1.0"},
		{"4.0.0", StandingUnlisted, ""},
		{"quella di giugno", StandingUnlisted, ""},
		{"", StandingUnknown, ""},
	} {
		got := Lag(tc.version, all)
		var newer []string
		for _, r := range got.Newer {
			newer = append(newer, r.Version)
		}
		if got.Standing != tc.want || strings.Join(newer, " ") != tc.newer || got.Behind() != len(newer) {
			t.Errorf("%q is %s, newer %v; want %s, %s", tc.version, got.Standing, newer, tc.want, tc.newer)
		}
	}
	if got := Lag("1.0.0", nil); got.Standing != StandingUnknown {
		t.Errorf("a kit without releases: %+v", got)
	}
	if i := slices.IndexFunc(all, func(r Release) bool { return r.Version == "v1.2.0" }); i < 0 || all[i].Date != "2025-03-04" {
		t.Errorf("the tag has no day: %+v", all)
	}
	hosted := Released(&Kit{Folder: "kits/kit-a", Tags: []Tag{{Name: "kit-a/v1.0.0"}, {Name: "kit-b/v2.0.0"}, {Name: "v3.0.0"}}})
	if len(hosted) != 1 || hosted[0].Version != "v1.0.0" {
		t.Errorf("a hosted kit: %+v", hosted)
	}
	dated := Released(&Kit{Releases: []Release{{Version: "2020-12"}}, Tags: []Tag{{Name: "2021-06"}, {Name: "2021-02"}}})
	if got := Lag("2020-12", dated); got.Behind() != 2 || got.Newer[0].Version != "2021-06" {
		t.Errorf("versions that are months: %+v", got)
	}
}

func TestVersionInUse(t *testing.T) {
	yes := true
	live := AdoptionEvent{Kind: "go-live", Version: "1.0.0"}
	for _, tc := range []struct {
		a    Adoption
		want string
	}{
		{Adoption{KitVersion: "2.0.0", Events: []AdoptionEvent{live}}, "2.0.0"},
		{Adoption{Events: []AdoptionEvent{live}}, "1.0.0"},
		{Adoption{Events: []AdoptionEvent{live, {Kind: "upgrade", From: "1.0.0", To: "1.1.0"}}}, "1.1.0"},
		{Adoption{Events: []AdoptionEvent{live, {Kind: "upgrade", To: "2.0.0", Planned: &yes}}}, "1.0.0"},
		{Adoption{Events: []AdoptionEvent{{Kind: "training"}}}, ""},
	} {
		if got := VersionInUse(&tc.a); got != tc.want {
			t.Errorf("%+v: %q, want %q", tc.a, got, tc.want)
		}
	}
}
