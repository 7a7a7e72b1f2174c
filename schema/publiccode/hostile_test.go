package publiccode

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

// maxAllocated bounds what one hostile file makes the check allocate in all, which is above what is held at once.
const maxAllocated = 256 << 20

// head is a file in order but for what follows it.
const head = "publiccodeYmlVersion: \"0\"\nname: x\nurl: https://example.org/x\n"

func bomb(levels, width int) string {
	var b strings.Builder
	b.WriteString(head + "a0: &a0 [x, x]\n")
	for i := 1; i <= levels; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), width), ", "))
	}
	fmt.Fprintf(&b, "usedBy: *a%d\nplatforms: *a%d\n", levels, levels)
	return b.String()
}

func hostile() map[string]string {
	const depth, many = 10_000, 100_000
	big := strings.Repeat("parola ", 10<<20/7)
	body := "- &b {name: x, uri: 'https://a.b', k: [" + strings.Repeat("x, ", 1000) + "x]}\n"
	return map[string]string{
		"alias bomb":        bomb(9, 9),
		"list of aliases":   head + "fundedBy:\n" + body + strings.Repeat("- *b\n", many),
		"big alias text":    head + "usedBy:\n- &b " + strings.Repeat("x", 1<<20) + "\n" + strings.Repeat("- *b\n", 10_000),
		"alias of itself":   head + "description: &d\n  en: *d\n",
		"merge of itself":   head + "organisation: &o\n  <<: *o\n  uri: https://a.b\n",
		"10 MB scalar":      head + "description:\n  en:\n    longDescription: " + big + "\n",
		"10 MB wide scalar": head + "description:\n  it:\n    shortDescription: " + strings.Repeat("e\u0301", 10<<20/3) + "\n",
		"10 MB word":        head + "usedBy: [" + strings.Repeat("x", 10<<20) + "]\n",
		"10 MB key":         head + strings.Repeat("k", 10<<20) + ": v\n",
		"depth of flow":     head + "usedBy: " + strings.Repeat("[", depth) + strings.Repeat("]", depth) + "\n",
		"depth unclosed":    head + "usedBy: " + strings.Repeat("[", depth),
		"depth of maps":     head + "usedBy: " + strings.Repeat("{a: ", depth) + strings.Repeat("}", depth) + "\n",
		"depth of items":    head + "usedBy:\n" + strings.Repeat("- ", depth) + "x\n",
		// The second YAML reader, which is asked where an error is, took a minute and 21 GB for these two.
		"brackets in 200 kB": "a: " + strings.Repeat("[", many) + strings.Repeat("]", many),
		"dashes unclosed":    strings.Repeat("- ", many) + "[",
		"unknown keys":       head + keys(many, ""),
		"same keys":          head + strings.Repeat("k: v\n", many),
		"comments":           head + strings.Repeat("# c\n", many) + "a: b # d\n",
		"many items":         head + "usedBy: [" + strings.Repeat("a,", many) + "a]\n",
		"marks":              head + "usedBy: [" + strings.Repeat("a,", 1<<20) + "a]\n",
		"wrong types":        head + "usedBy:\n" + strings.Repeat("- []\n", many),
		"anchors":            head + "usedBy:\n" + keys(many, "- &"),
		"quotes":             head + strings.Repeat("\"", 200_000),
		"colons":             head + strings.Repeat(": ", many),
		"questions":          head + strings.Repeat("? ", many),
		"tabs":               head + strings.Repeat("\t", many) + "x",
		"too large":          strings.Repeat("x", MaxBytes+1),
		"licence brackets":   head + "legal:\n  license: " + strings.Repeat("(", many) + "\n",
		"language":           head + "localisation:\n  availableLanguages: [en" + strings.Repeat("-a", many) + "]\n",
	}
}

// keys writes n lines, each with a word of its own.
func keys(n int, before string) string {
	var b strings.Builder
	for i := range n {
		if before == "" {
			fmt.Fprintf(&b, "k%d: v\n", i)
		} else {
			fmt.Fprintf(&b, "%sk%d v\n", before, i)
		}
	}
	return b.String()
}

func TestHostileFilesAreBounded(t *testing.T) {
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, found := Parse([]byte(text), Options{})
			runtime.ReadMemStats(&after)
			if got := after.TotalAlloc - before.TotalAlloc; got > maxAllocated {
				t.Errorf("allocated %d MB for %d kB", got>>20, len(text)>>10)
			} else {
				t.Logf("%d kB: %d MB allocated, %d findings", len(text)>>10, got>>20, len(found))
			}
			if !schema.HasErrors(found) || len(found) > MaxFindings {
				t.Errorf("%d findings, want 1 to %d with an error", len(found), MaxFindings)
			}
		})
	}
}
