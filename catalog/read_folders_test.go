package catalog

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/open-community-pa/riuso/schema"
)

// described is a publiccode.yml.
func described(name, url string) *fstest.MapFile {
	return &fstest.MapFile{Data: fmt.Appendf(nil, "publiccodeYmlVersion: \"0\"\nname: %s\nurl: %q\ndescription: {it: {shortDescription: Prova}}\n", name, url)}
}

// under lays a tree below a folder.
func under(dir string, m fstest.MapFS) fstest.MapFS {
	out := fstest.MapFS{}
	for p, f := range m {
		out[dir+"/"+p] = f
	}
	return out
}

// entries are the keys of the kits of a tree, with their forms.
func entries(t *Tree) []string {
	var out []string
	for _, k := range t.Kits {
		out = append(out, string(k.Key)+" "+string(k.Form))
	}
	slices.Sort(out)
	return out
}

// codes are the codes of what is said of a visit, by file.
func codes(t *Tree) []string {
	var out []string
	for _, f := range t.Findings {
		if f.Code[0] == 'V' {
			if f.Message.It == "" || f.Message.En == "" || f.Hint.It == "" || f.Hint.En == "" {
				out = append(out, "without a sentence in both languages:")
			}
			out = append(out, f.Code+" "+f.File)
		}
	}
	slices.Sort(out)
	return out
}

func TestReadOneFolder(t *testing.T) {
	good := tree(goodKit).(fstest.MapFS)
	for _, tc := range []struct {
		name, folder string
		url          string // of the descriptor
		home         string // of the repository
		want         []string
		says         []string
		about        string // part of what the finding says
	}{
		{name: "the url is the repository's", folder: "kits/kit-cit", url: home, home: home, want: []string{home + "//kits/kit-cit kit"}},
		{name: "the url is the folder's page", folder: "/kits/kit-cit/", url: home + "/tree/main/kits/kit-cit", home: home, want: []string{home + "//kits/kit-cit kit"}},
		{name: "the url is the key", folder: "./kits/kit-cit", url: home + "//kits/kit-cit", home: home, want: []string{home + "//kits/kit-cit kit"}},
		{name: "nobody knows where the repository is", folder: "kits/kit-cit", url: home + "/-/tree/una/bozza/kits/kit-cit", want: []string{home + "//kits/kit-cit kit"}},
		{name: "a copy", folder: "kits/kit-cit", url: "https://git.example.it/altri/kit", home: home, says: []string{"V01 kits/kit-cit/publiccode.yml"}, about: "https://git.example.it/altri/kit"},
		{name: "another folder's page", folder: "kits/kit-cit", url: home + "/tree/main/altra", home: home, says: []string{"V01 kits/kit-cit/publiccode.yml"}, about: "/tree/main/altra"},
		{name: "a slip in its name", folder: "kits/kit-cti", home: home, says: []string{"V02 "}, about: "«kits/kit-cit»"},
		{name: "other capitals", folder: "Kits/Kit-CIT", home: home, says: []string{"V02 "}, about: "«kits/kit-cit»"},
		{name: "nothing like it", folder: "manuali", home: home, says: []string{"V02 "}, about: "«kits/kit-cit»"},
		{name: "out of the repository", folder: "../altro", home: home, says: []string{"V02 "}, about: "«../altro»"},
		{name: "a file", folder: "kits/kit-cit/kit.md", home: home, says: []string{"V02 "}, about: "non c'è la cartella"},
		{name: "a folder without a kit", folder: "kits", home: home, says: []string{"V02 kits"}, about: "non ci sono né kit.md né publiccode.yml"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := under("kits/kit-cit", good)
			if tc.url != "" {
				d := strings.Replace(string(m["kits/kit-cit/publiccode.yml"].Data), "url: "+home, "url: "+tc.url, 1)
				m["kits/kit-cit/publiccode.yml"] = &fstest.MapFile{Data: []byte(d)}
			}
			m["README.md"] = &fstest.MapFile{Data: []byte("# Tutto il resto\n")}
			m["kits/altro/publiccode.yml"] = described("Altro", home)
			m["publiccode.yml"] = described("Radice", home)
			got := Read(m, ReadOptions{URL: tc.home, Folder: tc.folder})
			if diff := cmp.Diff(tc.want, entries(got)); diff != "" {
				t.Errorf("entries: %s%v", diff, got.Findings)
			}
			if diff := cmp.Diff(tc.says, codes(got)); diff != "" {
				t.Errorf("said: %s", diff)
			}
			all := ""
			for _, f := range got.Findings {
				all += f.Message.It + f.Hint.It
				if f.File != "" && !strings.HasPrefix(f.File, "kits/kit-cit/") && f.File != tc.folder {
					t.Errorf("a finding of what is not read: %s", f)
				}
			}
			if !strings.Contains(all, tc.about) {
				t.Errorf("nothing says %q: %s", tc.about, all)
			}
			for _, k := range got.Kits {
				if k.URL != home || k.Folder != "kits/kit-cit" || k.Path != "kits/kit-cit/kit.md" || len(k.Documents) == 0 {
					t.Errorf("the kit: %s %s %s, %d documents", k.URL, k.Folder, k.Path, len(k.Documents))
				}
			}
		})
	}
}

