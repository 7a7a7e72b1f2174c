package api

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// kitAnswer is a whole entry. Kit is what its author wrote, in the words of the kit format, with all its parts; beside it
// stands what the catalogue knows and derives.
type kitAnswer struct {
	ID            string              `json:"id"`
	Name          string              `json:"name"`
	URL           string              `json:"url"`
	State         catalog.State       `json:"state"`
	Reviewed      *bool               `json:"reviewed,omitempty"` // false: written from public documents, not yet seen by the body; absent: nobody said
	Kit           catalog.Kit         `json:"kit"`
	Ceding        []entityName        `json:"ceding"`
	Adoptions     []adoption          `json:"adoptions"`
	DeclaredUsers []string            `json:"declaredUsers"` // usedBy of publiccode.yml: the owner says so
	Evaluations   []evaluation        `json:"evaluations"`   // its own and those told elsewhere, merged
	Aliases       []string            `json:"aliases"`       // addresses that it had before, or answers to
	BasedOn       []kin               `json:"basedOn"`       // that it is derived from
	Variants      []kin               `json:"variants"`      // that are derived from it
	Provenance    provenance          `json:"provenance"`
	History       map[string][]commit `json:"history"` // by path in the kit's folder; "" is the whole kit
	Findings      []finding           `json:"findings"`
	Completeness  completeness        `json:"completeness"`
	Revision      revision            `json:"revision"`
	Transformed   transformation      `json:"transformation"`
	Durations     durations           `json:"durations"`
	Matrix        string              `json:"matrix"` // address of the matrix
	Attachments   []attachmentName    `json:"attachments"`
	Truncated     bool                `json:"truncated,omitempty"`
}

// adoption is the history of one body with the kit, with what follows from its steps.
type adoption struct {
	catalog.Adoption
	EntityID       string          `json:"entityId"`
	URL            string          `json:"url"`
	Stage          catalog.Stage   `json:"stage"`
	Phase          string          `json:"phase"`
	Role           string          `json:"role"`
	Reached        []catalog.Stage `json:"reached"`
	UndatedEvents  int             `json:"undatedEvents"`
	DaysToDecision *int            `json:"daysToDecision,omitempty"`
	DaysToGoLive   *int            `json:"daysToGoLive,omitempty"`
	VersionLag     versionLag      `json:"versionLag"`
}

// provenance says where all this comes from.
type provenance struct {
	Repository string    `json:"repository"`
	Commit     string    `json:"commit"`
	Branch     string    `json:"branch,omitempty"`
	Changed    time.Time `json:"changed,omitzero"`
	FirstSeen  time.Time `json:"firstSeen"`
	LastRead   time.Time `json:"lastRead"`
	MissedAt   time.Time `json:"missedAt,omitzero"` // since when the repository no longer has it
	Ways       []way     `json:"ways"`
}

type way struct {
	Source   catalog.SourceID `json:"source"`
	API      string           `json:"api"`
	URL      string           `json:"url"`
	Commit   string           `json:"commit,omitempty"`
	LastRead time.Time        `json:"lastRead"`
	State    catalog.State    `json:"state"`
	Via      []string         `json:"via,omitempty"`  // catalogues through which it came, nearest first
	Copy     bool             `json:"copy,omitempty"` // read from a copy that another catalogue keeps
}

type commit struct {
	Commit  string    `json:"commit"`
	Time    time.Time `json:"time"`
	Message string    `json:"message"` // its first line
}

type finding struct {
	File     string          `json:"file,omitempty"`
	Line     int             `json:"line"`
	Column   int             `json:"column"`
	Severity schema.Severity `json:"severity"`
	Code     string          `json:"code"`
	Key      string          `json:"key,omitempty"`
	Message  string          `json:"message"`
	Hint     string          `json:"hint"`
	Ignored  string          `json:"ignored,omitempty"` // the reason why it stays
}

// completeness is the share of filled cells among those that apply, from 0 to 1 (seed 001:144).
type completeness struct {
	Knower     float64       `json:"knower"` // phase A: for who wants to know the practice
	User       float64       `json:"user"`   // phases B and C: for who will use it
	Filled     int           `json:"filled"`
	Applicable int           `json:"applicable"`
	Missing    []missingCell `json:"missing"`
}

// entry reads a live entry of a kind.
func (a *API) entry(ctx context.Context, kind catalog.Kind, id string) (*catalog.Entry, error) {
	e, err := a.cfg.Reader.Entry(ctx, kind, id)
	if errors.Is(err, catalog.ErrGone) || err == nil && e.State == catalog.Gone {
		return nil, gone(e)
	}
	return e, err
}

