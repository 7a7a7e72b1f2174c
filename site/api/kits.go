package api

import (
	"context"
	"errors"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// kitList is a page of the kits, in order of id.
type kitList struct {
	Kits []kitCard `json:"kits"`
	Next string    `json:"next,omitempty"` // address of the page after this one
}

func (l kitList) next() string { return l.Next }

// kitCard is the little of a kit that a list shows.
type kitCard struct {
	ID         string        `json:"id"`
	Name       string        `json:"name"`
	URL        string        `json:"url"`        // of its page
	API        string        `json:"api"`        // of the whole entry
	Repository string        `json:"repository"` // "" where it is not public
	Summary    string        `json:"summary"`
	Form       catalog.Form  `json:"form"`
	Kind       string        `json:"kind,omitempty"`
	Status     string        `json:"status,omitempty"`
	Licence    string        `json:"licence,omitempty"`
	Version    string        `json:"version,omitempty"`
	Released   catalog.Date  `json:"released,omitempty"`
	Changed    time.Time     `json:"changed,omitzero"`
	FirstSeen  time.Time     `json:"firstSeen"`
	Ceding     []entityName  `json:"ceding"`
	Topics     []string      `json:"topics"`
	Phases     []string      `json:"phases"`
	Documents  int           `json:"documents"`
	Adopters   int           `json:"adopters"`
	Reviewed   *bool         `json:"reviewed,omitempty"` // false, or absent: whether somebody said yes is in the whole entry
	State      catalog.State `json:"state"`
}

// entityName names a body.
type entityName struct {
	ID   string            `json:"id"`
	Ref  catalog.EntityRef `json:"ref"`
	Name string            `json:"name"`
	URL  string            `json:"url"`
}

func (a *API) kits(ctx context.Context, rq *request) (any, error) {
	after, size, err := rq.cursor()
	if err != nil {
		return nil, err
	}
	if raw := rq.values.Get("url"); raw != "" {
		return a.kitsByURL(ctx, rq, raw)
	}
	cards, err := a.cfg.Reader.Cards(ctx, after, size)
	if err != nil {
		return nil, err
	}
	out := kitList{Kits: []kitCard{}}
	for _, c := range cards {
		out.Kits = append(out.Kits, rq.card(c))
	}
	if n := len(cards); n > 0 {
		out.Next = rq.nextPage(n, size, cards[n-1].ID)
	}
	return out, nil
}

// kitsByURL finds the kit of a repository, however its address is written; none, or one that went, is an empty list.
func (a *API) kitsByURL(ctx context.Context, rq *request, raw string) (any, error) {
	out := kitList{Kits: []kitCard{}}
	e, err := a.cfg.Reader.EntryByKey(ctx, catalog.KindKit, catalog.Key(publiccode.NormalizeURL(raw)))
	switch {
	case errors.Is(err, catalog.ErrNotFound), errors.Is(err, catalog.ErrGone):
		return out, nil
	case err != nil:
		return nil, err
	}
	bodies, err := a.bodies(ctx, e.Kit)
	if err != nil {
		return nil, err
	}
	out.Kits = append(out.Kits, rq.card(catalog.CardOf(e, func(r catalog.EntityRef) *catalog.Entity { return bodies[r] })))
	return out, nil
}

// bodies reads the entities that cede a kit, as far as the catalogue knows them and up to [MaxBodies].
func (a *API) bodies(ctx context.Context, k *catalog.Kit) (map[catalog.EntityRef]*catalog.Entity, error) {
	out := map[catalog.EntityRef]*catalog.Entity{}
	if k == nil {
		return out, nil
	}
	for _, r := range k.Ceding[:min(len(k.Ceding), MaxBodies)] {
		e, err := a.cfg.Reader.Entry(ctx, catalog.KindEntity, r.ID())
		if errors.Is(err, catalog.ErrNotFound) || errors.Is(err, catalog.ErrGone) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out[r] = e.Entity
	}
	return out, nil
}

func (rq *request) card(c catalog.Card) kitCard {
	out := kitCard{
		ID: c.ID, Name: c.Title, URL: rq.kitURL(c.ID), API: rq.self("kits", c.ID), Repository: publicURL(c.URL), Summary: c.Summary, Form: c.Form,
		Kind: c.Kind, Status: c.Status, Licence: c.Licence, Version: c.Version, Released: c.Released, Changed: c.Changed,
		FirstSeen: c.FirstSeen, Ceding: []entityName{}, Topics: orEmpty(c.Topics), Phases: orEmpty(c.Phases),
		Documents: c.Documents, Adopters: c.Adopters, State: c.State,
	}
	if !c.Reviewed {
		out.Reviewed = &c.Reviewed
	}
	for i, r := range c.Ceding {
		name := ""
		if i < len(c.CedingNames) {
			name = c.CedingNames[i]
		}
		out.Ceding = append(out.Ceding, rq.entityName(r, name))
	}
	return out
}

func (rq *request) entityName(r catalog.EntityRef, name string) entityName {
	if name == "" {
		name = r.ID()
	}
	return entityName{r.ID(), r, name, rq.entityURL(r.ID())}
}

// orEmpty makes a list of nothing "[]" in JSON.
func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
