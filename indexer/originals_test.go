package indexer

import (
	"io/fs"
	"slices"
	"testing"
)

// Markdown and YAML that could not be had is not there below the kit's folder, and only there.
func TestOriginalsHideWhatWasNotHad(t *testing.T) {
	tree := files(map[string]string{"README.md": "x", "altro/a.md": "x", "kit/README.md": "x", "kit/A/perso.md": "x", "kit/A/qui.md": "x", "kit/A/perso.yml": "x", "kit/A/perso.txt": "x"})
	lost := &lossy{tree, map[string]bool{"README.md": true, "altro/a.md": true, "kit/README.md": true, "kit/A/perso.md": true, "kit/A/perso.yml": true, "kit/A/perso.txt": true}}
	for folder, want := range map[string][]string{
		"kit": {"README.md", "altro/a.md", "kit/A/perso.txt", "kit/A/qui.md", "kit/README.md"},
		"":    {"README.md", "kit/A/perso.txt", "kit/A/qui.md"},
	} {
		var got []string
		err := fs.WalkDir(&originals{lost, folder}, ".", func(p string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				got = append(got, p)
			}
			return err
		})
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("of the folder %q: %q, want %q (%v)", folder, got, want, err)
		}
	}
}
