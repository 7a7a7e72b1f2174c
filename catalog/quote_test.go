package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

// tariffNamed reads a tariff from its front matter, as the reader does.
func tariffNamed(t *testing.T, head string) Tariff {
	t.Helper()
	kit := goodKit + "-- tariffs/t.md --\n---\ntype: tariff\n" + head + "---\n"
	got := Read(tree(kit), ReadOptions{URL: "https://git.example.it/ente/kit"})
	found := slices.DeleteFunc(got.Findings, func(f schema.Finding) bool { return f.Key == "applies" && f.Code == "E06" }) // the kit has no services
	if len(found) > 0 || len(got.Kits[0].Tariffs) != 1 {
		t.Fatalf("tariff: %v", found)
	}
	return got.Kits[0].Tariffs[0]
}

const quota = `id: quota
title: Quota
applies: membership
valid: {from: 2015-01-01, to: 2020-12-31}
currency: EUR
vat: out-of-scope
period: year
exact: false
rules:
  - when: {entityType: [municipality], inhabitants: {lte: 40000}}
    components:
      - {kind: perUnit, label: Abitanti, unit: inhabitants, rate: "0.15"}
      - {kind: perUnit, label: Imprese, unit: businesses, rate: "1.00"}
    discounts: [{label: Sconto per fascia, kind: percent, unknown: true}]
  - when: {entityType: [municipality]}
    components: [{kind: fixed, label: Quota fissa, amount: "300.00"}]
  - components: [{kind: fixed, label: Quota fissa altri enti, amount: "300.00"}]
`

const portali = `id: portali
title: Portali
applies: service:portali
valid: {from: 2015}
currency: EUR
vat: unknown
period: year
exact: false
rules:
  - components:
      - {id: attivazione, kind: fixed, label: Attivazione, amount: "500.00", when: activation}
      - {kind: range, label: Manutenzione, min: "1500.00", max: "3500.00", basis: inhabitants, when: yearly}
      - {id: migrazione, kind: fixed, label: Migrazione, amount: "1000.00", optional: true, when: activation}
      - {id: supporto, kind: perUnit, label: Pacchetto, unit: units, rate: "600.00", optional: true, when: once}
`

func comune(inhabitants, businesses int) QuoteInput {
	return QuoteInput{Date: "2018-05-01", EntityType: "municipality", Quantities: map[string]int{"inhabitants": inhabitants, "businesses": businesses}}
}

func (a Amount) text() string {
	bound := func(d *Decimal) string {
		if d == nil {
			return "?"
		}
		return string(*d)
	}
	return bound(a.Min) + "–" + bound(a.Max)
}

