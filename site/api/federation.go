package api

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// What another catalogue reads of this one. The names are promises: indexer/peer reads them.
const (
	FederationProtocol = "riuso-federation"
	FederationVersion  = 1

	maxFederationPage   = 4 << 20 // bytes of records on one page, after which the next page begins
	maxFederationRecord = 4 << 20 // bytes of one record; a longer one is given without its contents, and says so
)

// Tombstones lists what is gone, in order of id. A [Reader] that has it lets other catalogues tell what was removed from
// what was lost; without, the federation is given without tombstones.
type Tombstones interface {
	Gone(ctx context.Context, kind catalog.Kind, after string, limit int) ([]catalog.Entry, error)
}

// federation is one page of what this catalogue tells to others.
type federation struct {
	Protocol     string             `json:"protocol"`
	Version      int                `json:"version"`
	Catalogue    federatedCatalogue `json:"catalogue"`
	Revision     string             `json:"revision"` // of all pages: as long as it is the same nothing has changed
	LastModified time.Time          `json:"lastModified,omitzero"`
	Records      []federated        `json:"records"`
	Next         string             `json:"next,omitempty"`
}

func (f federation) next() string { return f.Next }

// federatedCatalogue says whose records these are. The id is that by which chains name it.
type federatedCatalogue struct {
	ID         string            `json:"id"`
	Title      string            `json:"title"`
	Summary    string            `json:"summary,omitempty"`
	Repository string            `json:"repository"` // canonical; "" where it is not public
	Base       string            `json:"base"`       // of this site
	Owner      catalog.EntityRef `json:"owner,omitempty"`
	Scope      string            `json:"scope,omitempty"`
	Territory  string            `json:"territory,omitempty"`
	Licence    string            `json:"licence,omitempty"`
}

// federated is one record with the way by which this catalogue has it. Of what is gone only the identity and the reason
// stand there.
type federated struct {
	Kind       catalog.Kind  `json:"kind"`
	ID         string        `json:"id"`
	Key        catalog.Key   `json:"key"`
	State      catalog.State `json:"state"`
	Title      string        `json:"title"`
	Repository string        `json:"repository"` // where it was read; "" where that is not public
	Aliases    []string      `json:"aliases"`    // other addresses of the same thing
	Origin     string        `json:"origin"`     // id of the catalogue whose own visits found it; the last of via, or this one
	Via        []string      `json:"via"`        // ids of the catalogues through which this one has it, nearest first; none: by its own visit
	Copy       bool          `json:"copy,omitempty"`
	Hosted     bool          `json:"hosted,omitempty"` // it lives in the repository of this catalogue and nowhere else
	Truncated  bool          `json:"truncated,omitempty"`
	Commit     string        `json:"commit,omitempty"`
	Changed    time.Time     `json:"changed,omitzero"`
	FirstSeen  time.Time     `json:"firstSeen"`
	LastRead   time.Time     `json:"lastRead"`
	MissedAt   time.Time     `json:"missedAt,omitzero"`
	Withdrawn  bool          `json:"withdrawn,omitempty"`
	Reason     *schema.Text  `json:"reason,omitempty"`
	MovedTo    catalog.Key   `json:"movedTo,omitempty"`

	PublicCode string              `json:"publiccode,omitempty"` // YAML, without persons
	Kit        *catalog.Kit        `json:"kit,omitempty"`        // where its repository may be out of others' reach, and of a legacy one: nobody wrote it
	Entity     *catalog.Entity     `json:"entity,omitempty"`
	Community  *catalog.Community  `json:"community,omitempty"`
	Event      *catalog.Event      `json:"event,omitempty"`
	Adoption   *catalog.Adoption   `json:"adoption,omitempty"`
	Evaluation *catalog.Evaluation `json:"evaluation,omitempty"`
}

// federatedKinds are the kinds that are told, in the order of the pages: bodies before what speaks of them.
func federatedKinds() []catalog.Kind {
	return []catalog.Kind{catalog.KindEntity, catalog.KindKit, catalog.KindAdoption, catalog.KindEvaluation, catalog.KindCommunity, catalog.KindEvent}
}

