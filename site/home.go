package site

import (
	"errors"
	"fmt"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// homeNewest is how many kits the home page shows.
const homeNewest = 6

type homeView struct {
	Stats    catalog.Stats
	Entities int // that the list of bodies shows: with a record, or named by a kit
	Newest   []catalog.Card
	Mixed    bool // there is software among the newest
}

// home is the page that says what this is.
func (s *Site) home(c *gin.Context, lang schema.Lang) error {
	ctx := c.Request.Context()
	st, err := s.cfg.Reader.Stats(ctx)
	if err != nil {
		return fmt.Errorf("home: %w", err)
	}
	res, err := s.cfg.Searcher.Search(ctx, catalog.Query{Page: 1, Size: homeNewest, Sort: catalog.ByNewest})
	if err != nil {
		return fmt.Errorf("home: %w", err)
	}
	p := s.newPage(lang, "/", "home")
	p.Description = p.T("home.lead")
	switch _, err := s.cfg.Reader.Source(ctx, catalog.CatalogueSource); {
	case err == nil:
		st.Sources = max(0, st.Sources-1) // the catalogue itself is told apart, here and in the list of sources
	case !errors.Is(err, catalog.ErrNotFound):
		return fmt.Errorf("home: %w", err)
	}
	v := homeView{Stats: st, Entities: st.Entities + st.Named}
	for _, h := range res.Hits {
		v.Newest = append(v.Newest, h.Card)
		v.Mixed = v.Mixed || h.Card.Form == catalog.FormSoftware
	}
	p.Data = v
	return s.send(c, p)
}
