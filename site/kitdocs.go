package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

func itoa(n int) string { return strconv.Itoa(n) }

// gridView is the matrix of phases and ambits as a table; on a narrow screen its rows become lists.
type gridView struct {
	Ambits []string
	Rows   []gridRow
	Filled int
	Of     int
}

type gridRow struct {
	Phase string
	Cells []gridCell
	// Across are the documents of every ambit of the phase, when there are no others: they are said once for the row.
	Across []*catalog.Document
}

type gridCell struct {
	Phase, Ambit  string
	Docs          []*catalog.Document
	NotApplicable string
}

// Empty says that the cell applies and nobody wrote anything.
func (c gridCell) Empty() bool { return len(c.Docs) == 0 && c.NotApplicable == "" }

func gridOf(id string, k *catalog.Kit) gridView {
	g := catalog.Matrix(k)
	docs := map[string]*catalog.Document{}
	for i := range k.Documents {
		docs[k.Documents[i].ID] = &k.Documents[i]
	}
	v := gridView{Ambits: g.Ambits}
	for _, ph := range g.Phases {
		row := gridRow{Phase: ph}
		for _, am := range g.Ambits {
			c := g.Cell(ph, am)
			cell := gridCell{Phase: ph, Ambit: am, NotApplicable: c.NotApplicable}
			for _, id := range c.Documents {
				cell.Docs = append(cell.Docs, docs[id])
			}
			if c.NotApplicable == "" {
				v.Of++
			}
			if len(cell.Docs) > 0 {
				v.Filled++
			}
			row.Cells = append(row.Cells, cell)
		}
		row.Across = across(row.Cells)
		v.Rows = append(v.Rows, row)
	}
	return v
}

// across gives the documents of a row when each of its cells holds the same ones; nil when cells differ.
func across(cells []gridCell) []*catalog.Document {
	if len(cells) < 2 || len(cells[0].Docs) == 0 {
		return nil
	}
	for _, c := range cells {
		if c.NotApplicable != "" || !slices.Equal(c.Docs, cells[0].Docs) {
			return nil
		}
	}
	return cells[0].Docs
}

// AcrossCell is the one cell that stands for all of a row whose documents are the same.
func (r gridRow) AcrossCell() gridCell { return gridCell{Phase: r.Phase, Docs: r.Across} }

// phaseDocs are the documents of one phase, in the order of their codes.
type phaseDocs struct {
	Phase  string
	Docs   []*catalog.Document
	Groups []docGroup // the same ones, as they are shown
}

// documentsByPhase lists the documents as a person reads a kit: phase by phase, by code. Those without a phase and those
// that have been superseded stand apart.
func documentsByPhase(k *catalog.Kit) (phases []phaseDocs, unplaced, old []*catalog.Document) {
	for _, ph := range catalog.GridPhases() {
		phases = append(phases, phaseDocs{Phase: ph})
	}
	for i := range k.Documents {
		d := &k.Documents[i]
		if d.Status == "superseded" {
			old = append(old, d)
			continue
		}
		placed := false
		for j := range phases {
			if slices.Contains(d.Phase, phases[j].Phase) {
				phases[j].Docs, placed = append(phases[j].Docs, d), true
			}
		}
		if !placed {
			unplaced = append(unplaced, d)
		}
	}
	for j := range phases {
		slices.SortStableFunc(phases[j].Docs, byCode)
	}
	slices.SortStableFunc(unplaced, byCode)
	return phases, unplaced, old
}

// byCode orders A2 before A10; documents without a code come last.
func byCode(a, b *catalog.Document) int {
	if (a.Code == "") != (b.Code == "") {
		return cmp.Compare(b.Code, a.Code)
	}
	return cmp.Or(cmp.Compare(sortable(a.Code), sortable(b.Code)), cmp.Compare(sortable(a.Part), sortable(b.Part)), cmp.Compare(a.ID, b.ID))
}

// sortable pads the numbers of a code so that it sorts as a person would.
func sortable(code string) string {
	var out strings.Builder
	digits := ""
	flush := func() {
		out.WriteString(strings.Repeat("0", max(0, 8-len(digits))) + digits)
		digits = ""
	}
	for _, r := range code {
		if r >= '0' && r <= '9' {
			digits += string(r)
			continue
		}
		if digits != "" {
			flush()
		}
		out.WriteRune(r)
	}
	if digits != "" {
		flush()
	}
	return out.String()
}

// questions are the five that a reader of phase A must be able to answer (seed 002:115-121; kit format §4, "answers").
func questions() []string {
	return []string{"improvement", "sustainability", "organisation", "administration", "tools"}
}

// answer is one of the five questions with the documents that answer it; none is said as it is.
type answer struct {
	Key  string
	Docs []*catalog.Document
	Kit  string
}

func answersOf(id string, k *catalog.Kit) []answer {
	var out []answer
	for _, q := range questions() {
		a := answer{Key: "question." + q, Kit: id}
		for i := range k.Documents {
			d := &k.Documents[i]
			if d.Status != "superseded" && slices.Contains(d.Answers, q) {
				a.Docs = append(a.Docs, d)
			}
		}
		slices.SortStableFunc(a.Docs, byCode)
		out = append(out, a)
	}
	return out
}
