package site

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// calculator asks a body for what a tariff needs and says what it would pay: a form without script, whose answer is a
// page of its own. Nothing of what is typed is kept.
type calculator struct {
	Types   []choice
	Member  []choice // whether the body is a member, when a rule asks for it
	Fields  []quantity
	Options []choice
	Asked   bool // something was typed
	None    bool // no rule is for such a body
	Broken  bool // the tariff has a fault, and no amount comes of it
	Missing []string
	First   string // what the first year, or the only payment, costs
	Later   string // what every later period costs, when that is another amount
	Lines   []lineView
}

type choice struct {
	Value, Label string
	Chosen       bool
}

// quantity is one number to type. Bad says that what was typed is not a whole number.
type quantity struct {
	Name, Label, Value string
	Bad                bool
}

const maxTyped = 100_000_000 // of any quantity: more than there are people

// calculatorOf makes the form of a tariff, and its answer when the query has any of its fields. It is nil for a tariff that
// has no rule.
func (p *Page) calculatorOf(t *catalog.Tariff, typed url.Values) *calculator {
	if len(t.Rules) == 0 {
		return nil
	}
	c := &calculator{}
	in := catalog.QuoteInput{EntityType: typed.Get("entityType"), Quantities: map[string]int{}, Options: typed["option"]}
	bad := false
	for _, name := range unitsOf(t) {
		q := quantity{Name: name, Label: p.T("calc." + name), Value: strings.TrimSpace(typed.Get(name))}
		if n, err := strconv.Atoi(strings.ReplaceAll(q.Value, ".", "")); err == nil && n >= 0 && n <= maxTyped {
			in.Quantities[name] = n
		} else if q.Value != "" {
			q.Bad, bad = true, true
		}
		c.Asked = c.Asked || q.Value != ""
		c.Fields = append(c.Fields, q)
	}
	if types := entityTypesOf(t); len(types) > 0 {
		for _, v := range schema.EntityTypes.Values {
			c.Types = append(c.Types, choice{v.Value, v.Label.In(p.Lang), v.Value == in.EntityType})
		}
	}
	if asksMember(t) {
		in.Member = answered(typed.Get("member"))
		for _, value := range []bool{true, false} {
			key := "no"
			if value {
				key = "yes"
			}
			c.Member = append(c.Member, choice{strconv.FormatBool(value), p.T(key), in.Member != nil && *in.Member == value})
		}
	}
	c.Asked = c.Asked || in.EntityType != "" || in.Member != nil || len(in.Options) > 0 || (len(c.Fields) == 0 && len(c.Types) == 0 && len(c.Member) == 0)
	c.Options = optionsOf(t, in.Options)
	if !c.Asked || bad {
		return c
	}
	q, err := t.Quote(in)
	if err != nil {
		c.Broken = errors.Is(err, catalog.ErrNotComputable)
		c.None = !c.Broken
		return c
	}
	p.answer(c, q)
	return c
}

// answer puts a quote into words.
func (p *Page) answer(c *calculator, q catalog.Quote) {
	for _, m := range q.Missing {
		c.Missing = append(c.Missing, p.lacking(m))
	}
	if len(q.Missing) == 0 {
		c.First = p.amount(q.Currency, q.First)
		once := q.Later.Max != nil && *q.Later.Max == "0.00"
		if later := p.amount(q.Currency, q.Later); later != c.First && !once {
			c.Later = later
		}
	}
	for _, l := range q.Lines {
		c.Lines = append(c.Lines, lineView{Label: l.Label, Amount: p.amount(q.Currency, l.Amount)})
	}
}

// lacking names what a quote lacks: a quantity, a fact of the body, or a unit that the author made up and nobody can type.
func (p *Page) lacking(what string) string {
	if s, ok := p.msgs["units."+what]; ok {
		return s
	}
	return p.T("calc.unknownUnit", what)
}

// answered reads a yes or a no; anything else is no answer.
func answered(typed string) *bool {
	yes, err := strconv.ParseBool(typed)
	if err != nil {
		return nil
	}
	return &yes
}

func asksMember(t *catalog.Tariff) bool {
	return slices.ContainsFunc(t.Rules, func(r catalog.Rule) bool { return r.When != nil && r.When.Member != nil })
}

// amount says an interval: exact, from–to, or at most. Both bounds unknown is an amount that nobody published.
func (p *Page) amount(currency string, a catalog.Amount) string {
	f := format{p.Lang, p.msgs}
	switch {
	case a.Max == nil:
		return p.T("calc.unknown")
	case a.Min == nil:
		return p.T("calc.atMost") + " " + f.money(currency, *a.Max)
	case *a.Min == *a.Max:
		return f.money(currency, *a.Max)
	}
	return f.money(currency, *a.Min) + " – " + f.money(currency, *a.Max)
}

// unitsOf lists the quantities that the rules of a tariff need, in the order in which they are asked.
func unitsOf(t *catalog.Tariff) []string {
	var out []string
	for _, name := range []string{"inhabitants", "businesses", "users", "units", "hours"} {
		if slices.ContainsFunc(t.Rules, func(r catalog.Rule) bool {
			return (name == "inhabitants" && r.When != nil && r.When.Inhabitants != nil) ||
				slices.ContainsFunc(r.Components, func(c catalog.TariffComponent) bool { return c.Unit == name }) ||
				slices.ContainsFunc(r.Discounts, func(d catalog.Discount) bool { return d.By == name })
		}) {
			out = append(out, name)
		}
	}
	return out
}

func entityTypesOf(t *catalog.Tariff) []string {
	var out []string
	for _, r := range t.Rules {
		if r.When != nil {
			out = append(out, r.When.EntityType...)
		}
	}
	return out
}

// optionsOf lists the components that a body may do without.
func optionsOf(t *catalog.Tariff, chosen []string) []choice {
	var out []choice
	for _, r := range t.Rules {
		for _, c := range r.Components {
			id := c.ID
			if id == "" {
				id = c.Label
			}
			if c.Optional != nil && *c.Optional && !slices.ContainsFunc(out, func(o choice) bool { return o.Value == id }) {
				out = append(out, choice{id, c.Label, slices.Contains(chosen, id)})
			}
		}
	}
	return out
}
