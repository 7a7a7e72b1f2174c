package gitrepotest

import (
	"path/filepath"
	"strings"
	"testing"
)

// What is written is a repository of git's own kind: two revisions, dated, the second tagged, and the same at each run.
func TestWrite(t *testing.T) {
	Need(t)
	heads := map[string]bool{}
	for range 2 {
		to := filepath.Join(t.TempDir(), "kit")
		err := Write(t.Context(), to, Revision{Message: "Prima", Files: map[string]string{"a.md": "Uno\n", "d/perché.md": "Due\n"}},
			Revision{At: Start().AddDate(0, 1, 0), Message: "Seconda", Files: map[string]string{"a.md": ""}, Tag: "v1"})
		if err != nil {
			t.Fatal(err)
		}
		Git(t, to, "fsck", "--strict", "--full")
		if got := Git(t, to, "-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "v1"); got != "a.md\nd/perché.md" {
			t.Errorf("the files are %q", got)
		}
		if got := Git(t, to, "log", "--format=%cs %s", "main"); got != "2025-04-01 Seconda\n2025-03-01 Prima" {
			t.Errorf("the history is %q", got)
		}
		heads[Git(t, to, "rev-parse", "main")] = true
		if err := Write(t.Context(), to); err != nil {
			t.Errorf("again: %v", err)
		}
	}
	if len(heads) != 1 {
		t.Errorf("two runs give %v", heads)
	}
	empty := filepath.Join(t.TempDir(), "vuoto")
	if err := Write(t.Context(), empty); err != nil {
		t.Fatal(err)
	}
	if out, err := Command(t.Context(), empty, "log").CombinedOutput(); err == nil || !strings.Contains(string(out), "does not have any commits") {
		t.Errorf("an empty one: %v %s", err, out)
	}
}
