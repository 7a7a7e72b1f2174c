package site

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

const (
	maxNamedCards  = 5_000 // kits that the list of bodies looks at for those without a record
	maxNamedBodies = 500   // bodies without a record that it lists
)

// named lists the bodies that kits cede or adopt and that have no record of their own: their pages would not be reached
// otherwise. The cards of kits name who cedes; who adopts is told by the values of the filter.
func (s *Site) named(ctx context.Context, p *Page) ([]Body, error) {
	names := map[catalog.EntityRef]string{}
	after := ""
	for range maxNamedCards / sitemapKits {
		cards, err := s.cfg.Reader.Cards(ctx, after, sitemapKits)
		if err != nil {
			return nil, fmt.Errorf("named bodies: %w", err)
		}
		for _, k := range cards {
			after = k.ID
			for i, ref := range k.Ceding {
				if _, known := names[ref]; !known || names[ref] == "" {
					names[ref] = ""
					if i < len(k.CedingNames) && k.CedingNames[i] != ref.ID() {
						names[ref] = k.CedingNames[i]
					}
				}
			}
		}
		if len(cards) < sitemapKits {
			break
		}
	}
	res, err := s.cfg.Searcher.Search(ctx, catalog.Query{Page: 1, Size: 1})
	if err != nil {
		return nil, fmt.Errorf("named bodies: %w", err)
	}
	for _, f := range res.Facets {
		for _, v := range f.Values {
			ref := catalog.EntityRef(v.Value)
			if _, known := names[ref]; f.Name == catalog.FacetAdopter && !known {
				if names[ref] = v.Label.In(p.Lang); names[ref] == v.Value || names[ref] == ref.ID() {
					names[ref] = ""
				}
			}
		}
	}
	var out []Body
	for ref, name := range names {
		_, err := s.cfg.Reader.EntryByKey(ctx, catalog.KindEntity, catalog.Key(ref))
		switch {
		case errors.Is(err, catalog.ErrNotFound), errors.Is(err, catalog.ErrGone):
		case err != nil:
			return nil, fmt.Errorf("entity %s: %w", ref, err)
		default:
			continue
		}
		if name == "" {
			name = p.nameless(ref)
		}
		out = append(out, Body{Ref: ref, Name: name, Path: "/enti/" + ref.ID()})
	}
	slices.SortFunc(out, func(a, b Body) int { return strings.Compare(a.Name+"\x00"+string(a.Ref), b.Name+"\x00"+string(b.Ref)) })
	return out[:min(len(out), maxNamedBodies)], nil
}

// nameOf gives the name that a kit gives to a body of which the catalogue has no record.
func (s *Site) nameOf(ctx context.Context, p *Page, ref catalog.EntityRef, links []catalog.Link) (string, error) {
	if len(links) > 0 {
		e, err := s.cfg.Reader.Entry(ctx, catalog.KindKit, links[0].KitID)
		switch {
		case errors.Is(err, catalog.ErrNotFound), errors.Is(err, catalog.ErrGone):
		case err != nil:
			return "", fmt.Errorf("kit %s: %w", links[0].KitID, err)
		default:
			if name := namesIn(e)[ref]; name != "" {
				return name, nil
			}
		}
	}
	return p.nameless(ref), nil
}
