package site

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
)

// tariffView is a tariff in words: a table that can be read without knowing how it is computed.
type tariffView struct {
	T        *catalog.Tariff
	Path     string
	For      Crumb // the service, or membership
	Historic bool  // its validity has ended, or its author says so
	Validity string
	Terms    string // currency, VAT and period, in words; the period is said line by line when lines differ
	Rules    []ruleView
	Exact    bool
}

// ruleView is one line of the decision: for whom, and what they pay. Its lines are one group of rows.
type ruleView struct {
	When  string
	Lines []lineView
}

// lineView is one amount, or a remark on all the amounts of its rule.
type lineView struct {
	Label  string
	Amount string
	Period string // "all'anno", "una tantum"; empty when the whole tariff has one
	Extra  string // "facoltativo"
	Note   string
	Table  []bracketView
	Limits string // least and most of the whole rule: such a line says nothing else
	Remark string // of the author on the whole rule: such a line says nothing else
}

type bracketView struct{ Bound, Amount string }

// historic says that a tariff is told as history: it ended, or its author marks it so. Days in the wrong order say nothing.
func historic(t *catalog.Tariff, today catalog.Date) bool {
	switch t.Status {
	case "historic", "historical", "superseded", "withdrawn":
		return true
	}
	if t.Valid == nil || t.Valid.To == "" {
		return false
	}
	if f := string(t.Valid.From); f > string(t.Valid.To) && !strings.HasPrefix(f, string(t.Valid.To)) {
		return false // it ends before it starts: a slip of the pen, of which nothing follows
	}
	to := string(t.Valid.To)
	return to < string(today)[:min(len(to), len(today))]
}

func tariffOf(p *Page, kitID string, k *catalog.Kit, t *catalog.Tariff) tariffView {
	f := format{lang: p.Lang, msgs: p.msgs}
	v := tariffView{
		T: t, Path: partPath(kitID, catalog.PartTariff, t.ID), Historic: historic(t, p.Today()),
		Validity: f.validity(t.Valid), Exact: t.Exact == nil || *t.Exact,
	}
	switch {
	case t.Applies == "membership":
		v.For = Crumb{Title: p.T("tariff.membership")}
	case t.Applies != "":
		v.For = refLink(kitID, k, catalog.Ref(t.Applies))
	}
	period := labelOf(p.Lang, "tariff.period", t.Period)
	byLine := periodsDiffer(t)
	for i, r := range t.Rules {
		rv := ruleOf(p, f, t, r)
		if i > 0 {
			rv.When = conditionOf(p, f, leftTo(t.Rules[:i], r.When))
			if r.When == nil {
				rv.When = p.T(othersKey(t.Rules[:i]))
			}
		}
		for j := range r.Components {
			switch l := &rv.Lines[j]; {
			case !byLine:
				l.Period = ""
			case l.Period == "":
				l.Period = period
			}
		}
		v.Rules = append(v.Rules, rv)
	}
	if byLine {
		period = ""
	}
	v.Terms = strings.Join(present(p.T("tariff.terms", p.msgs.orSelf("currency.", t.Currency)), period, lowerFirst(labelOf(p.Lang, "tariff.vat", t.VAT))), ", ")
	return v
}

// periodsDiffer says whether some amount of a tariff is due at another pace than the tariff's own.
func periodsDiffer(t *catalog.Tariff) bool {
	paces := map[string]string{"yearly": "year", "once": "once"} // "activation" is said in any case: it tells when
	for _, r := range t.Rules {
		for _, c := range r.Components {
			if c.When != "" && paces[c.When] != t.Period {
				return true
			}
		}
	}
	return false
}

// lowerFirst puts a label into the middle of a sentence: an acronym ("IVA") stays as it is.
func lowerFirst(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[n:]); !unicode.IsLower(next) {
		return s
	}
	return string(unicode.ToLower(first)) + s[n:]
}

