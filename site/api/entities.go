package api

import (
	"context"
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

// entityList is a page of the public bodies, in order of id.
type entityList struct {
	Entities []entityCard `json:"entities"`
	Next     string       `json:"next,omitempty"`
}

func (l entityList) next() string { return l.Next }

type entityCard struct {
	entityName
	API    string        `json:"api"`
	Type   string        `json:"type,omitempty"`
	Region string        `json:"region,omitempty"`
	State  catalog.State `json:"state"`
}

// entityAnswer is a body with the kits that it cedes and those that it adopts.
type entityAnswer struct {
	entityCard
	Entity    catalog.Entity `json:"entity"`
	Ceding    []kitName      `json:"ceding"`
	Reusing   []reuse        `json:"reusing"`
	Source    string         `json:"source"` // address of the source
	LastRead  time.Time      `json:"lastRead"`
	Truncated bool           `json:"truncated,omitempty"`
}

// reuse is where a body stands with a kit.
type reuse struct {
	Kit    kitName `json:"kit"`
	URL    string  `json:"url"` // of the history
	Stage  string  `json:"stage"`
	Phase  string  `json:"phase"`
	Events int     `json:"events"`
	// Imported says that nobody wrote the story: it was inferred from the files of a kit that was imported automatically.
	Imported bool `json:"imported,omitempty"`
}

func (a *API) entities(ctx context.Context, rq *request) (any, error) {
	after, size, err := rq.cursor()
	if err != nil {
		return nil, err
	}
	es, err := a.cfg.Reader.Entries(ctx, catalog.KindEntity, after, size)
	if err != nil {
		return nil, err
	}
	out := entityList{Entities: []entityCard{}}
	for i := range es {
		if e := &es[i]; e.State != catalog.Gone && e.Entity != nil {
			out.Entities = append(out.Entities, rq.entityCard(e))
		}
	}
	if n := len(es); n > 0 {
		out.Next = rq.nextPage(n, size, es[n-1].ID)
	}
	return out, nil
}

func (rq *request) entityCard(e *catalog.Entry) entityCard {
	return entityCard{
		entityName: entityName{e.ID, e.Entity.Ref(), e.Entity.Name, rq.entityURL(e.ID)}, API: rq.self("entities", e.ID),
		Type: e.Entity.EntityType, Region: e.Entity.Region, State: e.State,
	}
}

func (a *API) entity(ctx context.Context, rq *request) (any, error) {
	e, err := a.entry(ctx, catalog.KindEntity, rq.id)
	if err != nil {
		return nil, err
	}
	if e.Entity == nil {
		return nil, catalog.ErrNotFound
	}
	links, err := a.cfg.Reader.Links(ctx, e.Entity.Ref())
	if err != nil {
		return nil, err
	}
	out := entityAnswer{entityCard: rq.entityCard(e), Entity: *e.Entity, Ceding: []kitName{}, Reusing: []reuse{},
		Source: rq.self("sources", string(e.Record.Source)), LastRead: e.LastRead, Truncated: len(links) > MaxKitLinks}
	for _, l := range links[:min(len(links), MaxKitLinks)] {
		kit := kitName{l.KitID, l.Title, rq.kitURL(l.KitID)}
		if l.Role == "ceding" {
			out.Ceding = append(out.Ceding, kit)
			continue
		}
		out.Reusing = append(out.Reusing, reuse{kit, rq.partURL(l.KitID, catalog.PartAdoption, l.Entity.ID()), l.State, l.Phase, l.Events, l.Imported})
	}
	return out, nil
}
