package legacy

import (
	"cmp"
	"path"
	"slices"

	"github.com/open-community-pa/riuso/schema"
)

// maxDepth bounds the folders of one path whose names are looked at (house rule 5).
const maxDepth = 32

// Arrange puts the files of a kit in their place by their names, sizes and blobs alone (kit format, §L3, steps 2 to 5): what
// is left out, what other programs wrote, what is there twice, and the phase and the code of each document. The order of
// files does not matter, and a path that is given twice counts once.
func Arrange(files []File) Layout {
	l := layOut(files)
	l.Findings = bounded(l.Findings)
	return l
}

// layOut is [Arrange] with all findings, in no order.
func layOut(files []File) Layout {
	files = slices.Clone(files)
	slices.SortStableFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	files = slices.CompactFunc(files, func(a, b File) bool { return a.Path == b.Path })
	var l Layout
	_, hasKit := slices.BinarySearchFunc(files, "kit.md", func(f File, p string) int { return cmp.Compare(f.Path, p) })
	places := &places{known: map[string]place{"": {}}}
	dumps := dumpFolders(files)
	var documents []File
	for _, f := range files {
		if i, ok := dumps.of(f.Path); ok {
			l.Dumps = dumps.put(l.Dumps, i, f)
		} else if why := junkWhy(f); !why.IsZero() {
			l.Junk = append(l.Junk, Left{File: f, Why: why})
		} else if why := ownWhy(f.Path, hasKit); !why.IsZero() {
			l.Own = append(l.Own, Left{File: f, Why: why})
		} else {
			documents = append(documents, f)
		}
	}
	groups := sameBytes(documents)
	l.Items = make([]Item, 0, len(groups))
	for _, g := range groups {
		it := places.item(g.kept)
		for _, f := range g.others {
			it.Aliases = append(it.Aliases, f.Path)
			l.Repeats = append(l.Repeats, Repeat{File: f, Kept: g.kept.Path})
		}
		l.Items = append(l.Items, it)
	}
	for i := range l.Dumps {
		places.dump(&l.Dumps[i])
	}
	l.Repeats = append(l.Repeats, dumpRepeats(l.Dumps, documents)...)
	slices.SortFunc(l.Repeats, func(a, b Repeat) int { return cmp.Compare(a.Path, b.Path) })
	l.Findings = slices.Concat(places.findings, places.emptied(l.Items), leftFindings(&l), outside(l.Items))
	return l
}

// place is where a folder stands in the grid.
type place struct {
	phase, phaseFolder string
	code, codeFolder   string
	outer              string // folder of the annex that holds this one, "" where there is none
	prefix, prefixIn   string // code before the name of a folder within no annex, and the folder
}

// places knows the place of each folder, and what is wrong with the names of some.
type places struct {
	known    map[string]place
	findings []schema.Finding
}

// of gives the place of a folder: the nearest phase above it, the innermost annex.
func (k *places) of(dir string) place {
	dir = shallow(dir)
	if p, ok := k.known[dir]; ok {
		return p
	}
	p := k.of(folderOf(dir))
	s := readName(path.Base(dir))
	switch {
	case s.phase != "":
		p = place{phase: s.phase, phaseFolder: dir}
		if s.wrong != "" {
			k.find(dir, "L10", schema.Tf("la cartella «%[1]s» è letta come fase %[2]s, ma «%[3]s» sembra «%[4]s» scritto male", "the folder %[1]q is read as phase %[2]s, but %[3]q looks like %[4]q misspelt", named(dir), s.phase, s.wrong, s.right),
				schema.Tf("scrivi «%s» nel nome della cartella", "write %q in the name of the folder", s.right))
		}
	case s.annex != "":
		if p.code != "" {
			k.find(dir, "L01", schema.Tf("la cartella «%s» sta dentro «%s»: i suoi documenti sono messi sotto %s", "the folder %q lies within %q: its documents are put under %s", named(dir), named(p.codeFolder), s.annex),
				schema.Tf("sposta «%s» accanto alla cartella che la contiene", "move %q beside the folder that holds it", named(dir)))
		}
		p.outer, p.code, p.codeFolder = p.codeFolder, s.annex, dir
		p.prefix, p.prefixIn = "", ""
		if p.phase != "" && p.phase != s.annex[:1] {
			k.find(dir, "L02", schema.Tf("la cartella «%s» è di un allegato %s, ma sta nella fase %s: vale la fase", "the folder %q is that of an annex %s, but lies in phase %s: the phase holds", named(dir), s.annex, p.phase),
				schema.Tf("sposta la cartella nella fase %s, o correggi la lettera dell'allegato", "move the folder to phase %s, or correct the letter of the annex", s.annex[:1]))
		}
	}
	if s.prefix != "" && !s.numbered && p.code == "" {
		p.prefix, p.prefixIn = s.prefix, dir
	}
	k.known[dir] = p
	return p
}

