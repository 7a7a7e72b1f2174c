package catalog

import (
	"math/big"
	"testing"
	"testing/fstest"
)

// Whatever rules somebody writes and whatever a body says of itself, a quote ends, its bounds are in order, what is missing
// is told, and no total stands where it must not.
func FuzzTariffRules(f *testing.F) {
	for _, head := range []string{quota, portali, spid, space} {
		f.Add([]byte(head), "municipality", 3000, 250, 4)
	}
	f.Add([]byte("id: t\nrules: [{components: [{kind: graduated, unit: inhabitants, table: [{upTo: 10, rate: \"1\"}, {upTo: null, rate: \"-2.5\"}]}], min: \"9\", cap: \"1\"}]"), "union", -1, 0, 0)
	f.Add([]byte("id: t\nrules: [{components: [{id: a, kind: percentOf, component: a, percent: \"1e9\"}]}]"), "", 1<<40, 1, 1)
	f.Fuzz(func(t *testing.T, head []byte, kind string, inhabitants, businesses, users int) {
		m := fstest.MapFS{"kit.md": {Data: []byte("---\nstatus: draft\n---\n")}, "tariffs/t.md": {Data: append(append([]byte("---\ntype: tariff\n"), head...), "\n---\n"...)}}
		for _, k := range Read(m, ReadOptions{}).Kits {
			for i := range k.Tariffs {
				in := QuoteInput{EntityType: kind, Quantities: map[string]int{"inhabitants": inhabitants, "businesses": businesses, "users": users}}
				in.Members = []QuoteInput{{EntityType: "municipality", Quantities: map[string]int{"inhabitants": 10}}}
				q, err := k.Tariffs[i].Quote(in)
				if err != nil {
					continue
				}
				for _, a := range []Amount{q.First, q.Later} {
					ordered(t, a)
				}
				for _, l := range q.Lines {
					ordered(t, l.Amount)
				}
				if len(q.Missing) > 0 && (q.First.Max != nil || q.First.Min != nil) {
					t.Errorf("a total, though %v is missing", q.Missing)
				}
				if q.Exact && (q.First.Min == nil || q.First.Max == nil || *q.First.Min != *q.First.Max) {
					t.Errorf("exact, and yet from %v to %v", q.First.Min, q.First.Max)
				}
			}
		}
	})
}

func ordered(t *testing.T, a Amount) {
	t.Helper()
	if a.Min == nil || a.Max == nil {
		return
	}
	lo, ok1 := new(big.Rat).SetString(string(*a.Min))
	hi, ok2 := new(big.Rat).SetString(string(*a.Max))
	if !ok1 || !ok2 || lo.Cmp(hi) > 0 {
		t.Errorf("from %s to %s", *a.Min, *a.Max)
	}
}