// The kinds of line that the vectors do not use, and what bounds a total.
func TestQuoteComponents(t *testing.T) {
	head := func(rule string) string {
		exact := fmt.Sprint(!strings.Contains(rule, "range"))
		return "id: t\ntitle: T\napplies: membership\nvalid: {from: 2015}\ncurrency: EUR\nvat: unknown\nperiod: year\nexact: " + exact + "\nrules:\n  - " + rule + "\n"
	}
	users := func(n int) QuoteInput { return QuoteInput{Quantities: map[string]int{"users": n, "inhabitants": n}} }
	table := `table: [{upTo: 3000, amount: "10.00", rate: "0.10"}, {upTo: 5000, amount: "20.00", rate: "0.05"}, {amount: "30.00", rate: "0.01"}]`
	for _, tc := range []struct {
		name, rule string
		in         QuoteInput
		first      string
	}{
		{"a bracket holds its upper bound", `components: [{kind: bracket, unit: inhabitants, ` + table + `}]`, users(3000), "10.00–10.00"},
		{"and not one more", `components: [{kind: bracket, unit: inhabitants, ` + table + `}]`, users(3001), "20.00–20.00"},
		{"the last has none", `components: [{kind: bracket, unit: inhabitants, ` + table + `}]`, users(9999), "30.00–30.00"},
		{"slices add up", `components: [{kind: graduated, unit: inhabitants, ` + table + `}]`, users(6000), "410.00–410.00"},
		{"units that are included", `components: [{kind: perUnit, unit: users, rate: "2.50", includedUnits: 3}]`, users(5), "5.00–5.00"},
		{"a least for a line", `components: [{kind: perUnit, unit: users, rate: "2.50", min: "20.00"}]`, users(5), "20.00–20.00"},
		{"a share of another line", `components: [{id: a, kind: fixed, amount: "200.00"}, {kind: percentOf, component: a, percent: "22"}]`, users(0), "244.00–244.00"},
		{"half a cent is rounded up", `components: [{kind: perUnit, unit: users, rate: "0.005"}]`, users(1), "0.01–0.01"},
		{"a known discount", "components: [{kind: fixed, amount: \"200.00\"}]\n    discounts: [{label: Sconto, kind: percent, value: \"10\"}]", users(0), "180.00–180.00"},
		// A discount on one item was taken from all of them.
		{"a discount on one item", "components: [{id: a, kind: fixed, amount: \"200.00\"}, {label: B, kind: fixed, amount: \"100.00\"}]\n    discounts: [{kind: percent, value: \"10\", appliesTo: [a]}, {kind: percent, value: \"50\", appliesTo: [B]}, {kind: percent, value: \"10\", appliesTo: [a]}]", users(0), "212.00–212.00"},
		{"an amount off one item, taken once", "components: [{id: a, kind: fixed, amount: \"200.00\"}, {label: B, kind: fixed, amount: \"100.00\"}]\n    discounts: [{kind: amount, value: \"10\", appliesTo: [a, B]}]", users(0), "290.00–290.00"},
		{"a discount on what is not wanted", "components: [{id: a, kind: fixed, amount: \"200.00\", optional: true}, {label: B, kind: fixed, amount: \"100.00\"}]\n    discounts: [{kind: amount, value: \"10\", appliesTo: [a]}]", users(0), "100.00–100.00"},
		{"a cap on the total", "components: [{kind: range, min: \"100.00\", max: \"900.00\"}]\n    cap: \"500.00\"", users(0), "100.00–500.00"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tariff := tariffNamed(t, head(tc.rule))
			got, err := tariff.Quote(tc.in)
			if err != nil || got.First.text() != tc.first {
				t.Errorf("%s, %v; want %s", got.First.text(), err, tc.first)
			}
		})
	}
	only := tariffNamed(t, head(`when: {entityType: [union]}`+"\n    components: [{kind: fixed, amount: \"1.00\"}]"))
	if _, err := only.Quote(QuoteInput{EntityType: "municipality"}); !errors.Is(err, ErrNotApplicable) {
		t.Errorf("a body that no rule is for: %v", err)
	}
}

// A price was given for bodies of any other kind when the kind of body was left empty: a municipality that forgot it read
// the fee of somebody else. What an earlier rule asks for and nobody has said is missing; it is not a no.
func TestQuoteAsksBeforeItChooses(t *testing.T) {
	yes, no := true, false
	people := func(n int) map[string]int { return map[string]int{"inhabitants": n} }
	sized := strings.Replace(quota[:strings.Index(quota, "rules:")], "id: quota", "id: misura", 1) + `rules:
  - when: {inhabitants: {lte: 5000}}
    components: [{kind: fixed, amount: "100.00"}]
  - when: {member: true}
    components: [{kind: fixed, amount: "150.00"}]
  - components: [{kind: fixed, amount: "200.00"}]
`
	for _, tc := range []struct {
		name, head string
		in         QuoteInput
		missing    []string
		first      string
	}{
		{"the kind of body is not chosen", quota, QuoteInput{Quantities: people(4000)}, []string{"entityType"}, "?–?"},
		{"nor anything else", quota, QuoteInput{}, []string{"entityType", "inhabitants"}, "?–?"},
		{"a kind that no rule names", quota, QuoteInput{EntityType: "union"}, nil, "300.00–300.00"},
		{"inhabitants that decide", sized, QuoteInput{Member: &no}, []string{"inhabitants"}, "?–?"},
		{"a rule that holds before anything is asked", sized, QuoteInput{Quantities: people(5000)}, nil, "100.00–100.00"},
		{"membership that decides", sized, QuoteInput{Quantities: people(5001)}, []string{"member"}, "?–?"},
		{"a member", sized, QuoteInput{Quantities: people(5001), Member: &yes}, nil, "150.00–150.00"},
		{"not a member", sized, QuoteInput{Quantities: people(5001), Member: &no}, nil, "200.00–200.00"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tariff := tariffNamed(t, tc.head)
			got, err := tariff.Quote(tc.in)
			if err != nil || !slices.Equal(got.Missing, tc.missing) || got.First.text() != tc.first {
				t.Errorf("missing %v, %s, %v", got.Missing, got.First.text(), err)
			}
		})
	}
}
