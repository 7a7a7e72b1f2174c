package gitrepo

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

func TestFetchAddsFilesByTheSameWay(t *testing.T) {
	root := t.TempDir()
	files := map[string]string{"kit.md": "k", "docs/A1.md": strings.Repeat("x", 3000), "attachments/a.pdf": strings.Repeat("%PDF", 1000), "attachments/b.odt": "PK"}
	for _, n := range []string{"filtered", "whole"} {
		gitrepotest.Init(t, filepath.Join(root, n), files)
	}
	gitrepotest.AllowFilter(t, filepath.Join(root, "whole"), false)
	base := gitrepotest.Serve(t, root)
	texted := reader(t, Config{AllowLocal: true, Limits: Limits{File: 2000}})
	attached := reader(t, Config{AllowLocal: true})
	for _, c := range []struct {
		url      string
		requests int
	}{{base + "/filtered", 1}, {base + "/whole", 1}, {filepath.Join(root, "whole"), 0}, {oldServer(t, root, false) + "/filtered", 1}} {
		s := open(t, texted, c.url, nil)
		if !slices.Equal(s.Skipped, []Skipped{{"docs/A1.md", TooLarge}}) {
			t.Errorf("%s: skipped %v", c.url, s.Skipped)
		}
		old, before := s.FS, s.Requests
		if err := attached.Fetch(t.Context(), s, WantPaths("kit.md", "attachments/a.pdf", "assente")); err != nil {
			t.Fatal(err)
		}
		if got := texts(t, s.FS); got["attachments/a.pdf"] != files["attachments/a.pdf"] || got["kit.md"] != "k" || len(got) != 2 {
			t.Errorf("%s: read %d files", c.url, len(got))
		}
		if s.Requests != before+c.requests || len(s.Skipped) != 1 || s.SkippedTotal != 1 {
			t.Errorf("%s: %d requests more, skipped %v", c.url, s.Requests-before, s.Skipped)
		}
		if _, err := fs.ReadFile(old, "attachments/a.pdf"); !errors.Is(err, ErrNotFetched) {
			t.Errorf("%s: the file system from before has changed: %v", c.url, err)
		}
		if err := attached.Fetch(t.Context(), s, WantAll); err != nil {
			t.Fatal(err)
		}
		if len(texts(t, s.FS)) != len(files) || len(s.Skipped) != 0 || s.SkippedTotal != 0 {
			t.Errorf("%s: read %d files, skipped %v", c.url, len(texts(t, s.FS)), s.Skipped)
		}
	}
}
