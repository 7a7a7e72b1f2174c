package site

import (
	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/schema"
)

// note is one of the pages about the site itself; its words are in its template.
func (s *Site) note(name string) handler {
	return func(c *gin.Context, lang schema.Lang) error {
		path := map[string]string{"about": "/informazioni", "accessibility": "/accessibilita", "privacy": "/privacy"}[name]
		p := s.newPage(lang, path, name)
		p.Title = p.T(name + ".title")
		p.Description = p.T(name + ".description")
		p.Crumbs = []Crumb{{Title: p.Title}}
		return s.send(c, p)
	}
}

// robots lets everything be read except the pages of results, which are endless.
func (s *Site) robots(c *gin.Context, _ schema.Lang) error {
	base := s.cfg.BaseURL
	if base == "" {
		base = requestBase(c.Request)
	}
	body := "User-agent: *\nDisallow: /cerca\nDisallow: /en/cerca\nDisallow: /kit?\nDisallow: /en/kit?\n"
	if base != "" {
		body += "\nSitemap: " + base + "/sitemap.xml\n"
	}
	return s.sendTagged(c, "text/plain; charset=utf-8", []byte(body))
}
