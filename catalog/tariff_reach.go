package catalog

import (
	"math"
	"slices"
)

// bounds gives the least and the most that lie in a range; without a bound it reaches as far as a number can.
func (r *Range) bounds() (lo, hi int) {
	lo, hi = math.MinInt, math.MaxInt
	if r == nil {
		return lo, hi
	}
	if r.GTE != nil {
		lo = *r.GTE
	}
	if r.GT != nil && *r.GT < math.MaxInt {
		lo = max(lo, *r.GT+1)
	}
	if r.LTE != nil {
		hi = *r.LTE
	}
	if r.LT != nil && *r.LT > math.MinInt {
		hi = min(hi, *r.LT-1)
	}
	return lo, hi
}

// covers says that whoever meets o meets c, too. It may say no where yes is true, never the other way.
func (c *Condition) covers(o *Condition) bool {
	if c == nil {
		return true
	}
	if o == nil {
		o = &Condition{}
	}
	if len(c.EntityType) > 0 && (len(o.EntityType) == 0 || slices.ContainsFunc(o.EntityType, func(t string) bool { return !slices.Contains(c.EntityType, t) })) {
		return false
	}
	if c.Member != nil && (o.Member == nil || *o.Member != *c.Member) {
		return false
	}
	if c.Date != nil && *c.Date != (Validity{}) && (o.Date == nil || *o.Date != *c.Date) {
		return false
	}
	lo, hi := c.Inhabitants.bounds()
	low, high := o.Inhabitants.bounds()
	return lo <= low && hi >= high
}

// maxReached bounds the rules of one tariff that are compared with each other.
const maxReached = 300

// hidden gives, for each rule that no body ever comes to because an earlier one takes all of its own, that earlier rule.
func (t *Tariff) hidden() map[int]int {
	out := map[int]int{}
	for i := range t.Rules[:min(len(t.Rules), maxReached)] {
		for j := range i {
			if t.Rules[j].When.covers(t.Rules[i].When) {
				out[i] = j
				break
			}
		}
	}
	return out
}
