package scaffold

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"maps"
	"slices"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// Files are the texts of a tree, by their slash-separated paths.
type Files map[string][]byte

// Paths gives the paths in order.
func (f Files) Paths() []string {
	out := make([]string, 0, len(f))
	for p := range f {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

// FS gives the files as a tree that can be read. The archive in memory is only its vessel.
func (f Files) FS() (fs.FS, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range f.Paths() {
		out, err := w.CreateHeader(&zip.FileHeader{Name: p, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := out.Write(f[p]); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
}

// findings reads the files as the check does, but for the text of the licence: recognising it takes longer than all the
// rest, and no answer is in it. A history is read with a kit around it where it will have one.
func (r *Request) findings(f Files) []schema.Finding {
	f = maps.Clone(f)
	delete(f, "LICENSE")
	if r.Kind == Adoption && r.Place == InKit {
		kit := Request{Kind: Kit, Answers: examples(Kit), Today: r.Today}
		around, err := render(&kit)
		if err != nil {
			return unreadable()
		}
		delete(around, "LICENSE")
		maps.Copy(around, f)
		f = around
	}
	tree, err := f.FS()
	if err != nil {
		return unreadable()
	}
	return catalog.Read(tree, catalog.ReadOptions{}).Findings
}

func unreadable() []schema.Finding {
	return []schema.Finding{{Severity: schema.Error, Code: "V02", Message: schema.T("i file non si possono leggere", "the files cannot be read"),
		Hint: schema.T("riscrivi le risposte", "write the answers again")}}
}