// federate answers one page. The pages walk over the kinds, first what is there, then what is gone; "after" says where
// the page before ended: the kind, a colon, the id, and a minus before the kind of what is gone.
func (a *API) federate(ctx context.Context, rq *request) (any, error) {
	after, size, err := rq.cursor()
	if err != nil {
		return nil, err
	}
	stages := federationStages()
	stage, id := 0, ""
	if after != "" {
		name, last, ok := strings.Cut(after, ":")
		if stage = slices.Index(stages, name); !ok || stage < 0 {
			return nil, invalid(schema.T("Il parametro after non viene da una pagina precedente.", "The parameter after does not come from a page before."), "after")
		}
		id = last
	}
	// A page that was made while something was written would give new records with the revision of before, and whoever reads
	// it would have to read everything again the next time.
	for try := 1; ; try++ {
		commit, err := a.commitOf(ctx)
		if err != nil {
			return nil, err
		}
		out, err := a.federationPage(ctx, rq, commit, stage, id, size)
		if err != nil {
			return nil, err
		}
		if now, err := a.commitOf(ctx); err != nil || now == commit || try == maxFederationTries {
			return out, err
		}
	}
}

// federationPage makes the page that begins behind id in a stage. The revision is looked at first: records may be newer
// than what it says, never older.
func (a *API) federationPage(ctx context.Context, rq *request, commit string, stage int, id string, size int) (out federation, err error) {
	stages := federationStages()
	out = federation{Protocol: FederationProtocol, Version: FederationVersion, Records: []federated{}}
	if out.Revision, out.LastModified, err = a.revisions.get(ctx, commit, a.cfg.Reader); err != nil {
		return out, err
	}
	if out.Catalogue, err = a.federatedSelf(ctx, rq); err != nil {
		return out, err
	}
	bytes := 0
	for stage < len(stages) && len(out.Records) < size {
		want := size - len(out.Records)
		es, err := a.stage(ctx, stages[stage], id, want)
		if err != nil {
			return out, err
		}
		for i := range es {
			r, n, err := a.federatedRecord(ctx, &es[i], out.Catalogue.ID)
			if err != nil {
				return out, err
			}
			if bytes > 0 && bytes+n > maxFederationPage {
				out.Next = rq.federationNext(stages[stage], id, size)
				return out, nil
			}
			bytes += n
			out.Records, id = append(out.Records, r), es[i].ID
		}
		if len(es) == want {
			out.Next = rq.federationNext(stages[stage], id, size)
			return out, nil
		}
		stage, id = stage+1, ""
	}
	return out, nil
}

func federationStages() []string {
	var out []string
	for _, k := range federatedKinds() {
		out = append(out, string(k))
	}
	for _, k := range federatedKinds() {
		out = append(out, "-"+string(k))
	}
	return out
}

func (a *API) stage(ctx context.Context, stage, after string, limit int) ([]catalog.Entry, error) {
	kind, gone := strings.CutPrefix(stage, "-")
	if !gone {
		es, err := a.cfg.Reader.Entries(ctx, catalog.Kind(kind), after, limit)
		return es, err
	}
	if t, ok := a.cfg.Reader.(Tombstones); ok {
		return t.Gone(ctx, catalog.Kind(kind), after, limit)
	}
	return nil, nil
}

func (rq *request) federationNext(stage, id string, size int) string {
	return rq.base + rq.path + "?" + url.Values{"after": {stage + ":" + id}, "size": {strconv.Itoa(size)}}.Encode()
}

// federatedSelf says who this catalogue is: its own catalogue.md, or, where there is none, its address.
func (a *API) federatedSelf(ctx context.Context, rq *request) (federatedCatalogue, error) {
	out := federatedCatalogue{Base: rq.base}
	e, err := a.own(ctx)
	if err != nil {
		return out, err
	}
	if e != nil {
		c := e.Catalogue
		out.ID, out.Title, out.Summary, out.Owner, out.Scope, out.Territory, out.Licence = c.ID, cmp.Or(c.Title, e.Title), c.Summary, c.Owner, c.Scope, c.Territory, c.Licence
		out.Repository = publicURL(cmp.Or(e.Record.URL, c.URL))
	}
	if out.ID == "" {
		out.ID = cmp.Or(strings.TrimPrefix(strings.TrimPrefix(cmp.Or(out.Repository, rq.base), "https://"), "http://"), "catalogue")
	}
	out.Title = cmp.Or(out.Title, out.ID)
	return out, nil
}

