package site

import (
	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
)

// ancestor is a kit that another one is based on: its page, or the address that its file names where the catalogue does not
// have it.
type ancestor struct {
	Crumb
	URL string
}

// lineage finds the kits that a kit is derived from and those that are derived from it (isBasedOn of publiccode.yml): the
// link stands on both pages.
func (s *Site) lineage(c *gin.Context, e *catalog.Entry, v *kitView) error {
	if pc := e.Kit.PublicCode; pc != nil {
		for _, address := range pc.IsBasedOn[:min(len(pc.IsBasedOn), catalog.MaxBasedOn)] {
			to, err := s.kitLink(c, address)
			if err != nil {
				return err
			}
			if to.Path != kitPath(e) {
				v.Ancestors = append(v.Ancestors, ancestor{to, outside(address)})
			}
		}
	}
	for _, key := range e.Variants {
		to, err := s.kitLink(c, string(key))
		if err != nil {
			return err
		}
		if to.Path != "" {
			v.Variants = append(v.Variants, to)
		}
	}
	return nil
}
