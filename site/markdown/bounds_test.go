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
func pathological() map[string]string {
	all := map[string]string{}
	n := func(s string, bytes int) string { return strings.Repeat(s, bytes/len(s)) }
	var ticks, notes, heads strings.Builder
	for i := 1; ticks.Len() < MaxBytes-2000; i++ {
		ticks.WriteString(strings.Repeat("`", i) + " ")
	}
	for i := 0; notes.Len() < MaxBytes/2; i++ {
		fmt.Fprintf(&notes, "[^%d]: x\n", i)
	}
	for i := 0; notes.Len() < MaxBytes-40; i += 7 {
		fmt.Fprintf(&notes, "[^%d] ", i%20000)
	}
	for heads.Len() < MaxBytes-10 {
		heads.WriteString("# a\n")
	}
	for name, s := range map[string]string{
		"wide table, short rows":  strings.Repeat("|a", 20000) + "\n" + strings.Repeat("|-", 20000) + "\n" + strings.Repeat("|\n", 200),
		"emphasis in pairs":       n("*a_", MaxBytes),
		"quotations":              n(">", MaxBytes),
		"long table, short rows":  strings.Repeat("|a", 60) + "\n" + strings.Repeat("|-", 60) + "\n" + n("|\n", MaxBytes-1000),
		"many tables":             n("|a|b\n|-|-\n\n", MaxBytes),
		"emphasis opened":         n("*a ", MaxBytes),
		"emphasis, paragraphs":    n(strings.Repeat("*a_", 1000)+"\n\n", MaxBytes),
		"emphasis closed":         n("a**", MaxBytes),
		"strikes":                 n("~~a~", MaxBytes),
		"brackets opened":         n("[", MaxBytes),
		"brackets closed":         n("]", MaxBytes),
		"brackets nested":         n("[", MaxBytes/2) + n("]", MaxBytes/2),
		"bracket pairs":           n("[a]", MaxBytes),
		"images nested":           n("![", MaxBytes),
		"links unfinished":        n("[a](", MaxBytes),
		"links unfinished angle":  n("[a](<b", MaxBytes),
		"links in titles":         n("[a](b \"", MaxBytes),
		"links":                   n("[a](b)", MaxBytes),
		"parentheses":             "[a](" + n("(", MaxBytes-10),
		"long references":         "[a]: http://a.it/" + n("x", 100_000) + "\n\n" + n("[a] ", MaxBytes-101_000),
		"references":              n("[a]: b\n", MaxBytes),
		"unfinished definitions":  n("[a]: <b\n", MaxBytes),
		"code spans of all sizes": ticks.String(),
		"code spans unfinished":   n("`a``", MaxBytes),
		"comments":                n("a <!-- ", MaxBytes),
		"instructions":            n("a <? ", MaxBytes),
		"declarations":            n("a <!A ", MaxBytes),
		"cdata":                   n("a <![CDATA[ ", MaxBytes),
		"tags":                    n("a <b c", MaxBytes),
		"tag attributes":          "a <b " + n("c=d ", MaxBytes-10),
		"blocks of html":          n("<div>\n\n", MaxBytes),
		"autolinks":               n("<http:", MaxBytes),
		"bare links":              n(" http://a", MaxBytes),
		"bare links, parentheses": "http://a.it/" + n("(", MaxBytes-20),
		"bare links closed":       "http://a.it/" + n(")", MaxBytes-20),
		"bare mail":               n("a@", MaxBytes),
		"bare mail, dots":         "a@" + n("a.", MaxBytes-10),
		"lists in lists":          n("- ", MaxBytes),
		"numbered lists in lists": n("1. ", MaxBytes),
		"lists and quotations":    n("> - ", MaxBytes),
		"deep lists":              deepList(),
		"quotations, many lines":  n(strings.Repeat(">", 200)+"a\n", MaxBytes),
		"footnotes":               notes.String(),
		"one footnote":            "[^1]: x\n\n" + n("[^1] ", MaxBytes-20),
		"footnotes in footnotes":  n("[^1]: ", MaxBytes),
		"headings":                heads.String(),
		"empty headings":          n("#\n", MaxBytes),
		"entities":                n("&#0;", MaxBytes),
		"backslashes":             n("\\", MaxBytes),
		"rules":                   n("* * *\n", MaxBytes),
		"setext":                  n("a\n", MaxBytes-10) + "===",
		"tabs":                    n("\t", MaxBytes),
		"spaces":                  n(" ", MaxBytes-1) + "a",
		"pipes":                   n("|", MaxBytes),
		"dashes and pipes":        n("|-\n", MaxBytes),
		"fences":                  n("```\n~~~\n", MaxBytes),
		"carriage returns":        n("\r", MaxBytes),
	} {
		all[name] = s
	}
	for _, s := range []string{"*a_ ", "**a _b ", "[a](b \"", "[a](<", "[a][", "![a](", "[^a ", "<a b='", "<!-- ", "`` ` ", "http://a.b/(", "a@b.", "| a ",
		"> > ", "- - ", "[a]: <", "[a]: b 'c", "~~a ~", "\\*", "&a", "<div ", "</a ", "[!["} {
		all["lines of "+s] = n(s+"\n", MaxBytes)
		all["paragraphs of "+s] = n(strings.Repeat(s, 800)+"\n\n", MaxBytes)
	}
	return all
}

func deepList() string {
	var b strings.Builder
	for i := 0; b.Len() < MaxBytes; i++ {
		b.WriteString(strings.Repeat("  ", i%700) + "- a\n")
	}
	return b.String()[:MaxBytes]
}

func TestPathologicalTextsEndFast(t *testing.T) {
	const enough = 8 * time.Second // 1.2 s at worst on an idle machine; without the bounds: minutes
	r := New(Config{Timeout: time.Minute})
	o := Options{HeadingOffset: 1, Link: func(d string) (string, bool) { return "https://a.it/" + strings.Repeat("x", 100) + d, true }}
	for name, src := range pathological() {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			out, err := r.HTML(src, o)
			took := time.Since(start)
			t.Logf("%v, %d kB -> %d kB, %v", took.Round(time.Millisecond), len(src)>>10, len(out)>>10, err)
			if errors.Is(err, ErrTooSlow) || took > enough {
				t.Errorf("took %v", took)
			}
			if len(out) > MaxOutput+MaxBytes {
				t.Errorf("grew from %d to %d bytes", len(src), len(out))
			}
		})
	}
}
