package legacy

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

// Names and texts come from anybody: whatever they hold, what is proposed is YAML that the reader understands, points at the
// file by its very path, and is never a way out of the folder.
func FuzzPropose(f *testing.F) {
	f.Add("FASE A/Piano.pdf", "Piano", "Nota")
	f.Add("a\nb: c/---.md", "---\ntype: kit", "# x\r\n---")
	f.Add("docs/A/kit-prova.md", "kit.md", "`|`")
	f.Add("docs", "aux", "\u2028")
	f.Add("caffe\u0300/\u202ex.pdf", "x\x00y", "{{campo}}")
	f.Add("kit.md/dentro.pdf", "'\"", "\\")
	f.Fuzz(func(t *testing.T, p, title, note string) {
		if !fs.ValidPath(p) || p == "." || strings.EqualFold(p, "kit.md") || len(p) > catalog.MaxPath {
			return
		}
		u := sample()
		u.Files = append(u.Files, File{Path: p, Bytes: 1})
		u.Documents = append(u.Documents, Document{Item: Item{File: File{Path: p, Bytes: 1}, Code: title}, ID: title, Title: title, Kind: note, Part: note, Language: note, Format: note,
			Header: &Header{Action: note, OutputID: title, Version: note, Released: catalog.Date(note), Status: title}})
		u.Title, u.Summary, u.CUP, u.Programme, u.Name = title, note, note, title, title
		u.Stories[0].Events[0].Note, u.Stories[0].Name = note, title
		u.Dumps[0].Name, u.Dumps[0].Version, u.Dumps[0].Folder = title, note, p
		prop := Propose(u)
		for _, w := range prop.Files {
			if !fs.ValidPath(w.Path) || strings.EqualFold(w.Path, p) {
				t.Fatalf("a file %q beside %q", w.Path, p)
			}
		}
		d := newDraft(u)
		tree := catalog.Read(Overlay(d.shelf(), prop), catalog.ReadOptions{Forks: true})
		for _, found := range tree.Findings {
			if found.Code == "E01" || found.Code == "E02" || found.Code == "E05" {
				t.Errorf("%v", found)
			}
		}
		if strings.HasPrefix(strings.ToLower(p), "kit.md/") {
			return // nothing can be a kit here
		}
		if len(tree.Kits) != 1 {
			t.Fatalf("%d kits: %v", len(tree.Kits), tree.Findings)
		}
		var points bool
		for _, doc := range tree.Kits[0].Documents {
			for _, a := range doc.Attachments {
				points = points || a.Path == p
			}
		}
		if points != canBeNamed(p) {
			t.Errorf("a record points at %q: %v", p, points)
		}
	})
}
