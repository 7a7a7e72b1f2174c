package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-community-pa/riuso/schema"
)

const home = "https://git.example.it/ente/kit"

// withFile gives the good kit with one more file, or another in its place.
func withFile(name, text string) fstest.MapFS {
	m := tree(goodKit).(fstest.MapFS)
	m[name] = &fstest.MapFile{Data: []byte(text)}
	return m
}

func of(t *Tree, file string) []schema.Finding {
	return slices.DeleteFunc(slices.Clone(t.Findings), func(f schema.Finding) bool { return f.File != file })
}

// Twenty files whose list of phases was half as long as a front matter may be took a minute and five gigabytes.
func TestFindingsAreBounded(t *testing.T) {
	long := "---\ntype: document\nid: %s\ntitle: T\nsummary: S\nambit: [all]\nkind: other\nupdated: 2026-01-01\nstatus: final\nphase: [" + strings.Repeat("x,", 20_000) + "]\n---\nTesto.\n"
	m := tree(goodKit).(fstest.MapFS)
	for i := range 25 {
		id := fmt.Sprintf("z%02d", i)
		m["docs/"+id+".md"] = &fstest.MapFile{Data: fmt.Appendf(nil, long, id)}
	}
	got := Read(m, ReadOptions{URL: home})
	if n := len(got.Findings); n > MaxTreeFindings+MaxTreeFindings/MaxFileFindings+1 {
		t.Errorf("%d findings", n)
	}
	one := of(got, "docs/z00.md")
	last := one[len(one)-1]
	// One for each entry that is read, and one for those that are not.
	if want := fmt.Sprint(MaxList + 1 - MaxFileFindings); len(one) != MaxFileFindings+1 || !strings.Contains(last.Message.It, want) || !strings.Contains(last.Message.En, want) {
		t.Errorf("%d findings of one file, the last: %v", len(one), last)
	}
	if all := of(got, ""); len(all) != 1 || all[0].Severity != schema.Error || !strings.Contains(all[0].Message.It, "altre") {
		t.Errorf("what is left out of the whole tree: %v", all)
	}
	if len(got.Kits) != 1 || len(got.Kits[0].Documents) != 26 {
		t.Error("the files are still read")
	}
}

// The reason why a repository gives no entry is said even when its files have said all that may be said.
func TestFindingsOfTheTreeFindAPlace(t *testing.T) {
	r := &report{}
	for i := range MaxTreeFindings * 2 {
		r.add(schema.Finding{File: fmt.Sprint(i % 100), Severity: schema.Warning, Code: "E01"})
	}
	r.add(schema.Finding{Severity: schema.Error, Code: "V02"})
	if all := r.close(); !slices.ContainsFunc(all, func(f schema.Finding) bool { return f.Code == "V02" }) {
		t.Error("the reason is not there")
	}
}

func TestListsAndValuesAreBounded(t *testing.T) {
	events := strings.Repeat("  - {kind: interest}\n", MaxList+3)
	got := Read(withFile("adoptions/c_a.md", "---\ntype: adoption\nentity: ipa:c_a\nsource: x\nevents:\n"+events+"---\n"), ReadOptions{URL: home})
	if a := got.Kits[0].Adoptions; len(a) != 2 || len(a[0].Events) != MaxList {
		t.Errorf("%d stories, %d events", len(a), len(a[0].Events))
	}
	if fs := of(got, "adoptions/c_a.md"); !slices.ContainsFunc(fs, func(f schema.Finding) bool { return f.Key == "events" && strings.Contains(f.Message.It, "elenco") }) {
		t.Errorf("nothing says that the list was cut: %v", fs[:min(3, len(fs))])
	}
	rows := strings.Repeat("  - ["+strings.Repeat("a,", MaxList)+"]\n", MaxFileNodes/MaxList+2)
	got = Read(withFile("tariffs/z.md", "---\ntype: tariff\nid: z\npayer:\n rows:\n"+rows+"---\n"), ReadOptions{URL: home})
	over := fmt.Sprint("più di ", MaxFileNodes)
	if fs := of(got, "tariffs/z.md"); !slices.ContainsFunc(fs, func(f schema.Finding) bool { return strings.Contains(f.Message.It, over) }) {
		t.Errorf("nothing says that there are too many values: %v", fs)
	}
	values := 0
	for _, row := range got.Kits[0].Tariffs[0].Payer["rows"].([]any) {
		values += len(row.([]any))
	}
	if values < MaxFileNodes/2 || values > MaxFileNodes {
		t.Errorf("%d values", values)
	}
}

