package indexer

import (
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

func TestARehearsalTellsAndWritesNothing(t *testing.T) {
	w := newWorld(t, "a", "b", "c", "d")
	w.crawl(map[catalog.Outcome]int{catalog.Full: 5})
	delete(w.git.at, forgeURL+"/b")
	w.git.at[forgeURL+"/c"], w.git.mark[forgeURL+"/c"] = software("c di nuovo", forgeURL+"/c"), "2"
	w.git.mark[forgeURL+"/d"] = "2"  // a commit that changes nothing of what is told
	w.holds("2", "a", "c", "d", "e") // b is no longer named, e is new
	for i := range w.lists.at[forgeURL].Found {
		w.lists.at[forgeURL].Found[i].Listed = nil
	}
	before, err := w.store.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r := NewRehearsal(w.store)
	w.c.cfg.Store = r
	if _, err := w.c.Crawl(t.Context(), []catalog.Source{w.src}); err != nil {
		t.Fatal(err)
	}
	got := map[catalog.Key]Change{}
	for _, x := range r.Changes() {
		got[x.Key] = x
	}
	for name, want := range map[string][2]catalog.State{"b": {catalog.Live, catalog.Missing}, "c": {catalog.Live, catalog.Live}, "e": {"", catalog.Live}} {
		if x := got[catalog.Key(forgeURL+"/"+name)]; x.Before != want[0] || x.After != want[1] {
			t.Errorf("%s: %q to %q, want %q to %q", name, x.Before, x.After, want[0], want[1])
		}
	}
	if len(got) != 3 {
		t.Errorf("%d changes: %v", len(got), got)
	}
	after, err := w.store.Sources(t.Context())
	if err != nil || len(after) != len(before) {
		t.Errorf("%d sources after, %d before (%v)", len(after), len(before), err)
	}
	w.state("b", catalog.Live)
}

func TestTheOperatorConfirmsAForgeThatNamesLittle(t *testing.T) {
	w := newWorld(t, "a", "b", "c", "d", "e")
	w.crawl(map[catalog.Outcome]int{catalog.Full: 6})
	w.holds("2", "e")
	rep, err := w.c.Confirm(t.Context(), []catalog.Source{w.src}, "ente")
	if err != nil || rep.Held != 0 || rep.Visits[catalog.Absent] != 4 {
		t.Errorf("%v held, visits %v (%v)", rep.Held, rep.Visits, err)
	}
	w.state("a", catalog.Missing)
}
