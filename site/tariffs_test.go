package site

import (
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

func n(v int) *int { return &v }

// TestARuleSaysWhatIsLeftToIt reads tariffs row by row, as people do: no row leans on the ones above it.
func TestARuleSaysWhatIsLeftToIt(t *testing.T) {
	it, _ := bothMessages(t)
	p := &Page{Lang: schema.It, msgs: it, now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
	town := []string{"municipality"}
	fee := []catalog.TariffComponent{{Kind: "fixed", Amount: "300.00"}}
	rule := func(c *catalog.Condition) catalog.Rule { return catalog.Rule{When: c, Components: fee} }
	on := func(r catalog.Range) *catalog.Condition {
		return &catalog.Condition{EntityType: town, Inhabitants: &r}
	}
	member := true
	for _, c := range []struct {
		rules []catalog.Rule
		want  string
	}{
		{[]catalog.Rule{rule(on(catalog.Range{LTE: n(40000)})), rule(&catalog.Condition{EntityType: town}), rule(nil)},
			"Comune, fino a 40.000 abitanti | Comune, oltre 40.000 abitanti | Altri enti"},
		{[]catalog.Rule{rule(on(catalog.Range{LTE: n(5000)})), rule(on(catalog.Range{LT: n(15000)})), rule(&catalog.Condition{EntityType: town})},
			"Comune, fino a 5.000 abitanti | Comune, oltre 5.000 abitanti, meno di 15.000 abitanti | Comune, da 15.000 abitanti"},
		{[]catalog.Rule{rule(on(catalog.Range{GT: n(40000)})), rule(&catalog.Condition{EntityType: town})}, "Comune, oltre 40.000 abitanti | Comune, fino a 40.000 abitanti"},
		{[]catalog.Rule{rule(on(catalog.Range{LTE: n(40000)})), rule(nil)}, "Comune, fino a 40.000 abitanti | Tutti gli altri"},
		{[]catalog.Rule{rule(&catalog.Condition{EntityType: town, Member: &member, Inhabitants: &catalog.Range{LTE: n(100)}}), rule(&catalog.Condition{EntityType: town})},
			"Comune, fino a 100 abitanti, aderenti | Comune"},
		{[]catalog.Rule{rule(nil)}, "Tutti"},
	} {
		var got []string
		for _, r := range tariffOf(p, "k", &catalog.Kit{}, &catalog.Tariff{Currency: "EUR", Rules: c.rules}).Rules {
			got = append(got, r.When)
		}
		if s := strings.Join(got, " | "); s != c.want {
			t.Errorf("%s\nwant %s", s, c.want)
		}
	}
}

// TestAPeriodIsSaidWhereItHolds looks at a yearly tariff with amounts that are paid once.
func TestAPeriodIsSaidWhereItHolds(t *testing.T) {
	it, _ := bothMessages(t)
	p := &Page{Lang: schema.It, msgs: it}
	v := tariffOf(p, "k", &catalog.Kit{}, &catalog.Tariff{Currency: "EUR", Period: "year", Rules: []catalog.Rule{{Note: "nota", Min: "1", Components: []catalog.TariffComponent{
		{Kind: "fixed", Amount: "500", When: "activation"}, {Kind: "fixed", Amount: "90"}}, Discounts: []catalog.Discount{{Kind: "percent", Value: "10"}}}}})
	ls := v.Rules[0].Lines
	if len(ls) != 5 || ls[0].Period != "una tantum, all'attivazione" || ls[1].Period != "all'anno" || ls[2].Amount != "−10%" || ls[3].Limits == "" || ls[4].Remark != "nota" {
		t.Errorf("%+v", ls)
	}
	if strings.Contains(v.Terms, "anno") {
		t.Errorf("the terms say %q of amounts that are due once", v.Terms)
	}
	v = tariffOf(p, "k", &catalog.Kit{}, &catalog.Tariff{Currency: "EUR", Period: "year", Rules: []catalog.Rule{{Components: []catalog.TariffComponent{{Kind: "fixed", Amount: "90", When: "yearly"}}}}})
	if !strings.Contains(v.Terms, "all'anno") || v.Rules[0].Lines[0].Period != "" {
		t.Errorf("%q, %+v", v.Terms, v.Rules)
	}
}