// A file of a megabyte that was quoted in a sentence made a finding of a megabyte, in two languages.
func TestFindingsQuoteLittle(t *testing.T) {
	got := Read(withFile("docs/z.md", "---\ntype: "+strings.Repeat("t", 9_000)+"\n"+strings.Repeat("k", 9_000)+": x\nphase: \""+strings.Repeat("p\\e", 5_000)+"\"\n---\n"), ReadOptions{URL: home})
	got2 := Read(withFile("docs/z.md", "---\ntype: document\nid: z\nphase: \""+strings.Repeat("p\\e", 5_000)+"\"\nupdated: \""+strings.Repeat("9", 5_000)+"\"\n---\n"), ReadOptions{URL: home})
	for _, f := range append(got.Findings, got2.Findings...) {
		for _, s := range []string{f.Key, f.Message.It, f.Message.En, f.Hint.It, f.Hint.En} {
			if len(s) > 4*maxFindingText || len(f.Message.It) > 600 || strings.ContainsFunc(s, isControl) {
				t.Errorf("%d bytes: %.200q", len(s), s)
			}
		}
	}
	if len(of(got2, "docs/z.md")) == 0 || len(of(got, "docs/z.md")) == 0 {
		t.Error("nothing was found")
	}
}

// Sixty megabytes of YAML marks would keep the reader busy for half a minute.
func TestFrontMattersAreBounded(t *testing.T) {
	got := Read(withFile("docs/z.md", "---\ntype: document\nid: z\nphase: ["+strings.Repeat("x,", MaxFileMarks)+"]\n---\n"), ReadOptions{URL: home})
	if fs := of(got, "docs/z.md"); len(fs) != 1 || !strings.Contains(fs[0].Message.It, "troppo lunga") || got.Partial {
		t.Errorf("a front matter that is too long: %v", fs)
	}
	m := tree(goodKit).(fstest.MapFS)
	text := []byte("---\ntype: nota\nx: [" + strings.Repeat(",", MaxFileMarks-100) + "]\n---\n") // refused by the parser at once
	for i := range MaxTreeMarks/MaxFileMarks + 2 {
		m[fmt.Sprintf("docs/z%d.md", i)] = &fstest.MapFile{Data: text}
	}
	if got := Read(m, ReadOptions{URL: home}); !got.Partial || len(got.Kits) != 1 {
		t.Errorf("partial %v, %d kits", got.Partial, len(got.Kits))
	}
}

// broken is a tree in which some files cannot be had.
type broken struct {
	fstest.MapFS
	not string
}

var errTorn = errors.New("torn")

func (b broken) Open(name string) (fs.File, error) {
	if name == b.not {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errTorn}
	}
	return b.MapFS.Open(name)
}

func (b broken) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == b.not {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errTorn}
	}
	return b.MapFS.ReadDir(name)
}

// What was read only in part made what was not read disappear: such a tree says so.
func TestReadSaysThatItIsPartial(t *testing.T) {
	full := tree(goodKit).(fstest.MapFS)
	if got := Read(full, ReadOptions{URL: home}); got.Partial {
		t.Error("a whole tree says that it is partial")
	}
	many := fstest.MapFS{}
	for i := range MaxTreeFiles + 1 {
		many[fmt.Sprintf("docs/%d.md", i)] = &fstest.MapFile{}
	}
	kits := fstest.MapFS{}
	for i := range MaxKits + 1 {
		kits[fmt.Sprintf("kits/%d/publiccode.yml", i)] = &fstest.MapFile{}
	}
	heavy := fstest.MapFS{}
	text := []byte(strings.Repeat("testo ", MaxMarkdown/6))
	for i := range MaxTreeBytes/MaxMarkdown + 2 {
		heavy[fmt.Sprintf("docs/%d.md", i)] = &fstest.MapFile{Data: text}
	}
	heavy["publiccode.yml"] = full["publiccode.yml"]
	for name, fsys := range map[string]fs.FS{
		"a file that cannot be had":   broken{full, "docs/A/a4.md"},
		"a folder that cannot be had": broken{full, "docs"},
		"too many files":              many,
		"too many kits":               kits,
		"too much text":               heavy,
	} {
		t.Run(name, func(t *testing.T) {
			got := Read(fsys, ReadOptions{URL: home})
			if !got.Partial || !slices.ContainsFunc(got.Findings, func(f schema.Finding) bool { return f.Code == "V03" && f.Message.En != "" && f.Hint.En != "" }) {
				t.Errorf("partial %v, findings %v", got.Partial, got.Findings[:min(5, len(got.Findings))])
			}
			if len(got.Kits) > MaxKits {
				t.Errorf("%d kits", len(got.Kits))
			}
		})
	}
}
