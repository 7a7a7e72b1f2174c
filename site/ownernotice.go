package site

import (
	"fmt"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	letter "github.com/open-community-pa/riuso/catalog/notice"
	"github.com/open-community-pa/riuso/schema"
)

// ownerNotice gives the text for the owner of a source as a file.
func (s *Site) ownerNotice(c *gin.Context, lang schema.Lang) error {
	st, err := s.cfg.Reader.Source(c.Request.Context(), catalog.SourceID(c.Param("id")))
	if err != nil {
		return fmt.Errorf("source %q: %w", c.Param("id"), err)
	}
	if !letter.ForOwner(&st) {
		return fmt.Errorf("source %q has nothing to be told: %w", st.Source.ID, catalog.ErrNotFound)
	}
	return s.sendLetter(c, lang, string(st.Source.ID), letter.Text(st, s.baseOf(c), lang))
}
