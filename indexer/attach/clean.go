package attach

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// cleaner replaces what programs write for what people read: ways of ending a line, kinds of space, letters that are
// printed together, the bullets of fonts for symbols.
var cleaner = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\v", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n",
	"\ufb00", "ff", "\ufb01", "fi", "\ufb02", "fl", "\ufb03", "ffi", "\ufb04", "ffl", "\ufb05", "st", "\ufb06", "st",
	"\uf0b7", "•", "\uf0a7", "•", "\uf0d8", "•", "\uf0fc", "•")

// clean gives a text as it is kept: in NFC, without characters that steer or hide, with words joined that a soft hyphen
// parts at the end of a line, without space at the ends of lines and with at most maxBlank empty lines on end.
func clean(text string) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	text = softHyphens(cleaner.Replace(text))
	text = norm.NFC.String(strings.Map(visible, text))
	indent := indentOf(text)
	var out strings.Builder
	out.Grow(len(text))
	blank := 0
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimRight(line, " \t"); line == "" {
			blank++
			continue
		}
		line = line[indent:]
		if out.Len() > 0 {
			out.WriteString(strings.Repeat("\n", min(blank, maxBlank)+1))
		}
		blank = 0
		out.WriteString(line)
	}
	return out.String()
}

// indentOf counts the tabs with which every line begins: empty columns at the left of a table.
func indentOf(text string) int {
	least := maxGap
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) != "" {
			least = min(least, len(line)-len(strings.TrimLeft(line, "\t")))
		}
	}
	return least
}

// visible keeps the characters that people see, and what parts words.
func visible(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case unicode.Is(unicode.Zs, r):
		return ' '
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Noncharacter_Code_Point):
		return -1
	}
	return r
}

// softHyphens joins what a soft hyphen parts; one at the end of a line takes the end of the line with it.
func softHyphens(text string) string {
	const soft = "\u00ad"
	if !strings.Contains(text, soft) {
		return text
	}
	var out strings.Builder
	for {
		before, after, ok := strings.Cut(text, soft)
		out.WriteString(before)
		if !ok {
			return out.String()
		}
		if rest, ok := strings.CutPrefix(strings.TrimLeft(after, " \t"), "\n"); ok {
			after = strings.TrimLeft(rest, " \t")
		}
		text = after
	}
}

// oneLine gives a text on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
