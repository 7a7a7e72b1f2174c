package bleveindex

import (
	"context"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

// What is computed of the records is kept by this name: it must move with every commit and with a rebuild, and stay put
// while nothing is written.
func TestCommitsNamesWhatIsStored(t *testing.T) {
	x := opened(t)
	ctx := context.Background()
	name := func() string {
		t.Helper()
		s, err := x.Commits(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	empty := name()
	if name() != empty {
		t.Error("it moved, and nothing was written")
	}
	if err := x.Commit(ctx, catalog.Delta{State: catalog.SourceState{Source: catalog.Source{ID: "bs"}}}); err != nil {
		t.Fatal(err)
	}
	one := name()
	if one == empty {
		t.Errorf("still %q after a commit", one)
	}
	if err := x.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	if name() == one {
		t.Errorf("still %q after a rebuild", one)
	}
}