// own finds the record of this catalogue among those of the catalogues that it knows; nil when there is none.
func (a *API) own(ctx context.Context) (*catalog.Entry, error) {
	for after := ""; ; {
		es, err := a.cfg.Reader.Entries(ctx, catalog.KindCatalogue, after, catalog.MaxSize)
		if err != nil {
			return nil, err
		}
		for i := range es {
			if es[i].Local && es[i].Catalogue != nil {
				return &es[i], nil
			}
			after = es[i].ID
		}
		if len(es) < catalog.MaxSize {
			return nil, nil
		}
	}
}

// federatedRecord makes what is told of an entry, and its size in bytes.
func (a *API) federatedRecord(ctx context.Context, e *catalog.Entry, self string) (federated, int, error) {
	out := federated{
		Kind: e.Kind, ID: e.ID, Key: e.Key, State: e.State, Title: e.Title, Repository: publicURL(e.Record.URL), Aliases: aliasesOf(e),
		Origin: self, Via: orEmpty(e.Via), Copy: e.Copy, Commit: e.Commit, Changed: e.Changed, FirstSeen: e.FirstSeen, LastRead: e.LastRead,
		MissedAt: e.MissedAt, Withdrawn: e.Withdrawn, MovedTo: e.MovedTo,
	}
	if n := len(e.Via); n > 0 {
		out.Origin = e.Via[n-1]
	}
	if !e.Reason.IsZero() {
		out.Reason = &e.Reason
	}
	if e.State == catalog.Gone {
		return sized(out)
	}
	out.Entity, out.Community, out.Event, out.Evaluation = e.Entity, e.Community, e.Event, withoutPlaces(e.Evaluation)
	if ad := e.Adoption; ad != nil {
		copied := *ad
		copied.Places = nil
		out.Adoption = &copied
	}
	if e.Kit != nil {
		out.Hosted = e.Local && len(e.Via) == 0
		legacy := e.Kit.Form == catalog.FormLegacy
		if !legacy { // of a legacy kit it is only proposed: there is no such file
			out.PublicCode = publicCodeYAML(catalog.Masked(e.Kit.PublicCode))
		}
		if legacy || e.Local || e.Copy || len(e.Via) > 0 || out.Repository == "" {
			bodies, err := a.bodies(ctx, e.Kit)
			if err != nil {
				return out, 0, err
			}
			kit := shownKit(e.Kit, bodies)
			for _, ad := range e.Kit.Adoptions {
				ad.Places = nil
				kit.Adoptions = append(kit.Adoptions, ad)
			}
			if err := a.bareFiles(ctx, &kit, e, out.Repository); err != nil {
				return out, 0, err
			}
			out.Kit = &kit
		}
	}
	return sized(out)
}

func withoutPlaces(e *catalog.Evaluation) *catalog.Evaluation {
	if e == nil {
		return nil
	}
	copied := *e
	copied.Places = nil
	return &copied
}

// sized measures a record, and takes the contents out of one that is too large.
func sized(r federated) (federated, int, error) {
	b, err := json.Marshal(r)
	if err != nil {
		return r, 0, errors.Join(errors.New("api: federation"), err)
	}
	if len(b) <= maxFederationRecord {
		return r, len(b), nil
	}
	r.Truncated = true
	r.Kit, r.Entity, r.Community, r.Event, r.Adoption, r.Evaluation = nil, nil, nil, nil, nil, nil
	if len(r.PublicCode) > maxFederationRecord/2 {
		r.PublicCode = ""
	}
	return r, len(r.PublicCode), nil
}

// aliasesOf gives the other public addresses of a thing: those it had before, and the repositories of the other ways.
func aliasesOf(e *catalog.Entry) []string {
	out := []string{}
	add := func(raw string) {
		if u := publicURL(raw); u != "" && u != string(e.Key) && u != e.Record.URL && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	for _, k := range e.Aliases {
		add(string(k))
	}
	if e.Kind == catalog.KindKit && (e.Kit == nil || e.Kit.Folder == "") {
		for _, w := range e.Ways {
			add(w.URL)
		}
	}
	slices.Sort(out)
	return out
}
