package bleveindex_test

import (
	"testing"

	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
)

// store is an index that can be closed and opened again.
type store struct {
	*bleveindex.Index
	dir string
}

func open(t testing.TB, dir string) *store {
	t.Helper()
	x, err := bleveindex.Open(t.Context(), bleveindex.Config{Dir: dir, Now: catalogtest.Day})
	if err != nil {
		t.Fatal(err)
	}
	s := &store{x, dir}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func (s *store) Reopen(t *testing.T) catalogtest.Store {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return open(t, s.dir)
}

func TestStore(t *testing.T) {
	catalogtest.TestStore(t, func(t *testing.T) catalogtest.Store { return open(t, t.TempDir()) })
}