func (a *API) kit(ctx context.Context, rq *request) (any, error) {
	e, err := a.entry(ctx, catalog.KindKit, rq.id)
	if err != nil {
		return nil, err
	}
	if e.Kit == nil {
		return nil, catalog.ErrNotFound
	}
	bodies, err := a.bodies(ctx, e.Kit)
	if err != nil {
		return nil, err
	}
	revised, err := a.revision(ctx, e)
	if err != nil {
		return nil, err
	}
	released := catalog.Released(e.Kit)
	out := kitAnswer{
		ID: e.ID, Name: e.Title, URL: rq.kitURL(e.ID), State: e.State, Reviewed: reviewed(e.Kit), Kit: shownKit(e.Kit, bodies),
		Ceding: []entityName{}, Adoptions: []adoption{}, DeclaredUsers: orEmpty(e.DeclaredUsers),
		History: history(e.History), Findings: findings(e.Findings, rq.lang),
		Completeness: rq.completeness(catalog.CompletenessOf(e.Kit)),
		Revision:     revised, Transformed: transformationOf(e), Durations: durationsOf(e.Adoptions),
		Matrix: rq.self("kits", e.ID) + "/matrix", Attachments: []attachmentName{},
		Provenance: provenance{Repository: publicURL(e.Record.URL), Commit: e.Commit, Branch: e.Branch, Changed: e.Changed,
			FirstSeen: e.FirstSeen, LastRead: e.LastRead, MissedAt: e.MissedAt, Ways: []way{}},
	}
	files := catalog.Attachments(e.Kit)
	for _, h := range files[:min(len(files), MaxEntryFiles)] {
		out.Attachments = append(out.Attachments, rq.attachmentName(e.ID, h.Attachment))
	}
	if len(files) > MaxEntryFiles {
		out.Truncated, out.Kit = true, withoutFiles(out.Kit)
	}
	said := e.Kit.NamesSaid()
	for _, r := range e.Kit.Ceding {
		name := said[r]
		if b := bodies[r]; b != nil {
			name = b.Name
		}
		out.Ceding = append(out.Ceding, rq.entityName(r, name))
	}
	for _, ad := range e.Adoptions {
		if e.Kit.Form == catalog.FormLegacy { // its own files are only proposed: the story stands nowhere in it
			ad.Places = slices.DeleteFunc(slices.Clone(ad.Places), func(p catalog.AdoptionPlace) bool { return p.Where == "kit" })
		}
		out.Adoptions = append(out.Adoptions, rq.adoption(e.ID, ad, released))
	}
	for _, v := range e.Ways {
		out.Provenance.Ways = append(out.Provenance.Ways,
			way{v.Source, rq.self("sources", string(v.Source)), publicURL(v.URL), v.Commit, v.LastRead, v.State, v.Via, v.Copy})
	}
	return out, a.relate(ctx, rq, e, &out)
}

// matrixAnswer is the matrix of a kit, phases by ambits, row by row.
type matrixAnswer struct {
	Kit kitName `json:"kit"`
	catalog.Grid
	Labels map[string]string `json:"labels"` // of phases and ambits
}

func (a *API) matrix(ctx context.Context, rq *request) (any, error) {
	e, err := a.entry(ctx, catalog.KindKit, rq.id)
	if err != nil {
		return nil, err
	}
	if e.Kit == nil {
		return nil, catalog.ErrNotFound
	}
	out := matrixAnswer{Kit: kitName{e.ID, e.Title, rq.kitURL(e.ID)}, Grid: catalog.Matrix(e.Kit), Labels: map[string]string{}}
	for _, p := range out.Phases {
		out.Labels[p] = schema.Phases.Label(p).In(rq.lang)
	}
	for _, m := range out.Ambits {
		out.Labels[m] = schema.Ambits.Label(m).In(rq.lang)
	}
	return out, nil
}

// reviewed is what a kit's provenance says of its review, nil when it says nothing. One that nobody wrote nobody reviewed.
func reviewed(k *catalog.Kit) *bool {
	if k.Form == catalog.FormLegacy {
		return new(bool)
	}
	if k.Provenance == nil {
		return nil
	}
	return k.Provenance.Reviewed
}

