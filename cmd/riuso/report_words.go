package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// outcomeWords are the words of the report for how visits ended: of one source, of many, of the catalogue itself. In
// English they are those of the JSON report; in Italian each agrees with what it speaks of.
type outcomeWords struct{ one, many, catalogue schema.Text }

func wordsOfOutcome(o catalog.Outcome) outcomeWords {
	w, ok := map[catalog.Outcome]outcomeWords{
		catalog.Full:      {schema.T("letta", "full"), schema.T("lette", "full"), schema.T("letto", "full")},
		catalog.Unchanged: {schema.T("invariata", "unchanged"), schema.T("invariate", "unchanged"), schema.T("invariato", "unchanged")},
		catalog.Partial:   {schema.T("in parte", "partial"), schema.T("in parte", "partial"), schema.T("letto in parte", "partial")},
		catalog.Absent:    {schema.T("assente", "absent"), schema.T("assenti", "absent"), schema.T("assente", "absent")},
		catalog.Failed:    {schema.T("non riuscita", "failed"), schema.T("non riuscite", "failed"), schema.T("non letto", "failed")},
	}[o]
	if !ok {
		t := schema.T(string(o), string(o))
		return outcomeWords{t, t, t}
	}
	return w
}

// columns writes rows one below the other, their cells aligned, with two spaces between them. The last cell is as long as
// it likes.
func columns(b *strings.Builder, rows [][]string) {
	w := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = strings.ReplaceAll(strings.Map(printable, c), "\t", " ") // titles come from outside
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	_ = w.Flush() // a builder takes everything
}
