package catalog

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// QuoteInput is what a body says of itself to know what a tariff costs it. What is nil or absent is not known: a tariff
// that needs it gives no total, and names it.
type QuoteInput struct {
	Date       Date // the day that the tariff must be valid on
	EntityType string
	Quantities map[string]int // "inhabitants", "businesses", "users", "units", "hours": whole numbers
	Member     *bool
	Options    []string     // ids, or else labels, of optional components that are wanted
	Members    []QuoteInput // bodies for which this one pays, too (seed 002:1027)
}

// Amount is an interval of exact decimals in the tariff's currency. Nil says that the bound is not known.
type Amount struct {
	Min, Max *Decimal
}

// QuoteLine is one line of the breakdown.
type QuoteLine struct {
	Label  string
	When   string // "activation", "yearly", "once", or "" for every period
	Amount Amount
	Note   string
}

// Quote is what a tariff costs (kit format §7). First is the first year, or the only payment; Later is every period
// that follows. Exact says that both bounds are the same and the tariff's author calls it exact.
type Quote struct {
	Tariff       string
	Currency     string
	Period       string
	First, Later Amount
	Exact        bool
	Lines        []QuoteLine
	Missing      []string // what the rule, or the choice of it, needs and the input lacks ("businesses", "entityType"): there is no total
	Act          *Act
}

// quoteDecimals is how many decimals a total has; half is rounded up, once, at the total (kit format §7).
const quoteDecimals = 2

// ErrNotInForce, ErrNotApplicable and ErrNotComputable are the answers that are not an amount. The last is of a tariff that
// has a fault (rule E19), or of whose rules something could not be read: half a tariff would give a wrong number.
var (
	ErrNotInForce    = fmt.Errorf("no tariff is in force: %w", ErrNotFound)
	ErrNotApplicable = fmt.Errorf("the tariff has no rule for such a body: %w", ErrNotFound)
	ErrNotComputable = fmt.Errorf("the tariff cannot be computed as it is written: %w", ErrInvalid)
)

// QuoteOf computes the tariff that applies to something ("membership", "service:<id>") on the day of the input. No
// tariff valid on that day gives [ErrNotInForce], no rule for such a body [ErrNotApplicable], which is not zero.
func QuoteOf(tariffs []Tariff, applies string, in QuoteInput) (Quote, error) {
	for i := range tariffs {
		if t := &tariffs[i]; t.Applies == applies && t.InForce(in.Date) {
			return t.Quote(in)
		}
	}
	return Quote{}, ErrNotInForce
}

// InForce says whether the tariff is valid on a day. A bound that is not known does not exclude; a year or a month as a
// bound holds to its end. An empty day asks for none.
func (t *Tariff) InForce(day Date) bool {
	if day == "" || t.Valid == nil {
		return true
	}
	from, to := string(t.Valid.From), string(t.Valid.To)
	d := string(day)
	return (from == "" || d[:min(len(d), len(from))] >= from) && (to == "" || d[:min(len(d), len(to))] <= to)
}

// Quote computes the tariff for one body, whatever the day. A tariff with a fault gives [ErrNotComputable] for every body.
func (t *Tariff) Quote(in QuoteInput) (Quote, error) {
	if t.Unread || len(t.faults()) > 0 {
		return Quote{}, ErrNotComputable
	}
	return t.quote(in)
}

func (t *Tariff) quote(in QuoteInput) (Quote, error) {
	rule, missing := t.rule(in)
	switch {
	case len(missing) > 0:
		return Quote{Tariff: t.ID, Currency: t.Currency, Period: t.Period, Missing: missing, Act: t.Act}, nil
	case rule == nil:
		return Quote{}, ErrNotApplicable
	}
	q := quoting{t: t, in: in, rule: rule}
	q.components()
	q.members()
	q.discounts()
	q.bounds()
	return q.result(), nil
}

