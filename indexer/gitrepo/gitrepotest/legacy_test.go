package gitrepotest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// The repository names every path of the list, under the names of the list, and holds what is in the shared folder only.
func TestLegacy(t *testing.T) {
	_, k := Legacy(t, "")
	named := map[string]string{}
	for entry := range strings.SplitSeq(strings.Trim(Git(t, k.Dir, "ls-tree", "-rz", "main"), "\x00"), "\x00") {
		mode, path, _ := strings.Cut(entry, "\t")
		named[path] = strings.TrimPrefix(mode, "100644 blob ")
	}
	here, bytes := map[string]bool{}, int64(0)
	for _, f := range k.Files {
		if named[f.Path] != f.Blob {
			t.Errorf("%s is %q in the tree, %q in the list", f.Path, named[f.Path], f.Blob)
		}
		if f.Bytes < 0 && f.Here {
			t.Errorf("%s could not be had, and is there", f.Path)
		}
		if f.Here && !here[f.Blob] {
			here[f.Blob] = true
			bytes += f.Bytes
		}
	}
	if len(named) != len(k.Files) || len(k.Files) != 203 || len(here) != 73 {
		t.Errorf("%d paths in the tree, %d in the list, %d of them different and here", len(named), len(k.Files), len(here))
	}
	stored := 0
	for line := range strings.SplitSeq(Git(t, k.Dir, "cat-file", "--batch-all-objects", "--batch-check"), "\n") {
		if id, rest, _ := strings.Cut(line, " "); strings.HasPrefix(rest, "blob ") {
			if stored++; !here[id] {
				t.Errorf("%s is stored, and should be absent", id)
			}
		}
	}
	if stored != len(here) || bytes == 0 {
		t.Errorf("%d are stored, want %d", stored, len(here))
	}
	t.Logf("%d paths, %d different contents here, %d bytes", len(k.Files), len(here), bytes)
	before := Git(t, k.Dir, "rev-parse", "main")
	if err := k.Commit(t.Context(), Start().Add(time.Hour), "Un file in più", map[string]string{"LEGGIMI di prova.md": "Testo\n"}); err != nil {
		t.Fatal(err)
	}
	if got := Git(t, k.Dir, "diff", "--no-renames", "--name-status", before, "main"); got != "A\tLEGGIMI di prova.md" {
		t.Errorf("the second commit changes %q", got)
	}
	if _, err := LegacyKit(t.Context(), sharedtest.Path(t, "legacy"), k.Dir); !os.IsExist(err) {
		t.Errorf("over another one: %v", err)
	}
}

// A list that does not fit the files, or cannot be read, is an error and not half a repository that looks whole.
func TestLegacyOfAnotherList(t *testing.T) {
	Need(t)
	from := t.TempDir()
	if err := os.Mkdir(filepath.Join(from, "digipro"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(from, "digipro", "a b.md"), []byte("uno"), 0o644); err != nil {
		t.Fatal(err)
	}
	id := Name("blob", []byte("uno"))
	for _, c := range []struct{ rows, want string }{
		{id + "\t3\ta b.md\n" + Name("blob", []byte("due")) + "\tBAD\tè.pdf\n", ""},
		{id + "\t3\tassente.md\n", "0 files"}, {id + "\t3\n", "columns"}, {id + "\ttre\ta b.md\n", "invalid syntax"},
		{Name("blob", []byte("due")) + "\t3\ta b.md\n", "the list says"},
	} {
		if err := os.WriteFile(filepath.Join(from, "digipro-tree.tsv"), []byte("blob\tbytes\tpath\n"+c.rows), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := LegacyKit(t.Context(), from, filepath.Join(t.TempDir(), "kit"))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.rows, err, c.want)
		}
	}
}
