package site

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// maxFindings is how many findings a page lists; the number of all of them is always said.
const maxFindings = 100

// kitView is what the page of a kit shows.
type kitView struct {
	E        *catalog.Entry
	K        *catalog.Kit
	Path     string // of the kit's page
	Origin   origin
	Notices  []notice
	Facts    []fact
	Answers  []answer
	Grid     gridView
	Phases   []phaseDocs
	Unplaced []*catalog.Document
	// UnplacedGroups are the same ones as they are shown; Files what each document carries, by its id; KitFiles those of
	// the kit itself that no component has.
	UnplacedGroups []docGroup
	Files          map[string][]attachmentView
	KitFiles       []attachmentView
	Components     []componentView
	Old            []*catalog.Document // superseded documents
	OldMore        int                 // that are not shown
	FilesMore      int                 // of KitFiles that are not shown
	All            bool                // the lists are whole because the address asks for it
	Complete       catalog.Completeness
	Missing        []missingCell
	Adopters       []adoptionView
	Numbers        numbersView
	// Evaluations of the kit, the newest first.
	Evaluations []evaluationView
	Stages      string // how many stand where, in words
	Declared    []string
	Current     []tariffView
	Historic    []tariffView
	Releases    []catalog.Release
	Code        *codeView
	Record      recordView
	FileURL     string // of kit.md or publiccode.yml at the commit
	Readme      *catalog.Page
	OtherPages  []catalog.Page // without the README that is shown
	// Ancestors are the kits that it is derived from, Variants those derived from it.
	Ancestors []ancestor
	Variants  []Crumb
	// Communities that the kit says it belongs to.
	Communities []Crumb
	Legacy      *legacyView     // of one that was imported by itself
	Stale       *staleView      // of the kit, nil when it is fresh or nobody knows
	StaleDocs   map[string]bool // by id
	StaleMonths int
}

// HasProject says whether there is anything for the section on the project that a kit comes from.
func (v kitView) HasProject() bool {
	return v.K.Project != nil || len(v.K.Funding) > 0 || len(v.Communities) > 0 || len(v.Ancestors) > 0 || len(v.Variants) > 0
}

// Unreviewed says that the body that the kit is about has not looked at it.
func (v kitView) Unreviewed() bool { return !catalog.Reviewed(v.K) }

// Unanswered says that no document says which of the five questions it answers.
func (v kitView) Unanswered() bool {
	return !slices.ContainsFunc(v.Answers, func(a answer) bool { return len(a.Docs) > 0 })
}

// FoldStories says that there are so many stories that their steps are folded.
func (v kitView) FoldStories() bool { return len(v.Adopters) > openStories }

// notice is a line that a reader must see before the rest.
type notice struct{ Kind, Key string }

// codeView is what publiccode.yml says of software, without its contacts.
type codeView struct {
	*publiccode.PublicCode
	Text publiccode.Description
	Lang string
}

// recordView is where what a page shows came from, and how well it was read.
type recordView struct {
	E        *catalog.Entry
	Origin   origin
	FileURL  string
	Path     string // of the file, from the root of the repository
	Proposed bool   // an import would add the file: it is not there
	Findings []findingView
	More     int           // findings that are not listed
	Ignored  []findingView // with the reason of who wrote the file
	Errors   int
	Warnings int
	History  []catalog.Change
	// Of a kit, as its own page shows them; the pages of its parts name the sources alone.
	Publisher Body // whose source it is, when somebody says
	Ways      []wayView
	MoreWays  int
	Again     againForm
}

// findingView is a finding with the link to its line.
type findingView struct {
	schema.Finding
	URL string
}

