package indexer

import (
	"context"
	"io/fs"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Place is where the catalogue repository is: a tree that the caller has (the embedded one, a plain folder), or a
// repository to be read with Git.
type Place struct {
	FS  fs.FS
	URL string
	// Files opens a tree that the caller has for the files that belong to its kits, once for each visit; nil: they are not read.
	Files func() *Checkout
	// Mark of a tree that cannot be asked whether it changed; empty: it is read every time.
	Mark string
	// Confirmed lets a visit through that would take away much: the operator's word.
	Confirmed bool
}

// Catalogue reads the catalogue repository itself into the store, and gives its sources: those of its sources/ folder,
// enabled or not. Catalogue and list are stored together, so that a list outlives the program that read it. What the
// catalogue keeps out holds for the crawls that follow.
func (c *Crawler) Catalogue(ctx context.Context, p Place) (Listing, error) {
	end, err := c.turns.take(ctx, catalog.CatalogueSource)
	if err != nil {
		return Listing{}, err
	}
	b := brought{ends: []func(){end}}
	defer b.over()
	known, err := c.cfg.Store.Known(ctx, catalog.CatalogueSource)
	if err != nil {
		return Listing{}, err
	}
	h := c.home.Load().remembering(known, p.URL)
	c.home.Store(h)
	src := catalog.Source{ID: catalog.CatalogueSource, Kind: "kit", URL: p.URL, Title: "Il catalogo stesso", Trust: "official"}
	var v catalog.Visit
	if p.FS != nil {
		if v, err = c.visitTree(ctx, src, p); err != nil {
			return Listing{}, err
		}
	} else if v, err = c.visit(ctx, task{src: src}, known.State); err != nil {
		return Listing{}, err
	}
	refuse(&v)
	v.Confirmed = p.Confirmed
	if v.Tree != nil {
		h = h.reading(v.Tree, p.URL, v.URL)
		c.home.Store(h) // what it keeps out holds for its own hosted kits, too
	}
	d, err := c.apply(ctx, v)
	if err != nil {
		return Listing{}, err
	}
	b.visit, b.delta = v, d
	l, err := c.list(ctx, known.State.Held, &b)
	if err != nil {
		return l, err
	}
	if d, err = c.commitOne(ctx, b, b.with...); err != nil {
		return l, err
	}
	c.log("catalogue", d)
	if c.cfg.Stored != nil {
		c.cfg.Stored(known.State, d.State)
	}
	h = h.excluding(d.State.Exclusions)
	l.Visit, l.Held = d.State.Last(), d.State.Held != nil
	if v.Tree == nil || l.Visit.Outcome == catalog.Failed { // nothing was seen, or it could not be stored
		l.Removed, l.Kept = nil, nil
		l.Sources, err = c.remembered(ctx)
	}
	h.listed = placesOf(l.Sources)
	c.home.Store(h)
	return l, err
}

// visitTree reads a tree that the caller has. It fails only when ctx ends.
func (c *Crawler) visitTree(ctx context.Context, src catalog.Source, p Place) (catalog.Visit, error) {
	start := c.cfg.Now()
	v := catalog.Visit{Source: src, Outcome: catalog.Full, URL: publiccode.NormalizeURL(p.URL), Way: "folder", Mark: p.Mark}
	err := c.read(&v, p.FS, nil)
	if err != nil {
		v = spoiled(v, faultOfOurs())
	} else if v.Tree.Catalogue != nil && v.URL == "" {
		v.URL = publiccode.NormalizeURL(v.Tree.Catalogue.URL)
	}
	if err == nil && p.Files != nil {
		if err = c.belongings(ctx, &v, Head{}, p.Files(), nil); ctx.Err() != nil {
			return v, ctx.Err()
		}
		if err != nil {
			c.broken(&v, err)
		}
	}
	v.Source.URL = v.URL
	v.At = c.cfg.Now()
	v.Duration = v.At.Sub(start)
	return v, nil
}

// catalogueFile makes a repository a catalogue (kit format §15).
const catalogueFile = "catalogue.md"

// refuse makes a failed visit of one that did not find a catalogue: what an empty folder, another repository or a slip in
// the front matter would say of the catalogue is not believed.
func refuse(v *catalog.Visit) {
	if v.Tree == nil {
		return
	}
	var why schema.Text
	switch cat := v.Tree.Catalogue; {
	case cat == nil:
		why = schema.T("manca catalogue.md nella cartella principale: non è un catalogo", "there is no catalogue.md in its root: it is not a catalogue")
	case cat.ID == "" && cat.Title == "":
		why = schema.T("catalogue.md non si può leggere", "catalogue.md cannot be read")
		for _, f := range v.Tree.Findings {
			if f.File == catalogueFile {
				why = schema.T(why.It+": "+f.Message.It, why.En+": "+f.Message.En)
				break
			}
		}
	default:
		return
	}
	v.Outcome, v.Reason, v.Tree = catalog.Failed, why, nil
}

// remembered gives the sources that the store knows as listed.
func (c *Crawler) remembered(ctx context.Context) ([]catalog.Source, error) {
	states, err := c.roster(ctx)
	if err != nil {
		return nil, err
	}
	var out []catalog.Source
	for _, st := range states {
		if st.Source.ID != catalog.CatalogueSource && !st.Removed && st.Source.Parent == "" {
			out = append(out, st.Source)
		}
	}
	return out, nil
}
