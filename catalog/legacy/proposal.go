package legacy

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Where the files of a proposal lie (kit format §0). What the owner has already under these names stays as it is.
const (
	kitPath       = "kit.md"
	codePath      = "publiccode.yml"
	changelogPath = "CHANGELOG.md"
	docsFolder    = "docs"
	docsInstead   = "schede" // where a file is called docs
	rootFolder    = "radice" // of documents without a phase
	storiesFolder = "adoptions"
	storyInstead  = "adozioni"
	// ReportPath is where the report lies beside a proposal: it has no front matter and becomes no page of the kit.
	ReportPath = "RIUSO-IMPORT.md"
)

// firstVersion is that of a kit that had none.
const firstVersion = "0.1.0"

// Propose writes the files of a kit that point at the untouched originals (kit format §L3, step 11). Nothing is invented: a
// field that is not known is left out, and told among the gaps. Equal understandings give equal bytes.
func Propose(u *Understanding) *Proposal {
	d := newDraft(u)
	d.documents()
	d.stories()
	d.kit()
	d.descriptor()
	d.changelog()
	p := &Proposal{Files: d.files, Waiting: d.waiting, URL: u.URL, Answers: u.Answers, Known: u.named()}
	for _, list := range [][]ProposedFile{p.Files, p.Waiting} {
		slices.SortFunc(list, func(a, b ProposedFile) int { return strings.Compare(a.Path, b.Path) })
	}
	p.OwnLog, p.OwnVersion = d.log, d.known != nil && d.known.SoftwareVersion != ""
	p.Gaps = d.gaps(p)
	p.Report = d.report(p)
	return p
}

// Below gives the proposal of a kit that lies in a folder of a repository: the paths begin at the repository's root. What
// the files say of other files begins at the kit's folder all the same.
func (p *Proposal) Below(folder string) *Proposal {
	if folder == "" || folder == "." {
		return p
	}
	out := &Proposal{OwnLog: p.OwnLog, OwnVersion: p.OwnVersion, Report: p.Report, URL: p.URL, Answers: p.Answers, Known: p.Known}
	for _, f := range p.Files {
		out.Files = append(out.Files, ProposedFile{path.Join(folder, f.Path), f.Data})
	}
	for _, f := range p.Waiting {
		out.Waiting = append(out.Waiting, ProposedFile{path.Join(folder, f.Path), f.Data})
	}
	for _, g := range p.Gaps {
		g.Files = slices.Clone(g.Files)
		for i := range g.Files {
			g.Files[i] = path.Join(folder, g.Files[i])
		}
		if g.File != "" {
			g.File = path.Join(folder, g.File)
		}
		out.Gaps = append(out.Gaps, g)
	}
	return out
}

// Finding tells a gap as the check does: under the first of its codes, once for all its files.
func (g Gap) Finding() schema.Finding {
	f := schema.Finding{File: g.File, Key: g.Key, Severity: schema.Warning, Message: g.What, Hint: g.Do}
	if len(g.Codes) > 0 {
		f.Code = g.Codes[0]
	}
	if n := len(g.Files); n > 1 {
		f.Message = schema.T(g.What.It+" (in "+itoa(n)+" file)", g.What.En+" (in "+itoa(n)+" files)")
	}
	return f
}

// draft is a proposal in the making.
type draft struct {
	u       *Understanding
	known   *publiccode.PublicCode // what the repository says of itself; nil where it has none
	own     string                 // path of its publiccode.yml, "" where it has none
	log     bool                   // it has a CHANGELOG of its own
	taken   map[string]bool        // paths of files, in lower case
	files   []ProposedFile
	docs    []written
	told    []ownStory     // the stories that have a file
	untold  []ownStory     // those of bodies whose codes are not known
	waiting []ProposedFile // their files
	left    []Left         // documents that no file can name
	id      string
	title   string
	version string
}

// written is a document with the file that describes it.
type written struct {
	*Document
	id, path string
}

// ownStory is a story with its file.
type ownStory struct {
	Story
	path string
}

