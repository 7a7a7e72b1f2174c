package catalog

import "testing"

// The two readings of seed 001:144: who wants to know looks at phase A, who will use at B and C. A cell that does not
// apply is neither filled nor missing.
func TestCompleteness(t *testing.T) {
	doc := func(id, status string, phase, ambit []string) Document {
		return Document{Header: Header{Body: "Testo."}, ID: id, Status: status, Phase: phase, Ambit: ambit}
	}
	onlyA := func() *Kit { return &Kit{Documents: []Document{doc("a", "", []string{"A"}, []string{"all"})}} }
	for _, tc := range []struct {
		name         string
		k            *Kit
		knower, user Reading
		all          float64
		missing      int
		change       bool
	}{
		{"nothing", &Kit{}, Reading{0, 5}, Reading{0, 10}, 0, 15, false},
		{"phase A alone: whole for who wants to know", onlyA(), Reading{5, 5}, Reading{0, 10}, 5.0 / 15, 10, false},
		{"what is superseded fills nothing", &Kit{Documents: []Document{doc("a", "superseded", []string{"A"}, []string{"all"})}}, Reading{0, 5}, Reading{0, 10}, 0, 15, false},
		{"nor what is not written yet", &Kit{Documents: []Document{{Header: Header{Body: "<!-- scrivi qui -->\n\n<!-- e qui"}, ID: "a", Phase: []string{"A"}, Ambit: []string{"all"}}}}, Reading{0, 5}, Reading{0, 10}, 0, 15, false},
		{"two documents in a cell count once", &Kit{Documents: []Document{doc("a", "", []string{"B"}, []string{"managerial"}), doc("b", "", []string{"B", "C"}, []string{"managerial"})}},
			Reading{0, 5}, Reading{2, 10}, 2.0 / 15, 13, false},
		{"cells that do not apply", &Kit{Matrix: []NotApplicable{{"A", "technological", "solo metodo"}, {"B", "all", "no"}, {"C", "all", "no"}},
			Documents: []Document{doc("a", "", []string{"A"}, []string{"informative"})}}, Reading{1, 4}, Reading{0, 0}, 1.0 / 4, 3, false},
		{"change management is told, not counted", &Kit{Documents: []Document{{ID: "c", Kind: "change-management"}}}, Reading{0, 5}, Reading{0, 10}, 0, 15, true},
	} {
		c := CompletenessOf(tc.k)
		if c.ForKnower != tc.knower || c.ForUser != tc.user || c.All != tc.all || len(c.MissingCells) != tc.missing || c.HasChangeManagement != tc.change {
			t.Errorf("%s: %+v", tc.name, c)
		}
	}
	if c := CompletenessOf(onlyA()); c.Knower != 1 || c.User != 0 {
		t.Errorf("shares: %v %v", c.Knower, c.User)
	}
}

// Every cell that may be empty has its advice, each another, in both languages.
func TestCellAdvice(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Matrix(&Kit{}).Cells {
		a := CellAdvice(c.Phase, c.Ambit)
		if a.It == "" || a.En == "" || a.It == a.En || seen[a.It] {
			t.Errorf("%s %s: %+v", c.Phase, c.Ambit, a)
		}
		seen[a.It] = true
	}
	if len(seen) != 15 || CellAdvice("D", "informative").It != "" || CellAdvice("A", "all").It != "" {
		t.Errorf("%d sentences", len(seen))
	}
}
