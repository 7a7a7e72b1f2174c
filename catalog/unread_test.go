package catalog

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// withholding is a tree some of whose files are listed and do not open, like those of a repository that sent them not.
type withholding struct {
	fstest.MapFS
	not []string
}

// Open fails for what is withheld.
func (w withholding) Open(name string) (fs.File, error) {
	if slices.Contains(w.not, name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return w.MapFS.Open(name)
}

// ReadFile is not a way around Open.
func (w withholding) ReadFile(name string) ([]byte, error) {
	if slices.Contains(w.not, name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return w.MapFS.ReadFile(name)
}

// kitOfAll is a kit with a part of every kind, and the version written in each.
func kitOfAll(version string) map[string]string {
	body := "\nTesto " + version + ".\n"
	return map[string]string{
		"publiccode.yml":      "publiccodeYmlVersion: \"0.4\"\nname: Kit " + version + "\nurl: https://git.example.it/kit\ndescription:\n  it:\n    shortDescription: Una prova\n",
		"kit.md":              "---\ntype: kit\nid: kit\ntitle: Kit " + version + "\n---" + body,
		"docs/a.md":           "---\ntype: document\nid: a\ntitle: A " + version + "\n---" + body,
		"docs/b.md":           "---\ntype: document\nid: b\ntitle: B " + version + "\n---" + body,
		"docs/c.md":           "---\ntype: document\nid: c\ntitle: C " + version + "\n---" + body,
		"templates/t.md":      "---\ntype: template\nid: t\ntitle: T " + version + "\n---" + body,
		"services/s.md":       "---\ntype: service\nid: s\ntitle: S " + version + "\n---" + body,
		"tariffs/q.md":        "---\ntype: tariff\nid: q\ntitle: Q " + version + "\n---" + body,
		"checklists/l.md":     "---\ntype: checklist\nid: l\ntitle: L " + version + "\n---" + body,
		"adoptions/c_x001.md": "---\ntype: adoption\nentity: ipa:c_x001\nname: X1 " + version + "\n---" + body,
		"adoptions/c_x002.md": "---\ntype: adoption\nentity: ipa:c_x002\nconsent: false\n---" + body,
		"faq.md":              "# Domande " + version + "\n" + body,
		"CHANGELOG.md":        "# Versioni\n\n## [" + version + "] - 2026-01-01\n\n- Testo\n",
	}
}

func treeHad(files map[string]string, not ...string) *Tree {
	m := fstest.MapFS{}
	for p, text := range files {
		m[p] = &fstest.MapFile{Data: []byte(text)}
	}
	return Read(withholding{m, not}, ReadOptions{URL: "https://git.example.it/kit", Now: day0})
}

// summary lists what a kit holds: each part by its file, with what it says of its version.
func summary(k *Kit) []string {
	out := []string{"kit.md " + k.Title}
	add := func(p, says string) { out = append(out, strings.TrimSpace(p+" "+says)) }
	for _, x := range k.Documents {
		add(x.Path, x.Title)
	}
	for _, x := range k.Templates {
		add(x.Path, x.Title)
	}
	for _, x := range k.Services {
		add(x.Path, x.Title)
	}
	for _, x := range k.Tariffs {
		add(x.Path, x.Title)
	}
	for _, x := range k.Checklists {
		add(x.Path, x.Title)
	}
	for _, x := range k.Adoptions {
		add(x.Path, x.Name)
	}
	for _, x := range k.NoConsent {
		add("no", string(x))
	}
	for _, x := range k.Pages {
		add(x.Path, x.Title)
	}
	for _, x := range k.Releases {
		add("CHANGELOG.md", x.Version)
	}
	if k.PublicCode != nil {
		add("publiccode.yml", k.PublicCode.Name)
	}
	return out
}

// A kit of twelve documents of which one could not be had once was put with eleven.
func TestAPartialVisitKeepsWhatItCouldNotHave(t *testing.T) {
	whole := summary(&treeHad(kitOfAll("1")).Kits[0])
	if len(whole) != 13 {
		t.Fatalf("the kit of the test holds %q", whole)
	}
	now := func(lines []string, but ...string) []string {
		out := slices.Clone(lines)
		for i, l := range out {
			if file, _, _ := strings.Cut(l, " "); !slices.Contains(but, file) && !strings.HasPrefix(l, "no ") {
				out[i] = strings.TrimSuffix(l, "1") + "2"
			}
		}
		return out
	}
	without := func(lines []string, files ...string) []string {
		return slices.DeleteFunc(slices.Clone(lines), func(l string) bool {
			file, _, _ := strings.Cut(l, " ")
			return slices.Contains(files, file)
		})
	}
	for _, c := range []struct {
		name   string
		not    []string          // is there and does not open
		change map[string]string // "" removes it
		want   []string
	}{
		{name: "nothing is missing", want: now(whole)},
		{name: "a document", not: []string{"docs/b.md"}, want: now(whole, "docs/b.md")},
		{name: "one of each kind", not: []string{"docs/a.md", "templates/t.md", "services/s.md", "tariffs/q.md", "checklists/l.md", "adoptions/c_x001.md", "faq.md", "CHANGELOG.md"},
			want: now(whole, "docs/a.md", "templates/t.md", "services/s.md", "tariffs/q.md", "checklists/l.md", "adoptions/c_x001.md", "faq.md", "CHANGELOG.md")},
		{name: "one is not had, another was removed", not: []string{"docs/b.md"}, change: map[string]string{"docs/a.md": "", "faq.md": ""},
			want: without(now(whole, "docs/b.md"), "docs/a.md", "faq.md")},
		{name: "all are not had but one that was removed", not: []string{"docs/b.md", "docs/c.md"}, change: map[string]string{"docs/a.md": ""},
			want: without(now(whole, "docs/b.md", "docs/c.md"), "docs/a.md")},
		{name: "a body that does not want to be shown", not: []string{"adoptions/c_x002.md"}, want: now(whole)},
		{name: "its id is in another file now", not: []string{"docs/b.md"}, change: map[string]string{"docs/z.md": "---\ntype: document\nid: b\ntitle: B 2\n---\nTesto.\n"},
			want: moved(now(whole), "docs/b.md B 2", "docs/c.md C 2", "docs/z.md B 2")},
		{name: "the description", not: []string{"publiccode.yml"}, want: now(whole, "publiccode.yml")},
		{name: "a pointer of Git LFS", change: map[string]string{"docs/c.md": "version https://git-lfs.github.com/spec/v1\noid sha256:" + strings.Repeat("0", 64) + "\nsize 12\n"},
			want: now(whole, "docs/c.md")},
	} {
		t.Run(c.name, func(t *testing.T) {
			known := Known{}
			first := Apply(known, Visit{Source: Source{ID: "s"}, Outcome: Full, At: day0, Tree: treeHad(kitOfAll("1"))}, DefaultPolicy())
			known = after(known, first)
			before := cmp.Diff(summary(known.Records[0].Kit), whole)
			files := kitOfAll("2")
			for p, text := range c.change {
				if files[p] = text; text == "" {
					delete(files, p)
				}
			}
			tree := treeHad(files, c.not...)
			outcome := Full
			if tree.Partial {
				outcome = Partial
			}
			d := Apply(known, Visit{Source: Source{ID: "s"}, Outcome: outcome, At: day0.Add(24 * time.Hour), Tree: tree}, DefaultPolicy())
			if len(d.Put) != 1 {
				t.Fatalf("%d records", len(d.Put))
			}
			if diff := cmp.Diff(c.want, summary(d.Put[0].Kit)); diff != "" {
				t.Errorf("the kit holds something else (-want +got)\n%s", diff)
			}
			if outcome == Partial {
				again := treeHad(files, c.not...)
				if diff := cmp.Diff(summary(&again.Kits[0]), summary(&tree.Kits[0])); diff != "" {
					t.Errorf("the tree of the visit was changed\n%s", diff)
				}
			}
			if diff := cmp.Diff(summary(known.Records[0].Kit), whole); diff != before || diff != "" {
				t.Errorf("the record of before was changed\n%s", diff)
			}
			mended := Apply(after(known, d), Visit{Source: Source{ID: "s"}, Outcome: Full, At: day0.Add(48 * time.Hour), Tree: treeHad(kitOfAll("2"))}, DefaultPolicy())
			if diff := cmp.Diff(now(whole), summary(mended.Put[0].Kit)); diff != "" {
				t.Errorf("a full visit later\n%s", diff)
			}
		})
	}
}

// moved gives the lines with one of them taken out, and another put after a third.
func moved(lines []string, out, after, in string) []string {
	lines = slices.DeleteFunc(lines, func(l string) bool { return l == out })
	return slices.Insert(lines, slices.Index(lines, after)+1, in)
}

// What is known of a file whose name was not seen, of a folder, and of the changes of what is kept.
func TestWhatIsKeptOfAKit(t *testing.T) {
	part := func(p string) Document { return Document{Header: Header{Path: p}, ID: p} }
	before := &Kit{Folder: "kits/k", Documents: []Document{part("docs/a.md"), part("docs/b.md"), part("docs/c.md")}, NoConsent: []EntityRef{"ipa:n"}}
	now := &Kit{Folder: "kits/k", Documents: []Document{part("docs/b.md"), part("docs/d.md")}}
	for _, c := range []struct {
		name string
		u    unread
		want []string
		kept []string
		no   int
	}{
		{"nothing", unread{}, []string{"docs/b.md", "docs/d.md"}, nil, 0},
		{"a file of another kit", unread{paths: []string{"docs/a.md", "kits/j/docs/a.md", "kits/kk/docs/a.md"}}, []string{"docs/b.md", "docs/d.md"}, nil, 0},
		{"a file", unread{paths: []string{"kits/k/docs/c.md"}}, []string{"docs/b.md", "docs/c.md", "docs/d.md"}, []string{"docs/c.md"}, 1},
		{"a file that was read in part", unread{paths: []string{"kits/k/docs/b.md"}}, []string{"docs/b.md", "docs/d.md"}, []string{"docs/b.md"}, 1},
		{"a folder", unread{paths: []string{"kits/k/docs"}}, []string{"docs/a.md", "docs/b.md", "docs/c.md", "docs/d.md"}, []string{"docs/a.md", "docs/b.md", "docs/c.md"}, 1},
		{"nobody knows", unread{unlisted: true}, []string{"docs/a.md", "docs/b.md", "docs/c.md", "docs/d.md"}, []string{"docs/a.md", "docs/c.md"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.u.folder = "kits/k"
			k, kept := c.u.keep(now, before)
			var got []string
			for _, d := range k.Documents {
				got = append(got, d.Path)
			}
			if !slices.Equal(got, c.want) || !slices.Equal(kept, c.kept) || len(k.NoConsent) != c.no {
				t.Errorf("%q, kept %q, %d that do not want to be shown", got, kept, len(k.NoConsent))
			}
			if len(now.Documents) != 2 || now.Documents[0].ID != "docs/b.md" || len(now.NoConsent) != 0 {
				t.Errorf("the new kit was changed: %+v", now)
			}
		})
	}
	old := map[string][]Change{"docs/a.md": {{Commit: "1"}}, "docs/c.md": {{Commit: "2"}}}
	got := historyKept(map[string][]Change{"docs/b.md": {{Commit: "3"}}}, old, []string{"docs/a.md", "docs/x.md"})
	if len(got) != 2 || got["docs/a.md"][0].Commit != "1" || got["docs/b.md"][0].Commit != "3" {
		t.Errorf("the history is %v", got)
	}
}
