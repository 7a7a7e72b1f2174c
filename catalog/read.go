package catalog

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Limits of one tree (house rule 5).
const (
	MaxTreeFiles = 20_000 // Markdown and YAML files that are read
	MaxTreeDepth = 12     // folders below the root
	MaxKits      = 5_000  // hosted in one catalogue repository
	MaxPages     = 200    // README and docs/*.md of software
)

// ReadOptions says what [Read] cannot see in the tree itself.
type ReadOptions struct {
	// URL is the canonical URL of the repository (see publiccode.NormalizeURL). Empty: the tree's own word is taken.
	URL string
	// IPACode knows the codes of the Index of public administrations; nil: codes are not checked.
	IPACode func(code string) bool
}

// Read understands one tree: the catalogue at its root, the kits in kits/, or the one kit or piece of software that the
// repository is. It never fails: what cannot be read is a finding, and everything else is still read.
func Read(fsys fs.FS, o ReadOptions) *Tree {
	r := &reader{fsys: fsys, o: o, tree: &Tree{}}
	r.list()
	if r.has("catalogue.md") {
		r.catalogue()
	}
	for _, dir := range r.kitFolders() {
		r.kit(dir)
	}
	if len(r.tree.Kits) == 0 && r.tree.Catalogue == nil {
		r.adopterOnly()
	}
	if len(r.tree.Kits) == 0 && r.tree.Catalogue == nil && len(r.tree.Adoptions) == 0 {
		r.nothing()
	}
	schema.Sort(r.tree.Findings)
	return r.tree
}

type reader struct {
	fsys  fs.FS
	o     ReadOptions
	tree  *Tree
	files []string // slash-separated paths of the Markdown and YAML files, in order
	// saidWhyNot is set when a finding already tells why the repository gives no entry.
	saidWhyNot bool
}

func (r *reader) find(f schema.Finding) { r.tree.Findings = append(r.tree.Findings, f) }

// list collects the files of the tree that may be read, within its limits.
func (r *reader) list() {
	cutShort := false
	err := fs.WalkDir(r.fsys, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			r.find(schema.Finding{File: p, Severity: schema.Warning, Code: "V03",
				Message: schema.T("la cartella o il file non si può leggere", "the folder or file cannot be read"),
				Hint:    schema.T("controlla che esista e che sia un file comune", "check that it exists and is an ordinary file")})
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() && (foreign(d.Name()) || strings.Count(p, "/") >= MaxTreeDepth):
			return fs.SkipDir
		case d.Type().IsRegular() && isText(p):
			if len(r.files) >= MaxTreeFiles {
				cutShort = true
				return fs.SkipAll
			}
			r.files = append(r.files, p)
		}
		return nil
	})
	if err != nil || cutShort {
		r.find(schema.Finding{Severity: schema.Warning, Code: "V03",
			Message: schema.Tf("ci sono troppi file: ne sono stati letti %d", "there are too many files: %d were read", len(r.files)),
			Hint:    schema.T("tieni il kit in un repository suo", "keep the kit in a repository of its own")})
	}
	slices.Sort(r.files)
}

// foreign recognises folders that hold nothing of the kit's own.
func foreign(name string) bool {
	switch name {
	case ".git", "node_modules", "vendor", "bower_components", "third_party":
		return true
	}
	return false
}

func isText(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".md", ".yml", ".yaml":
		return true
	}
	return false
}

func (r *reader) has(p string) bool {
	_, ok := slices.BinarySearch(r.files, p)
	return ok
}

// in lists the files below dir, with paths relative to it.
func (r *reader) in(dir string) []string {
	if dir == "" {
		return r.files
	}
	var out []string
	i, _ := slices.BinarySearch(r.files, dir+"/")
	for ; i < len(r.files) && strings.HasPrefix(r.files[i], dir+"/"); i++ {
		out = append(out, r.files[i][len(dir)+1:])
	}
	return out
}

// read gives the content of a file, at most limit bytes and one more; a file that cannot be had is a finding.
func (r *reader) read(p string) ([]byte, bool) {
	data, err := fs.ReadFile(r.fsys, p)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			r.find(schema.Finding{File: p, Severity: schema.Warning, Code: "V03",
				Message: schema.T("il contenuto del file non è stato ottenuto: "+reason(err), "the content of the file was not obtained: "+reason(err)),
				Hint:    schema.T("riduci il file o controlla che sia nel repository", "make the file smaller or check that it is in the repository")})
		}
		return nil, false
	}
	return data, true
}

func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return err.Error()
}

// kitFolders gives the folders that hold a descriptor: the root, unless it is a catalogue without one, and those of kits/.
func (r *reader) kitFolders() []string {
	var out []string
	if r.has("kit.md") || (r.tree.Catalogue == nil && r.descriptor("") != "") {
		out = append(out, "")
	}
	seen := map[string]bool{}
	for _, p := range r.in("kits") {
		dir, name := path.Split(p)
		dir = "kits/" + strings.TrimSuffix(dir, "/")
		if (name != "kit.md" && !isDescriptor(name)) || strings.Count(dir, "/") != 1 || seen[dir] {
			continue
		}
		seen[dir] = true
		if out = append(out, dir); len(out) > MaxKits {
			r.find(schema.Finding{File: "kits", Severity: schema.Error, Code: "V03",
				Message: schema.Tf("ci sono più di %d kit", "there are more than %d kits", MaxKits),
				Hint:    schema.T("dividi il catalogo in più repository", "split the catalogue into several repositories")})
			break
		}
	}
	return out
}

func isDescriptor(name string) bool { return name == "publiccode.yml" || name == "publiccode.yaml" }

// descriptor gives the path of the publiccode.yml of a folder, or "".
func (r *reader) descriptor(dir string) string {
	for _, name := range []string{"publiccode.yml", "publiccode.yaml"} {
		if p := path.Join(dir, name); r.has(p) {
			return p
		}
	}
	return ""
}

// nothing says why a repository gives no entry at all.
func (r *reader) nothing() {
	if r.saidWhyNot {
		return
	}
	r.find(schema.Finding{Severity: schema.Error, Code: "V02",
		Message: schema.T("il repository non contiene né kit.md né publiccode.yml: non è un kit e non entra nel catalogo", "the repository has neither kit.md nor publiccode.yml: it is not a kit and does not enter the catalogue"),
		Hint:    schema.T("aggiungi un publiccode.yml nella cartella principale del ramo predefinito", "add a publiccode.yml to the root of the default branch")})
}

// publicCode reads and checks the descriptor of a folder. The findings carry the path from the root of the tree.
func (r *reader) publicCode(dir string) (*publiccode.PublicCode, string) {
	p := r.descriptor(dir)
	if p == "" {
		return nil, ""
	}
	data, ok := r.read(p)
	if !ok {
		return nil, p
	}
	pc, findings := publiccode.Parse(data, publiccode.Options{File: p, IPACode: r.o.IPACode})
	r.tree.Findings = append(r.tree.Findings, findings...)
	if strings.HasSuffix(p, ".yaml") {
		r.find(schema.Finding{File: p, Line: 1, Column: 1, Severity: schema.Warning, Code: "W14",
			Message: schema.T("il file si chiama publiccode.yaml: altri cataloghi cercano solo publiccode.yml", "the file is called publiccode.yaml: other catalogues look only for publiccode.yml"),
			Hint:    schema.T("rinominalo in publiccode.yml", "rename it to publiccode.yml")})
	}
	return pc, p
}
