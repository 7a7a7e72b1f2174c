package site

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

// From how many on a list is cut into groups, and a group folded (house rule 5): a kit of a hundred files must stay readable.
const (
	flatDocs     = 12 // documents of a phase that are one list
	flatGroup    = 8  // documents of one code that are one list
	cellDocs     = 3  // documents that a cell of the matrix names; the others are one link to the list
	openStories  = 4  // adopters whose steps are all shown
	groupAnchors = "docs-"
	noCode       = "senza-codice" // in the anchor of a group without one: that of the phase is another
)

// docGroup are the documents of a phase that have one code; Code is "" for those without one, or where they are too few to
// be parted.
type docGroup struct {
	Code   string
	Anchor string
	Ambit  []string // that all of them have
	Headed bool     // it stands among other groups
	Docs   []*catalog.Document
	Kinds  []kindGroup // instead of Docs, where there are many
	Count  int
	More   int // of Docs that are not shown
}

// kindGroup are the documents of one kind in a group.
type kindGroup struct {
	Kind  string // "" where nobody says it
	Docs  []*catalog.Document
	Count int
	More  int // that are not shown
}

// groupsOf parts the documents of a phase, which come in the order of their codes.
func groupsOf(phase string, docs []*catalog.Document) []docGroup {
	if len(docs) <= flatDocs {
		return []docGroup{{Docs: docs, Count: len(docs)}}
	}
	var out []docGroup
	for _, d := range docs {
		if n := len(out); n == 0 || out[n-1].Code != d.Code {
			out = append(out, docGroup{Code: d.Code, Anchor: groupAnchor(phase, cmp.Or(d.Code, noCode)), Headed: true, Ambit: d.Ambit})
		}
		g := &out[len(out)-1]
		g.Docs, g.Count = append(g.Docs, d), g.Count+1
		if !slices.Equal(g.Ambit, d.Ambit) {
			g.Ambit = nil
		}
	}
	for i := range out {
		if g := &out[i]; g.Count > flatGroup {
			g.Kinds, g.Docs = kindsOf(g.Docs), nil
		}
	}
	return out
}

// groupAnchor is where the documents of a code stand in the page of their kit.
func groupAnchor(phase, code string) string {
	return groupAnchors + strings.Trim(phase+"-"+catalog.Slug(code), "-")
}

// kindsOf parts documents by their kind, the kind with the most first and those without one last.
func kindsOf(docs []*catalog.Document) []kindGroup {
	var out []kindGroup
	for _, d := range docs {
		i := slices.IndexFunc(out, func(k kindGroup) bool { return k.Kind == d.Kind })
		if i < 0 {
			i, out = len(out), append(out, kindGroup{Kind: d.Kind})
		}
		out[i].Docs, out[i].Count = append(out[i].Docs, d), out[i].Count+1
	}
	slices.SortStableFunc(out, func(a, b kindGroup) int {
		if (a.Kind == "") != (b.Kind == "") {
			return cmp.Compare(b.Kind, a.Kind)
		}
		return cmp.Or(len(b.Docs)-len(a.Docs), cmp.Compare(a.Kind, b.Kind))
	})
	return out
}

// First are the documents that a cell names.
func (c gridCell) First() []*catalog.Document { return c.Docs[:min(len(c.Docs), c.shown())] }

// Rest is how many it does not name.
func (c gridCell) Rest() int { return len(c.Docs) - c.shown() }

func (c gridCell) shown() int {
	if len(c.Docs) <= cellDocs+1 { // one more takes the room of the link
		return len(c.Docs)
	}
	return cellDocs
}

// Anchor is where the list of its documents stands in the page of the kit: the group of its code, when they have one code.
func (c gridCell) Anchor() string {
	code := c.Docs[0].Code
	if slices.ContainsFunc(c.Docs, func(d *catalog.Document) bool { return d.Code != code }) || len(c.Docs) <= flatDocs {
		return groupAnchor(c.Phase, "")
	}
	return groupAnchor(c.Phase, cmp.Or(code, noCode))
}

// componentView is a piece of a kit with the documents and the files that belong to it.
type componentView struct {
	catalog.Component
	Parts []Crumb
	Files []attachmentView
	More  int // files that are not shown
}

// componentsOf ties the components of a kit to its documents and to those of its files that lie in their folders; rest are
// the files that belong to none.
func componentsOf(e *catalog.Entry, files []attachmentView) (out []componentView, rest []attachmentView) {
	taken := map[int]bool{}
	for _, c := range e.Kit.Components {
		v := componentView{Component: c, Parts: refLinks(e.ID, e.Kit, c.Docs...)}
		if folder := folderIn(c.Note); folder != "" {
			for i, f := range files {
				if !taken[i] && strings.HasPrefix(f.Attachment.Path, folder+"/") {
					v.Files, taken[i] = append(v.Files, f), true
				}
			}
		}
		out = append(out, v)
	}
	for i, f := range files {
		if !taken[i] {
			rest = append(rest, f)
		}
	}
	return out, rest
}

// folderIn gives the folder that the note of an imported component names: "Cartella «x», con 12 file".
func folderIn(note string) string {
	_, rest, ok := strings.Cut(note, "Cartella «")
	folder, _, closed := strings.Cut(rest, "»")
	if !ok || !closed {
		return ""
	}
	return strings.Trim(folder, "/")
}
