package catalog

import "slices"

// Median is the middle of some durations in days, over those that are known.
type Median struct {
	Days int `json:"days"`
	Of   int `json:"of"` // how many are known; with none there is no median
}

// Durations are how long bodies took with a kit, as far as their dates are known: from the start of the analysis to the
// decision, and from there to go-live (kit format §10).
type Durations struct {
	ToDecision Median `json:"toDecision"`
	ToGoLive   Median `json:"toGoLive"`
}

// DurationsOf gives the medians over the histories of a kit.
func DurationsOf(adoptions []Adoption) Durations {
	var decision, live []int
	for i := range adoptions {
		p := Follow(adoptions[i].Events)
		if p.DaysToDecision >= 0 {
			decision = append(decision, p.DaysToDecision)
		}
		if p.DaysToGoLive >= 0 {
			live = append(live, p.DaysToGoLive)
		}
	}
	return Durations{medianOf(decision), medianOf(live)}
}

// medianOf gives the middle value, or the mean of the two middle ones rounded half up.
func medianOf(days []int) Median {
	n := len(days)
	if n == 0 {
		return Median{}
	}
	days = slices.Sorted(slices.Values(days))
	if n%2 == 1 {
		return Median{days[n/2], n}
	}
	return Median{(days[n/2-1] + days[n/2] + 1) / 2, n}
}
