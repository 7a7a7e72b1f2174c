package api

import (
	"context"

	"github.com/open-community-pa/riuso/catalog"
)

// missingCell is an empty cell of the matrix with what usually fills it.
type missingCell struct {
	Phase  string `json:"phase"`
	Ambit  string `json:"ambit"`
	Advice string `json:"advice"`
}

// transformation is the rate of bodies that became holders; Rate is absent when no body got to the transfer.
type transformation struct {
	catalog.Rate
	Share *float64 `json:"rate,omitempty"` // from 0 to 1
}

// durations are median days; absent when no history has its dates to the day.
type durations struct {
	ToDecision *catalog.Median `json:"toDecision,omitempty"`
	ToGoLive   *catalog.Median `json:"toGoLive,omitempty"`
}

// revision says when a kit was last revised, and whether that is longer ago than the catalogue allows.
type revision struct {
	Day    catalog.Date `json:"day,omitempty"`
	Stale  bool         `json:"stale"`
	Months int          `json:"months"` // after which a text is stale
	// Documents are the ids of those that are stale.
	Documents []string `json:"documents"`
}

// versionLag is how the version that a body uses stands to those of the kit.
type versionLag struct {
	Version  string           `json:"version,omitempty"`
	Standing catalog.Standing `json:"standing"`
	Behind   int              `json:"behind"`
	Newer    []string         `json:"newer"` // versions, newest first
}

func (rq *request) completeness(c catalog.Completeness) completeness {
	out := completeness{Knower: c.Knower, User: c.User, Filled: c.Filled, Applicable: c.Applicable, Missing: []missingCell{}}
	for _, m := range c.MissingCells {
		out.Missing = append(out.Missing, missingCell{m.Phase, m.Ambit, catalog.CellAdvice(m.Phase, m.Ambit).In(rq.lang)})
	}
	return out
}

func transformationOf(e *catalog.Entry) transformation {
	var stories []catalog.Story
	for i := range e.Adoptions {
		stories = append(stories, catalog.Story{Kit: e.Kit.Key, Adoption: &e.Adoptions[i]})
	}
	out := transformation{Rate: catalog.Transformation(stories)}
	if out.Known() {
		share := out.Rate.Share()
		out.Share = &share
	}
	return out
}

func durationsOf(adoptions []catalog.Adoption) durations {
	d := catalog.DurationsOf(adoptions)
	var out durations
	if d.ToDecision.Of > 0 {
		out.ToDecision = &d.ToDecision
	}
	if d.ToGoLive.Of > 0 {
		out.ToGoLive = &d.ToGoLive
	}
	return out
}

// revision looks at a kit and its documents with the threshold of the operator's catalogue.
func (a *API) revision(ctx context.Context, e *catalog.Entry) (revision, error) {
	out := revision{Day: catalog.KitRevised(e.Kit, e.History[""]), Months: catalog.DefaultStaleMonths, Documents: []string{}}
	own, err := catalog.OwnCatalogue(ctx, a.cfg.Reader)
	if err != nil {
		return out, err
	}
	if own != nil {
		out.Months = catalog.StaleMonths(own)
	}
	now := a.cfg.Now()
	out.Stale = catalog.Stale(out.Day, out.Months, now)
	for i := range e.Kit.Documents {
		d := &e.Kit.Documents[i]
		if d.Status != "superseded" && catalog.Stale(catalog.Revised(d, e.History[d.Path]), out.Months, now) {
			out.Documents = append(out.Documents, d.ID)
		}
	}
	return out, nil
}

func lagOf(a *catalog.Adoption, released []catalog.Release) versionLag {
	l := catalog.Lag(catalog.VersionInUse(a), released)
	out := versionLag{Version: l.Version, Standing: l.Standing, Behind: l.Behind(), Newer: []string{}}
	for _, r := range l.Newer {
		out.Newer = append(out.Newer, r.Version)
	}
	return out
}