// shownKit is the kit without what the API does not give: persons, adoptions (they are merged and stand beside it), and
// the text of READMEs, which is not part of the kit format and may name anybody. Of the authors of a document those stay
// that are organisations, as their names say or because they are among the ceding bodies.
func shownKit(k *catalog.Kit, bodies map[catalog.EntityRef]*catalog.Entity) catalog.Kit {
	s := *k
	var names []string
	for _, b := range bodies {
		if b != nil {
			names = append(names, b.Name)
		}
	}
	s.Documents = slices.Clone(k.Documents)
	for i := range s.Documents {
		s.Documents[i].Authors, _ = catalog.Organisations(s.Documents[i].Authors, names...)
	}
	s.Adoptions = nil
	s.URL = publicURL(s.URL)
	s.Pages = nil
	for _, p := range k.Pages {
		p.Body = ""
		s.Pages = append(s.Pages, p)
	}
	switch {
	case k.Form == catalog.FormLegacy: // it is only proposed, and nobody's word
		s.PublicCode = nil
	case k.PublicCode != nil:
		p := *k.PublicCode
		p.Maintenance.Contacts = nil
		s.PublicCode = &p
	}
	return s
}

// MaxEntryFiles is how many files the entry of a kit names; all of them are a list of their own, in pages.
const MaxEntryFiles = 200

// withoutFiles takes the files off the parts of a kit that has very many of them, and what a program said of how it
// understood each: the list of attachments has the first, and says on what each hangs.
func withoutFiles(k catalog.Kit) catalog.Kit {
	k.Attachments = nil
	k.Documents, k.Templates, k.Services = slices.Clone(k.Documents), slices.Clone(k.Templates), slices.Clone(k.Services)
	for i := range k.Documents {
		k.Documents[i].Attachments, k.Documents[i].Why = nil, nil
	}
	for i := range k.Templates {
		k.Templates[i].Attachments = nil
	}
	for i := range k.Services {
		k.Services[i].Attachments = nil
	}
	return k
}

// shrink leaves out the texts, which the pages have.
func (k kitAnswer) shrink() any {
	k.Truncated = true
	k.Kit.Body = ""
	k.Kit.Documents = withoutBody(k.Kit.Documents, func(d *catalog.Document) *catalog.Header { return &d.Header })
	k.Kit.Templates = withoutBody(k.Kit.Templates, func(t *catalog.Template) *catalog.Header { return &t.Header })
	k.Kit.Services = withoutBody(k.Kit.Services, func(s *catalog.Service) *catalog.Header { return &s.Header })
	k.Kit.Tariffs = withoutBody(k.Kit.Tariffs, func(t *catalog.Tariff) *catalog.Header { return &t.Header })
	k.Kit.Checklists = withoutBody(k.Kit.Checklists, func(c *catalog.Checklist) *catalog.Header { return &c.Header })
	k.Adoptions = withoutBody(k.Adoptions, func(a *adoption) *catalog.Header { return &a.Header })
	k.History = map[string][]commit{}
	return k
}

func withoutBody[T any](in []T, header func(*T) *catalog.Header) []T {
	out := append(make([]T, 0, len(in)), in...)
	for i := range out {
		header(&out[i]).Body = ""
	}
	return out
}

func (rq *request) adoption(kit string, ad catalog.Adoption, released []catalog.Release) adoption {
	p := catalog.Follow(ad.Events)
	days := func(n int) *int {
		if n < 0 {
			return nil
		}
		return &n
	}
	places := ad.Places
	ad.Places = nil
	for _, pl := range places {
		pl.URL = publicURL(pl.URL)
		ad.Places = append(ad.Places, pl)
	}
	return adoption{
		Adoption: ad, EntityID: ad.Entity.ID(), URL: rq.partURL(kit, catalog.PartAdoption, ad.Entity.ID()),
		Stage: p.Stage, Phase: p.Phase, Role: p.Role, Reached: orEmpty(p.Reached), UndatedEvents: p.Undated,
		DaysToDecision: days(p.DaysToDecision), DaysToGoLive: days(p.DaysToGoLive),
		VersionLag: lagOf(&ad, released),
	}
}

func history(in map[string][]catalog.Change) map[string][]commit {
	out := map[string][]commit{}
	for path, cs := range in {
		for _, c := range cs[:min(len(cs), MaxHistory)] {
			out[path] = append(out[path], commit{c.Commit, c.Time, catalog.ChangeSubject(c.Message)})
		}
	}
	return out
}

func findings(in []schema.Finding, lang schema.Lang) []finding {
	out := []finding{}
	for _, f := range in[:min(len(in), MaxFindings)] {
		out = append(out, finding{f.File, f.Line, f.Column, f.Severity, f.Code, f.Key, f.Message.In(lang), f.Hint.In(lang), f.Ignored})
	}
	return out
}

// publicURL gives an address that others can use; a path of the operator's machine is nobody's business.
func publicURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	u.User = nil
	return u.String()
}
