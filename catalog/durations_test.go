package catalog

import "testing"

func TestDurations(t *testing.T) {
	story := func(dates ...Date) Adoption {
		var a Adoption
		for i, kind := range []string{"analysis-start", "decision-adopt", "transfer-start", "go-live"} {
			if i < len(dates) {
				a.Events = append(a.Events, AdoptionEvent{Kind: kind, Date: dates[i]})
			}
		}
		return a
	}
	for _, tc := range []struct {
		name    string
		stories []Adoption
		want    Durations
	}{
		{"nobody", nil, Durations{}},
		{"no dates", []Adoption{story("", "", "", "")}, Durations{}},
		{"one", []Adoption{story("2020-01-01", "2020-01-31", "", "2020-03-01")}, Durations{Median{30, 1}, Median{30, 1}}},
		{"two: half a day is rounded up", []Adoption{story("2020-01-01", "2020-01-11"), story("2020-01-01", "2020-01-12")}, Durations{ToDecision: Median{11, 2}}},
		{"three, in no order", []Adoption{story("2020-01-01", "2021-01-01"), story("2020-01-01", "2020-01-03"), story("2020-01-01", "2020-01-06")}, Durations{ToDecision: Median{5, 3}}},
		{"the same day is a duration", []Adoption{story("2020-01-01", "2020-01-01")}, Durations{ToDecision: Median{0, 1}}},
		{"a month is not a day: nothing is measured from it", []Adoption{story("2020-01", "2020-06-01", "", "2021")}, Durations{}},
	} {
		if got := DurationsOf(tc.stories); got != tc.want {
			t.Errorf("%s: %+v, want %+v", tc.name, got, tc.want)
		}
	}
}