func (k *places) find(file, code string, message, hint schema.Text) {
	k.findings = append(k.findings, warning(file, code, message, hint))
}

// warning is one finding of a file or a folder.
func warning(file, code string, message, hint schema.Text) schema.Finding {
	return schema.Finding{File: shown(file), Severity: schema.Warning, Code: code, Message: message, Hint: hint}
}

// item puts a document in its place: by its folders, and by its own name where that says more.
func (k *places) item(f File) Item {
	it := Item{File: f}
	p := k.of(folderOf(f.Path))
	stem, _ := splitName(f.Path)
	s := readName(stem)
	if it.Prefix, it.Numbered = s.prefix, s.numbered; it.Prefix == "" {
		it.Prefix, it.PrefixIn = p.prefix, p.prefixIn
	}
	switch {
	case s.annex != "":
		it.Code = s.annex
		it.CodeWhy = schema.Tf("codice %s perché il file si chiama «%s»", "code %s because the file is called %q", it.Code, named(f.Path))
	case p.code != "":
		it.Code, it.CodeWhy = p.code, p.codeWhy()
	}
	within := s.phase
	if within == "" {
		within = phaseWithin(stem)
	}
	switch {
	case p.phase != "":
		it.Phase = p.phase
		it.PhaseWhy = schema.Tf("fase %s perché la cartella è «%s»", "phase %s because the folder is %q", p.phase, named(p.phaseFolder))
	case within != "":
		it.Phase = within
		it.PhaseWhy = schema.Tf("fase %s perché il file si chiama «%s»", "phase %s because the file is called %q", within, named(f.Path))
	case it.Code != "":
		it.Phase = it.Code[:1]
		it.PhaseWhy = schema.Tf("fase %s perché il codice è %s", "phase %s because the code is %s", it.Phase, it.Code)
	}
	return it
}

func (p place) codeWhy() schema.Text {
	if p.outer != "" {
		return schema.Tf("codice %s perché la cartella più interna è «%s» (sta dentro «%s»)", "code %s because the innermost folder is %q (it lies within %q)", p.code, named(p.codeFolder), named(p.outer))
	}
	return schema.Tf("codice %s perché la cartella è «%s»", "code %s because the folder is %q", p.code, named(p.codeFolder))
}

// dump puts an export in its place.
func (k *places) dump(d *Dump) {
	p := k.of(d.Folder)
	d.Phase, d.Code = p.phase, p.code
	if d.Phase == "" && d.Code != "" {
		d.Phase = d.Code[:1]
	}
}

// emptied tells the folders of annexes that have files, and all of them are copies whose kept one lies under another code.
func (k *places) emptied(items []Item) []schema.Finding {
	has := map[string]bool{}
	lost := map[string]Item{}
	for _, it := range items {
		has[it.Phase+it.Code] = true
	}
	for _, it := range items {
		for _, alias := range it.Aliases {
			p := k.of(folderOf(alias))
			if p.code != "" && !has[p.phase+p.code] {
				if _, ok := lost[p.codeFolder]; !ok {
					lost[p.codeFolder] = it
				}
			}
		}
	}
	var out []schema.Finding
	for dir, it := range lost {
		out = append(out, warning(dir, "L08", schema.Tf("la cartella «%s» contiene soltanto copie: «%s» è tenuto in «%s»", "the folder %q only holds copies: %q is kept in %q", named(dir), named(it.Path), named(folderOf(it.Path))),
			schema.T("decidi sotto quale codice deve stare il documento e lascia quella copia", "decide under which code the document should be and leave that copy")))
	}
	return out
}

// shallow cuts a folder after its first steps.
func shallow(dir string) string {
	n := 0
	for i := range len(dir) {
		if dir[i] == '/' {
			if n++; n == maxDepth {
				return dir[:i]
			}
		}
	}
	return dir
}
