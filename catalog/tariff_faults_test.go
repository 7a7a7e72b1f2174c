package catalog

import (
	"errors"
	"testing"
)

// tariffOf reads rules, whatever is said of them.
func tariffOf(t *testing.T, rules string) *Tariff {
	t.Helper()
	kit := goodKit + "-- tariffs/t.md --\n---\ntype: tariff\nid: t\ntitle: T\napplies: membership\nvalid: {from: 2025}\ncurrency: EUR\nvat: unknown\nperiod: year\nexact: true\n" + rules + "\n---\n"
	got := Read(tree(kit), ReadOptions{URL: "https://git.example.it/ente/kit"})
	if len(got.Kits) != 1 || len(got.Kits[0].Tariffs) != 1 {
		t.Fatalf("no tariff: %v", got.Findings)
	}
	return &got.Kits[0].Tariffs[0]
}

// A tariff that is not whole gives no amount: an item without its amount once counted as nothing, a discount without a
// value as none, and a condition that could not be read let everybody in.
func TestQuoteRefuses(t *testing.T) {
	const fine = `{kind: fixed, amount: "100.00"}`
	in := QuoteInput{EntityType: "municipality", Quantities: map[string]int{"inhabitants": 4000, "users": 3}}
	for _, rules := range []string{
		`rules: [{components: [` + fine + `, {kind: fixed}]}]`,
		`rules: [{components: [` + fine + `, {kind: perUnit, unit: users}]}]`,
		`rules: [{components: [` + fine + `, {kind: bracket, unit: inhabitants, table: [{upTo: 3000, amount: "1.00"}]}]}]`,
		`rules: [{components: [` + fine + `, {kind: graduated, unit: inhabitants, table: [{upTo: 5000, rate: "1.00"}, {upTo: 3000, rate: "2.00"}, {rate: "3.00"}]}]}]`,
		`rules: [{components: [` + fine + `, {kind: percentOf, component: nope, percent: "10"}]}]`,
		`rules: [{components: [` + fine + `, {kind: range}]}]`,
		`rules: [{components: [` + fine + `, {kind: fixd, amount: "1.00"}]}]`,
		`rules: [{components: [` + fine + `, {kind: fixed, amount: 1.000}]}]`,
		`rules: [{components: [` + fine + `, {kind: fixed, amount: 300,50}]}]`,
		`rules: [{components: [` + fine + `], cap: 1e3}]`,
		`rules: [{components: [` + fine + `], discounts: [{kind: percent}]}]`,
		`rules: [{components: [` + fine + `], discounts: [{}]}]`,
		`rules: [{components: [` + fine + `], discount: [{kind: percent, value: "10"}]}]`,
		`rules: [{when: {inhabitant: {lte: 100}}, components: [` + fine + `]}]`,
		`rules: [{when: {inhabitants: {lte: molti}}, components: [` + fine + `]}]`,
		`rules: [{when: {inhabitants: {gt: 500, lte: 100}}, components: [` + fine + `]}, {components: [` + fine + `]}]`,
		`rules: [{components: []}]`,
		`rules: [{components: [` + fine + `], discounts: [{kind: percent, value: "10", appliesTo: [nope]}]}]`,
		`rules: [{when: {member: true}}]`,
	} {
		if q, err := tariffOf(t, rules).Quote(in); !errors.Is(err, ErrNotComputable) {
			t.Errorf("%s: %s, %v", rules, q.First.text(), err)
		}
	}
	// What only lacks its quotes was read, and one clear number is no reason to refuse.
	for _, rules := range []string{`rules: [{components: [` + fine + `]}]`, `rules: [{components: [{kind: fixed, amount: 100.00}]}]`} {
		if q, err := tariffOf(t, rules).Quote(in); err != nil || q.First.text() != "100.00–100.00" {
			t.Errorf("%s: %s, %v", rules, q.First.text(), err)
		}
	}
}

// How many bodies one pays for is a quantity, too.
func TestQuoteCountsMembers(t *testing.T) {
	m := QuoteInput{EntityType: "municipality"}
	in := QuoteInput{EntityType: "union", Members: []QuoteInput{m, m, m}}
	tariff := tariffOf(t, `rules: [{when: {entityType: [union]}, components: [{kind: perUnit, unit: members, rate: "10.00"}]}, {components: [{kind: fixed, amount: "1.00"}]}]`)
	if q, err := tariff.Quote(in); err != nil || q.First.text() != "33.00–33.00" {
		t.Errorf("%s, %v", q.First.text(), err)
	}
}

func TestConditionCovers(t *testing.T) {
	yes, no := true, false
	n := func(i int) *int { return &i }
	all, small, big := (*Condition)(nil), &Condition{Inhabitants: &Range{LTE: n(5000)}}, &Condition{Inhabitants: &Range{GT: n(5000)}}
	towns := &Condition{EntityType: []string{"municipality"}}
	both := &Condition{EntityType: []string{"municipality", "union"}}
	for _, c := range []struct {
		name string
		a, b *Condition
		want bool
	}{
		{"nothing covers all", all, small, true},
		{"empty covers all", &Condition{}, all, true},
		{"a part does not cover all", small, all, false},
		{"apart", small, big, false},
		{"lt is one less", &Condition{Inhabitants: &Range{LT: n(5001)}}, small, true},
		{"and not two", &Condition{Inhabitants: &Range{LT: n(5000)}}, small, false},
		{"more types", both, towns, true},
		{"fewer types", towns, both, false},
		{"members", &Condition{Member: &yes}, &Condition{Member: &yes}, true},
		{"not members", &Condition{Member: &yes}, &Condition{Member: &no}, false},
		{"days", &Condition{Date: &Validity{From: "2025"}}, all, false},
	} {
		if got := c.a.covers(c.b); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
