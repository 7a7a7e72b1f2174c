package indexer

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema"
)

// asked is a Git that notes what it is asked for.
type asked struct {
	*trees
	asks []Ask
}

func (g *asked) List(ctx context.Context, a Ask) (Head, error) {
	g.mu.Lock()
	g.asks = append(g.asks, a)
	g.mu.Unlock()
	return g.trees.List(ctx, a)
}

// at lays trees into folders of one repository.
func at(folders map[string]fstest.MapFS) fstest.MapFS {
	out := fstest.MapFS{}
	for dir, m := range folders {
		for p, f := range m {
			out[strings.TrimPrefix(dir+"/"+p, "/")] = f
		}
	}
	return out
}

// live are the keys of what is shown, of one kind.
func live(t *testing.T, store *catalogtest.Memory, kind catalog.Kind) []string {
	t.Helper()
	es, err := store.Entries(t.Context(), kind, "", catalog.MaxSize)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range es {
		if e.State == catalog.Live {
			out = append(out, string(e.Key))
		}
	}
	slices.Sort(out)
	return out
}

const multi = "https://a.example.it/multi"

// Each key of a source that is one repository does what its description says.
func TestKeysOfASource(t *testing.T) {
	yes, no := true, false
	for _, tc := range []struct {
		name string
		src  catalog.Source
		want []string
		ask  Ask
	}{
		{"nothing more", catalog.Source{}, []string{multi, multi + "//b", multi + "//kits/a"}, Ask{}},
		{"folder", catalog.Source{Folder: "/kits/a/"}, []string{multi + "//kits/a"}, Ask{Folder: "kits/a"}},
		{"folder that is not there", catalog.Source{Folder: "kits/c"}, nil, Ask{Folder: "kits/c"}},
		{"branch", catalog.Source{Branch: "prova"}, []string{multi, multi + "//b", multi + "//kits/a"}, Ask{Branch: "prova"}},
		{"include", catalog.Source{Include: []string{".", "kits/*"}}, []string{multi, multi + "//kits/a"}, Ask{}},
		{"exclude", catalog.Source{Exclude: []string{"A", "."}}, []string{multi + "//b"}, Ask{}},
		{"include and exclude", catalog.Source{Include: []string{"a", "b"}, Exclude: []string{"b"}}, []string{multi + "//kits/a"}, Ask{}},
		{"maxRepoMB", catalog.Source{MaxRepoMB: 3}, []string{multi, multi + "//b", multi + "//kits/a"}, Ask{MaxBytes: 3 << 20}},
		{"maxRepoMB beyond all", catalog.Source{MaxRepoMB: 1 << 62}, []string{multi, multi + "//b", multi + "//kits/a"}, Ask{MaxBytes: maxRepoMB << 20}},
		{"maxRepoMB of nothing", catalog.Source{MaxRepoMB: -1}, []string{multi, multi + "//b", multi + "//kits/a"}, Ask{}},
		{"enabled", catalog.Source{Enabled: &yes}, []string{multi, multi + "//b", multi + "//kits/a"}, Ask{}},
		{"not enabled", catalog.Source{Enabled: &no}, nil, Ask{}},
		{"found by somebody else's list", catalog.Source{Parent: "elenco"}, []string{multi, multi + "//b", multi + "//kits/a"}, Ask{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			g := &asked{trees: &trees{at: map[string]fstest.MapFS{multi: at(map[string]fstest.MapFS{"": software("Radice", multi), "kits/a": software("A", multi), "b": software("B", multi+"/tree/main/b"),
				"lib": software("Di altri", "https://a.example.it/altri")})}, mark: map[string]string{multi: "1"}}}
			c, store := crawler(t, g, nil)
			s := tc.src
			s.ID, s.Kind, s.URL = "multi", "kit", multi
			if _, err := c.Crawl(t.Context(), []catalog.Source{s}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, live(t, store, catalog.KindKit)); diff != "" {
				t.Error(diff)
			}
			if !s.On() {
				if len(g.asks) > 0 {
					t.Errorf("it was asked: %+v", g.asks)
				}
				return
			}
			tc.ask.URL, tc.ask.Trusted = multi, s.Parent == ""
			// The address that a copy names is asked, too, whether it leads here; never with the operator's rights.
			if len(g.asks) == 0 || g.asks[0] != tc.ask {
				t.Errorf("asked %+v, want %+v", g.asks, tc.ask)
			}
			for _, a := range g.asks[1:] {
				if a != (Ask{URL: a.URL}) || a.URL == multi {
					t.Errorf("asked %+v, too", a)
				}
			}
			known, err := store.Known(t.Context(), "multi")
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range known.Records {
				for _, f := range r.Findings {
					if !strings.HasPrefix(f.File, r.Kit.Folder) {
						t.Errorf("%s has a finding of %s", r.Key, f.File)
					}
				}
			}
			if last := known.State.Last(); len(tc.want) == 0 && last.Errors == 0 {
				t.Errorf("nothing says why there is nothing: %+v", known.State.Findings)
			}
		})
	}
}

