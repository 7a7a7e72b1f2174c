package catalog

import (
	"testing"
	"time"
)

func TestStale(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		d      Date
		months int
		want   bool
	}{
		{"2024-11-22", 24, false}, // to the day: not yet over
		{"2024-11-21", 24, true},
		{"2024-11-21", 0, true}, // nobody said how long: two years
		{"2024-11-21", 36, false},
		{"2026-11-22", 1, false},
		{"2027-01-01", 24, false}, // in the future
		{"2024", 24, false},       // it may have been its last day
		{"2023", 24, true},
		{"2024-11", 24, false},
		{"2024-10", 24, true},
		{"", 24, false},
		{"un giorno", 24, false},
	} {
		if got := Stale(tc.d, tc.months, now); got != tc.want {
			t.Errorf("%q after %d months: %v", tc.d, tc.months, got)
		}
	}
}

func TestStaleMonths(t *testing.T) {
	for _, tc := range []struct {
		config map[string]any
		want   int
	}{
		{nil, 24}, {map[string]any{"stalenessMonths": 12}, 12}, {map[string]any{"stalenessMonths": float64(36)}, 36},
		{map[string]any{"stalenessMonths": 0}, 24}, {map[string]any{"stalenessMonths": -3}, 24}, {map[string]any{"stalenessMonths": 1 << 40}, 24},
		{map[string]any{"stalenessMonths": "dodici"}, 24},
	} {
		if got := StaleMonths(&Catalogue{Config: tc.config}); got != tc.want {
			t.Errorf("%v: %d months", tc.config, got)
		}
	}
	if StaleMonths(nil) != DefaultStaleMonths {
		t.Error("no catalogue")
	}
}

func TestRevised(t *testing.T) {
	at := func(day string) []Change {
		when, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		return []Change{{Time: when}, {Time: when.AddDate(-1, 0, 0)}}
	}
	if got := Revised(&Document{Updated: "2020-01-01"}, at("2025-05-05")); got != "2020-01-01" {
		t.Errorf("what the document says: %s", got)
	}
	if got := Revised(&Document{}, at("2025-05-05")); got != "2025-05-05" {
		t.Errorf("the last commit: %s", got)
	}
	if got := Revised(&Document{}, nil); got != "" {
		t.Errorf("nobody knows: %s", got)
	}
	for _, tc := range []struct {
		name string
		k    Kit
		h    []Change
		want Date
	}{
		{"the newest of its parts", Kit{Form: FormKit, Released: "2019-06", Documents: []Document{{Updated: "2022-03-04"}, {Updated: "2025", Status: "superseded"}}, Templates: []Template{{Updated: "2021"}}}, at("2026-01-01"), "2022-03-04"},
		{"nothing is dated: the last commit", Kit{Form: FormKit}, at("2024-02-03"), "2024-02-03"},
		{"software lives by its commits", Kit{Form: FormSoftware, Released: "2015-01-01"}, at("2024-02-03"), "2024-02-03"},
		{"nothing at all", Kit{Form: FormLegacy}, nil, ""},
	} {
		if got := KitRevised(&tc.k, tc.h); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}
