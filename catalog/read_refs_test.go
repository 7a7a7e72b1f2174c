package catalog

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// A reference is compared with what is there, and only so many times: a kit of thousands of wrong ones costs no more.
func TestGuessesAreBounded(t *testing.T) {
	m := tree(goodKit).(fstest.MapFS)
	for i := range 3 {
		var refs []string
		for j := range MaxFileFindings - 20 {
			refs = append(refs, fmt.Sprintf("%q", fmt.Sprintf("doc:sintesi%d", j%10)))
		}
		text := fmt.Sprintf("---\ntype: document\nid: z%d\ntitle: T\nsummary: S\nphase: [A]\nambit: [all]\nkind: other\nupdated: 2026-01-01\nstatus: final\nrelated: [%s]\n---\nTesto.\n", i, strings.Join(refs, ", "))
		m[fmt.Sprintf("docs/z%d.md", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	m["docs/sintesi.md"] = &fstest.MapFile{Data: []byte("---\ntype: document\nid: sintesi\ntitle: T\nsummary: S\nphase: [A]\nambit: [all]\nkind: other\nupdated: 2026-01-01\nstatus: final\n---\nTesto.\n")}
	guessed, plain := 0, 0
	for _, f := range Read(m, ReadOptions{URL: home}).Findings {
		switch {
		case f.Code != "E06":
		case strings.Contains(f.Hint.It, "«doc:sintesi»") && strings.Contains(f.Hint.En, "\"doc:sintesi\""):
			guessed++
		default:
			plain++
		}
	}
	if guessed != maxNearTold || plain != 3*(MaxFileFindings-20)-maxNearTold {
		t.Errorf("%d guessed, %d not", guessed, plain)
	}
}
