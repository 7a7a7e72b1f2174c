package fix

import (
	"bytes"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
)

// spot is where a finding of some code stands.
type spot struct {
	code         string
	line, column int
}

func spotsOf(found []schema.Finding) map[spot]bool {
	out := make(map[spot]bool, len(found))
	for _, f := range found {
		out[spot{f.Code, f.Line, f.Column}] = true
	}
	return out
}

// shift is how an edit moves what stands behind it: lines that go and come, and characters within its line.
type shift struct{ line, column, gone, come, wider int }

func shiftsOf(before []byte, edits []Edit) (out []shift) {
	for _, e := range edits {
		old := before[e.offset : e.offset+e.length]
		out = append(out, shift{e.Line, e.Column, bytes.Count(old, []byte("\n")), bytes.Count([]byte(e.text), []byte("\n")),
			utf8.RuneCountInString(e.text) - utf8.RuneCount(old)})
	}
	return out
}

// forward says where spots are after the edits.
func forward(edits []shift, spots map[spot]bool) map[spot]bool {
	out := make(map[spot]bool, len(spots))
	for s := range spots {
		to := s
		for _, e := range edits {
			switch {
			case e.gone+e.come > 0 && s.line >= e.line+e.gone:
				to.line += e.come - e.gone
			case e.gone+e.come == 0 && s.line == e.line && s.column > e.column:
				to.column += e.wider
			}
		}
		out[to] = true
	}
	return out
}

// back says which line it was before the edits, which are in their order.
func back(edits []shift, line int) int {
	delta := 0
	for _, e := range edits {
		if line >= e.line+delta+e.come {
			delta += e.come - e.gone
		}
	}
	return line - delta
}
