package site

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// staleView says of a text when it was last revised, once that is too long ago.
type staleView struct {
	Key    string // of the message
	Day    catalog.Date
	Months int
}

// ownCatalogue is what the operator's catalogue.md says, nil where none was read.
func (s *Site) ownCatalogue(ctx context.Context) (*catalog.Catalogue, error) {
	own, err := catalog.OwnCatalogue(ctx, s.cfg.Reader)
	if err != nil {
		return nil, fmt.Errorf("the operator's catalogue: %w", err)
	}
	return own, nil
}

// staleness marks the kit and those of its documents that nobody revised for long; what is superseded or withdrawn says
// already that it is old.
func (p *Page) staleness(e *catalog.Entry, months int, v *kitView) {
	k := e.Kit
	v.StaleMonths, v.StaleDocs = months, map[string]bool{}
	if k.Status == "superseded" || k.Status == "withdrawn" {
		return
	}
	if d := catalog.KitRevised(k, e.History[""]); catalog.Stale(d, months, p.now) {
		v.Stale = &staleView{"stale.kit", d, months}
		if k.Form == catalog.FormSoftware {
			v.Stale.Key = "stale.software"
		}
	}
	if k.Form == catalog.FormLegacy {
		return // nobody has revised any of it: the kit says so once
	}
	for i := range k.Documents {
		d := &k.Documents[i]
		v.StaleDocs[d.ID] = d.Status != "superseded" && catalog.Stale(catalog.Revised(d, e.History[d.Path]), months, p.now)
	}
}

// staleDocument says the same of one document on its page.
func (p *Page) staleDocument(e *catalog.Entry, d *catalog.Document, months int) *staleView {
	day := catalog.Revised(d, e.History[d.Path])
	if d.Status == "superseded" || e.Kit.Status == "superseded" || e.Kit.Status == "withdrawn" || !catalog.Stale(day, months, p.now) {
		return nil
	}
	return &staleView{"stale.document", day, months}
}

// missingCell is an empty cell of the matrix with what usually fills it.
type missingCell struct {
	Phase, Ambit string
	Advice       schema.Text
}

func missingCells(c catalog.Completeness) []missingCell {
	var out []missingCell
	for _, cell := range c.MissingCells {
		out = append(out, missingCell{cell.Phase, cell.Ambit, catalog.CellAdvice(cell.Phase, cell.Ambit)})
	}
	return out
}

// numbersView is what the histories of a kit add up to.
type numbersView struct {
	Rate      catalog.Rate
	Durations catalog.Durations
	Groups    []groupRate // by year and by region, when there is more than one
}

// groupRate is the rate of some of the bodies.
type groupRate struct {
	Title string
	catalog.Rate
}

func (p *Page) numbersOf(e *catalog.Entry) numbersView {
	stories := storiesOf(e.Kit.Key, e.Adoptions)
	v := numbersView{Rate: catalog.Transformation(stories), Durations: catalog.DurationsOf(e.Adoptions)}
	years := catalog.TransformationBy(stories, catalog.ByYear)
	regions := catalog.TransformationBy(stories, func(s catalog.Story) []string { return []string{p.Body(s.Adoption.Entity).Region} })
	v.Groups = append(p.groups(years, "rate.noYear", func(y string) string { return p.T("rate.year", y) }),
		p.groups(regions, "rate.noRegion", func(r string) string { return r })...)
	return v
}

// groups lists the groups that have a rate, when there are several, in order; the one of which nothing is known comes last.
func (p *Page) groups(rates map[string]catalog.Rate, unknown string, title func(string) string) []groupRate {
	var out []groupRate
	for _, name := range slices.SortedFunc(maps.Keys(rates), func(a, b string) int {
		if (a == "") != (b == "") {
			return cmp.Compare(b, a)
		}
		return cmp.Compare(a, b)
	}) {
		g := groupRate{title(name), rates[name]}
		if name == "" {
			g.Title = p.T(unknown)
		}
		if g.Known() {
			out = append(out, g)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

func storiesOf(kit catalog.Key, adoptions []catalog.Adoption) []catalog.Story {
	var out []catalog.Story
	for i := range adoptions {
		out = append(out, catalog.Story{Kit: kit, Adoption: &adoptions[i]})
	}
	return out
}

// communityRate is the rate of the members of a community over the kits of its endowment.
func (s *Site) communityRate(ctx context.Context, c *catalog.Community) (catalog.Rate, error) {
	var stories []catalog.Story
	for _, address := range c.Endowment[:min(len(c.Endowment), maxEndowment)] {
		e, err := s.cfg.Reader.EntryByKey(ctx, catalog.KindKit, kitKey(address))
		path, err := found(e, err)("/kit/")
		if err != nil {
			return catalog.Rate{}, err
		}
		if path != "" {
			stories = append(stories, storiesOf(catalog.Key(address), e.Adoptions)...)
		}
	}
	return catalog.TransformationBy(stories, catalog.ByCommunity([]*catalog.Community{c}))[c.ID], nil
}

// maxEndowment is how many kits of a community are read for its page.
const maxEndowment = 200

// percent writes a share from 0 to 1 as a whole number of hundredths.
func (f format) percent(share float64) string { return f.integer(int(math.Round(100 * share))) }
