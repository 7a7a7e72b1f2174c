package legacy

import (
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"
)

func TestOverlayIsAFileSystem(t *testing.T) {
	base := fstest.MapFS{
		"README.md":          {Data: []byte("# Prova\n")},
		"FASE A/guida è.txt": {Data: []byte("guida")},
		"docs/loro.md":       {Data: []byte("di loro")},
	}
	p := &Proposal{Files: []ProposedFile{
		{"README.md", []byte("mai")}, {"docs/A/uno.md", []byte("uno")}, {"docs/loro.md", []byte("mai")}, {"kit.md", []byte("kit")},
		{"README.md/sotto.md", []byte("mai")},
	}}
	o := Overlay(base, p)
	if err := fstest.TestFS(o, "README.md", "FASE A/guida è.txt", "docs/loro.md", "docs/A/uno.md", "kit.md"); err != nil {
		t.Error(err)
	}
	for name, want := range map[string]string{"README.md": "# Prova\n", "docs/loro.md": "di loro", "docs/A/uno.md": "uno", "kit.md": "kit"} {
		if got, err := fs.ReadFile(o, name); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, want)
		}
	}
	var all []string
	err := fs.WalkDir(o, ".", func(p string, d fs.DirEntry, err error) error {
		if !d.IsDir() {
			all = append(all, p)
		}
		return err
	})
	if want := []string{"FASE A/guida è.txt", "README.md", "docs/A/uno.md", "docs/loro.md", "kit.md"}; err != nil || !slices.Equal(all, want) {
		t.Errorf("walked %q, %v; want %q", all, err, want)
	}
	if _, err := fs.Stat(o, "README.md/sotto.md"); err == nil {
		t.Error("a file of the proposal is seen below a file that is there")
	}
}

// A file whose bytes are not known is there, and does not open: a visit fetches what it needs.
func TestShelfTellsWhatItDoesNotHold(t *testing.T) {
	s := newShelf()
	s.put("a/b.pdf", nil, 12)
	s.put("a", []byte("x"), 1)
	if info, err := fs.Stat(s, "a/b.pdf"); err != nil || info.Size() != 12 {
		t.Errorf("%v, %v", info, err)
	}
	if _, err := fs.ReadFile(s, "a/b.pdf"); err == nil {
		t.Error("it opens")
	}
	if info, err := fs.Stat(s, "a"); err != nil || !info.IsDir() {
		t.Errorf("the folder: %v, %v", info, err)
	}
}