// A repository without kit.md whose folders are those of a kit is software, if the source says that old kits are not to be
// recognised.
func TestLegacyNever(t *testing.T) {
	m := software("S", multi)
	m["FASE A/A1 Sintesi.pdf"] = &fstest.MapFile{Data: []byte("%PDF-1.7\n")}
	g := &trees{at: map[string]fstest.MapFS{multi: m}, mark: map[string]string{}}
	c, store := crawler(t, g, nil)
	if _, err := c.Crawl(t.Context(), []catalog.Source{{ID: "m", Kind: "kit", URL: multi, Legacy: "never"}}); err != nil {
		t.Fatal(err)
	}
	e, err := store.EntryByKey(t.Context(), catalog.KindKit, multi)
	if err != nil || e.Kit.Form != catalog.FormSoftware {
		t.Errorf("%+v, %v", e.Kit, err)
	}
}

// What is taken out of a repository of several goes like anything else, and the others stay.
func TestOneOfSeveralGoes(t *testing.T) {
	g := &trees{at: map[string]fstest.MapFS{multi: at(map[string]fstest.MapFS{"a": software("A", multi), "b": software("B", multi)})}, mark: map[string]string{multi: "1"}}
	c, store := crawler(t, g, nil)
	src := []catalog.Source{{ID: "multi", Kind: "kit", URL: multi}}
	for i, want := range [][]string{{multi + "//a", multi + "//b"}, {multi + "//a"}} {
		if i == 1 {
			g.at[multi], g.mark[multi] = at(map[string]fstest.MapFS{"a": software("A", multi)}), "2"
		}
		if _, err := c.Crawl(t.Context(), src); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, live(t, store, catalog.KindKit)); diff != "" {
			t.Error(i, diff)
		}
	}
	if e, err := store.EntryByKey(t.Context(), catalog.KindKit, multi+"//b"); err != nil || e.State != catalog.Missing {
		t.Errorf("what was taken out: %s, %v", e.State, err)
	}
}

// catalogueAt is a catalogue with one hosted kit, a judgement of ours by its own observatory, and one source.
func catalogueAt(id, url, judged string) fstest.MapFS {
	m := at(map[string]fstest.MapFS{"kits/x": software("X di "+id, url)})
	maps.Copy(m, fstest.MapFS{
		"catalogue.md": {Data: []byte("---\ntype: catalogue\nid: " + id + "\ntitle: C " + id + "\nowner: ipa:r_" + id + "\nscope: regional\nurl: " + url + "\nlicence: CC0-1.0\nobservatory: [ipa:r_" + id +
			"]\nexclusions: [{url: " + multi + ", reason: \"Non lo vuole " + id + "\", since: 2026-01-01}]\n---\n")},
		"evaluations/e.md": {Data: []byte("---\ntype: evaluation\nid: e-" + id + "\nkit: " + judged + "\nevaluator: {entity: ipa:r_" + id + ", role: observatory}\ndate: 2026-01-01\nkitVersion: \"1\"\nlevel: reference\n---\n")},
	})
	return m
}

