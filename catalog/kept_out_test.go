package catalog

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/schema"
)

func TestKeptOutNames(t *testing.T) {
	const repo = "https://git.example.it/Ente/Kit"
	kit := func(key string, with ...Key) *Record {
		return &Record{Kind: KindKit, Key: Key(key), Aliases: with, Kit: &Kit{}}
	}
	read := kit("https://altro.example.it/x")
	read.URL = repo
	home := kit("https://altro.example.it/x")
	home.Kit.URL = repo
	for _, c := range []struct {
		name string
		r    *Record
		want bool
	}{
		{"its key", kit(repo), true},
		{"its key in another writing", kit("http://git.example.it/ente/kit"), true},
		{"a folder of the repository", kit(repo + "//kits/a"), true},
		{"an address of before", kit("https://git.example.it/nuovo", repo), true},
		{"a folder of an address of before", kit("https://git.example.it/nuovo", repo+"//kits/a"), true},
		{"where it was read", read, true},
		{"its home", home, true},
		{"one whose address only begins so", kit(repo + "-due"), false},
		{"one of the same body", kit("https://git.example.it/Ente"), false},
		{"one without addresses", &Record{Kind: KindKit}, false},
		{"no kit", &Record{Kind: KindAdoption, Key: repo + "#ipa:c_e506", URL: repo}, false},
	} {
		out := KeepOut([]Exclusion{{Reason: "senza indirizzo"}, {URL: repo + ".git", Reason: "primo"}, {URL: repo, Reason: "secondo"}})
		x, got := out.Names(c.r)
		if got != c.want || got && x.Reason != "primo" {
			t.Errorf("%s: %v, %q", c.name, got, x.Reason)
		}
	}
	if _, out := (*KeptOut)(nil).Names(kit(repo)); out {
		t.Error("no exclusions keep something out")
	}
}

func TestKeptOutLeavesWhatItGets(t *testing.T) {
	const at = "https://git.example.it/a"
	moved := Record{Kind: KindKit, Key: at, Source: "m", State: Gone, MovedTo: "https://git.example.it/b", URL: at}
	told := withdrawn(Record{Kind: KindKit, Key: at, Source: "w", State: Live, URL: at, Kit: &Kit{}}, day0, schema.Tf("escluso dal catalogo: %s", "excluded from the catalogue: %s", "r"))
	lost := tombstone(Record{Kind: KindKit, Key: at, Source: "l", State: Live, URL: "https://altro.example.it/c", Kit: &Kit{}}, day0, schema.T("perso", "lost"))
	live := Record{Kind: KindKit, Key: at, Source: "v", State: Live, URL: "https://altro.example.it/c", LastRead: day0, Kit: &Kit{Title: "Kit"}, Findings: []schema.Finding{{Code: "V01"}}}
	in := []Record{moved, told, lost, live}
	before := slices.Clone(in)
	out := KeepOut([]Exclusion{{URL: at, Reason: "r", First: day0.AddDate(0, 0, 3)}}).Withdraw(in)
	if !reflect.DeepEqual(in, before) {
		t.Error("the records of the store were changed")
	}
	if !reflect.DeepEqual(out[:2], before[:2]) {
		t.Errorf("what leads on, or is out already, was written again: %+v", out[:2])
	}
	if out[2].Reason != told.Reason || !out[2].Withdrawn || !out[2].MissedAt.Equal(day0) {
		t.Errorf("what was lost before: %+v", out[2])
	}
	if r := out[3]; r.State != Gone || !r.Withdrawn || r.Reason != told.Reason || r.Findings != nil || !r.MissedAt.Equal(day0.AddDate(0, 0, 3)) {
		t.Errorf("what lives: %+v", r)
	}
	if none := KeepOut([]Exclusion{{URL: "https://git.example.it/z"}}).Withdraw(in); &none[0] != &in[0] {
		t.Error("nothing is kept out, and all was copied")
	}
}

// What another catalogue says of the addresses of a kit takes out only what it tells itself.
func TestKeptOutByForeignWords(t *testing.T) {
	own := Record{Kind: KindKit, Key: "https://git.example.it/a", Source: "a", State: Live, URL: "https://git.example.it/a", Kit: &Kit{}}
	foreign := own
	foreign.Source, foreign.Via, foreign.Aliases = "f", []string{"altro"}, []Key{"https://git.example.it/escluso"}
	x := KeepOut([]Exclusion{{URL: "https://git.example.it/escluso"}})
	if out := x.Withdraw([]Record{own, foreign}); out[0].State != Live || out[1].State != Gone {
		t.Errorf("%s, %s", out[0].State, out[1].State)
	}
	foreign.Via = nil // one of our own sources read it there
	if out := x.Withdraw([]Record{own, foreign}); out[0].State != Gone || out[1].State != Gone {
		t.Errorf("%s, %s", out[0].State, out[1].State)
	}
}

// A slip in catalogue.md, a file that was not had, a visit that waits: none of them lets in what was taken out.
func TestExclusionsOutliveASlip(t *testing.T) {
	exclusions := func(urls ...string) (out []Exclusion) {
		for _, u := range urls {
			out = append(out, Exclusion{URL: u, Reason: "r"})
		}
		return out
	}
	start := after(Known{}, Apply(Known{}, Visit{Source: Source{ID: CatalogueSource}, At: day0, Outcome: Full, URL: "https://x.it/c",
		Tree: &Tree{Catalogue: &Catalogue{ID: "c", Exclusions: exclusions("a", "b")}, Kits: kitsNamed("1", "2", "3", "4").Kits}}, DefaultPolicy()))
	for _, c := range []struct {
		name    string
		outcome Outcome
		with    func(*Tree)
		want    []string
	}{
		{"read whole", Full, func(*Tree) {}, []string{"b", "c"}},
		{"another file was not had", Partial, func(t *Tree) { t.Unread = []string{"x.md"} }, []string{"b", "c"}},
		{"its file was not had whole", Partial, func(t *Tree) { t.Unread = []string{"catalogue.md"} }, []string{"b", "c", "a"}},
		{"a slip in the list", Full, func(t *Tree) {
			t.Findings = []schema.Finding{{File: "catalogue.md", Key: "exclusions[0].url", Severity: schema.Error}}
		}, []string{"b", "c", "a"}},
		{"a slip elsewhere", Full, func(t *Tree) {
			t.Findings = []schema.Finding{{File: "catalogue.md", Key: "owner", Severity: schema.Error}}
		}, []string{"b", "c"}},
		{"too much would go", Full, func(t *Tree) { t.Kits = nil }, []string{"b", "c", "a"}},
		{"no catalogue", Failed, func(t *Tree) { t.Catalogue = nil }, []string{"a", "b"}},
	} {
		tree := &Tree{Catalogue: &Catalogue{ID: "c", Exclusions: exclusions("b", "c")}, Kits: kitsNamed("1", "2", "3", "4").Kits}
		c.with(tree)
		d := Apply(start, Visit{Source: Source{ID: CatalogueSource}, At: day0.AddDate(0, 0, 1), Outcome: c.outcome, URL: "https://x.it/c", Tree: tree}, DefaultPolicy())
		var got []string
		for _, x := range d.State.Exclusions {
			got = append(got, x.URL)
			if want := map[bool]time.Time{true: day0.AddDate(0, 0, 1), false: day0}[x.URL == "c"]; !x.First.Equal(want) {
				t.Errorf("%s: %s since %v, want %v", c.name, x.URL, x.First, want)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
