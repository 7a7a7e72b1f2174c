package catalog

import (
	"math/big"
)

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
		off := func(s span) span {
			if d.Kind == "amount" {
				return s.plus(exactly(new(big.Rat).Neg(value)))
			}
			return s.times(new(big.Rat).Sub(big.NewRat(1, 1), new(big.Rat).Quo(value, big.NewRat(100, 1))))
		}
		before := q.first
		q.first, q.later = off(q.first), off(q.later)
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