// A catalogue of others that is a Git repository tells what it knows, and rules over nothing here: what it keeps out, whom
// it trusts with levels and what it hosts are its own.
func TestACatalogueByGitRulesOverItselfOnly(t *testing.T) {
	const ours, theirs, folder = "https://noi.example.it/catalogo", "https://loro.example.it/catalogo", "https://c.example.it/raccolta"
	foreign := catalogueAt("loro", theirs, multi)
	foreign["sources/s.md"] = &fstest.MapFile{Data: []byte("---\ntype: source\nid: s\nkind: kit\nurl: " + folder + "\nfolder: kits/a\n---\n")}
	foreign["kits/nostro/publiccode.yml"] = software("Come se fosse nostro", ours)["publiccode.yml"]
	own := catalogueAt("noi", ours, "https://altrove.example.it/kit")
	own["catalogue.md"].Data = []byte(strings.Replace(string(own["catalogue.md"].Data), multi, "https://escluso.example.it/kit", 1))
	g := &trees{at: map[string]fstest.MapFS{theirs: foreign, multi: software("M", multi), folder: at(map[string]fstest.MapFS{"": software("Radice", folder), "kits/a": software("A", folder)})}, mark: map[string]string{}}
	c, store := crawler(t, g, nil)
	for range 2 { // the second time with what the first has left
		if _, err := c.Catalogue(t.Context(), Place{FS: own, URL: ours}); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Crawl(t.Context(), []catalog.Source{{ID: "loro", Kind: "catalogue", URL: theirs}, {ID: "m", Kind: "kit", URL: multi}}); err != nil {
			t.Fatal(err)
		}
		want := []string{folder + "//kits/a", multi, theirs + "//kits/x", ours + "//kits/x"}
		slices.Sort(want)
		if diff := cmp.Diff(want, live(t, store, catalog.KindKit)); diff != "" {
			t.Fatal(diff)
		}
		h := c.home.Load()
		if diff := cmp.Diff([]catalog.EntityRef{"ipa:r_noi"}, h.observatory); diff != "" || len(h.policy.Excluded) != 1 || h.policy.Excluded[0].URL != "https://escluso.example.it/kit" {
			t.Errorf("what holds here: %s%v", diff, h.policy.Excluded)
		}
		for key, local := range map[catalog.Key]bool{theirs + "//kits/x": false, ours + "//kits/x": true} {
			e, err := store.EntryByKey(t.Context(), catalog.KindKit, key)
			if err != nil || e.Local != local || slices.Equal(e.Via, []string{"loro"}) == local {
				t.Errorf("%s: local %v, via %v, %v", key, e.Local, e.Via, err)
			}
		}
		es, err := store.Entries(t.Context(), catalog.KindCatalogue, "", catalog.MaxSize)
		if err != nil || len(es) != 2 {
			t.Fatalf("%d catalogues, %v", len(es), err)
		}
		for _, e := range es {
			if e.Local != (e.Key == ours) {
				t.Errorf("%s is local: %v", e.Key, e.Local)
			}
		}
		e, err := store.EntryByKey(t.Context(), catalog.KindKit, multi)
		if err != nil || len(e.Evaluations) != 1 {
			t.Fatalf("%d evaluations, %v", len(e.Evaluations), err)
		}
		if why := e.Evaluations[0].LevelFault(e.Kit.Ceding, h.observatory); why.IsZero() {
			t.Error("a level holds that their observatory gave")
		}
	}
	known, err := store.Known(t.Context(), "loro")
	if err != nil || !slices.ContainsFunc(known.State.Findings, func(f schema.Finding) bool { return f.Code == "V01" && f.File == "kits/nostro/publiccode.yml" }) {
		t.Errorf("nothing says that their kit is no kit of theirs: %v, %v", known.State.Findings, err)
	}
}

// The reason of a repository that gives nothing is that of its root, not of a copy that lies deep in it.
func TestTheReasonIsThatOfTheRoot(t *testing.T) {
	g := &trees{at: map[string]fstest.MapFS{multi: at(map[string]fstest.MapFS{"": software("R", "https://git.example.it/radice"), "lib": software("L", "https://git.example.it/libreria")})}, mark: map[string]string{}}
	c, _ := crawler(t, g, nil)
	rep, err := c.Crawl(t.Context(), []catalog.Source{{ID: "m", Kind: "kit", URL: multi}})
	if err != nil || len(rep.Sources) != 1 || !strings.Contains(rep.Sources[0].Why.It, "/radice") {
		t.Errorf("%+v, %v", rep.Sources, err)
	}
}