func newDraft(u *Understanding) *draft {
	d := &draft{u: u, taken: map[string]bool{}, version: firstVersion}
	for _, f := range u.Files {
		low := strings.ToLower(f.Path)
		d.taken[low] = true
		switch low {
		case "changelog.md":
			d.log, d.version = true, "" // what it says is not known here
		case "publiccode.yml", "publiccode.yaml":
			if d.own == "" || low == codePath {
				d.own = f.Path
			}
		}
	}
	if u.PublicCode != "" {
		d.own = cmp.Or(d.own, codePath)
		d.taken[strings.ToLower(d.own)] = true
		d.known, _ = publiccode.Parse([]byte(u.PublicCode), publiccode.Options{File: d.own}) // its faults are told by the reading of the proposal
	}
	if d.known != nil && d.known.SoftwareVersion != "" {
		d.version = plain(d.known.SoftwareVersion)
	}
	d.title = clipped(masked(cmp.Or(u.Title, d.nameInDescriptor(), u.Name)), maxTitle)
	d.id = idOf(cmp.Or(u.Name, u.Title), "kit")
	return d
}

// Lengths of the kit's own texts, in characters (kit format §3, publiccode.yml standard).
const (
	maxTitle   = 100
	maxSummary = 160
	maxShort   = 150
	maxLine    = 500 // of titles and notes of parts; the format allows 2,000
)

func (d *draft) nameInDescriptor() string {
	if d.known == nil {
		return ""
	}
	return d.known.Name
}

// add takes a file up, unless its place is taken; upper and lower case are one, as they are on many disks.
func (d *draft) add(p string, data []byte) {
	low := strings.ToLower(p)
	if d.taken[low] || d.blocked(p) {
		return
	}
	d.taken[low] = true
	d.files = append(d.files, ProposedFile{p, data})
}

// blocked says that a file has the name of a folder on the way.
func (d *draft) blocked(p string) bool {
	for dir := path.Dir(strings.ToLower(p)); dir != "."; dir = path.Dir(dir) {
		if d.taken[dir] {
			return true
		}
	}
	return false
}

// folder gives the name of a folder, or the other one where a file is in its way.
func (d *draft) folder(name, instead string) string {
	if d.taken[name] {
		return instead
	}
	return name
}

// place gives the path of a new file in a folder; a number makes it free.
func (d *draft) place(dir, name string) string {
	p := path.Join(dir, name+".md")
	for n := 2; d.taken[strings.ToLower(p)] || reserved(name); n++ {
		name2 := name + "-" + itoa(n)
		if p = path.Join(dir, name2+".md"); !d.taken[strings.ToLower(p)] {
			break
		}
	}
	return p
}

// reserved names no file can have on Windows, whatever its ending.
func reserved(name string) bool {
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(name) == 4 && (strings.HasPrefix(name, "com") || strings.HasPrefix(name, "lpt")) && name[3] >= '1' && name[3] <= '9'
}

// idOf makes an id of a name (kit format §0).
func idOf(name, other string) string {
	return cmp.Or(strings.Trim(strings.ReplaceAll(catalog.Slug(name), "_", "-"), "-"), other)
}

// changelog proposes a CHANGELOG with one entry.
func (d *draft) changelog() {
	if d.log {
		return
	}
	head := "## [" + d.version + "]"
	if day := d.day(); day != "" {
		head += " - " + string(day)
	}
	n := len(d.docs)
	d.add(changelogPath, []byte("# Registro delle modifiche\n\n"+head+"\n\n### Aggiunto\n\n- Importazione: le schede di "+count(n, "documento", "documenti")+
		", preparate da riuso con le regole "+RulesVersion+" sui file già presenti, che non sono stati toccati.\n"))
}

// day is that of the version: what the descriptor says, or the day of the commit.
func (d *draft) day() catalog.Date {
	if d.known != nil && d.known.ReleaseDate != "" {
		if day, ok := dateOf(d.known.ReleaseDate); ok {
			return day
		}
		return ""
	}
	if d.known != nil || d.u.Date.IsZero() {
		return ""
	}
	return catalog.Date(d.u.Date.UTC().Format("2006-01-02"))
}
