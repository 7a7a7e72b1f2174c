package catalog

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// rootName is how a pattern of include or exclude names the root of a repository.
const rootName = "."

// chosen says whether the source wants what a folder holds (its include and exclude); a finding says when it does not.
func (r *reader) chosen(dir string) bool {
	name := dir
	if dir == "" {
		name = rootName
	}
	why := schema.Text{}
	if pattern, ok := Matching(r.o.Exclude, name); ok {
		why = schema.Tf("la fonte la lascia fuori con «exclude: %s»", "the source leaves it out by \"exclude: %s\"", quoted(pattern))
	} else if _, ok := Matching(r.o.Include, name); !ok && len(r.o.Include) > 0 {
		why = schema.T("non è fra quelle che la fonte prende con include", "it is not among those that the source takes by include")
	} else {
		return true
	}
	r.saidWhyNot = true
	r.find(schema.Finding{File: path.Join(dir, "publiccode.yml"), Severity: schema.Warning, Code: "V10",
		Message: schema.T("la cartella «"+quoted(name)+"» non è nel catalogo: "+why.It, "the folder \""+quoted(name)+"\" is not in the catalogue: "+why.En),
		Hint:    schema.T("se deve esserci, chi tiene il catalogo corregga include ed exclude nel file della fonte («.» è la cartella principale)", "if it should be there, who keeps the catalogue corrects include and exclude in the file of the source (\".\" is the root)")})
	return false
}

// onlyFolder reads the one folder that the source names as a kit.
func (r *reader) onlyFolder() {
	dir := r.o.Folder
	if r.has(path.Join(dir, "kit.md")) || r.descriptor(dir) != "" {
		r.kit(dir)
		return
	}
	r.saidWhyNot = true
	f := schema.Finding{File: dir, Severity: schema.Error, Code: "V02",
		Message: schema.Tf("nella cartella «%s», che la fonte indica, non ci sono né kit.md né publiccode.yml", "the folder %q, which the source names, has neither kit.md nor publiccode.yml", quoted(dir)),
		Hint:    schema.T("aggiungi i due file in quella cartella, o correggi folder nel file della fonte", "add the two files to that folder, or correct folder in the file of the source")}
	if info, err := fs.Stat(r.fsys, dir); err != nil || !info.IsDir() {
		f.File = ""
		f.Message = schema.Tf("nel repository non c'è la cartella «%s» che la fonte indica", "the repository has no folder %q, which the source names", quoted(dir))
		f.Hint = schema.T("correggi folder nel file della fonte: il percorso parte dalla cartella principale, con le stesse maiuscole", "correct folder in the file of the source: the path starts from the root, with the same capitals")
	}
	if near := r.kitsNear(dir); len(near) > 0 {
		names := "«" + strings.Join(near, "», «") + "»"
		f.Hint = schema.T(f.Hint.It+"; un kit c'è in "+names, f.Hint.En+"; there is a kit in "+names)
	}
	r.find(f)
}

// Limits of the search for the folder that a source meant (house rule 5).
const (
	maxNearFolders = 5      // named in a finding
	maxNearEntries = 20_000 // files and folders looked at
)

// kitsNear gives folders that hold a kit: the one whose name is like that of dir, else some of all.
func (r *reader) kitsNear(dir string) []string {
	var all []meaning
	seen, last := 0, "\x00"
	err := fs.WalkDir(r.fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if seen++; seen > maxNearEntries {
			return fs.SkipAll
		}
		if err != nil || d.IsDir() && (foreign(d.Name()) || strings.Count(p, "/") >= MaxTreeDepth) {
			return fs.SkipDir
		}
		if at := path.Dir(p); (isDescriptor(d.Name()) || d.Name() == "kit.md") && at != last && isPath(p) {
			last = at
			all = append(all, meaning{is: at, also: []string{path.Base(at)}})
		}
		return nil
	})
	if err != nil {
		return nil
	}
	if near := meant(path.Base(dir), all); len(near) > 0 {
		return near
	}
	var out []string
	for _, m := range all[:min(len(all), maxNearFolders)] {
		out = append(out, quoted(m.is))
	}
	return out
}

// several gives the folders below the root that hold a thing of this repository's own (see [DescriptorFolders]), but for
// those of kits/. A finding says of each other why it is none: its url decides, so that somebody else's descriptor that
// was copied into the repository makes no entry.
func (r *reader) several() []string {
	folders, more := DescriptorFolders(r.files)
	if more {
		r.cutShort("", schema.Tf("ci sono più di %d cartelle con un publiccode.yml: le altre non sono lette", "more than %d folders have a publiccode.yml: the others are not read", MaxDescriptors))
	}
	folders = slices.DeleteFunc(folders, isHosted)
	if len(folders) == 0 {
		return nil
	}
	named := map[string]string{} // the folders of the descriptors that name the bare repository, by name of the thing
	if pc, _ := r.peek(""); pc != nil && isAddress(pc.URL) {
		named[schema.Folded(pc.Name)] = rootName
		if r.home == "" {
			r.home, _ = r.homeOf(pc.URL, "")
		}
	}
	var out []string
	for _, dir := range folders {
		if r.isOwn(dir, named) && r.chosen(dir) {
			out = append(out, dir)
		}
	}
	return out
}

