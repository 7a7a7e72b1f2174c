package catalog

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-community-pa/riuso/schema"
)

const aCatalogue = "---\ntype: catalogue\nid: c\ntitle: C\nowner: ipa:p_bs\nscope: regional\nlicence: CC0-1.0\nobservatory: [ipa:p_bs]\n---\n"

// The publiccode.yml at the root of a catalogue repository was not read, and nothing said so: by the rule of the format
// such a repository is an entry as any other.
func TestReadCatalogueThatIsAnEntryToo(t *testing.T) {
	m := fstest.MapFS{"catalogue.md": {Data: []byte(aCatalogue)}}
	good := tree(goodKit).(fstest.MapFS)
	m["publiccode.yml"] = good["publiccode.yml"]
	for name, f := range good {
		if name == "publiccode.yml" {
			f = &fstest.MapFile{Data: slices.Clone(f.Data)}
		}
		m["kits/altro/"+name] = f
	}
	got := Read(m, ReadOptions{URL: home})
	var keys []string
	for _, k := range got.Kits {
		keys = append(keys, string(k.Key)+" "+string(k.Form))
	}
	if want := []string{home + " software", home + "//kits/altro kit"}; !slices.Equal(keys, want) || got.Catalogue == nil || got.Catalogue.ID != "c" {
		t.Errorf("entries %q, want %q; findings %v", keys, want, got.Findings)
	}
	delete(m, "publiccode.yml")
	if got := Read(m, ReadOptions{URL: home}); len(got.Kits) != 1 || got.Kits[0].Folder != "kits/altro" {
		t.Errorf("a catalogue without a descriptor: %d kits", len(got.Kits))
	}
}

// A source called "catalogue" took the place of the catalogue's own records.
func TestReadReservedSource(t *testing.T) {
	m := fstest.MapFS{"catalogue.md": {Data: []byte(aCatalogue)},
		"sources/a.md": {Data: []byte("---\ntype: source\nid: catalogue\nkind: kit\nurl: https://git.example.it/a\n---\n")},
		"sources/b.md": {Data: []byte("---\ntype: source\nid: altra\nkind: kit\nurl: https://git.example.it/b\n---\n")}}
	got := Read(m, ReadOptions{URL: home})
	if len(got.Sources) != 1 || got.Sources[0].ID != "altra" {
		t.Errorf("sources: %+v", got.Sources)
	}
	if fs := of(got, "sources/a.md"); len(fs) != 1 || fs[0].Code != "E05" || fs[0].Line != 3 || fs[0].Key != "id" {
		t.Errorf("findings: %v", fs)
	}
}

// The types of a kit's files were named for the files of a catalogue too.
func TestReadUnknownTypeNamesWhatIsAllowedThere(t *testing.T) {
	m := tree(goodKit).(fstest.MapFS)
	m["docs/x.md"] = &fstest.MapFile{Data: []byte("---\ntype: source\nid: x\n---\n")}
	m["catalogue.md"] = &fstest.MapFile{Data: []byte(aCatalogue)}
	m["sources/x.md"] = &fstest.MapFile{Data: []byte("---\ntype: document\nid: x\n---\n")}
	got := Read(m, ReadOptions{URL: home})
	for file, want := range map[string]string{"docs/x.md": "document, template", "sources/x.md": "entity, community, event, source, adoption, evaluation"} {
		fs := of(got, file)
		if len(fs) != 1 || fs[0].Code != "E04" {
			t.Errorf("%s: %v, want the types %s", file, fs, want)
			continue
		}
		for typ := range strings.SplitSeq(want, ", ") {
			if !strings.Contains(fs[0].Hint.It, " "+typ+" (") || !strings.Contains(fs[0].Hint.En, " "+typ+" (") {
				t.Errorf("%s: %v, want the types %s", file, fs[0].Hint, want)
			}
		}
	}
	if strings.Contains(of(got, "sources/x.md")[0].Hint.It, "tariff") {
		t.Error("a tariff is no part of a catalogue")
	}
}

// What kit.md points at was not looked for.
func TestReadReferencesOfTheOverview(t *testing.T) {
	text := strings.Replace(goodKit, "languages: [it]\n---", "languages: [it]\ncomponents:\n  - {id: a, title: A, kind: method, docs: [\"doc:A4\", \"doc:a4\"]}\n  - {id: b, title: B, kind: method, docs: [\"doc:B9\"]}\nattachments: [{path: manca.pdf}]\n---", 1)
	got := Read(tree(text), ReadOptions{URL: home})
	fs := of(got, "kit.md")
	if len(fs) != 2 || fs[0].Code != "E06" || fs[0].Key != "components[1].docs[0]" || fs[0].Line != 24 || fs[1].Code != "E16" {
		t.Errorf("findings: %v", fs)
	}
}

// What the story of somebody else's kit points at lies in that kit.
func TestReadReferencesToAnotherKit(t *testing.T) {
	text := "---\ntype: adoption\nentity: ipa:c_a\nkit: https://git.example.it/altri/kit\nconsent: true\nevents: [{kind: interest, service: \"service:loro\"}]\n---\n"
	got := Read(withFile("adoptions/c_a.md", text), ReadOptions{URL: home})
	if fs := of(got, "adoptions/c_a.md"); len(fs) != 0 || len(got.Adoptions) != 1 {
		t.Errorf("findings: %v", fs)
	}
	got = Read(withFile("adoptions/c_a.md", strings.Replace(text, "altri/kit", "ente/kit", 1)), ReadOptions{URL: home})
	if !slices.ContainsFunc(of(got, "adoptions/c_a.md"), func(f schema.Finding) bool { return f.Code == "E06" }) {
		t.Error("a service of this kit that is not there")
	}
}
