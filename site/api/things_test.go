package api

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/open-community-pa/riuso/catalog"
)

func TestKitListPagesThroughEverything(t *testing.T) {
	s := serve(t, sample())
	var got []string
	path, pages := "/api/v1/kits?size=1&lang=en", 0
	for path != "" && pages < 10 {
		pages++
		w := s.ask(http.MethodGet, path)
		var l kitList
		if err := json.Unmarshal(w.Body.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		for _, k := range l.Kits {
			got = append(got, k.ID)
		}
		if link := w.Header().Get("Link"); (l.Next == "") != (link == "") || !strings.Contains(link, l.Next) {
			t.Errorf("Link %q, next %q", link, l.Next)
		}
		path = strings.TrimPrefix(l.Next, "https://riuso.example.it")
	}
	if diff := cmp.Diff([]string{"kit-cit", "sportello"}, got); diff != "" {
		t.Errorf("%d pages: %s", pages, diff)
	}
}

func TestKitCard(t *testing.T) {
	l := get[kitList](serve(t, sample()), "/api/v1/kits?url=https://GIT.example.it/provincia/kit-cit.git", 200)
	if len(l.Kits) != 1 {
		t.Fatalf("%d kits", len(l.Kits))
	}
	k := l.Kits[0]
	if k.ID != "kit-cit" || k.API != "https://riuso.example.it/api/v1/kits/kit-cit" || k.Documents != 3 || k.Adopters != 1 || k.Reviewed == nil || *k.Reviewed ||
		k.Ceding[0].Name != "Provincia di Brescia" || k.Ceding[1].ID != "sconosciuto" {
		t.Errorf("%+v", k)
	}
	for _, none := range []string{"https://git.example.it/altro", "https://git.example.it/vecchio", "::"} {
		if l := get[kitList](serve(t, sample()), "/api/v1/kits?url="+none, 200); l.Kits == nil || len(l.Kits) != 0 {
			t.Errorf("%s: %+v", none, l.Kits)
		}
	}
}

func TestKitEntry(t *testing.T) {
	s := serve(t, sample())
	k := get[kitAnswer](s, "/api/v1/kits/kit-cit?lang=en", 200)
	if k.Kit.Documents[0].Body != "La convenzione <b> tra enti." || k.Kit.Tariffs[0].Rules[0].Min != "0.15" || k.Reviewed == nil || *k.Reviewed {
		t.Errorf("kit: %+v", k.Kit)
	}
	ad := k.Adoptions[0]
	if len(k.Adoptions) != 1 || ad.Stage != catalog.StageB || ad.Phase != "B" || ad.Role != "reusing" || ad.UndatedEvents != 1 || ad.EntityID != "c_e506" ||
		ad.DaysToDecision == nil || *ad.DaysToDecision != 60 || ad.DaysToGoLive != nil || len(ad.Events) != 3 ||
		ad.URL != "https://riuso.example.it/en/kit/kit-cit/adoption/c_e506" {
		t.Errorf("adoption: %+v", ad)
	}
	if k.Findings[0].Message != "The date is missing." || k.Findings[0].Line != 3 {
		t.Errorf("findings: %+v", k.Findings)
	}
	if h := k.History["docs/a4.md"]; len(h) != MaxHistory || h[0].Message != "Prima riga" {
		t.Errorf("history: %d commits, %+v", len(h), h[0])
	}
	if k.Provenance.Commit != "abc123" || k.Provenance.Ways[0].API != "https://riuso.example.it/api/v1/sources/bs" || k.Completeness.Applicable != 15 || k.Completeness.Filled != 6 {
		t.Errorf("%+v %+v", k.Provenance, k.Completeness)
	}
	if soft := get[kitAnswer](s, "/api/v1/kits/sportello", 200); soft.State != catalog.Missing || soft.Provenance.MissedAt.IsZero() {
		t.Errorf("missing kit: %+v", soft)
	}
}

func TestMatrix(t *testing.T) {
	m := get[matrixAnswer](serve(t, sample()), "/api/v1/kits/kit-cit/matrix", 200)
	if len(m.Cells) != 15 || m.Kit.Name != "Kit CIT" || m.Labels["A"] != "Ricerca e selezione" || m.Labels["administrative"] != "Amministrativo" {
		t.Errorf("%+v", m)
	}
	if c := m.Cell("A", "administrative"); !slices.Equal(c.Documents, []string{"a4"}) {
		t.Errorf("A administrative: %+v", c)
	}
	if c := m.Cell("C", "managerial"); !c.Empty() {
		t.Errorf("an honest hole is filled: %+v", c)
	}
	if !slices.Equal(m.Unplaced, []string{"x"}) {
		t.Errorf("unplaced: %v", m.Unplaced)
	}
}

func TestEntities(t *testing.T) {
	s := serve(t, sample())
	l := get[entityList](s, "/api/v1/entities", 200)
	if len(l.Entities) != 2 || l.Entities[0].Name != "Comune di Lecce" || l.Entities[0].Ref != "ipa:c_e506" || l.Next != "" {
		t.Errorf("%+v", l)
	}
	bs := get[entityAnswer](s, "/api/v1/entities/p_bs", 200)
	if len(bs.Ceding) != 1 || bs.Ceding[0].ID != "kit-cit" || len(bs.Reusing) != 0 {
		t.Errorf("Brescia: %+v", bs)
	}
	lecce := get[entityAnswer](s, "/api/v1/entities/c_e506", 200)
	if len(lecce.Ceding) != 0 || len(lecce.Reusing) != 1 || lecce.Reusing[0].Phase != "B" || lecce.Reusing[0].Events != 3 {
		t.Errorf("Lecce: %+v", lecce)
	}
}

func TestSources(t *testing.T) {
	s := serve(t, sample())
	l := get[sourceList](s, "/api/v1/sources?size=1", 200)
	if len(l.Sources) != 1 || l.Sources[0].ID != "bs" || l.Sources[0].LastVisit.Outcome != catalog.Failed || !l.Sources[0].Held || l.Next == "" {
		t.Errorf("%+v", l)
	}
	l = get[sourceList](s, strings.TrimPrefix(l.Next, "https://riuso.example.it"), 200)
	if len(l.Sources) != 1 || l.Sources[0].ID != "spenta" || l.Sources[0].Enabled || l.Sources[0].LastVisit != nil {
		t.Errorf("second page: %+v", l)
	}
	bs := get[sourceAnswer](s, "/api/v1/sources/bs?lang=en", 200)
	if len(bs.Visits) != 2 || bs.Visits[0].Reason != "No answer." || bs.Visits[0].Seconds != 1.5 || bs.Findings[0].Hint != "Try again." || bs.Records != 1 {
		t.Errorf("%+v", bs)
	}
}
