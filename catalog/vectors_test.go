package catalog

import (
	"errors"
	"fmt"
	"testing"
)

const spid = `id: spid
title: SPID
applies: service:spid
valid: {from: 2015}
currency: EUR
vat: unknown
period: once
exact: true
rules: [{components: [{kind: perUnit, label: Rilascio, unit: users, rate: "35.00", when: once}]}]
`

const space = `id: spazio
title: Spazio
applies: service:spazio
valid: {from: 2015}
currency: USD
vat: unknown
period: month
exact: true
rules: [{components: [{kind: perUnit, label: Utenti, unit: users, rate: "4.00"}]}]
`

// told puts the answer of a tariff on one line: the first period, those that follow when they cost another amount,
// whether it is exact, what is missing with the lines that are known, or why there is no amount.
func told(t Tariff, in QuoteInput) string {
	q, err := QuoteOf([]Tariff{t}, t.Applies, in)
	switch {
	case errors.Is(err, ErrNotInForce):
		return "not in force"
	case err != nil:
		return err.Error()
	case len(q.Missing) > 0:
		s := fmt.Sprint("no total ", q.First.text(), ", missing ", q.Missing)
		for _, l := range q.Lines {
			s += ", " + l.Label + " " + l.Amount.text()
		}
		return s
	}
	s := q.Currency + " " + q.First.text()
	if q.Later.text() != q.First.text() {
		s += ", then " + q.Later.text()
	}
	if q.Exact {
		s += ", exact"
	}
	return s
}

// given puts an allowance on one line for bodies of some sizes.
func given(a Allowance, kind string, inhabitants ...int) string {
	s := ""
	for _, n := range inhabitants {
		if q := a.For(QuoteInput{EntityType: kind, Quantities: map[string]int{"inhabitants": n}}); q.Known() {
			s += string(*q.Value) + " "
		} else {
			s += "? "
		}
	}
	return s + a.Unit
}

// TestVectors holds the fourteen vectors of kit format §7, each as one line.
func TestVectors(t *testing.T) {
	q, portal, id, room := tariffNamed(t, quota), tariffNamed(t, portali), tariffNamed(t, spid), tariffNamed(t, space)
	gb, queries := allowanceNamed(t, storage), allowanceNamed(t, telemaco)
	union := QuoteInput{Date: "2018-05-01", EntityType: "union"}
	paying := union
	paying.Members = []QuoteInput{comune(1200, 80), comune(2400, 150), comune(900, 40)}
	half := comune(3000, 0)
	delete(half.Quantities, "businesses")
	late := comune(3000, 250)
	late.Date = "2022-01-01"
	users := func(n int) QuoteInput { return QuoteInput{Quantities: map[string]int{"users": n}} }
	vectors := []struct{ id, got, want string }{
		{"Q1", told(q, comune(3000, 250)), "EUR ?–700.00"},
		{"Q2", told(q, comune(12345, 1021)), "EUR ?–2872.75"},
		{"Q3", told(q, comune(40000, 3500)), "EUR ?–9500.00"},
		{"Q4", told(q, comune(40001, 0)), "EUR 300.00–300.00, exact"},
		{"Q5", told(q, union), "EUR 300.00–300.00, exact"},
		{"Q6", told(q, paying), "EUR ?–1245.00"},
		{"Q7", told(q, half), "no total ?–?, missing [businesses], Abitanti 450.00–450.00, Sconto per fascia ?–?"},
		{"Q8", told(q, late), "not in force"},
		{"S1", told(id, users(4)), "EUR 140.00–140.00, then 0.00–0.00, exact"},
		{"S2", told(portal, QuoteInput{}), "EUR 2000.00–4000.00, then 1500.00–3500.00"},
		{"S3", told(portal, QuoteInput{Options: []string{"migrazione", "supporto"}, Quantities: map[string]int{"units": 1}}),
			"EUR 3600.00–5600.00, then 1500.00–3500.00"},
		{"S4", told(room, users(25)), "USD 100.00–100.00, exact"},
		{"D1", given(gb, "municipality", 3000, 3001, 5000, 5001, 10000, 10001) + "; " + given(gb, "mountain-community", 20000),
			"0.5 1 1 1.5 1.5 2 GB; 1 GB"},
		{"D2", given(queries, "municipality", 3000, 3001, 5001), "170 270 ? consultazioni"},
	}
	if len(vectors) != 14 {
		t.Errorf("%d vectors", len(vectors))
	}
	for _, v := range vectors {
		t.Run(v.id, func(t *testing.T) {
			if v.got != v.want {
				t.Errorf("%s, want %s", v.got, v.want)
			}
		})
	}
}