// rule gives the first rule whose condition holds (the order is the author's), or nil. A rule before it that might hold
// leaves the choice open: what must be known of the body is given instead.
func (t *Tariff) rule(in QuoteInput) (rule *Rule, missing []string) {
	for i := range t.Rules {
		r := &t.Rules[i]
		if r.When.excludes(in) {
			continue
		}
		lacks := r.When.lacks(in)
		if len(lacks) == 0 {
			rule = r
			break
		}
		for _, l := range lacks {
			if !slices.Contains(missing, l) {
				missing = append(missing, l)
			}
		}
	}
	return rule, missing
}

// excludes says that something known of the body is against the condition.
func (c *Condition) excludes(in QuoteInput) bool {
	if c == nil {
		return false
	}
	if len(c.EntityType) > 0 && in.EntityType != "" && !slices.Contains(c.EntityType, in.EntityType) {
		return true
	}
	if n, known := in.Quantities["inhabitants"]; c.Inhabitants != nil && known && !c.Inhabitants.Holds(n) {
		return true
	}
	if c.Member != nil && in.Member != nil && *in.Member != *c.Member {
		return true
	}
	return c.Date != nil && !(&Tariff{Valid: c.Date}).InForce(in.Date)
}

// lacks names what the condition asks of the body and nobody has said.
func (c *Condition) lacks(in QuoteInput) []string {
	var out []string
	if c == nil {
		return out
	}
	if len(c.EntityType) > 0 && in.EntityType == "" {
		out = append(out, "entityType")
	}
	if _, known := in.Quantities["inhabitants"]; c.Inhabitants != nil && !known {
		out = append(out, "inhabitants")
	}
	if c.Member != nil && in.Member == nil {
		out = append(out, "member")
	}
	return out
}

// span is an interval of exact numbers; a nil bound is not known.
type span struct{ lo, hi *big.Rat }

func exactly(r *big.Rat) span { return span{r, r} }

func (s span) plus(o span) span {
	add := func(a, b *big.Rat) *big.Rat {
		if a == nil || b == nil {
			return nil
		}
		return new(big.Rat).Add(a, b)
	}
	return span{add(s.lo, o.lo), add(s.hi, o.hi)}
}

func (s span) amount() Amount { return Amount{decimalOf(s.lo), decimalOf(s.hi)} }

// decimalOf rounds half up to the decimals of a total.
func decimalOf(r *big.Rat) *Decimal {
	if r == nil {
		return nil
	}
	d := Decimal(r.FloatString(quoteDecimals))
	return &d
}

// ratOf reads a decimal that the reader has already checked; an empty one is nil.
func ratOf(d Decimal) *big.Rat {
	r, ok := new(big.Rat).SetString(string(d))
	if !ok {
		return nil
	}
	return r
}

type quoting struct {
	t            *Tariff
	in           QuoteInput
	rule         *Rule
	first, later span
	lines        []QuoteLine
	missing      []string
	unknown      bool // a discount was decided and its value is not published
	byID         map[string]span
	items        []counted
}

func (q *quoting) components() {
	q.first, q.later, q.byID = exactly(new(big.Rat)), exactly(new(big.Rat)), map[string]span{}
	for _, c := range q.rule.Components {
		if c.Optional != nil && *c.Optional && !slices.Contains(q.in.Options, c.ID) && !slices.Contains(q.in.Options, c.Label) {
			continue
		}
		s, ok := q.component(c)
		if !ok {
			continue
		}
		if c.ID != "" {
			q.byID[c.ID] = s
		}
		q.lines = append(q.lines, QuoteLine{Label: c.Label, When: c.When, Amount: s.amount(), Note: c.Note})
		item := counted{id: c.ID, label: c.Label, first: s, later: exactly(new(big.Rat))}
		if c.When != "activation" && c.When != "once" {
			item.later = s
		}
		q.items = append(q.items, item)
		q.first, q.later = q.first.plus(item.first), q.later.plus(item.later)
	}
}

