package indexer

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/legacy"
	"github.com/open-community-pa/riuso/schema"
)

// Practice is a kit that was never written as one, as it was understood: folders of documents with the phases in their names
// (kit format, Part II).
type Practice struct {
	*legacy.Understanding
	Proposal *legacy.Proposal
	Texts    *Texts
}

// Whole is what is looked at to find a legacy kit.
type Whole struct {
	Checkout *Checkout
	Folder   string    // the only one that is looked at; "" is the whole tree
	URL      string    // canonical, of the repository; "" where there is none
	Commit   string    // "" where there is no Git
	Changed  time.Time // of the commit
	Name     string    // of the repository or folder
	Bodies   legacy.Bodies
	MaxBytes int64 // over the wire; zero: as Limits say
	Force    bool  // understand it whatever it looks like
	Answers  legacy.Answers
	Kept     map[catalog.EntityRef]string // as of a [legacy.Repository]
	Again    bool                         // ask for what was lost, however short a time ago
	From     catalog.SourceID
	// Skip says of a file, by its path below Folder, that it is not to be read; nil: of none.
	Skip func(path string) bool
}

// maxLegacyFiles is how many files of a tree are looked at.
const maxLegacyFiles = 100_000

// Understand recognises a legacy kit and proposes it as a kit; with anything else the practice is nil, and the recognition
// says why. Files is what the attachments are read with. The error is ctx's, or the store's.
func (a *Attachments) Understand(ctx context.Context, w Whole) (*Practice, legacy.Recognition, error) {
	r := legacy.Repository{URL: w.URL, Commit: w.Commit, Date: w.Changed, Name: w.Name, Bodies: w.Bodies, Answers: w.Answers, Kept: w.Kept}
	paths := filesBelow(w.Checkout.FS, w.Folder)
	for _, p := range paths {
		switch strings.ToLower(p) {
		case "readme.md", "readme", "readme.txt", "leggimi.md", "leggimi.txt":
			if r.README == "" {
				r.README = textOf(w.Checkout.FS, path.Join(w.Folder, p))
			}
		case "publiccode.yml", "publiccode.yaml":
			r.PublicCode = textOf(w.Checkout.FS, path.Join(w.Folder, p))
		}
	}
	rec := legacy.Recognise(paths, r.README, r.PublicCode)
	if rec.Verdict != legacy.Practice && (!w.Force || rec.Verdict == legacy.Kit) {
		return nil, rec, nil
	}
	for _, p := range paths {
		f := legacy.File{Path: p, Blob: w.Checkout.blob(path.Join(w.Folder, p)), Bytes: -1}
		if w.Checkout.Size != nil {
			f.Bytes = w.Checkout.Size(path.Join(w.Folder, p))
		}
		r.Files = append(r.Files, f)
	}
	t, err := a.read(ctx, w.Checkout, textsOf{w.readable(legacy.Arrange(r.Files)), w.MaxBytes, w.Again, w.From})
	if err != nil {
		return &Practice{Texts: t}, rec, err
	}
	for i := range r.Files {
		f := &r.Files[i]
		if m, ok := t.Missed[f.Blob]; ok {
			f.Absent = m.Why == MissedLost || m.Why == MissedRefused
		}
	}
	if w.Checkout.Sum != nil {
		for i := range r.Files {
			f := &r.Files[i]
			if t := t.ByBlob[f.Blob]; t == nil || t.SHA256 == "" {
				f.SHA256 = w.Checkout.Sum(path.Join(w.Folder, f.Path))
			}
		}
	}
	r.Text = func(blob string) *catalog.Text { return t.ByBlob[blob] }
	u := legacy.Understand(r)
	return &Practice{Understanding: u, Proposal: legacy.Propose(u), Texts: t}, rec, nil
}

// readable lists the files of a layout whose texts are of use: what a dump holds is not, but for what a person can read. The
// same bytes elsewhere are not read either when one of their paths is to be skipped.
func (w *Whole) readable(l legacy.Layout) []string {
	var out []string
	add := func(p string, aliases ...string) {
		if w.Skip == nil || !slices.ContainsFunc(append(aliases, p), w.Skip) {
			out = append(out, path.Join(w.Folder, p))
		}
	}
	for _, i := range l.Items {
		add(i.Path, i.Aliases...)
	}
	for _, d := range l.Dumps {
		if d.Human != "" {
			add(d.Human)
		}
	}
	return out
}