func (s *Site) kit(c *gin.Context, lang schema.Lang) error {
	ctx := c.Request.Context()
	e, err := s.entry(ctx, catalog.KindKit, c.Param("id"))
	if err != nil {
		return err
	}
	k := e.Kit
	if k == nil {
		return &goneError{entry: e}
	}
	name := "kit"
	if k.Form == catalog.FormSoftware {
		name = "software"
	}
	p := s.newPage(lang, kitPath(e), name)
	p.Title, p.Description = k.Title, k.Summary
	p.Crumbs = []Crumb{{p.T("kits.title"), "/kit"}, {Title: k.Title}}
	s.texts(ctx, p, e, relativeTo(k.Folder, k.Path))
	if err := s.know(ctx, p, namesIn(e), bodiesOf(e)...); err != nil {
		return err
	}
	v := kitView{
		E: e, K: k, Path: kitPath(e), Origin: originOf(e), Notices: noticesOf(e), Facts: factsOf(p, k), Answers: answersOf(e.ID, k),
		Grid: gridOf(e.ID, k), Complete: catalog.CompletenessOf(k), Declared: e.DeclaredUsers, Releases: k.Releases,
	}
	if err := s.succession(c, p, k, &v); err != nil {
		return err
	}
	if err := s.lineage(c, e, &v); err != nil {
		return err
	}
	if v.Legacy = legacyOf(e); v.Legacy == nil {
		v.FileURL = v.Origin.File(e.Commit, k.Path)
	}
	out, err := s.exclusions(ctx)
	if err != nil {
		return err
	}
	v.arrange(c, e, out)
	p.NoIndex = v.All // the same page, with more of it
	released, files := catalog.Released(k), catalog.Attachments(k)
	for i := range e.Adoptions {
		v.Adopters = append(v.Adopters, adoptionOf(p, e, &e.Adoptions[i], released, files))
	}
	v.Numbers, v.Missing = p.numbersOf(e), missingCells(v.Complete)
	own, err := s.ownCatalogue(ctx)
	if err != nil {
		return err
	}
	p.staleness(e, catalog.StaleMonths(own), &v)
	v.Evaluations = p.evaluationsOf(e, own)
	v.Stages = stagesOf(p, v.Adopters)
	for i := range k.Tariffs {
		t := tariffOf(p, e.ID, k, &k.Tariffs[i])
		if t.Historic {
			v.Historic = append(v.Historic, t)
		} else {
			v.Current = append(v.Current, t)
		}
	}
	if k.PublicCode != nil {
		d, tag := k.PublicCode.Describe(string(lang))
		if lang != schema.It { // contents are in Italian first: the other language only when the file has it
			if it, itTag := k.PublicCode.Describe(string(schema.It)); !speaks(tag, lang) {
				d, tag = it, itTag
			}
		}
		v.Code = &codeView{k.PublicCode, d, tag}
	}
	v.Readme = readmeOf(k)
	for i := range k.Pages {
		if &k.Pages[i] != v.Readme {
			v.OtherPages = append(v.OtherPages, k.Pages[i])
		}
	}
	for _, id := range k.Communities {
		to, err := s.communityName(ctx, id)
		if err != nil {
			return err
		}
		v.Communities = append(v.Communities, to)
	}
	v.Record = recordOf(e, k.Path, "", e.Findings)
	if v.Legacy != nil { // which has told them in its own way
		v.Record.Findings, v.Record.More = nil, 0
	}
	if e.Publisher != "" {
		v.Record.Publisher = p.Body(e.Publisher)
	}
	if err := s.ways(ctx, p, e, &v); err != nil {
		return err
	}
	p.Data = v
	return s.send(c, p)
}

func speaks(tag string, lang schema.Lang) bool {
	return len(tag) >= 2 && tag[:2] == string(lang)
}

func kitPath(e *catalog.Entry) string { return "/kit/" + url.PathEscape(e.ID) }

// relativeTo takes the folder of a kit off a path of its repository.
func relativeTo(folder, file string) string {
	rel, _ := within(folder, file)
	return rel
}

// recordOf puts together the origin of a record. key is the path under which its history is kept, "" for the whole kit.
func recordOf(e *catalog.Entry, file, key string, findings []schema.Finding) recordView {
	o := originOf(e)
	v := recordView{E: e, Origin: o, Path: file, FileURL: o.File(e.Commit, file), History: e.History[key]}
	if proposed(e)[file] {
		v.FileURL, v.Proposed = "", true
	}
	v.Errors, v.Warnings, _ = schema.Weigh(findings)
	v.Findings, v.Ignored, v.More = findingViews(findings, findingLink(e))
	return v
}

