package catalog

import (
	"slices"
	"testing"

	"github.com/open-community-pa/riuso/schema/publiccode"
)

func TestBasedOn(t *testing.T) {
	k := &Kit{PublicCode: &publiccode.PublicCode{IsBasedOn: []string{"https://Git.example.it/a.git", "https://git.example.it/a/", "git@git.example.it:b.git", "il kit di prima"}}}
	if got, want := BasedOn(k), []Key{"https://git.example.it/a", "https://git.example.it/b"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for range MaxBasedOn * 2 {
		k.PublicCode.IsBasedOn = append(k.PublicCode.IsBasedOn, "https://git.example.it/x"+string(rune('a'+len(k.PublicCode.IsBasedOn)%200)))
	}
	if n := len(BasedOn(k)); n != MaxBasedOn {
		t.Errorf("%d origins", n)
	}
	if BasedOn(nil) != nil || BasedOn(&Kit{}) != nil {
		t.Error("a kit without a descriptor has origins")
	}
}

// A kit that moved is still found at its earlier key by sources that have not heard: they are ways of it, and do not keep
// the old one alive. Another repository under the old key does.
func TestMergeOfWhatMoved(t *testing.T) {
	const a, b = Key("https://x.it/a"), Key("https://x.it/b")
	mover := Record{Kind: KindKit, Key: a, Source: "s", URL: string(a), State: Gone, MovedTo: b}
	second := Record{Kind: KindKit, Key: a, Source: "t", URL: string(a), State: Live}
	peer := Record{Kind: KindKit, Key: a, Source: "p", URL: "https://peer.it/api", State: Live, Via: []string{"peer"}, Copy: true}
	other := Record{Kind: KindKit, Key: a, Source: "o", URL: "https://y.it/a", State: Live}
	lost := Record{Kind: KindKit, Key: a, Source: "l", URL: "https://y.it/a", State: Gone}
	told := Record{Kind: KindKit, Key: a, Source: "m", URL: string(a), State: Gone, MovedTo: "https://x.it/c", Via: []string{"peer"}}
	local := Record{Kind: KindKit, Key: a, Source: CatalogueSource, Local: true, URL: "https://cat.it", State: Live}
	for _, tc := range []struct {
		name      string
		rs        []Record
		state     State
		to        Key
		followers int
	}{
		{"it moved", []Record{mover, lost}, Gone, b, 0},
		{"two others have not heard", []Record{mover, second, peer, lost}, Gone, b, 2},
		{"another repository lives there", []Record{mover, second, other}, Live, "", 1},
		{"the operator's own catalogue has it", []Record{mover, peer, local}, Live, "", 1},
		{"who only heard of the move does not move what we read ourselves", []Record{told, second}, Live, "", 0},
		{"our own word on where it went comes first", []Record{told, mover, peer}, Gone, b, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for i := range 24 {
				rs := permutation(tc.rs, i)
				e := Merge(rs)
				if e.State != tc.state || e.MovedTo != tc.to || len(Followers(rs)) != tc.followers || len(e.Ways) != len(rs) {
					t.Fatalf("order %d: %s, moved to %q, %d followers, %d ways", i, e.State, e.MovedTo, len(Followers(rs)), len(e.Ways))
				}
			}
		})
	}
}

// Our own way beats one through another catalogue, a shorter chain a longer one, and a repository a copy of it.
func TestMergeThroughCatalogues(t *testing.T) {
	const key = Key("https://x.it/a")
	rec := func(source SourceID, url string, via []string, copied bool) Record {
		return Record{Kind: KindKit, Key: key, Source: source, State: Live, URL: url, Via: via, Copy: copied, Trust: "official"}
	}
	home := rec("home", "https://x.it/a", nil, false)
	home.Trust = "community"
	rs := []Record{
		home, rec("home-by-peer", "https://x.it/a", []string{"p"}, false), rec("home-by-two", "https://x.it/a", []string{"p", "q"}, false),
		rec("mirror", "https://y.it/a", nil, false), rec("mirror-by-peer", "https://y.it/a", []string{"p"}, false),
		rec("copy", "https://api.it/1", nil, true), rec("copy-at-home", "https://x.it/a", []string{"p"}, true), rec("copy-by-two", "https://api.it/2", []string{"p", "q"}, true),
	}
	want := []SourceID{"home", "home-by-peer", "home-by-two", "mirror", "mirror-by-peer", "copy", "copy-at-home", "copy-by-two"}
	for i := range 5040 {
		var got []SourceID
		for _, w := range Merge(permutation(rs, i*8)).Ways {
			got = append(got, w.Source)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("order %d: %q", i, got)
		}
	}
}