func present(ss ...string) []string {
	var out []string
	for _, s := range ss {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func ruleOf(p *Page, f format, t *catalog.Tariff, r catalog.Rule) ruleView {
	v := ruleView{When: conditionOf(p, f, r.When)}
	for _, c := range r.Components {
		v.Lines = append(v.Lines, componentOf(p, f, t.Currency, c))
	}
	for _, d := range r.Discounts {
		l := lineView{Label: d.Label, Note: d.Note, Table: brackets(p, f, t.Currency, d.Table)}
		if l.Label == "" {
			l.Label = p.T("tariff.discount")
		}
		switch {
		case d.Unknown != nil && *d.Unknown:
			l.Amount = p.T("tariff.discountUnknown")
		case d.Kind == "percent":
			l.Amount = "−" + f.decimal(d.Value) + "%"
		case d.Value != "":
			l.Amount = "−" + f.money(t.Currency, d.Value)
		}
		v.Lines = append(v.Lines, l)
	}
	var limits []string
	if r.Min != "" {
		limits = append(limits, p.T("tariff.min", f.money(t.Currency, r.Min)))
	}
	if r.Cap != "" {
		limits = append(limits, p.T("tariff.cap", f.money(t.Currency, r.Cap)))
	}
	if len(limits) > 0 {
		v.Lines = append(v.Lines, lineView{Limits: strings.Join(limits, ", ")})
	}
	if r.Note != "" {
		v.Lines = append(v.Lines, lineView{Remark: r.Note})
	}
	return v
}

func conditionOf(p *Page, f format, c *catalog.Condition) string {
	if c == nil {
		return p.T("tariff.everyone")
	}
	out := present(labelsOf(p.Lang, "entity.type", c.EntityType), f.people(c.Inhabitants))
	if c.Member != nil {
		key := "tariff.nonMembers"
		if *c.Member {
			key = "tariff.members"
		}
		out = append(out, p.T(key))
	}
	if c.Date != nil {
		out = append(out, f.validity(c.Date))
	}
	if len(out) == 0 {
		return p.T("tariff.everyone")
	}
	return strings.Join(out, ", ")
}

func componentOf(p *Page, f format, currency string, c catalog.TariffComponent) lineView {
	l := lineView{Label: c.Label, Note: c.Note}
	if l.Label == "" {
		l.Label = labelOf(p.Lang, "tariff.component", c.Kind)
	}
	unit := func() string { return p.msgs.orSelf("unit.", c.Unit) }
	switch c.Kind {
	case "fixed":
		l.Amount = f.money(currency, c.Amount)
	case "perUnit":
		l.Amount = p.T("tariff.perUnit", f.money(currency, c.Rate), unit())
	case "range":
		l.Amount = p.T("tariff.range", f.money(currency, c.Min), f.money(currency, c.Max))
		if c.Basis != "" {
			l.Amount += " " + p.T("tariff.basis", p.msgs.orSelf("units.", c.Basis))
		}
	case "percentOf":
		l.Amount = p.T("tariff.percentOf", f.decimal(c.Percent), c.Component)
	case "bracket", "graduated":
		l.Amount = p.T("tariff."+c.Kind, p.msgs.orSelf("units.", c.Unit))
		l.Table = brackets(p, f, currency, c.Table)
	}
	if c.When != "" {
		l.Period = p.msgs.orSelf("tariff.when.", c.When)
	}
	if c.Optional != nil && *c.Optional {
		l.Extra = p.T("tariff.optional")
	}
	return l
}

func brackets(p *Page, f format, currency string, bs []catalog.Bracket) []bracketView {
	var out []bracketView
	for _, b := range bs {
		v := bracketView{Bound: p.T("tariff.over")}
		if b.UpTo != nil {
			v.Bound = p.T("tariff.upTo", f.integer(*b.UpTo))
		}
		switch {
		case b.Amount != "":
			v.Amount = f.money(currency, b.Amount)
		case b.Rate != "":
			v.Amount = f.money(currency, b.Rate)
		default:
			v.Amount = f.decimal(b.Value)
		}
		out = append(out, v)
	}
	return out
}

// validity writes a span of days in words; a span that nobody wrote is said to be not known.
func (f format) validity(v *catalog.Validity) string {
	switch {
	case v == nil || (v.From == "" && v.To == ""):
		return f.msgs.text("validity.unknown")
	case v.To == "":
		return f.msgs.text("validity.from", f.date(v.From))
	case v.From == "":
		return f.msgs.text("validity.to", f.date(v.To))
	}
	return f.msgs.text("validity.both", f.date(v.From), f.date(v.To))
}

// orSelf gives the message under prefix+value, or the value when there is none.
func (m messages) orSelf(prefix, value string) string {
	if s, ok := m[prefix+value]; ok {
		return s
	}
	return value
}
