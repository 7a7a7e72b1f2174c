package site

import (
	"errors"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// sourcesView is the list of the places that the catalogue looks at.
type sourcesView struct {
	List       sourceList
	Own        *sourceLine // the catalogue itself, which is no federated source
	Exclusions int
}

func (s *Site) sources(c *gin.Context, lang schema.Lang) error {
	p := s.newPage(lang, "/fonti", "sources")
	p.Title, p.Description, p.Crumbs = p.T("sources.title"), p.T("sources.lead"), []Crumb{{Title: p.T("sources.title")}}
	list, err := s.listSources(c, p, "/fonti", "")
	if err != nil {
		return err
	}
	v := sourcesView{List: list}
	own, err := s.cfg.Reader.Source(c.Request.Context(), catalog.CatalogueSource)
	switch {
	case err == nil && !own.Removed:
		card := catalog.SourceCardOf(&own)
		v.Own = &sourceLine{SourceCard: &card}
		v.Exclusions = len(own.Exclusions)
	case err != nil && !errors.Is(err, catalog.ErrNotFound):
		return err
	}
	p.Data = v
	return s.send(c, p)
}
