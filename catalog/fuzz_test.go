package catalog

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// Whatever the bytes, reading gives a tree that can be stored: see checkTree. The same bytes are read as every type of
// record, and as the file that the fuzzer names.
func FuzzRead(f *testing.F) {
	add := func(front string) {
		f.Add([]byte("---\n"+front+"\n---\ntesto"), "docs/a.md")
	}
	add("type: document\nid: a")
	add("type: kit\ncodeScheme: {1: managerial}\nid: x\ntitle: X")
	add("x: &a [*a]")
	add("a: &a [*a]\ncontext: *a")
	add("entity: ipa:c_a\nevents: [{kind: interest, numbers: {a: .nan, b: .inf, 1: 2, {c: d}: e, f: 2020-01-01}}]\ncontext: {a: .nan}")
	add("entity: \"ipa:a\\0b\"\nkit: \"https://git.example.it/a\\0b\"\nevents: [{kind: interest}]")
	add("id: \"a\\0b\"\nname: A\nipa: \"c\\na\"\nprofile: {\"a\\0b\": [x], c: [d]}")
	add("id: catalogue\nkind: kit\nurl: \"https://git.example.it/a\\0b\"")
	add("id: c\ntitle: C\nconfig: {a: {b: [.inf, {c: !!float x}]}}\nexclusions: [{url: x, reason: y}]")
	add("id: e\ntitle: E\nattendance: {a: 1e999}\nmaterials: [{path: ../../x}]\nagenda: [~, {}, x]")
	add("id: c\ntitle: C\nlevel: territorial\nchannels: [{a: .nan}, x]\nmembers: [{entity: cf:1}]\njoin: x")
	add("id: t\ntitle: T\nrules: [{when: {inhabitants: {gt: x}}, components: [{kind: fixed, amount: 1.5}]}]\npayer: {a: .nan}\nexact: forse")
	add("phase: [" + strings.Repeat("x,", 500) + "]\nid: p")
	add(strings.Repeat("[", 300))
	add("consent: !!null x\nphase: !!binary eA==\nn: !<x> 1")
	f.Add([]byte("publiccodeYmlVersion: \"0\"\nname: \"a\\0b\"\nurl: \"https://x/a\\0b\"\ndescription: {it: {shortDescription: \"a\\eb\"}}"), "publiccode.yml")
	f.Add([]byte("# Titolo\x00\n## [1.0] - 2020-01-01\n"), "CHANGELOG.md")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		if !fs.ValidPath(name) || name == "." {
			return
		}
		m := fstest.MapFS{"kit.md": {Data: data}, "publiccode.yml": {Data: data}, "lab.md": {Data: data}, "catalogue.md": {Data: data}}
		for _, dir := range []string{"docs", "templates", "services", "tariffs", "checklists", "adoptions", "entities", "communities", "events", "sources", "kits/x", "kits/x/docs"} {
			// Without its own type the folder says what the file is.
			m[dir+"/x.md"] = &fstest.MapFile{Data: []byte(strings.Replace(string(data), "type:", "x:", 1))}
		}
		m["kits/x/kit.md"] = m["docs/x.md"]
		if m[name] == nil && !inTheWay(m, name) {
			m[name] = &fstest.MapFile{Data: data}
		}
		for _, o := range []ReadOptions{{URL: home}, {}} {
			checkTree(t, Read(m, o))
		}
		delete(m, "kit.md")
		delete(m, "catalogue.md")
		checkTree(t, Read(m, ReadOptions{URL: home}))
	})
}

// inTheWay says that a file of that name would be a folder, or below a file, of the tree.
func inTheWay(m fstest.MapFS, name string) bool {
	for p := range m {
		if strings.HasPrefix(p, name+"/") || strings.HasPrefix(name, p+"/") {
			return true
		}
	}
	return false
}
