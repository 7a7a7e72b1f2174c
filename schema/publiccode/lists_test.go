package publiccode

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The lists come from packages that are kept up, at the versions that data/generate.mjs names: a list that was edited by
// hand, or left behind when a version was raised, is seen here.
func TestListsComeFromThePinnedPackages(t *testing.T) {
	script, err := os.ReadFile(filepath.Join("data", "generate.mjs"))
	if err != nil {
		t.Fatal(err)
	}
	pinned := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^ +"([a-z0-9-]+)": "([0-9.]+)",$`).FindAllStringSubmatch(string(script), -1) {
		pinned[m[1]] = m[2]
	}
	if len(pinned) < 5 {
		t.Fatalf("only %d packages are pinned", len(pinned))
	}
	files, err := filepath.Glob(filepath.Join("data", "*.txt"))
	if err != nil || len(files) < 10 {
		t.Fatalf("%d lists, %v", len(files), err)
	}
	used := map[string]bool{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head := strings.SplitN(string(data), "\n", 3)
		values := lines(string(data))
		sorted := slices.Sorted(slices.Values(values))
		if len(values) < 20 || len(head) < 3 || !strings.HasPrefix(head[1], "# PROVENANCE: ") {
			t.Errorf("%s: %d values, provenance %q", file, len(values), head[1])
			continue
		}
		from := strings.TrimPrefix(head[1], "# PROVENANCE: ")
		if rest, ok := strings.CutPrefix(from, "npm package "); ok {
			name, version, _ := strings.Cut(rest, " ")
			version, _, _ = strings.Cut(version, " ")
			used[name] = true
			if pinned[name] != version || !slices.Equal(values, slices.Compact(sorted)) {
				t.Errorf("%s is of %s %s, the script says %q; sorted: %v", file, name, version, pinned[name], slices.IsSorted(values))
			}
		} else if !strings.HasPrefix(from, "publiccode.yml standard 0.7.0") {
			t.Errorf("%s comes from %q", file, from)
		}
	}
	for name := range pinned {
		if !used[name] {
			t.Errorf("no list comes from %s", name)
		}
	}
}
