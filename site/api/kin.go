package api

import (
	"cmp"
	"context"
	"errors"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// kin is a kit that another one is derived from, or that is derived from it.
type kin struct {
	Repository string `json:"repository"`     // as isBasedOn names it, or where it is
	ID         string `json:"id,omitempty"`   // absent when the catalogue does not have it
	Name       string `json:"name,omitempty"` // idem, as the two below
	URL        string `json:"url,omitempty"`
	API        string `json:"api,omitempty"`
}

// evaluation is a judgement of the kit. Its level counts only when levelHolds: an observatory of this catalogue gave it.
type evaluation struct {
	catalog.Evaluation
	LevelHolds bool `json:"levelHolds"`
}

// relate adds what ties a kit to others: where else it is known, what it is derived from and what from it, who judged it.
func (a *API) relate(ctx context.Context, rq *request, e *catalog.Entry, out *kitAnswer) error {
	out.Evaluations, out.Aliases, out.BasedOn, out.Variants = []evaluation{}, []string{}, []kin{}, []kin{}
	for _, k := range e.Aliases {
		if u := publicURL(string(k)); u != "" {
			out.Aliases = append(out.Aliases, u)
		}
	}
	if pc := e.Kit.PublicCode; pc != nil {
		for _, address := range pc.IsBasedOn[:min(len(pc.IsBasedOn), catalog.MaxBasedOn)] {
			k, err := a.kin(ctx, rq, catalog.Key(publiccode.NormalizeURL(address)))
			if err != nil {
				return err
			}
			if k.ID != e.ID && k.Repository != "" {
				out.BasedOn = append(out.BasedOn, k)
			}
		}
	}
	for _, key := range e.Variants {
		k, err := a.kin(ctx, rq, key)
		if err != nil {
			return err
		}
		if k.ID != "" {
			out.Variants = append(out.Variants, k)
		}
	}
	if len(e.Evaluations) == 0 {
		return nil
	}
	var observatory []catalog.EntityRef
	own, err := a.own(ctx)
	if err != nil {
		return err
	}
	if own != nil {
		observatory = own.Catalogue.Observatory
	}
	for _, ev := range e.Evaluations {
		places := ev.Places
		ev.Places = nil
		for _, p := range places {
			p.URL = publicURL(p.URL)
			ev.Places = append(ev.Places, p)
		}
		holds := ev.Level != "" && ev.LevelFault(e.Kit.Ceding, observatory).IsZero()
		out.Evaluations = append(out.Evaluations, evaluation{ev, holds})
	}
	return nil
}

// kin finds the kit of a key; one that the catalogue does not have is only its address.
func (a *API) kin(ctx context.Context, rq *request, key catalog.Key) (kin, error) {
	e, err := a.cfg.Reader.EntryByKey(ctx, catalog.KindKit, key)
	switch {
	case errors.Is(err, catalog.ErrNotFound), errors.Is(err, catalog.ErrGone):
		return kin{Repository: publicURL(string(key))}, nil
	case err != nil:
		return kin{}, err
	}
	return kin{cmp.Or(publicURL(e.Record.URL), publicURL(string(e.Key))), e.ID, e.Title, rq.kitURL(e.ID), rq.self("kits", e.ID)}, nil
}
