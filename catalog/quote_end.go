package catalog

import (
	"math/big"
	"slices"
)

// counted is one item of the total, as the discounts so far leave it.
type counted struct {
	id, label    string
	first, later span
}

// off takes a discount away from an amount.
func (d *Discount) off(s span, value *big.Rat) span {
	if d.Kind == "amount" {
		return s.plus(exactly(new(big.Rat).Neg(value)))
	}
	return s.times(new(big.Rat).Sub(big.NewRat(1, 1), new(big.Rat).Quo(value, big.NewRat(100, 1))))
}

// of says whether a discount is of an item, by its id or its label.
func (d *Discount) of(id, label string) bool {
	return id != "" && slices.Contains(d.AppliesTo, id) || label != "" && slices.Contains(d.AppliesTo, label)
}

func (q *quoting) eachItem(which func(*counted) bool, change func(span) span) {
	for i := range q.items {
		if it := &q.items[i]; which(it) {
			it.first, it.later = change(it.first), change(it.later)
		}
	}
}

// discountOf takes a discount from the items that it names. A percentage is of each of them; an amount is taken once, and
// only from a period in which one of them is paid.
func (q *quoting) discountOf(d *Discount, value *big.Rat) {
	minus := big.NewRat(-1, 1)
	first, later := exactly(new(big.Rat)), exactly(new(big.Rat)) // of the items named
	named := func(it *counted) bool { return d.of(it.id, it.label) }
	for i := range q.items {
		if it := &q.items[i]; named(it) {
			first, later = first.plus(it.first), later.plus(it.later)
		}
	}
	paid := func(s span) bool { return s.hi == nil || s.hi.Sign() != 0 }
	for _, p := range []struct {
		total *span
		part  span
	}{{&q.first, first}, {&q.later, later}} {
		if paid(p.part) {
			*p.total = p.total.plus(d.off(p.part, value).plus(p.part.times(minus)))
		}
	}
	if d.Kind == "percent" {
		q.eachItem(named, func(s span) span { return d.off(s, value) })
	}
}

// discounts lowers the amounts in the order of the author. A discount whose value is not published leaves the lower
// bound open: the result then is "at most".
func (q *quoting) discounts() {
	for _, d := range q.rule.Discounts {
		if d.Unknown != nil && *d.Unknown {
			q.unknown = true
			q.lines = append(q.lines, QuoteLine{Label: d.Label, Note: d.Note})
			continue
		}
		value := ratOf(d.Value)
		if d.By != "" {
			if n, known := q.in.Quantities[d.By]; known {
				value = inTable(d.Table, new(big.Rat).SetInt64(int64(n)), false)
			} else {
				q.missing = append(q.missing, d.By)
			}
		}
		if value == nil {
			continue
		}
		before := q.first
		if len(d.AppliesTo) > 0 {
			q.discountOf(&d, value)
		} else {
			q.first, q.later = d.off(q.first, value), d.off(q.later, value)
			q.eachItem(func(*counted) bool { return d.Kind == "percent" }, func(s span) span { return d.off(s, value) })
		}
		q.lines = append(q.lines, QuoteLine{Label: d.Label, Amount: q.first.plus(before.times(big.NewRat(-1, 1))).amount(), Note: d.Note})
	}
	if q.unknown {
		q.first.lo, q.later.lo = nil, nil
	}
}

// bounds applies the least and the most that the rule allows to each of the totals.
func (q *quoting) bounds() {
	for _, s := range []*span{&q.first, &q.later} {
		for _, r := range []**big.Rat{&s.lo, &s.hi} {
			if *r != nil {
				*r = clamp(*r, q.rule.Min, q.rule.Cap)
			}
		}
	}
}

func (q *quoting) result() Quote {
	out := Quote{Tariff: q.t.ID, Currency: q.t.Currency, Period: q.t.Period, Lines: q.lines, Missing: q.missing, Act: q.t.Act}
	if len(q.missing) > 0 {
		return out
	}
	out.First, out.Later = q.first.amount(), q.later.amount()
	same := func(s span) bool { return s.lo != nil && s.hi != nil && s.lo.Cmp(s.hi) == 0 }
	out.Exact = same(q.first) && same(q.later)
	return out
}