// isHosted recognises the folders of kits/, which are read by a rule of their own.
func isHosted(dir string) bool {
	return strings.HasPrefix(dir, "kits/") && strings.Count(dir, "/") == 1
}

// isOwn says whether the descriptor of a folder below the root is that of a thing of this repository.
func (r *reader) isOwn(dir string, named map[string]string) bool {
	p := r.descriptor(dir)
	pc, data := r.peek(dir)
	if pc == nil {
		return true // its reading says why it cannot be had
	}
	no := schema.Finding{File: p, Severity: schema.Warning, Code: "V01", Key: "url"}
	switch home, ours := r.homeOf(pc.URL, dir); {
	case !isAddress(pc.URL):
		no.Code = "V04"
		no.Message = schema.T("il publiccode.yml di questa cartella non dice in url di quale repository è: non è una voce del catalogo", "the publiccode.yml of this folder does not say in url which repository it is of: it is no entry of the catalogue")
		no.Hint = schema.T("se descrive qualcosa di questo repository, metti in url il suo indirizzo"+r.here().It, "if it describes something of this repository put its address in url"+r.here().En)
	case !ours:
		r.tree.CopyOf = append(r.tree.CopyOf, home)
		no.Message = schema.Tf("è una copia: il publiccode.yml di questa cartella indica come origine %s, quindi non è una voce del catalogo", "it is a copy: the publiccode.yml of this folder names %s as its origin, so it is no entry of the catalogue", home)
		no.Hint = schema.T("se è una copia non c'è nulla da fare; se descrive qualcosa di questo repository, metti in url il suo indirizzo"+r.here().It, "if it is a copy there is nothing to do; if it describes something of this repository put its address in url"+r.here().En)
	case SameRepository(pc.URL, home) && named[schema.Folded(pc.Name)] != "":
		other := named[schema.Folded(pc.Name)]
		no.Key = "name"
		no.Message = schema.Tf("ha lo stesso nome e lo stesso indirizzo del publiccode.yml della cartella «%s»: ne è una copia, e non è una voce a sé", "it has the name and the address of the publiccode.yml of the folder %q: it is a copy of that one, and no entry of its own", quoted(other))
		no.Hint = schema.T("se è un'altra cosa dalle un altro nome (name); se è una copia si può togliere", "if it is another thing give it another name; if it is a copy it can be removed")
	default:
		if r.home == "" {
			r.home = home
		}
		if SameRepository(pc.URL, home) {
			named[schema.Folded(pc.Name)] = dir
		}
		return true
	}
	r.saidWhyNot = true
	no.Line, no.Column = lineOfKey(data, no.Key), 1
	r.find(no)
	return false
}

// lineOfKey gives the line of a YAML text on which a key of its own stands, the first one where it has none.
func lineOfKey(data []byte, key string) int {
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if rest, ok := bytes.CutPrefix(line, []byte(key)); ok && bytes.HasPrefix(bytes.TrimLeft(rest, " "), []byte(":")) {
			return n
		}
	}
	return 1
}

// here names the address of the repository in a hint, where it is known.
func (r *reader) here() schema.Text {
	if r.home == "" {
		return schema.Text{}
	}
	return schema.T(" ("+r.home+")", " ("+r.home+")")
}

// peek reads the descriptor of a folder, and gives its text, without a word on what is wrong with it; nil when there is none, or it has to be
// read for it to be said why it cannot be had.
func (r *reader) peek(dir string) (*publiccode.PublicCode, []byte) {
	p := r.descriptor(dir)
	if p == "" || r.bytes > MaxTreeBytes {
		return nil, nil
	}
	data, err := readSome(r.fsys, p, publiccode.MaxBytes+1)
	if err != nil || isPointer(data) {
		return nil, nil
	}
	r.bytes += int64(len(data))
	if text, ok := fromUTF16(data); ok {
		data = text
	}
	pc, _ := publiccode.Parse(data, publiccode.Options{File: p})
	if pc == nil {
		pc = &publiccode.PublicCode{}
	}
	return pc, data
}

// ofInner says that a file lies in a folder below the root that is an entry of its own.
func (r *reader) ofInner(p string) bool {
	return slices.ContainsFunc(r.inner, func(dir string) bool { return strings.HasPrefix(p, dir+"/") })
}