// A folder by itself is a kit as any other, whatever else the repository is: a catalogue with other kits, or one of
// software with no descriptor at all. Its name may be one that is left alone elsewhere.
func TestReadOneFolderOfAnything(t *testing.T) {
	for _, dir := range []string{"vendor", "a/b/c/d/e", "test/kit"} {
		m := under(dir, tree(goodKit).(fstest.MapFS))
		m["catalogue.md"] = &fstest.MapFile{Data: []byte(aCatalogue)}
		m["sources/a.md"] = &fstest.MapFile{Data: []byte("---\ntype: source\n---\n")}
		got := Read(m, ReadOptions{URL: home, Folder: dir})
		if diff := cmp.Diff([]string{home + "//" + dir + " kit"}, entries(got)); diff != "" || got.Catalogue != nil || len(of(got, "sources/a.md")) > 0 {
			t.Errorf("%s: %s%v", dir, diff, got.Findings)
		}
	}
}

func TestReadSeveralDescriptors(t *testing.T) {
	tree := func(folder string) string { return home + "/tree/main/" + folder }
	for _, tc := range []struct {
		name string
		at   map[string]string // url by folder; the name of the thing is that of its folder, unless "name|url"
		home string
		o    ReadOptions
		want []string // folders
		says []string
	}{
		{name: "no descriptor at the root", at: map[string]string{"a": home, "b": tree("b"), "moduli/c": home + "/-/tree/main/moduli/c", "d": home + "/src/branch/v1/x/d", "e": home + ".git"}, home: home,
			want: []string{"a", "b", "d", "e", "moduli/c"}},
		{name: "beside that of the root", at: map[string]string{"": home, "a": home, "b": tree("b") + "/publiccode.yml"}, home: home, want: []string{"", "a", "b"}},
		{name: "the root is somebody else's", at: map[string]string{"": "https://git.example.it/altri/x", "a": home}, home: home, want: []string{"a"}, says: []string{"V01 publiccode.yml"}},
		{name: "somebody else's in a folder", at: map[string]string{"": home, "libs/x": "https://git.example.it/altri/x", "y": "https://git.example.it/altri/y/tree/main/y"}, home: home, want: []string{""},
			says: []string{"V01 libs/x/publiccode.yml", "V01 y/publiccode.yml"}},
		{name: "and nothing else", at: map[string]string{"libs/x": "https://git.example.it/altri/x"}, home: home, says: []string{"V01 libs/x/publiccode.yml"}},
		{name: "another folder's", at: map[string]string{"a": tree("a"), "b": tree("a")}, home: home, want: []string{"a"}, says: []string{"V01 b/publiccode.yml"}},
		{name: "that of the root once more", at: map[string]string{"": "Portale|" + home, "public": "portale|" + home + ".git"}, home: home, want: []string{""}, says: []string{"V01 public/publiccode.yml"}},
		{name: "the same twice", at: map[string]string{"b": "Portale|" + home, "a/b": "Portale|" + home}, home: home, want: []string{"b"}, says: []string{"V01 a/b/publiccode.yml"}},
		{name: "no address", at: map[string]string{"": home, "a": ""}, home: home, want: []string{""}, says: []string{"V04 a/publiccode.yml"}},
		{name: "an alias", at: map[string]string{"a": "https://git.example.it/vecchio/kit/tree/main/a"}, home: home, o: ReadOptions{Aliases: []string{"https://git.example.it/vecchio/kit"}}, want: []string{"a"}},
		{name: "too deep, and folders of others", at: map[string]string{"": home, "a/b/c": tree("a/b/c"), "a/b/c/d": tree("a/b/c/d"), "node_modules/x": home, "vendor": home, "tests/data": home, "src/fixtures": home,
			"Examples": home, ".github": home, "a/.b": home}, home: home, want: []string{"", "a/b/c"}},
		{name: "nobody knows where the repository is: the root's word", at: map[string]string{"": home, "a": tree("a"), "lib": "https://git.example.it/altri/x"}, want: []string{"", "a"}, says: []string{"V01 lib/publiccode.yml"}},
		{name: "nor the root: the first's", at: map[string]string{"b": tree("b"), "c": home, "x/lib": "https://git.example.it/altri/x"}, want: []string{"b", "c"}, says: []string{"V01 x/lib/publiccode.yml"}},
		{name: "include", at: map[string]string{"": home, "apps/a": home, "apps/b": home, "c": home}, home: home, o: ReadOptions{Include: []string{"apps/*", "C"}, Exclude: []string{"b"}}, want: []string{"apps/a", "c"},
			says: []string{"V10 apps/b/publiccode.yml", "V10 publiccode.yml"}},
		{name: "the root alone", at: map[string]string{"": home, "a": home}, home: home, o: ReadOptions{Include: []string{"."}}, want: []string{""}, says: []string{"V10 a/publiccode.yml"}},
		{name: "all is left out", at: map[string]string{"": home}, home: home, o: ReadOptions{Exclude: []string{"*"}}, says: []string{"V10 publiccode.yml"}},
		{name: "kits/ of a repository that is no catalogue", at: map[string]string{"kits/a": home, "kits/b": home}, home: home, want: []string{"kits/a", "kits/b"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := fstest.MapFS{"README.md": {Data: []byte("# R\n")}}
			for dir, url := range tc.at {
				name, rest, ok := strings.Cut(url, "|")
				if !ok {
					name, rest = "Cosa di "+dir, url
				}
				m[strings.TrimPrefix(dir+"/publiccode.yml", "/")] = described(name, rest)
				m[strings.TrimPrefix(dir+"/docs/guida.md", "/")] = &fstest.MapFile{Data: []byte("# Guida\n")}
			}
			var want []string
			for _, dir := range tc.want {
				want = append(want, string(KeyOf(home, dir))+" software")
			}
			o := tc.o
			o.URL = tc.home
			got := Read(m, o)
			keys := entries(got)
			for i := range keys {
				keys[i] = strings.Replace(keys[i], ".git", "", 1)
				keys[i] = strings.Replace(keys[i], "vecchio", "ente", 1)
			}
			slices.Sort(want)
			if diff := cmp.Diff(want, keys); diff != "" {
				t.Errorf("entries: %s", diff)
			}
			if diff := cmp.Diff(tc.says, codes(got)); diff != "" {
				t.Errorf("said: %s", diff)
			}
			for _, k := range got.Kits {
				for _, p := range k.Pages {
					if k.Folder != "" && p.Path != "docs/guida.md" {
						t.Errorf("%s has the page %s", k.Folder, p.Path)
					}
				}
			}
			for _, f := range got.Findings {
				if f.Code[0] == 'V' && strings.Contains(f.File, "/") && f.Key != "" {
					if want := map[string]int{"name": 2, "url": 3}[f.Key]; f.Line != want {
						t.Errorf("line %d, want %d: %s", f.Line, want, f)
					}
				}
			}
			if got.Partial {
				t.Error("the reading is partial")
			}
		})
	}
}

