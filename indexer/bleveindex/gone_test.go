package bleveindex

import (
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

// Tombstones are listed apart, in the order of ids and page by page; what lives is not among them.
func TestGoneListsTombstones(t *testing.T) {
	x, err := Open(t.Context(), Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	src := catalog.Source{ID: "a", Kind: "kit", URL: "https://git.example.it/a"}
	at := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	delta := catalog.Delta{State: catalog.SourceState{Source: src}}
	for id, state := range map[string]catalog.State{"uno": catalog.Gone, "due": catalog.Live, "tre": catalog.Gone, "quattro": catalog.Missing} {
		key := catalog.Key("https://git.example.it/" + id)
		delta.Put = append(delta.Put, catalog.Record{Kind: catalog.KindKit, Key: key, Source: "a", State: state, Title: id, URL: string(key), FirstSeen: at, LastRead: at,
			Kit: &catalog.Kit{Key: key, ID: id, Form: catalog.FormKit, Title: id, URL: string(key)}})
	}
	if err := x.Commit(t.Context(), delta); err != nil {
		t.Fatal(err)
	}
	var got []string
	for after := ""; ; {
		es, err := x.Gone(t.Context(), catalog.KindKit, after, 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(es) == 0 {
			break
		}
		after = es[0].ID
		got = append(got, after)
	}
	if len(got) != 2 || got[0] != "tre" || got[1] != "uno" {
		t.Errorf("%v", got)
	}
	if es, err := x.Gone(t.Context(), catalog.KindEntity, "", 0); err != nil || len(es) != 0 {
		t.Errorf("entities: %v %v", es, err)
	}
}
