package site

import (
	"slices"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// checklistResult is what the answers to a checklist amount to, in words.
type checklistResult struct {
	Scale        bool // some item has an answer on a scale
	Total        scoreRow
	Rows         []scoreRow
	Unanswered   int
	Inconsistent []inconsistency
	Rules        bool    // the list has rules of coherence
	Unchecked    bool    // one of them needs an answer that cannot be read
	Required     bool    // it has required items
	Missing      []Crumb // items, with the place of their field on the page
	Invalid      []Crumb
}

// scoreRow is the score of a section, or of the whole.
type scoreRow struct {
	Title, Points, Share string // Share is "" when there is nothing to say
	Band                 *catalog.Band
	Docs                 []Crumb
}

// inconsistency is one finding W08 with the place of its field.
type inconsistency struct {
	schema.Finding
	Field string
}

// resultOf computes the answers and marks the fields that are wrong.
func (p *Page) resultOf(e *catalog.Entry, l *catalog.Checklist, a catalog.Answers, form *checklistForm) *checklistResult {
	score := l.Score(a)
	r := &checklistResult{Scale: score.Total.Items > 0, Rules: len(l.Rules) > 0, Unanswered: score.Unanswered}
	r.Total = p.scoreRow(e, p.T("checklist.total"), score.Total)
	titles := map[string]string{"": p.T("checklist.other")}
	for _, s := range l.Sections {
		titles[s.ID] = s.Title
	}
	for _, part := range score.Sections {
		r.Rows = append(r.Rows, p.scoreRow(e, titles[part.Section], part))
	}
	fields := map[string]*formField{}
	for i := range form.Sections {
		for j := range form.Sections[i].Fields {
			f := &form.Sections[i].Fields[j]
			fields[f.ID] = f
			r.Required = r.Required || f.Required != nil && *f.Required
		}
	}
	wrong := func(id, problem string) Crumb {
		f := fields[id]
		if f == nil {
			return Crumb{Title: id}
		}
		f.Problem = problem
		return Crumb{Title: f.Text, Path: "#" + f.DOM}
	}
	for _, id := range score.Missing {
		r.Missing = append(r.Missing, wrong(id, p.T("checklist.needed")))
	}
	for _, id := range score.Invalid {
		key := "checklist.badChoice"
		if f := fields[id]; f != nil && f.Control == "number" {
			key = "checklist.badNumber"
		} else if f != nil && f.Control == "date" {
			key = "checklist.badDate"
		}
		r.Invalid = append(r.Invalid, wrong(id, p.T(key)))
	}
	r.Unchecked = slices.ContainsFunc(l.Rules, func(rule catalog.ChecklistRule) bool {
		return slices.ContainsFunc(score.Invalid, func(id string) bool {
			return id == rule.Total || id == rule.Item || slices.Contains(rule.Of, id)
		})
	})
	for _, f := range l.Consistency(a) {
		to := inconsistency{Finding: f}
		if field := fields[f.Key]; field != nil {
			to.Field = "#" + field.DOM
		}
		r.Inconsistent = append(r.Inconsistent, to)
	}
	return r
}

func (p *Page) scoreRow(e *catalog.Entry, title string, s catalog.ScorePart) scoreRow {
	f := format{p.Lang, p.msgs}
	row := scoreRow{Title: title, Points: p.T("checklist.points", f.plain(s.Points), f.plain(s.Max)), Band: s.Band}
	if s.Share != nil {
		row.Share = p.T("checklist.share", f.plain(*s.Share))
	}
	if s.Band != nil {
		row.Docs = refLinks(e.ID, e.Kit, s.Band.Docs...)
	}
	return row
}

// plain writes a decimal without the zeros that say nothing.
func (f format) plain(d catalog.Decimal) string { return f.decimal(catalog.TrimDecimal(d)) }
