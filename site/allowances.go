package site

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// allowanceView is what comes with the fee, as a table that can be read without computing.
type allowanceView struct {
	Title string
	Rows  []bracketView
	Note  string
}

// allowanceForm asks a body for what the allowances of a service depend on, and says what it would have.
type allowanceForm struct {
	Types       []choice
	Inhabitants *quantity // nil when no allowance depends on them
	Asked       bool
	Answers     []allowanceAnswer
}

// allowanceAnswer is one allowance for the body that asks. Missing says what the body has not told.
type allowanceAnswer struct {
	Title, Amount, Note string
	Missing             []string
}

// allowancesOf lays out the allowances of a service.
func (p *Page) allowancesOf(s *catalog.Service) []allowanceView {
	f := format{p.Lang, p.msgs}
	var out []allowanceView
	for i := range s.Allowances {
		a := &s.Allowances[i]
		v := allowanceView{Title: allowanceTitle(a), Note: a.Note}
		for _, r := range a.Rules {
			row := bracketView{conditionOf(p, f, r.When), p.allowed(a, r.Value)}
			if r.Note != "" {
				row.Amount += " (" + r.Note + ")"
			}
			v.Rows = append(v.Rows, row)
		}
		v.Rows = append(v.Rows, p.bracketRows(f, a)...)
		out = append(out, v)
	}
	return out
}

func allowanceTitle(a *catalog.Allowance) string {
	if a.Label != "" {
		return a.Label
	}
	return a.Unit
}

// bracketRows says each bracket with both its bounds; what lies beyond the last is said to be not known.
func (p *Page) bracketRows(f format, a *catalog.Allowance) []bracketView {
	var out []bracketView
	low := ""
	for _, b := range a.Brackets {
		value := b.Value
		if value == "" {
			value = b.Amount
		}
		var bound string
		switch {
		case b.UpTo == nil && low == "":
			bound = p.T("allow.every")
		case b.UpTo == nil:
			bound = p.T("allow.over", low)
		case low == "":
			bound = p.T("allow.upTo", f.integer(*b.UpTo))
		default:
			bound = p.T("allow.between", low, f.integer(*b.UpTo))
		}
		out = append(out, bracketView{bound, p.allowed(a, value)})
		if b.UpTo == nil {
			return out
		}
		low = f.integer(*b.UpTo)
	}
	if low != "" {
		out = append(out, bracketView{p.T("allow.over", low), p.allowed(a, "")})
	}
	return out
}

// allowed writes a quantity with its unit and its pace; none is not known, never zero.
func (p *Page) allowed(a *catalog.Allowance, value catalog.Decimal) string {
	if value == "" {
		return p.T("allow.unknown")
	}
	f := format{p.Lang, p.msgs}
	amount := strings.Join(present(f.decimal(value), a.Unit), "\u00a0")
	return strings.Join(present(amount, labelOf(p.Lang, "tariff.period", a.Period)), " ")
}

// allowanceFormOf makes the form of a service, and its answers when the query has any of its fields. It is nil for a
// service whose allowances are the same for everybody, or that has none.
func (p *Page) allowanceFormOf(s *catalog.Service, typed url.Values) *allowanceForm {
	form := &allowanceForm{}
	in := catalog.QuoteInput{EntityType: typed.Get("entityType"), Quantities: map[string]int{}}
	byType := false
	for _, a := range s.Allowances {
		needs := len(a.Brackets) > 0
		for _, r := range a.Rules {
			byType = byType || r.When != nil && len(r.When.EntityType) > 0
			needs = needs || r.When != nil && r.When.Inhabitants != nil
		}
		if needs && form.Inhabitants == nil {
			form.Inhabitants = &quantity{Name: "inhabitants", Label: p.T("calc.inhabitants"), Value: strings.TrimSpace(typed.Get("inhabitants"))}
		}
	}
	if byType {
		for _, v := range schema.EntityTypes.Values {
			form.Types = append(form.Types, choice{v.Value, v.Label.In(p.Lang), v.Value == in.EntityType})
		}
	}
	if form.Inhabitants == nil && !byType {
		return nil
	}
	form.Asked = byType && in.EntityType != ""
	if q := form.Inhabitants; q != nil && q.Value != "" {
		form.Asked = true
		n, err := strconv.Atoi(strings.ReplaceAll(q.Value, ".", ""))
		if err != nil || n < 0 || n > maxTyped {
			q.Bad = true
			return form
		}
		in.Quantities["inhabitants"] = n
	}
	if !form.Asked {
		return form
	}
	for i := range s.Allowances {
		a := &s.Allowances[i]
		q := a.For(in)
		answer := allowanceAnswer{Title: allowanceTitle(a), Note: q.Note}
		for _, m := range q.Missing {
			answer.Missing = append(answer.Missing, p.lacking(m))
		}
		if len(q.Missing) == 0 {
			value := catalog.Decimal("")
			if q.Known() {
				value = *q.Value
			}
			answer.Amount = p.allowed(a, value)
		}
		form.Answers = append(form.Answers, answer)
	}
	return form
}
