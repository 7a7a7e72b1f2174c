package api

import (
	"context"
	"errors"
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

// sourceAnswer is all that is known of a source. The places of a list are asked for with ?parent=.
type sourceAnswer struct {
	sourceCard
	Commit     string      `json:"commit,omitempty"` // of the last full visit
	Via        []string    `json:"via,omitempty"`    // ids of the catalogues through which the place was told, nearest first
	Next       *nextVisit  `json:"nextVisit,omitempty"`
	Listing    *listing    `json:"listing,omitempty"`
	Waiting    *waiting    `json:"waiting,omitempty"`
	Exclusions []exclusion `json:"exclusions,omitempty"`
	Visits     []visit     `json:"visits"` // newest first
	Findings   []finding   `json:"findings"`
}

// nextVisit is when a source is visited again. Without "at" that is when somebody starts it.
type nextVisit struct {
	At        time.Time `json:"at,omitzero"`        // about; a time that is over means: in the next round
	NotBefore time.Time `json:"notBefore,omitzero"` // the place asked not to be visited earlier
	WithList  bool      `json:"withList,omitempty"` // when the list that names it is visited
	Interval  string    `json:"interval,omitempty"` // as the file of the source says (ISO 8601)
}

// listing is what a list said of the places that it names.
type listing struct {
	Total   int                `json:"total"`
	Visited int                `json:"visited"`
	LeftOut int                `json:"leftOut"`
	Left    []leftOut          `json:"left"` // the first of those that are left out
	Lost    []catalog.SourceID `json:"lost"` // no longer named, and not all gone yet
}

type leftOut struct {
	URL    string `json:"url"`
	Title  string `json:"title,omitempty"`
	Reason string `json:"reason"`
}

// waiting is what a visit would take away and that waits to be confirmed.
type waiting struct {
	Since   time.Time           `json:"since"`
	Total   int                 `json:"total"`
	Entries []catalog.RecordKey `json:"entries"` // the first of them
}

type exclusion struct {
	URL    string `json:"url"`
	Reason string `json:"reason"`
}

// maxWaiting is how many of the entries that wait to be confirmed one answer names.
const maxWaiting = 200

func (a *API) source(ctx context.Context, rq *request) (any, error) {
	s, err := a.cfg.Reader.Source(ctx, catalog.SourceID(rq.id))
	if err != nil {
		return nil, err
	}
	card := catalog.SourceCardOf(&s)
	out := sourceAnswer{sourceCard: rq.sourceCard(&card), Commit: s.Commit, Via: s.Source.Via, Visits: []visit{}, Findings: findings(s.Findings, rq.lang)}
	for _, v := range s.Visits {
		out.Visits = append(out.Visits, visitOf(v, rq.lang))
	}
	if out.Next, err = a.nextVisit(ctx, &s); err != nil {
		return nil, err
	}
	if l := s.Listing; l != nil {
		out.Listing = &listing{Total: l.Total, Visited: len(l.Places), LeftOut: l.Out, Left: []leftOut{}, Lost: append([]catalog.SourceID{}, l.Lost...)}
		for _, x := range l.Left {
			out.Listing.Left = append(out.Listing.Left, leftOut{publicURL(x.URL), x.Title, x.Reason.In(rq.lang)})
		}
	}
	if h := s.Held; h != nil {
		out.Waiting = &waiting{h.At, len(h.Keys), append([]catalog.RecordKey{}, h.Keys[:min(len(h.Keys), maxWaiting)]...)}
	}
	for _, x := range s.Exclusions {
		out.Exclusions = append(out.Exclusions, exclusion{publicURL(x.URL), x.Reason})
	}
	return out, nil
}

// nextVisit says when a source is visited again; nil for one that is not to be visited.
func (a *API) nextVisit(ctx context.Context, s *catalog.SourceState) (*nextVisit, error) {
	if !s.Source.On() || s.Removed {
		return nil, nil
	}
	out := &nextVisit{NotBefore: s.NotBefore, Interval: s.Source.Interval, WithList: s.Source.Parent != ""}
	if a.cfg.CrawlEvery <= 0 {
		return out, nil
	}
	timed := s
	if out.WithList {
		parent, err := a.cfg.Reader.Source(ctx, s.Source.Parent)
		switch {
		case errors.Is(err, catalog.ErrNotFound):
			return out, nil
		case err != nil:
			return nil, err
		}
		timed = &parent
	}
	if !timed.Source.On() {
		return nil, nil
	}
	out.At = timed.Next(a.cfg.CrawlEvery)
	switch {
	case s.PutOff(): // it comes by itself
		out.At = s.Next(a.cfg.CrawlEvery)
	case out.At.Before(s.NotBefore):
		out.At = s.NotBefore
	}
	return out, nil
}
