package site

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// The protocol (sitemaps.org 0.9) allows 50,000 addresses in a file; every page has two, one for each language. A larger
// catalogue answers with an index of files, each with the pages of some kits.
const (
	sitemapPaths = 25_000 // pages in one file
	sitemapKits  = 500    // kits in one file
	sitemapBatch = 100    // kits read at once
	sitemapRest  = 2_000  // entities, communities and meetings of each kind
	sitemapFiles = 2_000  // files in the index
)

// sitemapFile is one file of addresses while it is written.
type sitemapFile struct {
	b    strings.Builder
	base string
	n    int
}

// put adds a page in both languages; changed may be zero.
func (f *sitemapFile) put(path string, changed time.Time) {
	if f.n == sitemapPaths {
		return
	}
	f.n++
	alternates := ""
	for _, l := range langs() {
		alternates += `<xhtml:link rel="alternate" hreflang="` + string(l) + `" href="` + html.EscapeString(f.base+localPath(l, path)) + `"/>`
	}
	for _, l := range langs() {
		f.b.WriteString("<url><loc>" + html.EscapeString(f.base+localPath(l, path)) + "</loc>")
		if !changed.IsZero() {
			f.b.WriteString("<lastmod>" + changed.UTC().Format(time.DateOnly) + "</lastmod>")
		}
		f.b.WriteString(alternates + "</url>\n")
	}
}

// kit adds the page of a kit and those of its parts, but for what is not to be found by texts of files (see [begins]).
func (f *sitemapFile) kit(e *catalog.Entry) {
	add := func(typ catalog.PartType, id string) { f.put(partPath(e.ID, typ, id), e.Changed) }
	add(catalog.PartKit, "")
	k := e.Kit
	if k == nil {
		return
	}
	for i := range k.Documents {
		if d := &k.Documents[i]; !begins(d) {
			add(catalog.PartDocument, d.ID)
		}
	}
	for i := range k.Templates {
		add(catalog.PartTemplate, k.Templates[i].ID)
	}
	for i := range k.Services {
		add(catalog.PartService, k.Services[i].ID)
	}
	for i := range k.Tariffs {
		add(catalog.PartTariff, k.Tariffs[i].ID)
	}
	for i := range k.Checklists {
		add(catalog.PartChecklist, k.Checklists[i].ID)
	}
	for i := range e.Adoptions {
		add(catalog.PartAdoption, e.Adoptions[i].Entity.ID())
	}
	if k.Laboratory != nil {
		add(catalog.PartLaboratory, "")
	}
	for i := range k.Pages {
		add(catalog.PartPage, k.Pages[i].ID)
	}
}

// sitemap lists the pages that are worth finding, in both languages: all of them in one file, or an index of files.
func (s *Site) sitemap(c *gin.Context, _ schema.Lang) error {
	ctx := c.Request.Context()
	base := s.cfg.BaseURL
	if base == "" {
		base = requestBase(c.Request)
	}
	if base == "" {
		return fmt.Errorf("sitemap: host %q: %w", c.Request.Host, catalog.ErrInvalid) // its addresses must be absolute
	}
	f := &sitemapFile{base: base}
	part, kits := c.Query("part"), c.Query("after")
	if part == "" {
		files, err := s.sitemapFiles(ctx)
		if err != nil {
			return err
		}
		if len(files) > 1 {
			return s.sendTagged(c, "application/xml; charset=utf-8", sitemapIndex(base, files))
		}
	}
	if part != "kits" {
		if err := s.sitemapOthers(ctx, f); err != nil {
			return err
		}
	}
	if part != "others" {
		if err := s.sitemapOfKits(ctx, f, kits); err != nil {
			return err
		}
	}
	return s.sendTagged(c, "application/xml; charset=utf-8", []byte(`<?xml version="1.0" encoding="UTF-8"?>`+"\n"+
		`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">`+"\n"+f.b.String()+"</urlset>\n"))
}

// sitemapFiles gives, for each file that the kits need, the id after which its kits come.
func (s *Site) sitemapFiles(ctx context.Context) ([]string, error) {
	starts, after := []string{""}, ""
	for len(starts) < sitemapFiles {
		cards, err := s.cfg.Reader.Cards(ctx, after, sitemapKits+1)
		if err != nil {
			return nil, fmt.Errorf("sitemap: %w", err)
		}
		if len(cards) <= sitemapKits {
			break
		}
		after = cards[sitemapKits-1].ID
		starts = append(starts, after)
	}
	return starts, nil
}

func sitemapIndex(base string, starts []string) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	put := func(query string) {
		b.WriteString("<sitemap><loc>" + html.EscapeString(base+"/sitemap.xml?"+query) + "</loc></sitemap>\n")
	}
	put("part=others")
	for _, after := range starts {
		put("part=kits&after=" + url.QueryEscape(after))
	}
	b.WriteString("</sitemapindex>\n")
	return []byte(b.String())
}

// sitemapOthers adds the pages that are not of a kit.
func (s *Site) sitemapOthers(ctx context.Context, f *sitemapFile) error {
	for _, path := range []string{"/", "/kit", "/enti", "/comunita", "/fonti", "/formato", "/regole", "/informazioni", "/accessibilita", "/privacy"} {
		f.put(path, time.Time{})
	}
	for _, name := range schema.Records() {
		f.put("/formato/"+name, time.Time{})
	}
	for _, r := range checkRules() {
		f.put("/regole/"+r.Code, time.Time{})
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
			f.put(k.base+e.ID, time.Time{})
		}
	}
	return nil
}

// sitemapOfKits adds the kits of one file.
func (s *Site) sitemapOfKits(ctx context.Context, f *sitemapFile, after string) error {
	for n := 0; n < sitemapKits; n += sitemapBatch {
		es, err := s.cfg.Reader.Entries(ctx, catalog.KindKit, after, sitemapBatch)
		if err != nil {
			return fmt.Errorf("sitemap: %w", err)
		}
		for i := range es {
			f.kit(&es[i])
			after = es[i].ID
		}
		if len(es) < sitemapBatch {
			break
		}
	}
	return nil
}