// filesBelow lists the files of a folder, with their paths below it.
func filesBelow(fsys fs.FS, folder string) []string {
	root := folder
	if root == "" {
		root = "."
	}
	var out []string
	err := fs.WalkDir(fsys, root, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // what cannot be listed is not there for us: its reading says so
		case d.IsDir() && d.Name() == ".git" && p != root:
			return fs.SkipDir
		case d.Type().IsRegular():
			out = append(out, strings.TrimPrefix(p, folder+"/"))
		}
		if len(out) >= maxLegacyFiles {
			return fs.SkipAll
		}
		return nil
	})
	if err != nil {
		return nil
	}
	slices.Sort(out)
	return out
}

func textOf(fsys fs.FS, p string) string {
	data, err := fs.ReadFile(fsys, p)
	if err != nil || len(data) > catalog.MaxMarkdown {
		return ""
	}
	return string(data)
}

// brought looks, where a visit found neither a kit nor a catalogue, for a legacy one, and reads the repository as it will be
// once its owner takes over what is proposed.
func (c *Crawler) brought(ctx context.Context, v *catalog.Visit, co *Checkout, tags []catalog.Tag, former []string) error {
	a, src := c.cfg.Attachments, &v.Source
	if a == nil || src.Kind != kindKit || src.ID == catalog.CatalogueSource || v.Tree.Catalogue != nil || isCopy(v) ||
		slices.ContainsFunc(v.Tree.Kits, func(k catalog.Kit) bool { return k.Form == catalog.FormKit }) {
		return nil
	}
	if src.Legacy == legacyNever {
		refused(v)
		return nil
	}
	w := Whole{Checkout: co, URL: v.URL, Commit: v.Commit, Changed: v.Changed, Name: nameOf(v), Bodies: c.named(),
		MaxBytes: askOf(src).MaxBytes, Force: src.Legacy == "force", Again: v.Confirmed, From: src.ID}
	if w.Folder = catalog.CleanFolder(src.Folder); w.Folder == "" && leftOut(src) {
		return nil
	}
	kit := &catalog.Kit{URL: v.URL, Folder: w.Folder, Key: keyOf(v, v.URL, w.Folder)}
	takenDown := c.takenDown(v, co)
	w.Skip = func(p string) bool { return takenDown(kit, p) }
	p, rec, err := a.Understand(ctx, w)
	if p != nil {
		v.Bodies = c.named().Mark()
	}
	if p == nil {
		c.cfg.Logger.Debug("no legacy kit", "source", src.ID, "score", rec.Score)
		unrecognised(v, &rec)
		return err
	}
	c.spent(v, p.Texts)
	if err != nil {
		return err
	}
	proposal, before := p.Proposal.Below(w.Folder), *v
	if err := c.read(v, legacy.Overlay(&originals{co.FS, w.Folder}, proposal), tags, former...); err != nil {
		return err
	}
	i := slices.IndexFunc(v.Tree.Kits, func(k catalog.Kit) bool { return k.Form == catalog.FormKit && k.Folder == w.Folder })
	if i < 0 { // it cannot be read as a kit: it is what it was
		v.Tree, v.Outcome, v.Reason = before.Tree, before.Outcome, before.Reason
		return nil
	}
	for j := range v.Tree.Kits {
		v.Tree.Kits[j].Tags = tags
	}
	k := &v.Tree.Kits[i]
	k.Form = catalog.FormLegacy
	p.unversioned(k)
	p.explain(k)
	p.Texts.annotate(k, co.blob)
	v.Tree.Findings = p.told(v.Tree.Findings, w.Folder, proposal)
	return nil
}

// unversioned takes off a kit what is only proposed of its versions: a number, a day and a CHANGELOG that nobody wrote are
// for its owner to take over, and say nothing of the kit.
func (p *Practice) unversioned(k *catalog.Kit) {
	if !p.Proposal.OwnLog {
		k.Releases = nil
	}
	if p.Proposal.OwnVersion {
		return
	}
	k.Version, k.Released = "", ""
	if k.PublicCode != nil {
		own := *k.PublicCode
		own.SoftwareVersion, own.ReleaseDate = "", ""
		k.PublicCode = &own
	}
}

// legacyNever is the word of a source whose operator wants no kit that was never written as one (kit format §15).
const legacyNever = "never"

