package site

import (
	"slices"

	"github.com/open-community-pa/riuso/catalog"
)

// The first rule that holds decides (kit format §7), so a rule that comes later is for those whom the earlier ones have
// left. Who reads one row of a table does not think of the rows above: what is left is said in the row.

// leftTo narrows the condition of a rule to what the earlier rules leave of it. Only what is certain is narrowed: bounds
// of inhabitants that start where another rule for the same bodies, with no other condition, ends.
func leftTo(earlier []catalog.Rule, c *catalog.Condition) *catalog.Condition {
	if c == nil {
		return nil
	}
	left := catalog.Range{}
	if c.Inhabitants != nil {
		left = *c.Inhabitants
	}
	below, above := left.GT == nil && left.GTE == nil, left.LT == nil && left.LTE == nil
	for _, e := range earlier {
		if e.When == nil || e.When.Inhabitants == nil || e.When.Member != nil || e.When.Date != nil || !sameTypes(e.When.EntityType, c.EntityType) {
			continue
		}
		switch r := e.When.Inhabitants; {
		case r.GT == nil && r.GTE == nil && below: // all up to a bound were served
			left.GT, left.GTE = higher(left.GT, r.LTE), higher(left.GTE, r.LT)
		case r.LT == nil && r.LTE == nil && above: // all from a bound on were served
			left.LT, left.LTE = lower(left.LT, r.GTE), lower(left.LTE, r.GT)
		}
	}
	if left.GT != nil && left.GTE != nil { // the one that is the narrower says it all
		if *left.GT >= *left.GTE {
			left.GTE = nil
		} else {
			left.GT = nil
		}
	}
	if left.LT != nil && left.LTE != nil {
		if *left.LT <= *left.LTE {
			left.LTE = nil
		} else {
			left.LT = nil
		}
	}
	out := *c
	if left != (catalog.Range{}) {
		out.Inhabitants = &left
	}
	return &out
}

func higher(a, b *int) *int {
	if a == nil || b != nil && *b > *a {
		return b
	}
	return a
}

func lower(a, b *int) *int {
	if a == nil || b != nil && *b < *a {
		return b
	}
	return a
}

func sameTypes(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// othersKey is the message for a last rule without a condition. "Other bodies" is said only when every kind of body that
// is named above has been served to the last one.
func othersKey(earlier []catalog.Rule) string {
	served, named := map[string]bool{}, map[string]bool{}
	for _, e := range earlier {
		if e.When == nil || len(e.When.EntityType) == 0 {
			return "tariff.others"
		}
		for _, t := range e.When.EntityType {
			named[t] = true
			if e.When.Inhabitants == nil && e.When.Member == nil && e.When.Date == nil {
				served[t] = true
			}
		}
	}
	if len(named) == 0 || len(served) != len(named) {
		return "tariff.others"
	}
	return "tariff.otherBodies"
}
