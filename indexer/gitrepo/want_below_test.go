package gitrepo

import (
	"maps"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// Of a repository of several projects what describes each comes over the wire, and of one folder nothing else does.
func TestWantBelow(t *testing.T) {
	root := t.TempDir()
	big := string(make([]byte, 200<<10))
	gitrepotest.Init(t, filepath.Join(root, "multi"), map[string]string{"README.md": "# Insieme\n", "a/publiccode.yml": "name: A\n", "a/README.md": "# A\n", "a/docs/uso.md": "# Uso\n",
		"a/src/x.md": "# No\n", "a/docs/logo.png": big, "b/c/publiccode.yml": "name: C\n", "altro/note.md": "# No\n"})
	u := gitrepotest.Serve(t, root) + "/multi"
	folders := func(paths []string) []string {
		var out []string
		for _, p := range paths {
			if path.Base(p) == "publiccode.yml" {
				out = append(out, path.Dir(p))
			}
		}
		return out
	}
	r := reader(t, Config{})
	for name, tc := range map[string]struct {
		want Want
		has  []string
	}{
		"what describes each": {WantBelow(nil, folders), []string{"README.md", "a/README.md", "a/docs/uso.md", "a/publiccode.yml", "b/c/publiccode.yml"}},
		"one folder":          {WantFolder("a", nil), []string{"a/README.md", "a/docs/uso.md", "a/publiccode.yml"}},
		"none":                {WantBelow(nil, func([]string) []string { return nil }), []string{"README.md"}},
	} {
		s := open(t, r, u, tc.want)
		has := slices.Sorted(maps.Keys(texts(t, s.FS)))
		if diff := cmp.Diff(tc.has, has); diff != "" || s.Bytes > 10<<10 {
			t.Errorf("%s: %d bytes, %s", name, s.Bytes, diff)
		}
	}
}