// refused says of a place that holds no kit that nobody looks whether it could become one. It is the operator's wish, and not
// a fault of its owner.
func refused(v *catalog.Visit) {
	for i := range v.Tree.Findings {
		if f := &v.Tree.Findings[i]; f.Code == "V02" {
			f.Severity = schema.Warning
			f.Message = schema.T("non ci sono né kit.md né publiccode.yml, e da questa fonte il catalogo non importa cartelle di documenti (legacy: never)", "there is neither kit.md nor publiccode.yml, and from this source the catalogue imports no folders of documents (legacy: never)")
			f.Hint = schema.T("lo decide chi gestisce il catalogo, nel file della fonte: chi pubblica il repository non deve fare nulla", "whoever runs the catalogue decides it, in the file of the source: the owner of the repository need not do anything")
		}
	}
}

// unrecognised says of a place with documents that holds no kit why it is not taken for one, and what its operator can do.
func unrecognised(v *catalog.Visit, rec *legacy.Recognition) {
	why := rec.Tells()
	if why.IsZero() {
		return
	}
	for i := range v.Tree.Findings {
		if f := &v.Tree.Findings[i]; f.Code == "V02" {
			f.Hint = schema.T(f.Hint.It+". "+why.It+". Se è un kit lo stesso, chi gestisce il catalogo scrive legacy: force nel file della fonte",
				f.Hint.En+". "+why.En+". If it is a kit all the same, whoever runs the catalogue writes legacy: force in the file of the source")
		}
	}
}

// leftOut says whether the filters of a source leave the root of its repository out.
func leftOut(src *catalog.Source) bool {
	const root = "."
	_, out := catalog.Matching(src.Exclude, root)
	_, in := catalog.Matching(src.Include, root)
	return out || !in && len(src.Include) > 0
}

// isCopy says whether the descriptor of what a source names is that of another repository. Those of folders below say
// nothing of the whole: what another program exported may hold one.
func isCopy(v *catalog.Visit) bool {
	folder := catalog.CleanFolder(v.Source.Folder)
	return slices.ContainsFunc(v.Tree.Findings, func(f schema.Finding) bool {
		return f.Code == "V01" && path.Dir(path.Join("/", f.File)) == path.Join("/", folder)
	})
}

// nameOf is what a repository is called where nothing in it says.
func nameOf(v *catalog.Visit) string {
	if v.Source.Folder != "" {
		return path.Base(catalog.CleanFolder(v.Source.Folder))
	}
	address := v.URL
	if address == "" {
		address = v.Source.URL
	}
	return strings.TrimSuffix(path.Base(strings.TrimRight(address, "/")), ".git")
}

// explain tells in each document of a kit why it stands where it stands, and what the bodies are called that it names.
func (p *Practice) explain(k *catalog.Kit) {
	k.Names = map[catalog.EntityRef]string{}
	for _, m := range p.Ceding {
		if m.Ref != "" {
			k.Names[m.Ref] = m.Name
		}
	}
	why := map[string][]schema.Text{}
	for _, d := range p.Documents {
		for _, t := range []schema.Text{d.TitleWhy, d.PhaseWhy, d.CodeWhy, d.AmbitWhy, d.KindWhy} {
			if !t.IsZero() {
				why[d.ID] = append(why[d.ID], t)
			}
		}
	}
	for i := range k.Documents {
		k.Documents[i].Why = why[k.Documents[i].ID]
	}
}

// told are the findings of a legacy kit: what was understood of its own files, and of what else the repository holds what
// the reading found. What the reading says of the files that are only proposed is said as gaps. The paths of a proposal are
// those from the root.
func (p *Practice) told(read []schema.Finding, folder string, proposal *legacy.Proposal) []schema.Finding {
	proposed := map[string]bool{}
	for _, f := range proposal.Files {
		proposed[f.Path] = true
	}
	out := slices.DeleteFunc(slices.Clone(read), func(f schema.Finding) bool {
		return f.File == "" || proposed[f.File] || strings.HasPrefix(f.Code, "E16")
	})
	for _, f := range p.Findings {
		if f.File != "" {
			f.File = path.Join(folder, f.File)
		}
		out = append(out, f)
	}
	for _, d := range p.Documents {
		if m, missed := p.Texts.Missed[d.Blob]; missed {
			out = append(out, m.fault().Finding(path.Join(folder, d.Path)))
		}
	}
	for _, g := range proposal.Gaps {
		out = append(out, g.Finding())
	}
	return out
}
