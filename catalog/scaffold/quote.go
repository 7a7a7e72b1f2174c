package scaffold

import (
	"strings"
	"unicode"

	"github.com/open-community-pa/riuso/catalog"
)

// text is a value in a template. It prints as a YAML string, so that a template which says nothing is safe.
type text string

// String gives the value as a YAML scalar on one line.
func (t text) String() string { return catalog.QuoteYAML(string(t)) }

// list is several values in a template; it prints as a YAML flow sequence.
type list []text

// String gives the sequence, each value quoted.
func (l list) String() string {
	out := make([]string, len(l))
	for i, t := range l {
		out[i] = t.String()
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// listOf parts an answer at its commas.
func listOf(answer string) list {
	var out list
	for word := range strings.SplitSeq(answer, ",") {
		if word = strings.TrimSpace(word); word != "" {
			out = append(out, text(word))
		}
	}
	return out
}

// markdown gives a value as words on one line of Markdown: nothing in it marks, links or opens a tag.
func markdown(t text) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(strings.ToValidUTF8(string(t), "\uFFFD")), " ") {
		if strings.ContainsRune("\\`*_{}[]<>#|~&!$", r) {
			b.WriteByte('\\')
		}
		if unicode.IsPrint(r) || r == ' ' {
			b.WriteRune(r)
		}
	}
	return b.String()
}