// findingViews lists the findings that stand, errors first, and those that are ignored with a reason, each up to
// maxFindings; more counts what is not listed.
func findingViews(findings []schema.Finding, link func(schema.Finding) string) (out, ignored []findingView, more int) {
	fs := slices.Clone(findings)
	slices.SortStableFunc(fs, func(a, b schema.Finding) int {
		if a.Severity == b.Severity {
			return 0
		}
		if a.Severity == schema.Error {
			return -1
		}
		return 1
	})
	for _, f := range fs {
		list := &out
		if f.Ignored != "" {
			list = &ignored
		}
		if len(*list) == maxFindings {
			more++
			continue
		}
		*list = append(*list, findingView{f, link(f)})
	}
	return out, ignored, more
}

// findingURL is the line of the file at the commit. Findings carry paths from the root of the repository.
func findingURL(o origin, commit string, f schema.Finding) string {
	if f.File == "" {
		return ""
	}
	u := o.File(commit, f.File)
	if u != "" && f.Line > 0 {
		u += "#L" + itoa(f.Line)
	}
	return u
}

// findingsIn keeps the findings of one file.
func findingsIn(findings []schema.Finding, file string) []schema.Finding {
	var out []schema.Finding
	for _, f := range findings {
		if f.File == file {
			out = append(out, f)
		}
	}
	return out
}

// noticesOf says what a reader must know before reading.
func noticesOf(e *catalog.Entry) []notice {
	k := e.Kit
	var out []notice
	add := func(kind, key string) { out = append(out, notice{kind, key}) }
	if e.State == catalog.Missing {
		add("warning", "notice.missing")
	}
	switch k.Status {
	case "draft":
		if k.Form == catalog.FormLegacy {
			break // it says so in its own way
		}
		add("warning", "notice.draft")
	case "superseded":
		add("warning", "notice.superseded")
	case "withdrawn":
		add("warning", "notice.withdrawn")
	}
	switch {
	case k.Form == catalog.FormLegacy:
		add("info", "notice.legacy")
	case !catalog.Reviewed(k) && k.Provenance != nil && k.Provenance.RulesVersion != "":
		add("info", "notice.imported")
	case !catalog.Reviewed(k):
		add("info", "notice.unreviewed")
	}
	return out
}

// bodiesOf lists the bodies that the page of a kit names.
func bodiesOf(e *catalog.Entry) []catalog.EntityRef {
	k := e.Kit
	refs := slices.Clone(k.Ceding)
	for _, a := range e.Adoptions {
		refs = append(refs, a.Entity)
	}
	if k.Project != nil {
		refs = append(refs, k.Project.Lead)
		for _, p := range k.Project.Partners {
			refs = append(refs, p.Entity)
		}
	}
	for _, c := range k.Contacts {
		refs = append(refs, c.Entity)
	}
	if k.Laboratory != nil {
		refs = append(refs, k.Laboratory.Entity)
	}
	for i := range e.Evaluations {
		refs = append(refs, e.Evaluations[i].Evaluator.Entity)
	}
	return append(refs, e.Publisher)
}

// namesIn are the names that a kit itself gives to bodies, for those of which the catalogue has no record.
func namesIn(e *catalog.Entry) map[catalog.EntityRef]string {
	names := map[catalog.EntityRef]string{}
	for _, a := range e.Adoptions {
		if a.Name != "" {
			names[a.Entity] = a.Name
		}
	}
	if e.Kit != nil {
		maps.Copy(names, e.Kit.NamesSaid())
	}
	return names
}

// readmeOf finds the README of software: the one in Italian if there are several.
func readmeOf(k *catalog.Kit) *catalog.Page {
	var out *catalog.Page
	for i := range k.Pages {
		switch name := strings.ToLower(k.Pages[i].Path); {
		case name == "readme.it.md":
			return &k.Pages[i]
		case strings.HasPrefix(name, "readme.") && (out == nil || name == "readme.md"):
			out = &k.Pages[i]
		}
	}
	return out
}

// communityName gives the title and the page of a community; one that is not known is its id.
func (s *Site) communityName(ctx context.Context, id string) (Crumb, error) {
	e, err := s.cfg.Reader.Entry(ctx, catalog.KindCommunity, id)
	path, err := found(e, err)("/comunita/")
	if err != nil {
		return Crumb{}, err
	}
	if path == "" {
		return Crumb{Title: id}, nil
	}
	return Crumb{e.Title, path}, nil
}
