package bleveindex_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
)

func TestOpenRefuses(t *testing.T) {
	if _, err := bleveindex.Open(t.Context(), bleveindex.Config{}); !errors.Is(err, catalog.ErrInvalid) {
		t.Errorf("no folder: %v, want ErrInvalid", err)
	}
	s := open(t, t.TempDir())
	if _, err := bleveindex.Open(t.Context(), bleveindex.Config{Dir: s.dir}); !errors.Is(err, catalog.ErrBusy) {
		t.Errorf("a folder that is open: %v, want ErrBusy", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Search(t.Context(), catalog.Query{}); err == nil {
		t.Error("a closed index answers")
	}
	again := open(t, s.dir)
	if err := again.Commit(t.Context(), numbered(1)); err != nil {
		t.Error(err)
	}
}

func generationsIn(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "gen-*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestRebuild(t *testing.T) {
	s := starterIndex(t, t.TempDir())
	query := catalog.Query{Text: "convenzione"}
	before, err := s.Search(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	kit, err := s.Entry(t.Context(), catalog.KindKit, "kit-cit")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the running one, and the one that is opened again
		after, err := s.Search(t.Context(), query)
		if err != nil || after.Total != before.Total || after.Hits[0].Card.ID != before.Hits[0].Card.ID || after.Hits[0].Score != before.Hits[0].Score {
			t.Errorf("after a rebuild: %+v, %v", after, err)
		}
		again, err := s.Entry(t.Context(), catalog.KindKit, "kit-cit")
		if err != nil || again.Title != kit.Title || len(again.Adoptions) != len(kit.Adoptions) {
			t.Errorf("after a rebuild: %+v, %v", again, err)
		}
		if g := generationsIn(t, s.dir); len(g) != 1 || filepath.Base(g[0]) != "gen-2" {
			t.Errorf("generations: %q, want gen-2 alone", g)
		}
		s = s.Reopen(t).(*store)
	}
}

// TestRepairs opens folders that something else than riuso has been at.
func TestRepairs(t *testing.T) {
	for name, harm := range map[string]func(dir string) error{
		"no index":       func(dir string) error { return os.RemoveAll(filepath.Join(dir, "gen-1", "index")) },
		"an empty index": func(dir string) error { return truncateAll(filepath.Join(dir, "gen-1", "index", "store")) },
		"no index meta":  func(dir string) error { return os.Remove(filepath.Join(dir, "gen-1", "index", "index_meta.json")) },
		"no CURRENT":     func(dir string) error { return os.Remove(filepath.Join(dir, "CURRENT")) },
		"a mad CURRENT":  func(dir string) error { return os.WriteFile(filepath.Join(dir, "CURRENT"), []byte("../../etc"), 0o600) },
		"a half generation": func(dir string) error {
			if err := os.MkdirAll(filepath.Join(dir, "gen-2"), 0o700); err != nil {
				return err
			}
			return errors.Join(os.WriteFile(filepath.Join(dir, "gen-2", "records.db"), []byte("half"), 0o600), os.Remove(filepath.Join(dir, "CURRENT")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, t.TempDir())
			for n := 1; n < 6; n++ {
				if err := s.Commit(t.Context(), numbered(n)); err != nil {
					t.Fatal(err)
				}
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if err := harm(s.dir); err != nil {
				t.Fatal(err)
			}
			s = open(t, s.dir)
			if last := whole(t, s.Index, 5); last != 5 {
				t.Errorf("the last commit is %d", last)
			}
			if g := generationsIn(t, s.dir); len(g) != 1 {
				t.Errorf("generations left: %q", g)
			}
		})
	}
}

func truncateAll(dir string) error {
	files, err := os.ReadDir(dir)
	for _, f := range files {
		err = errors.Join(err, os.Truncate(filepath.Join(dir, f.Name()), 0))
	}
	return err
}

// TestConcurrently searches and reads while commits and rebuilds go on: nothing fails, and a kit is found or not, never
// half.
func TestConcurrently(t *testing.T) {
	s := open(t, t.TempDir())
	if err := s.Commit(t.Context(), numbered(0)); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for ctx.Err() == nil {
				res, err := s.Search(t.Context(), catalog.Query{Text: "documento", Filters: map[catalog.FacetName][]string{catalog.FacetType: {"document"}}})
				if err != nil || res.Total == 0 || len(res.Hits[0].Parts) < 2 {
					t.Errorf("while writing: %d kits, %v", res.Total, err)
					return
				}
				if _, err := s.Stats(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for n := range 30 {
		err := s.Commit(t.Context(), numbered(n))
		if n%10 == 9 {
			err = errors.Join(err, s.Rebuild(t.Context()))
		}
		if err != nil {
			t.Error(err)
		}
	}
	stop()
	wg.Wait()
}

// TestHeavyKit: a kit with more parts than a batch holds goes in as a whole.
func TestHeavyKit(t *testing.T) {
	s := open(t, t.TempDir())
	var with []func(*catalog.Kit)
	for range 700 {
		with = append(with, catalogtest.Doc("A1", "Stesso titolo", "pesante", "A", "managerial")) // one id for all of them
	}
	if err := s.Commit(t.Context(), catalogtest.DeltaOf("s", catalogtest.Kit("s", "https://example.org/s", "s", "Kit", with...))); err != nil {
		t.Fatal(err)
	}
	s = s.Reopen(t).(*store)
	res, err := s.Search(t.Context(), catalog.Query{Text: "pesante"})
	if err != nil || res.Total != 1 {
		t.Errorf("%d kits, %v", res.Total, err)
	}
}
