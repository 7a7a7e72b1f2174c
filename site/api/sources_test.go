package api

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// withForge adds a forge to the sample, with places that are as they were and one that fails.
func withForge() *shelf {
	s := sample()
	forge := catalog.SourceState{Source: catalog.Source{ID: "forgia", Kind: "forge", URL: "https://git.example.it/ente", Interval: "PT12H"},
		Visits: []catalog.VisitSummary{{At: noon, Outcome: catalog.Full}},
		Listing: &catalog.Listing{Total: 5, Out: 1, Lost: []catalog.SourceID{"forgia--perso"},
			Left: []catalog.LeftOut{{URL: "https://git.example.it/ente/fork", Title: "fork", Reason: schema.T("è un fork", "it is a fork")}}},
		Exclusions: []catalog.Exclusion{{URL: "https://git.example.it/altri", Reason: "doppione"}}}
	for i := range 4 {
		id := catalog.SourceID(fmt.Sprintf("forgia--%d", i))
		forge.Listing.Places = append(forge.Listing.Places, id)
		o := catalog.Unchanged
		if i == 2 {
			o = catalog.Failed
		}
		place := catalog.SourceState{Source: catalog.Source{ID: id, Kind: "kit", URL: "https://git.example.it/ente/" + string(id), Parent: "forgia", Via: []string{"nazionale"}},
			Visits: []catalog.VisitSummary{{At: noon, Outcome: o, Way: "list"}}, Listed: &catalog.Listed{Archived: true}}
		if i == 2 {
			place.NotBefore = noon.Add(48 * time.Hour)
		}
		if i == 3 {
			place.Held = &catalog.Hold{At: noon, Keys: []catalog.RecordKey{{Kind: catalog.KindKit, Key: "https://git.example.it/k"}}}
		}
		s.states = append(s.states, place)
	}
	s.states = append(s.states, forge)
	return s
}

func TestSourcesAreFiltered(t *testing.T) {
	s := serve(t, withForge())
	for query, want := range map[string]string{
		"?state=failed": "bs forgia--2", "?state=failing&parent=forgia": "forgia--2", "?kind=forge": "forgia", "?parent=forgia&size=2": "forgia--0 forgia--1",
		"?q=ENTE/forgia--3": "forgia--3", "?state=held&kind=kit": "bs forgia--3", "?state=off": "spenta", "?parent=nessuna": "",
	} {
		var ids []string
		for _, c := range get[sourceList](s, "/api/v1/sources"+query, 200).Sources {
			ids = append(ids, string(c.ID))
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s gives %q, want %q", query, got, want)
		}
	}
	first := get[sourceList](s, "/api/v1/sources?parent=forgia&state=unchanged&size=2&lang=en", 200)
	if first.Total != 3 || first.Next == "" {
		t.Fatalf("%+v", first)
	}
	second := get[sourceList](s, strings.TrimPrefix(first.Next, "https://riuso.example.it"), 200)
	if len(second.Sources) != 1 || second.Sources[0].ID != "forgia--3" || !second.Sources[0].Archived {
		t.Errorf("the second page forgets the filters: %+v", second)
	}
	forge := get[sourceList](s, "/api/v1/sources?kind=forge", 200).Sources[0]
	if forge.Leads == nil || *forge.Leads != (leads{Total: 4, Unchanged: 3, Failed: 1, LeftOut: 1}) {
		t.Errorf("%+v", forge.Leads)
	}
	for _, query := range []string{"?state=boh", "?kind=boh", "?q=" + strings.Repeat("a", catalog.MaxSourceText+1)} {
		get[problem](s, "/api/v1/sources"+query, 400)
	}
}

func TestASourceSaysAllThatIsKnown(t *testing.T) {
	shelf := withForge()
	s := serve(t, shelf, func(c *Config) { c.CrawlEvery = 6 * time.Hour })
	forge := get[sourceAnswer](s, "/api/v1/sources/forgia?lang=en", 200)
	if l := forge.Listing; l == nil || l.Total != 5 || l.Visited != 4 || l.LeftOut != 1 || l.Left[0].Reason != "it is a fork" || l.Lost[0] != "forgia--perso" {
		t.Errorf("%+v", forge.Listing)
	}
	if n := forge.Next; n == nil || !n.At.Equal(noon.Add(12*time.Hour)) || n.Interval != "PT12H" || forge.Exclusions[0].Reason != "doppione" {
		t.Errorf("%+v %+v", forge.Next, forge.Exclusions)
	}
	place := get[sourceAnswer](s, "/api/v1/sources/forgia--0", 200)
	if n := place.Next; n == nil || !n.WithList || !n.At.Equal(noon.Add(12*time.Hour)) || place.Parent != "forgia" || place.Via[0] != "nazionale" || place.Visits[0].Way != "list" {
		t.Errorf("%+v", place)
	}
	if n := get[sourceAnswer](s, "/api/v1/sources/forgia--2", 200).Next; n == nil || !n.At.Equal(noon.Add(48*time.Hour)) || !n.NotBefore.Equal(n.At) {
		t.Errorf("a place that asked to be left alone: %+v", n)
	}
	for i := range shelf.states {
		if shelf.states[i].Source.ID == "forgia--2" {
			shelf.states[i].NotBefore = noon.Add(time.Hour)
		}
	}
	if n := get[sourceAnswer](s, "/api/v1/sources/forgia--2", 200).Next; n == nil || !n.At.Equal(noon.Add(time.Hour)) {
		t.Errorf("one that was too busy for an hour waits for its list: %+v", n)
	}
	if w := get[sourceAnswer](s, "/api/v1/sources/forgia--3", 200).Waiting; w == nil || w.Total != 1 || w.Entries[0].Kind != catalog.KindKit {
		t.Errorf("%+v", w)
	}
	if n := get[sourceAnswer](s, "/api/v1/sources/spenta", 200).Next; n != nil {
		t.Errorf("what is off is visited: %+v", n)
	}
	if n := get[sourceAnswer](serve(t, shelf), "/api/v1/sources/forgia", 200).Next; n == nil || !n.At.IsZero() {
		t.Errorf("without a schedule: %+v", n)
	}
}
