package legacy

import "strings"

// Limits of the diff of one file (house rule 5).
const (
	maxDiffLines = 1_000 // of either side; of longer files only that they differ is told
	maxDiffShown = 60
)

// diff tells line by line what is there (-) and what would have been written (+); equal lines are left out.
func diff(now, would []byte) []byte {
	a, b := linesOf(now), linesOf(would)
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
	say := func(sign, line string) {
		if shown++; shown > maxDiffShown {
			more++
			return
		}
		out.WriteString(sign + " " + clipped(plainLine(line), maxLine) + "\n")
	}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			say("-", a[i])
			i++
		default:
			say("+", b[j])
			j++
		}
	}
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
