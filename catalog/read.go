package catalog

import (
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// ReadOptions says what [Read] cannot see in the tree itself.
type ReadOptions struct {
	// URL is the canonical URL of the repository (see publiccode.NormalizeURL). Empty: the tree's own word is taken.
	URL string
	// Aliases are other addresses that are known to lead to this repository: those of a forge's redirects. A descriptor that
	// names one of them names this repository, and no other.
	Aliases []string
	// IPACode knows the codes of the Index of public administrations; nil: codes are not checked.
	IPACode func(code string) bool
	// Tags are the names of the tags of the commit that is read: at a release, versions must agree (rule E09).
	Tags []string
	// Observatory are the bodies whose levels hold, where the tree has no catalogue.md that says so (rule E15); nil: not known.
	Observatory []EntityRef
	// Forks reads a copy of another repository too, so that whoever works on it sees what is wrong with it; a copy is no
	// entry of a catalogue, and without Forks only that is said (V01).
	Forks bool
	// Folder is the only one that is read, as a kit; "" is the whole repository. The records keep its path.
	Folder string
	// Include and Exclude are patterns of the folders that are taken and left out; "." is the root. See [Matching].
	Include, Exclude []string
	// Now is the day against which dates are held (rules W03, W13 and E20); zero: they are not.
	Now time.Time
}

// Read understands one tree: the catalogue at its root, the kits in kits/, or the kit or piece of software that the
// repository is, with those of its folders that have a publiccode.yml of their own; or the one folder that is asked for. It never fails: what cannot be read is a finding, and everything else is still read.
func Read(fsys fs.FS, o ReadOptions) *Tree {
	r := &reader{fsys: fsys, o: o, tree: &Tree{}, hints: map[*schema.Enum]schema.Text{}, fields: map[reflect.Type]map[string][]int{}, taken: map[string]string{},
		opened: map[string]*marked{}, links: map[string]fs.FileMode{}, sums: map[string]string{}, sizes: map[string]int64{}}
	r.o.Folder = CleanFolder(o.Folder)
	r.list()
	if r.o.Folder == "" && r.has("catalogue.md") {
		r.catalogue()
	}
	r.home = r.o.URL
	if r.o.Folder != "" {
		r.onlyFolder()
	} else {
		r.folders()
	}
	if r.tree.Catalogue != nil {
		r.hosted()
	} else if len(r.tree.Kits) == 0 && r.o.Folder == "" {
		r.adopterOnly()
	}
	if len(r.tree.Kits) == 0 && r.tree.Catalogue == nil && len(r.tree.Adoptions) == 0 {
		r.nothing()
	}
	r.tree.Findings = r.report.close()
	slices.Sort(r.tree.Unread)
	r.tree.Unread = slices.Compact(r.tree.Unread)
	return r.tree
}

// reader is one reading of one tree, with all that it shares and counts.
type reader struct {
	fsys   fs.FS
	o      ReadOptions
	tree   *Tree
	home   string                 // the address of the repository, as far as it is known: o.URL, or what its own descriptor says
	inner  []string               // folders below the root that are entries of their own
	files  []string               // slash-separated paths of the Markdown and YAML files, in order
	others []string               // those of all else, in order
	links  map[string]fs.FileMode // what of all else leads elsewhere: symbolic links, and other repositories as folders
	report report
	bytes  int64 // read so far
	marks  int   // in the front matters so far
	nodes  int   // YAML values read so far
	points []pointer
	taken  map[string]string // the files that use an id, by type, id and folder
	hints  map[*schema.Enum]schema.Text
	fields map[reflect.Type]map[string][]int
	told   []marked           // the files of tree.Adoptions that the catalogue's own folders hold, in the same order
	judged []marked           // the files of tree.Evaluations, in the same order
	opened map[string]*marked // the front matters of the kit that is being read, by path from the root
	sums   map[string]string  // SHA-256 of attachments whose content could be had, by path from the root
	sizes  map[string]int64   // their bytes
	summed int64              // bytes of all of them
	// saidWhyNot is set when a finding already tells why the repository gives no entry.
	saidWhyNot bool
	linted     linted
	guesses    int // of what a reference meant
}

func (r *reader) find(f schema.Finding) { r.report.add(f) }

func (r *reader) findAll(fs []schema.Finding) {
	for _, f := range fs {
		r.find(f)
	}
}

// folders reads what the folders of the repository hold: kits, and software.
func (r *reader) folders() {
	if r.tree.Catalogue == nil {
		r.inner = r.several()
	}
	for _, dir := range append(r.kitFolders(), r.inner...) {
		r.kit(dir)
	}
}

// kitFolders gives the folders that hold a kit.md or a descriptor: the root, be it a catalogue too, and those of kits/.
func (r *reader) kitFolders() []string {
	var out []string
	if r.has("kit.md") || r.descriptor("") != "" {
		if r.chosen("") {
			out = append(out, "")
		}
	}
	seen := map[string]bool{}
	for _, p := range r.in("kits") {
		dir, name := path.Split(p)
		dir = "kits/" + strings.TrimSuffix(dir, "/")
		if (name != "kit.md" && !isDescriptor(name)) || strings.Count(dir, "/") != 1 || seen[dir] {
			continue
		}
		seen[dir] = true
		if len(seen) > MaxKits {
			r.cutShort("kits", schema.Tf("ci sono più di %d kit: gli altri non sono letti", "there are more than %d kits: the others are not read", MaxKits))
			break
		}
		if r.chosen(dir) {
			out = append(out, dir)
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
		Hint:    schema.T("indica la cartella che contiene kit.md, se è un'altra; altrimenti aggiungi un publiccode.yml nella cartella principale del ramo predefinito", "name the folder that holds kit.md, if it is another one; else add a publiccode.yml to the root of the default branch")})
}

// publicCode reads and checks the descriptor of a folder. The findings carry the path from the root of the tree.
func (r *reader) publicCode(dir string) (*publiccode.PublicCode, string) {
	p := r.descriptor(dir)
	if p == "" {
		return nil, ""
	}
	data, ok := r.read(p, publiccode.MaxBytes)
	if !ok {
		return nil, p
	}
	pc, findings := publiccode.Parse(data, publiccode.Options{File: p, IPACode: r.ipaCode()})
	r.findAll(findings)
	if strings.HasSuffix(p, ".yaml") {
		r.find(schema.Finding{File: p, Line: 1, Column: 1, Severity: schema.Warning, Code: "W14",
			Message: schema.T("il file si chiama publiccode.yaml: altri cataloghi cercano solo publiccode.yml", "the file is called publiccode.yaml: other catalogues look only for publiccode.yml"),
			Hint:    schema.T("rinominalo in publiccode.yml", "rename it to publiccode.yml")})
	}
	return pc, p
}
