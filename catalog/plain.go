package catalog

import (
	"regexp"
	"strings"
)

var (
	mdLink    = regexp.MustCompile(`!?\[([^\]]*)\]\([^)\n]*\)`) // the text of a link may go over lines
	mdRef     = regexp.MustCompile(`!?\[([^\]\n]*)\]\[[^\]\n]*\]`)
	mdComment = regexp.MustCompile(`(?s)<!--.*?-->`) // instructions to whoever writes: no reader sees them
	mdTag     = regexp.MustCompile(`</?[A-Za-z][^>\n]*>`)
	mdLead    = regexp.MustCompile(`^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,9}[.)]\s+)`)
	mdRule    = regexp.MustCompile(`^\s*(?:[-*_=]\s*){3,}$|^\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*$|^\s*(?:` + "```" + `|~~~).*$`)
	mdField   = regexp.MustCompile(`\{\{[^{}\n]{0,100}\}\}`)
	mdEmph    = strings.NewReplacer("**", "", "__", "", "`", "", "*", "")
	mdPipe    = strings.NewReplacer("|", " ")
	mdRefLine = regexp.MustCompile(`^\s*\[[^\]]+\]:\s+\S+.*$`)
)

// PlainText strips the marks of Markdown for indexing and for short excerpts. It is made for speed on any input, not for
// rendering: every word of the text stays, every address of a link goes.
func PlainText(md string) string {
	if strings.Contains(md, "<!--") {
		md = mdComment.ReplaceAllString(md, " ")
	}
	if strings.Contains(md, "](") {
		md = mdLink.ReplaceAllString(md, "$1")
	}
	var b strings.Builder
	b.Grow(len(md))
	for line := range strings.Lines(md) {
		line = strings.TrimRight(line, "\r\n")
		if beginsMarked(line) {
			if mdRule.MatchString(line) || mdRefLine.MatchString(line) {
				continue
			}
			line = mdLead.ReplaceAllString(line, "")
		}
		if strings.ContainsAny(line, "[<") {
			line = mdRef.ReplaceAllString(line, "$1")
			line = mdTag.ReplaceAllString(line, " ")
		}
		if strings.HasPrefix(strings.TrimSpace(line), "|") {
			line = mdPipe.Replace(line)
		}
		if strings.Contains(line, "{{") {
			line = mdField.ReplaceAllString(line, "…") // a field of an act, to be filled
		}
		line = strings.Join(strings.Fields(mdEmph.Replace(line)), " ")
		if line == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
	}
	return b.String()
}

// beginsMarked says whether a line begins with something that mdRule, mdRefLine or mdLead look for. Most lines do not, and three
// expressions on each of them would be most of the time of PlainText.
func beginsMarked(line string) bool {
	line = strings.TrimLeft(line, "\t\n\f\r ")
	return line != "" && (strings.IndexByte("#>-+*_=|:`~[", line[0]) >= 0 || line[0] >= '0' && line[0] <= '9')
}