// component computes one line; ok is false when something that it needs is not known.
func (q *quoting) component(c TariffComponent) (s span, ok bool) {
	quantity := func() (*big.Rat, bool) {
		n, known := q.in.Quantities[c.Unit]
		if c.Unit == "members" && !known && len(q.in.Members) > 0 {
			n, known = len(q.in.Members), true
		}
		if !known {
			if !slices.Contains(q.missing, c.Unit) {
				q.missing = append(q.missing, c.Unit)
			}
			return nil, false
		}
		return new(big.Rat).SetInt64(int64(max(0, n-c.IncludedUnits))), true
	}
	switch c.Kind {
	case "fixed":
		r := ratOf(c.Amount)
		return exactly(r), r != nil
	case "range":
		return span{ratOf(c.Min), ratOf(c.Max)}, true
	case "perUnit":
		n, known := quantity()
		rate := ratOf(c.Rate)
		if !known || rate == nil {
			return s, false
		}
		return exactly(clamp(new(big.Rat).Mul(n, rate), c.Min, c.Max)), true
	case "bracket", "graduated":
		n, known := quantity()
		if !known {
			return s, false
		}
		r := inTable(c.Table, n, c.Kind == "graduated")
		return exactly(r), r != nil
	case "percentOf":
		base, known := q.byID[c.Component]
		if percent := ratOf(c.Percent); known && percent != nil {
			return base.times(percent.Quo(percent, big.NewRat(100, 1))), true
		}
	}
	return s, false
}

func (s span) times(r *big.Rat) span {
	mul := func(a *big.Rat) *big.Rat {
		if a == nil {
			return nil
		}
		return new(big.Rat).Mul(a, r)
	}
	return span{mul(s.lo), mul(s.hi)}
}

func clamp(r *big.Rat, lo, hi Decimal) *big.Rat {
	if m := ratOf(lo); m != nil && r.Cmp(m) < 0 {
		return m
	}
	if m := ratOf(hi); m != nil && r.Cmp(m) > 0 {
		return m
	}
	return r
}

// inTable gives the whole amount of the bracket that n falls in, or the sum over the slices below n. Upper bounds are
// inclusive, and the last row has none.
func inTable(table []Bracket, n *big.Rat, graduated bool) *big.Rat {
	sum, below := new(big.Rat), new(big.Rat)
	for _, row := range table {
		var upTo *big.Rat
		if row.UpTo != nil {
			upTo = new(big.Rat).SetInt64(int64(*row.UpTo))
		}
		last := upTo == nil || n.Cmp(upTo) <= 0
		if !graduated {
			if last {
				for _, d := range []Decimal{row.Amount, row.Value} {
					if r := ratOf(d); r != nil {
						return r
					}
				}
				return nil
			}
			continue
		}
		rate := ratOf(row.Rate)
		if rate == nil {
			return nil
		}
		end := n
		if !last {
			end = upTo
		}
		sum.Add(sum, new(big.Rat).Mul(rate, new(big.Rat).Sub(end, below)))
		if last {
			return sum
		}
		below = upTo
	}
	return nil
}

// members adds what this body pays for others by delegation: each has its own rule.
func (q *quoting) members() {
	for i, m := range q.in.Members {
		m.Date = q.in.Date
		mq, err := q.t.quote(m)
		if err != nil {
			q.missing = append(q.missing, fmt.Sprintf("members[%d]", i))
			continue
		}
		for _, miss := range mq.Missing {
			q.missing = append(q.missing, fmt.Sprintf("members[%d].%s", i, miss))
		}
		q.first, q.later = q.first.plus(mq.First.span()), q.later.plus(mq.Later.span())
		q.unknown = q.unknown || mq.First.Min == nil
		label := schema.EntityTypes.Label(m.EntityType).It
		q.lines = append(q.lines, QuoteLine{Label: strings.TrimSpace(fmt.Sprintf("%s %d", label, i+1)), Amount: mq.First})
	}
}

func (a Amount) span() span {
	var s span
	if a.Min != nil {
		s.lo = ratOf(*a.Min)
	}
	if a.Max != nil {
		s.hi = ratOf(*a.Max)
	}
	return s
}
