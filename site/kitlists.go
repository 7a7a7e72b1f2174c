package site

import (
	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
)

// The bounds of the lists of a kit's page (house rule 5). A kit may have thousands of documents and files; whoever wants all
// of them in one page asks for it.
const (
	wholeLists = 300 // documents and files of the kit that are listed whole
	shortList  = 10  // of each list of a kit with more
	shownLines = 400 // of all its lists together

	allParam, allValue = "elenchi", "interi" // of the address that asks for all
)

// lines is how many lines the lists of a page may still have.
type lines struct {
	left int
	all  bool
}

// take says how many of n lines a list shows.
func (l *lines) take(n int) int {
	if l.all {
		return n
	}
	n = min(n, shortList, l.left)
	l.left -= n
	return n
}

// cut shortens a list to what it may show, and says how many it leaves out.
func cut[T any](l *lines, list []T) (shown []T, more int) {
	n := l.take(len(list))
	return list[:n], len(list) - n
}

// arrange fills in the lists of documents and files of a kit, short where there are very many unless the address asks for all.
func (v *kitView) arrange(c *gin.Context, e *catalog.Entry, out *catalog.KeptOut) {
	k, kept := e.Kit, out.In(&e.Record)
	l := &lines{left: shownLines, all: c.Query(allParam) == allValue || len(k.Documents)+len(k.Attachments) <= wholeLists}
	v.All = c.Query(allParam) == allValue
	v.Phases, v.Unplaced, v.Old = documentsByPhase(k)
	v.Files = map[string][]attachmentView{}
	groups := func(phase string, docs []*catalog.Document) []docGroup {
		gs := groupsOf(phase, docs)
		for i := range gs {
			g := &gs[i]
			if i > 0 && !l.all && l.left == 0 { // not even the heads of the others
				for _, rest := range gs[i:] {
					gs[i-1].More += rest.Count
				}
				return gs[:i]
			}
			g.Docs, g.More = cut(l, g.Docs)
			v.filesOf(e, g.Docs, kept)
			for j := range g.Kinds {
				kind := &g.Kinds[j]
				kind.Docs, kind.More = cut(l, kind.Docs)
				v.filesOf(e, kind.Docs, kept)
			}
		}
		return gs
	}
	for i := range v.Phases {
		v.Phases[i].Groups = groups(v.Phases[i].Phase, v.Phases[i].Docs)
	}
	v.UnplacedGroups = groups("", v.Unplaced)
	v.Old, v.OldMore = cut(l, v.Old)
	v.filesOf(e, v.Old, kept)
	v.Components, v.KitFiles = componentsOf(e, attachments(e, k.Attachments, kept))
	v.KitFiles, v.FilesMore = cut(l, v.KitFiles)
	for i := range v.Components {
		one := &v.Components[i]
		one.Files, one.More = cut(l, one.Files)
	}
}

// filesOf notes what the documents carry that the page shows.
func (v *kitView) filesOf(e *catalog.Entry, docs []*catalog.Document, kept func(string) (catalog.Exclusion, bool)) {
	for _, d := range docs {
		if len(d.Attachments) > 0 {
			v.Files[d.ID] = attachments(e, d.Attachments, kept)
		}
	}
}

// AllPath is where the page of a kit shows its lists whole, without the prefix of the language.
func (v kitView) AllPath() string { return v.Path + "?" + allParam + "=" + allValue }
