package site

import (
	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// sourcesView is the list of the places that the catalogue looks at.
type sourcesView struct {
	List       sourceList
	Own        *sourceLine // the catalogue itself, which is no federated source
	Exclusions int         // of whole repositories or kits
	FilesOut   int         // of single files
}

func (s *Site) sources(c *gin.Context, lang schema.Lang) error {
	p := s.newPage(lang, "/fonti", "sources")
	p.Title, p.Description, p.Crumbs = p.T("sources.title"), p.T("sources.lead"), []Crumb{{Title: p.T("sources.title")}}
	own, err := s.sourceIfAny(c.Request.Context(), catalog.CatalogueSource)
	if err != nil {
		return err
	}
	var v sourcesView
	if v.List, err = s.listSources(c, p, "/fonti", "", own); err != nil {
		return err
	}
	if own != nil && !own.Removed {
		card := catalog.SourceCardOf(own)
		v.Own = &sourceLine{SourceCard: &card, Name: sourceTitle(p, &card.Source)}
		v.Exclusions, v.FilesOut = countExclusions(own.Exclusions)
	}
	p.Data = v
	return s.send(c, p)
}
