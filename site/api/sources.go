package api

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// sourceList is a page of the sources, in order of id.
type sourceList struct {
	Total   int          `json:"total"` // that match, on all pages
	Sources []sourceCard `json:"sources"`
	Next    string       `json:"next,omitempty"`
}

func (l sourceList) next() string { return l.Next }

// sourceCard says how a source is doing.
type sourceCard struct {
	ID         catalog.SourceID `json:"id"`
	Title      string           `json:"title"`
	Kind       string           `json:"kind"`
	Parent     catalog.SourceID `json:"parent,omitempty"` // the list that names it
	Repository string           `json:"repository"`       // "" where it is not public
	URL        string           `json:"url"`              // of its page
	API        string           `json:"api"`
	Enabled    bool             `json:"enabled"`
	Removed    bool             `json:"removed,omitempty"` // no longer among the catalogue's sources
	Records    int              `json:"records"`           // that it has given and that are not gone
	LastRead   time.Time        `json:"lastRead,omitzero"`
	LastSeen   time.Time        `json:"lastSeen,omitzero"`
	Stale      time.Time        `json:"stale,omitzero"`     // since when visits fail
	Missing    time.Time        `json:"missing,omitzero"`   // since when the place says that it is not there
	Held       bool             `json:"held,omitempty"`     // a visit that would lose too much waits for a confirmation
	Archived   bool             `json:"archived,omitempty"` // by its owner
	Leads      *leads           `json:"leads,omitempty"`    // of a list, in a list of sources
	LastVisit  *visit           `json:"lastVisit,omitempty"`
}

// leads counts the places that a list leads to, at any depth, by how their last visit ended.
type leads struct {
	Total     int `json:"total"`
	Read      int `json:"read"`
	Unchanged int `json:"unchanged"`
	Failed    int `json:"failed"`
	Absent    int `json:"absent"`
	Never     int `json:"never"`
	LeftOut   int `json:"leftOut"` // that it names and that are not visited
}

// visit is one look at a source.
type visit struct {
	At       time.Time       `json:"at"`
	Outcome  catalog.Outcome `json:"outcome"`
	Reason   string          `json:"reason,omitempty"`
	Commit   string          `json:"commit,omitempty"`
	Seconds  float64         `json:"seconds"`
	Bytes    int64           `json:"bytes"`
	Way      string          `json:"way,omitempty"` // how it was fetched
	Requests int             `json:"requests"`
	Records  int             `json:"records"`
	Errors   int             `json:"errors"`
	Warnings int             `json:"warnings"`
}

func (a *API) sources(ctx context.Context, rq *request) (any, error) {
	after, size, err := rq.cursor()
	if err != nil {
		return nil, err
	}
	q := catalog.SourceQuery{Text: rq.values.Get("q"), Group: catalog.SourceGroup(rq.values.Get("state")), Kind: rq.values.Get("kind"),
		Parent: catalog.SourceID(rq.values.Get("parent")), Own: true, Removed: true, ByID: true, After: catalog.SourceID(after), Size: size}
	switch {
	case q.Group != "" && !slices.Contains(catalog.SourceGroups(), q.Group):
		return nil, invalid(schema.Tf("Il parametro state può valere: %s.", "The parameter state may be: %s.", groupNames()), "state")
	case q.Kind != "" && !schema.SourceKinds.Has(q.Kind):
		return nil, invalid(schema.T("Il parametro kind non è un tipo di fonte.", "The parameter kind is not a kind of source."), "kind")
	case len([]rune(q.Text)) > catalog.MaxSourceText:
		return nil, invalid(schema.Tf("Il parametro q supera %d caratteri.", "The parameter q is longer than %d characters.", catalog.MaxSourceText), "q")
	}
	res, err := a.cfg.Reader.FindSources(ctx, q)
	if err != nil {
		return nil, err
	}
	out := sourceList{Total: res.Total, Sources: []sourceCard{}}
	for i := range res.Cards {
		c := rq.sourceCard(&res.Cards[i])
		if n, ok := res.Below[c.ID]; ok {
			c.Leads = &leads{n.Total(), n.Read, n.Unchanged, n.Failed, n.Absent, n.Never, res.Cards[i].Left}
		}
		out.Sources = append(out.Sources, c)
	}
	if n := len(out.Sources); n > 0 {
		out.Next = rq.nextPage(n, size, string(out.Sources[n-1].ID), "state", "kind", "parent", "q")
	}
	return out, nil
}

func groupNames() string {
	var names []string
	for _, g := range catalog.SourceGroups() {
		names = append(names, string(g))
	}
	return strings.Join(names, ", ")
}

func (rq *request) sourceCard(s *catalog.SourceCard) sourceCard {
	out := sourceCard{
		ID: s.Source.ID, Title: s.Source.Title, Kind: s.Source.Kind, Parent: s.Source.Parent, Repository: publicURL(cmp.Or(s.URL, s.Source.URL)),
		URL: rq.sourceURL(s.Source.ID), API: rq.self("sources", string(s.Source.ID)), Enabled: s.Source.On(), Removed: s.Removed, Archived: s.Archived,
		Records: s.Records, LastRead: s.LastRead, LastSeen: s.LastSeen, Stale: s.Stale, Missing: s.Missing, Held: s.Held,
	}
	if !s.Last.At.IsZero() {
		v := visitOf(s.Last, rq.lang)
		out.LastVisit = &v
	}
	return out
}

func visitOf(v catalog.VisitSummary, lang schema.Lang) visit {
	return visit{v.At, v.Outcome, v.Reason.In(lang), v.Commit, v.Duration.Seconds(), v.Bytes, v.Way, v.Requests, v.Records, v.Errors, v.Warnings}
}
