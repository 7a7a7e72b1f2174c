package catalog

import (
	"fmt"
	"slices"
	"testing"
)

func TestMergeDoesNotDependOnOrder(t *testing.T) {
	key := Key("https://git.example.it/a")
	rs := []Record{
		{Kind: KindKit, Key: key, Source: "other", URL: "https://git.example.it/list", State: Live, Title: "from a list", Trust: "official"},
		{Kind: KindKit, Key: key, Source: "home", URL: "https://git.example.it/a", State: Live, Title: "at home", Trust: "community"},
		{Kind: KindKit, Key: key, Source: "old", URL: "https://git.example.it/a", State: Gone, Title: "gone"},
		{Kind: KindKit, Key: key, Source: "away", URL: "https://git.example.it/z", State: Missing, Title: "missing"},
	}
	for i := range 24 {
		got := Merge(permutation(rs, i))
		if got.Title != "at home" || len(got.Ways) != 4 || got.Ways[0].Source != "home" || got.Ways[3].Source != "old" {
			t.Fatalf("order %d: %q by %v", i, got.Title, got.Ways)
		}
	}
}

// Of two equal ways the one that was found through a list was shown, because its id comes first, and the body that another
// list names was not said.
func TestMergePrefersWhatTheCatalogueNames(t *testing.T) {
	key := Key("https://git.example.it/a")
	rs := []Record{
		{Source: "api--a", Listed: true, State: Live},
		{Source: "editori--a", Listed: true, State: Live, Publisher: "ipa:c_h501"},
		{Source: "forge--a", Listed: true, State: Live, Publisher: "ipa:p_bs"},
		{Source: "z", State: Live},
		{Source: "another", State: Gone, Publisher: "ipa:pcm"},
		{Source: "a-copy", State: Live, Copy: true, Via: []string{"c"}, Publisher: "ipa:r_lombar", Trust: "official"},
	}
	for i := range rs {
		rs[i].Kind, rs[i].Key, rs[i].URL = KindKit, key, string(key)
	}
	for i := range 720 {
		got := Merge(permutation(rs, i))
		if got.Source != "z" || got.Ways[1].Source != "api--a" || got.Publisher != "ipa:c_h501" {
			t.Fatalf("order %d: %s of %q by %v", i, got.Source, got.Publisher, got.Ways)
		}
	}
}

// A kit that its body withdrew at home, or that the catalogue keeps out, came back through a copy elsewhere that was still
// live. What was only lost does come back by a copy.
func TestMergeWithdrawalAtHomeWins(t *testing.T) {
	key := Key("https://git.example.it/Ente/a")
	copies := []Record{
		{Source: "copy", URL: "https://git.example.it/list", State: Live, Title: "copy", Trust: "official", Priority: 9},
		{Source: "old", URL: "https://git.example.it/old", State: Missing, Title: "old copy"},
		{Source: "gone", URL: "https://git.example.it/gone", State: Gone, Withdrawn: true, Title: "withdrawn elsewhere", Trust: "official"},
	}
	for _, tc := range []struct {
		name string
		one  Record
		want string
	}{
		{"withdrawn at home", Record{Source: "home", URL: "https://git.example.it/ente/a", State: Gone, Withdrawn: true, Title: "home"}, "home"},
		{"kept out by the catalogue", Record{Source: CatalogueSource, Local: true, URL: "https://git.example.it/cat", State: Gone, Withdrawn: true, Title: "local"}, "local"},
		{"lost at home", Record{Source: "home", URL: "https://git.example.it/ente/a", State: Gone, Title: "home"}, "copy"},
		{"withdrawn elsewhere only", Record{Source: "other", URL: "https://git.example.it/other", State: Gone, Withdrawn: true, Title: "other"}, "copy"},
		{"missing at home", Record{Source: "home", URL: "https://git.example.it/ente/a", State: Missing, Title: "home"}, "copy"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			rs := append(slices.Clone(copies), tc.one)
			for i := range rs {
				rs[i].Kind, rs[i].Key = KindKit, key
			}
			for i := range 24 {
				if got := Merge(permutation(rs, i)); got.Title != tc.want || len(got.Ways) != 4 {
					t.Fatalf("order %d: %q by %v", i, got.Title, got.Ways)
				}
			}
		})
	}
}

// permutation gives the n-th order of rs.
func permutation(rs []Record, n int) []Record {
	rest, out := slices.Clone(rs), []Record{}
	for len(rest) > 0 {
		i := n % len(rest)
		n /= len(rest)
		out = append(out, rest[i])
		rest = slices.Delete(rest, i, i+1)
	}
	return out
}

func TestMergeAdoptionsTakesTheNearest(t *testing.T) {
	kit := &Record{Source: "k", Kit: &Kit{Adoptions: []Adoption{{Entity: "ipa:a", Lessons: "by the owner"}, {Entity: "ipa:b", Lessons: "only the owner"}}}}
	outside := []Record{
		{Source: CatalogueSource, Local: true, State: Live, Adoption: &Adoption{Entity: "ipa:a", Lessons: "by the catalogue", Header: Header{Source: "a document"}}},
		{Source: "w", State: Live, Adoption: &Adoption{Entity: "ipa:a", Lessons: "by somebody else"}},
		{Source: "z", State: Live, Publisher: "ipa:a", Adoption: &Adoption{Entity: "ipa:a", Lessons: "by the adopter"}},
		{Source: "w", State: Live, Adoption: &Adoption{Entity: "ipa:b", Lessons: "by somebody else"}},
		{Source: "y", State: Gone, Adoption: nil},
	}
	got := MergeAdoptions(kit, outside)
	var text []string
	for _, a := range got {
		text = append(text, fmt.Sprintf("%s %s %d", a.Entity, a.Lessons, len(a.Places)))
	}
	if want := []string{"ipa:a by the adopter 4", "ipa:b only the owner 2"}; !slices.Equal(text, want) {
		t.Errorf("got %q, want %q", text, want)
	}
}
