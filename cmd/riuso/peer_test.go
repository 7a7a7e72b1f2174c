package main

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/starter"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
	"github.com/open-community-pa/riuso/indexer/peer"
	"github.com/open-community-pa/riuso/site/api"
)

var peerNoon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// servedStore is a real store behind the real API on loopback.
func servedStore(t *testing.T) (*bleveindex.Index, string) {
	t.Helper()
	idx, err := bleveindex.Open(t.Context(), bleveindex.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { idx.Close() })
	a, err := api.New(api.Config{Reader: idx, Searcher: idx, Now: func() time.Time { return peerNoon }})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(a)
	t.Cleanup(s.Close)
	return idx, s.URL
}

// learn commits a full visit.
func learn(t *testing.T, idx *bleveindex.Index, src catalog.Source, at time.Time, tree *catalog.Tree) {
	t.Helper()
	known, err := idx.Known(t.Context(), src.ID)
	if err != nil {
		t.Fatal(err)
	}
	v := catalog.Visit{Source: src, At: at, Outcome: catalog.Full, URL: src.URL, Commit: "abc", Tree: tree, Confirmed: true}
	if err := idx.Commit(t.Context(), catalog.Apply(known, v, catalog.DefaultPolicy())); err != nil {
		t.Fatal(err)
	}
}

// The whole way between two catalogues: the starter catalogue is told by the real API and read by the real reader, learnt
// by a second catalogue, told again by that one with its chain, and recognised by the first as its own.
func TestTwoCataloguesReadEachOther(t *testing.T) {
	ctx := t.Context()
	first, firstURL := servedStore(t)
	tree := catalog.Read(starter.FS(), catalog.ReadOptions{})
	own := catalog.Source{ID: catalog.CatalogueSource, Kind: "kit", URL: tree.Catalogue.URL}
	learn(t, first, own, peerNoon, tree)
	r, err := peer.New(peer.Config{Client: &http.Client{}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.Catalogue(ctx, firstURL, "")
	if err != nil || got.Partial || len(got.Findings) != 0 || got.ID != tree.Catalogue.ID {
		t.Fatalf("%s: %v %v %v", got.ID, got.Why, got.Findings, err)
	}
	if len(got.Tree.Entities) != len(tree.Entities) || len(got.Tree.Communities) != len(tree.Communities) || len(got.Tree.Events) != len(tree.Events) ||
		len(got.Tree.Adoptions) != len(tree.Adoptions) || len(got.Tree.Kits)+len(got.Entries) != len(tree.Kits) || len(got.Carried) != 0 {
		t.Errorf("told %d entities, %d communities, %d events, %d adoptions, %d+%d kits, carried %d; there are %d, %d, %d, %d, %d", len(got.Tree.Entities), len(got.Tree.Communities),
			len(got.Tree.Events), len(got.Tree.Adoptions), len(got.Tree.Kits), len(got.Entries), len(got.Carried), len(tree.Entities), len(tree.Communities), len(tree.Events), len(tree.Adoptions), len(tree.Kits))
	}
	for _, k := range got.Tree.Kits {
		i := slices.IndexFunc(tree.Kits, func(o catalog.Kit) bool { return o.Key == k.Key })
		if i < 0 || len(k.Documents) != len(tree.Kits[i].Documents) || len(k.Tariffs) != len(tree.Kits[i].Tariffs) || len(k.Adoptions) != len(tree.Kits[i].Adoptions) {
			t.Errorf("kit %s is not what it was", k.Key)
		}
	}
	again, err := r.Catalogue(ctx, firstURL, got.Mark)
	if err != nil || !again.Unchanged || again.Requests != 1 || again.Bytes != 0 {
		t.Errorf("again: %+v %v", again, err)
	}

	second, secondURL := servedStore(t)
	learn(t, second, catalog.Source{ID: catalog.CatalogueSource, Kind: "kit", URL: "https://git.example.it/secondo"}, peerNoon,
		&catalog.Tree{Catalogue: &catalog.Catalogue{ID: "secondo", Title: "Secondo"}, Entities: []catalog.Entity{{ID: "p_xx", IPA: "p_xx", Name: "Solo del secondo"}}})
	learn(t, second, catalog.Source{ID: "primo", Kind: "catalogue", URL: got.URL, Via: []string{got.ID}}, peerNoon, got.Tree)
	back, err := r.Catalogue(ctx, secondURL, "")
	if err != nil || back.Partial || back.ID != "secondo" || len(back.Tree.Entities) != 1 || len(back.Tree.Kits) != 0 {
		t.Fatalf("%+v %v", back, err)
	}
	if len(back.Entries) != len(got.Tree.Kits) {
		t.Errorf("%d kits come back, want %d", len(back.Entries), len(got.Tree.Kits))
	}
	for _, e := range back.Entries {
		if !slices.Equal(e.Via, []string{tree.Catalogue.ID}) || e.Kit == nil {
			t.Errorf("%s is told as the second's own: %v", e.URL, e.Via)
		}
	}
	entities := 0
	for _, c := range back.Carried {
		if !slices.Equal(c.Via, []string{tree.Catalogue.ID}) {
			t.Errorf("carried via %v", c.Via)
		}
		entities += len(c.Tree.Entities)
	}
	if entities != len(tree.Entities) {
		t.Errorf("%d bodies come back, want %d", entities, len(tree.Entities))
	}

	// What the first withdraws is told with its reason, and the one request now says that something changed.
	after := *tree
	after.Kits = slices.Clone(tree.Kits)
	after.Kits[0].Status = "withdrawn"
	learn(t, first, own, peerNoon.Add(time.Hour), &after)
	out, err := r.Catalogue(ctx, firstURL, got.Mark)
	if err != nil || out.Unchanged || len(out.Gone) != 1 || out.Gone[0].Key != tree.Kits[0].Key || !out.Gone[0].Withdrawn || out.Gone[0].Reason.IsZero() {
		t.Errorf("withdrawn: %+v %v", out.Gone, err)
	}
}

// An address that is no riuso catalogue, and the page of one that is, are told apart.
func TestTheAPIOfACatalogueIsFoundFromItsAddress(t *testing.T) {
	_, url := servedStore(t)
	r, err := peer.New(peer.Config{Client: &http.Client{}})
	if err != nil {
		t.Fatal(err)
	}
	for _, way := range []string{url, url + "/", url + "/api/v1", url + "/api/v1/federation?size=1"} {
		if out, err := r.Catalogue(t.Context(), way, ""); err != nil || out.ID == "" {
			t.Errorf("%s: %v", way, err)
		}
	}
	if _, err := r.Software(t.Context(), url, ""); err == nil || peer.Words(err).IsZero() {
		t.Errorf("a riuso catalogue is no server of Developers Italia: %v", err)
	}
}
