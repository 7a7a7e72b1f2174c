package legacy

import (
	"slices"
	"strings"
)

// Limits of the diff of one file (house rule 5).
const (
	maxDiffLines = 1_000 // of either side; of longer files only that they differ is told
	maxDiffShown = 60
)

// differs tells what an import would write otherwise in a file that somebody edited. Remarks and lines that stand ready are
// no difference to what was written in their place, nor are lines that its owner added; CHANGELOG and report are the owner's.
func differs(name string, now, would []byte) []byte {
	if name == changelogPath || name == ReportPath {
		return nil
	}
	return diff(told(now), told(would))
}

// told gives the lines of a record that say something: no remarks, nothing that stands ready, no empty lines.
func told(data []byte) []string {
	lines, hidden := linesOf(data), false
	return slices.DeleteFunc(lines, func(l string) bool {
		l = strings.TrimSpace(l)
		hidden = hidden || strings.HasPrefix(l, "<!--")
		out := hidden || l == "" || strings.HasPrefix(l, "#")
		hidden = hidden && !strings.HasSuffix(l, "-->")
		return out
	})
}

// Boxes of a list to tick off, in Markdown.
const (
	emptyBox = "- [ ] "
	fullBox  = "- [x] "
)

// unticked gives a report as it was written: with no box ticked.
func unticked(report []byte) []byte {
	return []byte(strings.NewReplacer("\n"+fullBox, "\n"+emptyBox, "\n- [X] ", "\n"+emptyBox).Replace(string(report)))
}

// ticked takes the ticked boxes of an earlier report over into a new one, where the same stands beside them.
func ticked(report, before []byte) []byte {
	done := map[string]bool{}
	for _, l := range linesOf(before) {
		if box := strings.Replace(l, "- [X] ", fullBox, 1); strings.HasPrefix(box, fullBox) {
			done[box[len(fullBox):]] = true
		}
	}
	lines := linesOf(report)
	for i, l := range lines {
		if what, ok := strings.CutPrefix(l, emptyBox); ok && done[what] {
			lines[i] = fullBox + what
		}
	}
	return []byte(strings.Join(lines, "\n") + "\n")
}

// diff tells line by line what is there (-) and what would have been written (+); equal lines are left out, and so is what is
// there and nothing would have been written for.
func diff(a, b []string) []byte {
	if len(a) > maxDiffLines || len(b) > maxDiffLines {
		return []byte("(il file è lungo: le differenze non sono mostrate)\n")
	}
	// common[i][j] is how many lines a[i:] and b[j:] share, in order.
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var out strings.Builder
	shown, more := 0, 0
	write := func(line string) {
		if shown++; shown > maxDiffShown {
			more++
			return
		}
		out.WriteString(line)
	}
	var run []string // differing lines in a row
	news := false    // one of them would have been written
	end := func() {
		for _, line := range run {
			if news {
				write(line)
			}
		}
		run, news = nil, false
	}
	say := func(sign, line string) {
		run = append(run, sign+" "+clipped(plainLine(line), maxLine)+"\n")
		news = news || sign == "+"
	}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
			end()
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			say("-", a[i])
			i++
		default:
			say("+", b[j])
			j++
		}
	}
	end()
	if more > 0 {
		out.WriteString("(e altre " + itoa(more) + " righe)\n")
	}
	return []byte(out.String())
}

func linesOf(data []byte) []string {
	return strings.Split(strings.TrimSuffix(string(ends(data)), "\n"), "\n")
}

// plainLine shows a line of a file on a terminal: its indentation stays, what a terminal would obey does not.
func plainLine(s string) string {
	text := strings.TrimLeft(s, " ")
	return s[:len(s)-len(text)] + plain(text)
}
