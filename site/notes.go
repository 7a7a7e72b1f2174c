package site

import (
	"fmt"
	"html"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

const (
	sitemapKits  = 20_000 // kits in the sitemap; with two languages it stays under the protocol's 50,000 addresses
	sitemapBatch = 500
	sitemapRest  = 2_000 // entities, communities and meetings of each kind
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

// sitemap lists the pages that are worth finding, in both languages (sitemaps.org 0.9).
func (s *Site) sitemap(c *gin.Context, _ schema.Lang) error {
	ctx := c.Request.Context()
	base := s.cfg.BaseURL
	if base == "" {
		base = requestBase(c.Request)
	}
	if base == "" {
		return fmt.Errorf("sitemap: host %q: %w", c.Request.Host, catalog.ErrInvalid) // its addresses must be absolute
	}
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
	put := func(path, changed string) {
		alternates := ""
		for _, l := range langs() {
			alternates += `<xhtml:link rel="alternate" hreflang="` + string(l) + `" href="` + html.EscapeString(base+localPath(l, path)) + `"/>`
		}
		for _, l := range langs() {
			b.WriteString("<url><loc>" + html.EscapeString(base+localPath(l, path)) + "</loc>")
			if changed != "" {
				b.WriteString("<lastmod>" + changed + "</lastmod>")
			}
			b.WriteString(alternates + "</url>\n")
		}
	}
	for _, path := range []string{"/", "/kit", "/enti", "/comunita", "/fonti", "/informazioni", "/accessibilita", "/privacy"} {
		put(path, "")
	}
	after := ""
	for n := 0; n < sitemapKits; {
		cards, err := s.cfg.Reader.Cards(ctx, after, sitemapBatch)
		if err != nil {
			return fmt.Errorf("sitemap: %w", err)
		}
		for _, k := range cards {
			changed := ""
			if !k.Changed.IsZero() {
				changed = k.Changed.UTC().Format("2006-01-02")
			}
			put("/kit/"+k.ID, changed)
			after = k.ID
			n++
		}
		if len(cards) < sitemapBatch {
			break
		}
	}
	for _, k := range []struct {
		kind catalog.Kind
		base string
	}{{catalog.KindEntity, "/enti/"}, {catalog.KindCommunity, "/comunita/"}, {catalog.KindEvent, "/incontri/"}} {
		es, err := s.cfg.Reader.Entries(ctx, k.kind, "", sitemapRest)
		if err != nil {
			return fmt.Errorf("sitemap: %w", err)
		}
		for _, e := range es {
			put(k.base+e.ID, "")
		}
	}
	b.WriteString("</urlset>\n")
	return s.sendTagged(c, "application/xml; charset=utf-8", []byte(b.String()))
}