// A catalogue holds its kits in kits/: what else lies in it is for people who write.
func TestReadCatalogueHasKitsInOnePlace(t *testing.T) {
	m := fstest.MapFS{"catalogue.md": {Data: []byte(aCatalogue)}, "modello/publiccode.yml": described("M", home), "kits/a/publiccode.yml": described("A", home)}
	if got := Read(m, ReadOptions{URL: home}); !slices.Equal(entries(got), []string{home + "//kits/a software"}) {
		t.Errorf("entries %q", entries(got))
	}
}

// The files of a kit that lies in a folder are not those of the one at the root, too.
func TestReadKitWithinAKit(t *testing.T) {
	good := tree(goodKit).(fstest.MapFS)
	m := under("interno", good)
	for p, f := range good {
		m[p] = f
	}
	d := strings.Replace(string(good["publiccode.yml"].Data), "url: "+home, "url: "+home+"/tree/main/interno", 1)
	m["interno/publiccode.yml"] = &fstest.MapFile{Data: []byte(d)}
	got, alone := Read(m, ReadOptions{URL: home}), Read(good, ReadOptions{URL: home})
	if diff := cmp.Diff([]string{home + " kit", home + "//interno kit"}, entries(got)); diff != "" {
		t.Fatal(diff)
	}
	root := func(t *Tree) []schema.Finding {
		return slices.DeleteFunc(slices.Clone(t.Findings), func(f schema.Finding) bool { return strings.HasPrefix(f.File, "interno/") })
	}
	if diff := cmp.Diff(root(alone), root(got)); diff != "" || len(got.Kits[0].Documents) != len(alone.Kits[0].Documents) || len(got.Kits[1].Documents) != len(alone.Kits[0].Documents) {
		t.Errorf("%d and %d documents, alone %d: %s", len(got.Kits[0].Documents), len(got.Kits[1].Documents), len(alone.Kits[0].Documents), diff)
	}
}

