package indexer

import (
	"context"
	"io/fs"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Place is where the catalogue repository is: a tree that the caller has (the embedded one, a plain folder), or a
// repository to be read with Git.
type Place struct {
	FS  fs.FS
	URL string
	// Mark of a tree that cannot be asked whether it changed; empty: it is read every time.
	Mark string
}

// Catalogue reads the catalogue repository itself into the store, and gives its sources: those of its sources/ folder,
// enabled or not. What it keeps out holds for the crawls that follow.
func (c *Crawler) Catalogue(ctx context.Context, p Place) ([]catalog.Source, catalog.VisitSummary, error) {
	known, err := c.cfg.Store.Known(ctx, catalog.CatalogueSource)
	if err != nil {
		return nil, catalog.VisitSummary{}, err
	}
	c.cfg.Policy.Excluded = known.State.Exclusions
	src := catalog.Source{ID: catalog.CatalogueSource, Kind: "kit", URL: p.URL, Title: "Il catalogo stesso", Trust: "official"}
	var v catalog.Visit
	if p.FS != nil {
		v = c.visitTree(src, p)
	} else if v, err = c.visit(ctx, src, known.State); err != nil {
		return nil, catalog.VisitSummary{}, err
	}
	policy := c.cfg.Policy
	if v.Tree != nil && v.Tree.Catalogue != nil {
		policy.Excluded = v.Tree.Catalogue.Exclusions // of its own hosted kits, too
	}
	d := catalog.Apply(known, v, policy)
	if err := c.cfg.Store.Commit(ctx, d); err != nil {
		return nil, catalog.VisitSummary{}, err
	}
	c.cfg.Policy.Excluded = d.State.Exclusions
	if v.Tree != nil && v.Tree.Catalogue != nil {
		return v.Tree.Sources, d.State.Last(), nil
	}
	sources, err := c.remembered(ctx)
	return sources, d.State.Last(), err
}

func (c *Crawler) visitTree(src catalog.Source, p Place) catalog.Visit {
	start := c.cfg.Now()
	t := catalog.Read(p.FS, catalog.ReadOptions{URL: publiccode.NormalizeURL(p.URL), IPACode: c.cfg.IPACode})
	v := catalog.Visit{Source: src, Outcome: catalog.Full, URL: publiccode.NormalizeURL(p.URL), Tree: t, Way: "folder", Mark: p.Mark}
	if t.Catalogue != nil && v.URL == "" {
		v.URL = publiccode.NormalizeURL(t.Catalogue.URL)
	}
	v.Source.URL = v.URL
	v.At = c.cfg.Now()
	v.Duration = v.At.Sub(start)
	return v
}

// remembered gives the sources of a catalogue that did not change, or could not be read, since the last time.
func (c *Crawler) remembered(ctx context.Context) ([]catalog.Source, error) {
	states, err := c.cfg.Store.Sources(ctx)
	if err != nil {
		return nil, err
	}
	var out []catalog.Source
	for _, st := range states {
		if st.Source.ID != catalog.CatalogueSource && !st.Removed {
			out = append(out, st.Source)
		}
	}
	return out, nil
}
