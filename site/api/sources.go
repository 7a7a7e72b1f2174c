package api

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// sourceList is a page of the sources, in order of id.
type sourceList struct {
	Sources []sourceCard `json:"sources"`
	Next    string       `json:"next,omitempty"`
}

func (l sourceList) next() string { return l.Next }

// sourceCard says how a source is doing.
type sourceCard struct {
	ID         catalog.SourceID `json:"id"`
	Title      string           `json:"title"`
	Kind       string           `json:"kind"`
	Repository string           `json:"repository"` // "" where it is not public
	URL        string           `json:"url"`        // of its page
	API        string           `json:"api"`
	Enabled    bool             `json:"enabled"`
	Removed    bool             `json:"removed,omitempty"` // no longer among the catalogue's sources
	Records    int              `json:"records"`           // that it has given and that are not gone
	LastRead   time.Time        `json:"lastRead,omitzero"`
	LastSeen   time.Time        `json:"lastSeen,omitzero"`
	Stale      time.Time        `json:"stale,omitzero"`   // since when visits fail
	Missing    time.Time        `json:"missing,omitzero"` // since when the place says that it is not there
	Held       bool             `json:"held,omitempty"`   // a visit that would lose too much waits for a confirmation
	LastVisit  *visit           `json:"lastVisit,omitempty"`
}

// visit is one look at a source.
type visit struct {
	At       time.Time       `json:"at"`
	Outcome  catalog.Outcome `json:"outcome"`
	Reason   string          `json:"reason,omitempty"`
	Commit   string          `json:"commit,omitempty"`
	Seconds  float64         `json:"seconds"`
	Bytes    int64           `json:"bytes"`
	Requests int             `json:"requests"`
	Records  int             `json:"records"`
	Errors   int             `json:"errors"`
	Warnings int             `json:"warnings"`
}

// sourceAnswer is all that is known of a source.
type sourceAnswer struct {
	sourceCard
	Commit   string    `json:"commit,omitempty"` // of the last full visit
	Visits   []visit   `json:"visits"`           // newest first
	Findings []finding `json:"findings"`
}

func (a *API) sources(ctx context.Context, rq *request) (any, error) {
	after, size, err := rq.cursor()
	if err != nil {
		return nil, err
	}
	all, err := a.cfg.Reader.Sources(ctx)
	if err != nil {
		return nil, err
	}
	all = slices.Clone(all)
	slices.SortFunc(all, func(x, y catalog.SourceState) int { return cmp.Compare(x.Source.ID, y.Source.ID) })
	out := sourceList{Sources: []sourceCard{}}
	for i := range all {
		if string(all[i].Source.ID) > after && len(out.Sources) < size {
			out.Sources = append(out.Sources, rq.sourceCard(&all[i]))
		}
	}
	if n := len(out.Sources); n > 0 {
		out.Next = rq.nextPage(n, size, string(out.Sources[n-1].ID))
	}
	return out, nil
}

func (a *API) source(ctx context.Context, rq *request) (any, error) {
	s, err := a.cfg.Reader.Source(ctx, catalog.SourceID(rq.id))
	if err != nil {
		return nil, err
	}
	out := sourceAnswer{sourceCard: rq.sourceCard(&s), Commit: s.Commit, Visits: []visit{}, Findings: findings(s.Findings, rq.lang)}
	for _, v := range s.Visits {
		out.Visits = append(out.Visits, visitOf(v, rq.lang))
	}
	return out, nil
}

func (rq *request) sourceCard(s *catalog.SourceState) sourceCard {
	out := sourceCard{
		ID: s.Source.ID, Title: s.Source.Title, Kind: s.Source.Kind, Repository: publicURL(cmp.Or(s.URL, s.Source.URL)),
		URL: rq.sourceURL(s.Source.ID), API: rq.self("sources", string(s.Source.ID)), Enabled: s.Source.On(), Removed: s.Removed,
		Records: len(s.Keys), LastRead: s.LastRead, LastSeen: s.LastSeen, Stale: s.Stale, Missing: s.Missing, Held: s.Held != nil,
	}
	if len(s.Visits) > 0 {
		v := visitOf(s.Visits[0], rq.lang)
		out.LastVisit = &v
	}
	return out
}

func visitOf(v catalog.VisitSummary, lang schema.Lang) visit {
	return visit{v.At, v.Outcome, v.Reason.In(lang), v.Commit, v.Duration.Seconds(), v.Bytes, v.Requests, v.Records, v.Errors, v.Warnings}
}