// One publiccode.yml that cannot be had makes the visit partial, so that what is known of it stays.
func TestReadSeveralDescriptorsOneOfWhichIsTorn(t *testing.T) {
	m := fstest.MapFS{"a/publiccode.yml": described("A", home), "b/publiccode.yml": described("B", home)}
	got := Read(broken{m, "b/publiccode.yml"}, ReadOptions{URL: home})
	if !got.Partial || len(got.Kits) != 1 {
		t.Errorf("partial %v, %q", got.Partial, entries(got))
	}
}

func TestDescriptorFoldersAreBounded(t *testing.T) {
	m := fstest.MapFS{}
	var paths []string
	for i := range MaxDescriptors + 3 {
		p := fmt.Sprintf("m%03d/publiccode.yml", i)
		m[p] = described(p, home)
		paths = append(paths, p, strings.Replace(p, ".yml", ".yaml", 1))
	}
	if folders, more := DescriptorFolders(paths); len(folders) != MaxDescriptors || !more || folders[0] != "m000" {
		t.Errorf("%d folders, more %v, first %s", len(folders), more, folders[0])
	}
	if got := Read(m, ReadOptions{URL: home}); len(got.Kits) != MaxDescriptors || !got.Partial || !slices.Contains(codes(got), "V03 ") {
		t.Errorf("%d kits, partial %v, %v", len(got.Kits), got.Partial, codes(got))
	}
}

func FuzzHomeOf(f *testing.F) {
	f.Add(home+"/tree/main/a", "a", home)
	f.Add(home+"//a", "a", "")
	f.Add("https://git.example.it/o/src/src/branch/m/%2e%2e/a", "a", "")
	f.Fuzz(func(t *testing.T, url, dir, at string) {
		if !fs.ValidPath(dir) || !isAddress(url) || at != "" && !isAddress(at) {
			return // the reader never asks of such
		}
		r := &reader{home: at}
		got, ours := r.homeOf(url, dir)
		if at == "" && !ours {
			t.Errorf("%q is not ours, and nobody knows what is", url)
		}
		if at != "" && ours && !SameRepository(got, at) {
			t.Errorf("%q in %q is of %q, which is not %q", url, dir, got, at)
		}
	})
}
