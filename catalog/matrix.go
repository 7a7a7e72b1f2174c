package catalog

import "slices"

// Cell is one crossing of a phase and an ambit.
type Cell struct {
	Phase         string   `json:"phase"`
	Ambit         string   `json:"ambit"`
	Documents     []string `json:"documents"`               // ids of the documents that fill it, in the order of their codes
	NotApplicable string   `json:"notApplicable,omitempty"` // the reason, when the practice has nothing here by its nature
}

// Empty says that the cell is an honest hole: it applies and nobody wrote anything.
func (c Cell) Empty() bool { return len(c.Documents) == 0 && c.NotApplicable == "" }

// Grid is the matrix of a kit: three phases by five ambits, row by row (seed 002:33-49).
type Grid struct {
	Phases []string `json:"phases"`
	Ambits []string `json:"ambits"`
	Cells  []Cell   `json:"cells"`
	// Unplaced are documents without a phase or an ambit.
	Unplaced []string `json:"unplaced,omitempty"`
}

// Cell gives the cell of phase and ambit; outside of the grid it is empty.
func (g Grid) Cell(phase, ambit string) Cell {
	for _, c := range g.Cells {
		if c.Phase == phase && c.Ambit == ambit {
			return c
		}
	}
	return Cell{Phase: phase, Ambit: ambit}
}

// GridPhases and GridAmbits are the sides of every grid.
func GridPhases() []string { return []string{"A", "B", "C"} }

// GridAmbits gives the five ambits in the order of the seed.
func GridAmbits() []string {
	return []string{"informative", "managerial", "organisational", "administrative", "technological"}
}

// Matrix places the documents of a kit. A document over all ambits fills each cell of its phases once; a superseded one
// and one without content fill none.
func Matrix(k *Kit) Grid {
	g := Grid{Phases: GridPhases(), Ambits: GridAmbits()}
	for _, p := range g.Phases {
		for _, a := range g.Ambits {
			c := Cell{Phase: p, Ambit: a, Documents: []string{}}
			for _, n := range k.Matrix {
				if n.Phase == p && (n.Ambit == a || n.Ambit == "all") {
					c.NotApplicable = n.Reason
				}
			}
			g.Cells = append(g.Cells, c)
		}
	}
	for _, d := range documentsInOrder(k.Documents) {
		if d.Status == "superseded" || !d.HasContent() {
			continue
		}
		placed := false
		for i := range g.Cells {
			c := &g.Cells[i]
			if slices.Contains(d.Phase, c.Phase) && (slices.Contains(d.Ambit, c.Ambit) || slices.Contains(d.Ambit, "all")) {
				c.Documents, c.NotApplicable, placed = append(c.Documents, d.ID), "", true
			}
		}
		if !placed {
			g.Unplaced = append(g.Unplaced, d.ID)
		}
	}
	return g
}

// documentsInOrder sorts by code, part and id, those without a code last.
func documentsInOrder(ds []Document) []Document {
	out := slices.Clone(ds)
	slices.SortStableFunc(out, func(a, b Document) int { return compareCodes(a.Code, a.Part, a.ID, b.Code, b.Part, b.ID) })
	return out
}

// Completeness is the share of filled cells among those that apply, from 0 to 1, in the two readings of seed 001:144:
// Knower for who wants to know the practice (phase A), User for who will use it (phases B and C).
type Completeness struct {
	Knower, User, All   float64
	ForKnower, ForUser  Reading // the same two readings, counted
	Filled, Applicable  int
	MissingCells        []Cell
	HasChangeManagement bool // without it there is a warning, never a lower score (kit format, Part III)
}

// Reading counts the cells of one reading. None that applies is said as such: there is no share of nothing.
type Reading struct{ Filled, Applicable int }

// CompletenessOf computes how complete a kit is.
func CompletenessOf(k *Kit) Completeness {
	var c Completeness
	filled, total := map[string]int{}, map[string]int{}
	for _, cell := range Matrix(k).Cells {
		if cell.NotApplicable != "" {
			continue
		}
		reading := "user"
		if cell.Phase == "A" {
			reading = "knower"
		}
		total[reading]++
		if cell.Empty() {
			c.MissingCells = append(c.MissingCells, cell)
		} else {
			filled[reading]++
		}
	}
	share := func(n, of int) float64 {
		if of == 0 {
			return 0
		}
		return float64(n) / float64(of)
	}
	c.Knower, c.User = share(filled["knower"], total["knower"]), share(filled["user"], total["user"])
	c.ForKnower, c.ForUser = Reading{filled["knower"], total["knower"]}, Reading{filled["user"], total["user"]}
	c.Filled, c.Applicable = filled["knower"]+filled["user"], total["knower"]+total["user"]
	c.All = share(c.Filled, c.Applicable)
	c.HasChangeManagement = slices.ContainsFunc(k.Documents, func(d Document) bool { return d.Kind == "change-management" })
	return c
}