func TestMergeOfBodies(t *testing.T) {
	yes := true
	body := func(source SourceID, local bool, trust string, e Entity) Record {
		e.IPA = "p_bs"
		return Record{Kind: KindEntity, Key: "ipa:p_bs", Source: source, Local: local, State: Live, Trust: trust, Title: e.Name, Entity: &e}
	}
	local := body(CatalogueSource, true, "", Entity{Name: "La nostra Provincia", CF: "1", Note: "Nota."})
	one := body("one", false, "verified", Entity{Name: "Provincia di Brescia", CF: "2", ISTAT: "017", Region: "Lombardia", Website: "https://uno.example.it"})
	two := body("two", false, "community", Entity{Name: "Brescia", CF: "3", Website: "https://due.example.it", PEC: "pec@example.it", Aggregator: &yes, Note: "Di altri."})
	for i := range 6 {
		e := Merge(permutation([]Record{local, one, two}, i))
		if b := e.Entity; e.Title != "La nostra Provincia" || b.Name != "La nostra Provincia" || b.CF != "2" || b.ISTAT != "017" || b.Website != "https://uno.example.it" ||
			b.PEC != "pec@example.it" || b.Aggregator != &yes || b.Note != "Nota." || b.Region != "Lombardia" {
			t.Fatalf("order %d: %q %+v", i, e.Title, b)
		}
		if b := Merge(permutation([]Record{one, two}, i)).Entity; b.Name != "Provincia di Brescia" || b.CF != "2" || b.Note != "" || b.PEC != "pec@example.it" {
			t.Fatalf("order %d without a local file: %+v", i, b)
		}
	}
	if one.Entity.PEC != "" || local.Entity.CF != "1" {
		t.Error("the records were changed")
	}
}

func TestMergeEvaluationsAndConsent(t *testing.T) {
	kit := &Record{Source: "k", URL: "https://x.it/a", Kit: &Kit{NoConsent: []EntityRef{"ipa:c"}, Adoptions: []Adoption{{Entity: "ipa:d"}},
		Evaluations: []Evaluation{{ID: "e1", Evaluator: Evaluator{Entity: "ipa:o"}, Note: "by the kit"}, {ID: "e2", Evaluator: Evaluator{Entity: "ipa:o"}}}}}
	eval := func(r Record, body EntityRef, id, note string) Record {
		r.State, r.Evaluation = Live, &Evaluation{ID: id, Evaluator: Evaluator{Entity: body}, Note: Markdown(note)}
		return r
	}
	told := []Record{
		eval(Record{Source: CatalogueSource, Local: true}, "ipa:o", "e1", "by the catalogue"),
		eval(Record{Source: "o", Publisher: "ipa:o"}, "ipa:o", "e1", "by the evaluator"),
		eval(Record{Source: "z", Publisher: "ipa:o", Via: []string{"p"}}, "ipa:o", "e2", "through another"),
		eval(Record{Source: "z"}, "ipa:z", "e1", "of another body"),
	}
	no := false
	adoption := func(r Record, body EntityRef, consent *bool) Record {
		r.State, r.Adoption = Live, &Adoption{Entity: body, Consent: consent}
		return r
	}
	stories := []Record{
		adoption(Record{Source: "a", Publisher: "ipa:a"}, "ipa:a", &no), adoption(Record{Source: "b"}, "ipa:a", nil), // its own word
		adoption(Record{Source: "b"}, "ipa:b", &no), adoption(Record{Source: "c"}, "ipa:b", nil), // a stranger's
		adoption(Record{Source: "p", Publisher: "ipa:d", Via: []string{"p"}}, "ipa:d", &no), // through another catalogue
		adoption(Record{Source: "c"}, "ipa:c", nil),                                         // the kit's repository has said no
	}
	for i := range 24 {
		var got []string
		for _, e := range MergeEvaluations(kit, permutation(told, i)) {
			got = append(got, string(e.Evaluator.Entity)+" "+e.ID+" "+string(e.Note)+" "+e.Places[0].Where+" "+itoa(len(e.Places)))
		}
		if want := []string{"ipa:o e1 by the evaluator evaluator 3", "ipa:o e2  kit 2", "ipa:z e1 of another body elsewhere 1"}; !slices.Equal(got, want) {
			t.Fatalf("order %d: %q", i, got)
		}
		var bodies []string
		for _, a := range MergeAdoptions(kit, permutation(stories, i*30)) {
			bodies = append(bodies, string(a.Entity))
		}
		if want := []string{"ipa:b", "ipa:d"}; !slices.Equal(bodies, want) {
			t.Fatalf("order %d: stories of %q", i, bodies)
		}
	}
}
