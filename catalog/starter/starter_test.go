package starter

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
)

// The embedded tree is a catalogue repository: catalogue.md at the root and every kit whole, nested folders included.
func TestFSIsACatalogueRepository(t *testing.T) {
	root := FS()
	for _, name := range []string{
		"catalogue.md", "governance.md", "README.md", "LICENSE.md", "CHANGELOG.md",
		"kits/kit-cit/docs/A/a4-processo-di-adesione.md", "kits/kit-cit/adoptions/c_e506.md", "events/2020-10-14-rete-aggregatori.md",
	} {
		if _, err := fs.Stat(root, name); err != nil {
			t.Errorf("%s is not embedded: %v", name, err)
		}
	}
	kits, err := fs.ReadDir(root, "kits")
	if err != nil {
		t.Fatal(err)
	}
	if len(kits) != 4 {
		t.Errorf("%d kits, want 4", len(kits))
	}
	for _, k := range kits {
		for _, name := range []string{"kit.md", "publiccode.yml", "CHANGELOG.md"} {
			if _, err := fs.Stat(root, path.Join("kits", k.Name(), name)); err != nil {
				t.Errorf("%s: %v", k.Name(), err)
			}
		}
	}
}

// The mailboxes of 2020 are history and persons have no place in a catalogue, so no file may carry an address; and each
// kit must say that its body has not reviewed it.
func TestContentIsHonest(t *testing.T) {
	const banner = "Scheda redatta da fonti pubbliche, non rivista"
	err := fs.WalkDir(FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !slices.Contains([]string{".md", ".yml", ".yaml"}, path.Ext(name)) {
			t.Errorf("%s: only Markdown and YAML belong here", name)
		}
		data, err := fs.ReadFile(FS(), name)
		if err != nil {
			return err
		}
		if bytes.ContainsRune(data, '@') {
			t.Errorf("%s holds something like a mailbox", name)
		}
		if path.Base(name) == "kit.md" {
			for _, want := range []string{banner, "reviewed: false", "\nsource: "} {
				if !strings.Contains(string(data), want) {
					t.Errorf("%s does not say %q", name, want)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
