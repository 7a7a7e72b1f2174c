package markdown

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// pathological texts: each is small and asks a naive renderer for minutes or gigabytes. The first three were measured on
// the library as it comes: 3.3 s and 40 MB, 1 s, 0.2 s.
func pathological(most int) map[string]string {
	all := map[string]string{}
	n := func(s string, bytes int) string { return strings.Repeat(s, bytes/len(s)) }
	var ticks, notes, heads strings.Builder
	for i := 1; ticks.Len() < most-2000; i++ {
		ticks.WriteString(strings.Repeat("`", i) + " ")
	}
	for i := 0; notes.Len() < most/2; i++ {
		fmt.Fprintf(&notes, "[^%d]: x\n", i)
	}
	for i := 0; notes.Len() < most-40; i += 7 {
		fmt.Fprintf(&notes, "[^%d] ", i%20000)
	}
	for heads.Len() < most-10 {
		heads.WriteString("# a\n")
	}
	for name, s := range map[string]string{
		"wide table, short rows":  strings.Repeat("|a", 20000) + "\n" + strings.Repeat("|-", 20000) + "\n" + strings.Repeat("|\n", 200),
		"emphasis in pairs":       n("*a_", most),
		"quotations":              n(">", most),
		"long table, short rows":  strings.Repeat("|a", 60) + "\n" + strings.Repeat("|-", 60) + "\n" + n("|\n", most-1000),
		"many tables":             n("|a|b\n|-|-\n\n", most),
		"emphasis opened":         n("*a ", most),
		"emphasis, paragraphs":    n(strings.Repeat("*a_", 1000)+"\n\n", most),
		"emphasis closed":         n("a**", most),
		"strikes":                 n("~~a~", most),
		"brackets opened":         n("[", most),
		"brackets closed":         n("]", most),
		"brackets nested":         n("[", most/2) + n("]", most/2),
		"bracket pairs":           n("[a]", most),
		"images nested":           n("![", most),
		"links unfinished":        n("[a](", most),
		"links unfinished angle":  n("[a](<b", most),
		"links in titles":         n("[a](b \"", most),
		"links":                   n("[a](b)", most),
		"parentheses":             "[a](" + n("(", most-10),
		"long references":         "[a]: http://a.it/" + n("x", most/5) + "\n\n" + n("[a] ", most-most/4),
		"references":              n("[a]: b\n", most),
		"unfinished definitions":  n("[a]: <b\n", most),
		"code spans of all sizes": ticks.String(),
		"code spans unfinished":   n("`a``", most),
		"comments":                n("a <!-- ", most),
		"instructions":            n("a <? ", most),
		"declarations":            n("a <!A ", most),
		"cdata":                   n("a <![CDATA[ ", most),
		"tags":                    n("a <b c", most),
		"tag attributes":          "a <b " + n("c=d ", most-10),
		"blocks of html":          n("<div>\n\n", most),
		"autolinks":               n("<http:", most),
		"bare links":              n(" http://a", most),
		"bare links, parentheses": "http://a.it/" + n("(", most-20),
		"bare links closed":       "http://a.it/" + n(")", most-20),
		"bare mail":               n("a@", most),
		"bare mail, dots":         "a@" + n("a.", most-10),
		"lists in lists":          n("- ", most),
		"numbered lists in lists": n("1. ", most),
		"lists and quotations":    n("> - ", most),
		"deep lists":              deepList(most),
		"quotations, many lines":  n(strings.Repeat(">", 200)+"a\n", most),
		"footnotes":               notes.String(),
		"one footnote":            "[^1]: x\n\n" + n("[^1] ", most-20),
		"footnotes in footnotes":  n("[^1]: ", most),
		"headings":                heads.String(),
		"empty headings":          n("#\n", most),
		"entities":                n("&#0;", most),
		"backslashes":             n("\\", most),
		"rules":                   n("* * *\n", most),
		"setext":                  n("a\n", most-10) + "===",
		"tabs":                    n("\t", most),
		"spaces":                  n(" ", most-1) + "a",
		"pipes":                   n("|", most),
		"dashes and pipes":        n("|-\n", most),
		"fences":                  n("```\n~~~\n", most),
		"carriage returns":        n("\r", most),
	} {
		all[name] = s
	}
	for _, s := range []string{"*a_ ", "**a _b ", "[a](b \"", "[a](<", "[a][", "![a](", "[^a ", "<a b='", "<!-- ", "`` ` ", "http://a.b/(", "a@b.", "| a ",
		"> > ", "- - ", "[a]: <", "[a]: b 'c", "~~a ~", "\\*", "&a", "<div ", "</a ", "[!["} {
		all["lines of "+s] = n(s+"\n", most)
		all["paragraphs of "+s] = n(strings.Repeat(s, 800)+"\n\n", most)
	}
	return all
}

func deepList(most int) string {
	var b strings.Builder
	for i := 0; b.Len() < most; i++ {
		b.WriteString(strings.Repeat("  ", i%700) + "- a\n")
	}
	return b.String()[:most]
}

func TestPathologicalTextsEndFast(t *testing.T) {
	// On an idle machine 1 s at worst, ten with the race detector; without the bounds minutes, which the renderer's own
	// clock ends. How fast it is, the benchmarks say.
	most := MaxBytes
	if raceDetector {
		most /= 4
	}
	r := New(Config{Timeout: time.Minute})
	o := Options{HeadingOffset: 1, Link: func(d string) (string, bool) { return "https://a.it/" + strings.Repeat("x", 100) + d, true }}
	for name, src := range pathological(most) {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			out, err := r.HTML(src, o)
			took := time.Since(start)
			t.Logf("%v, %d kB -> %d kB, %v", took.Round(time.Millisecond), len(src)>>10, len(out)>>10, err)
			if errors.Is(err, ErrTooSlow) {
				t.Errorf("took %v", took)
			}
			if len(out) > MaxOutput+MaxBytes {
				t.Errorf("grew from %d to %d bytes", len(src), len(out))
			}
		})
	}
}
