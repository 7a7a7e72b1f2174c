package bleveindex

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/open-community-pa/riuso/catalog"
)

// A roster names the sources that all states name, those that were removed too.
func TestRoster(t *testing.T) {
	x := opened(t)
	deltas := manySources(20)
	deltas[7].State.Removed = true
	if err := x.Commit(t.Context(), deltas...); err != nil {
		t.Fatal(err)
	}
	states, err := x.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var want []catalog.SourceState
	for _, st := range states {
		want = append(want, catalog.SourceState{Source: st.Source, Removed: st.Removed})
	}
	got, err := x.Roster(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" || len(got) != len(deltas) || !got[7].Removed {
		t.Errorf("the roster of %d sources: %s", len(got), diff)
	}
}
