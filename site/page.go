package site

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// Page is all that a template sees: what the frame needs, and in Data what is the page's own.
type Page struct {
	Lang        schema.Lang
	Title       string // of the document and of social cards
	Description string
	Path        string // of the Italian page; the English one is under /en
	Query       string // encoded, for pages that depend on it
	Crumbs      []Crumb
	NoIndex     bool
	Search      string // what stands in the search box of the header
	Site        *Config
	Data        any

	name     string
	base     string
	now      time.Time
	msgs     messages
	bodies   map[catalog.EntityRef]Body
	imgHosts []string
	md       func(src string, heading, n int) (template.HTML, error)
	texts    int  // rendered so far beside the main one
	once     bool // it answers what somebody typed: it is kept nowhere
}

// Crumb is one step of the trail from the home page.
type Crumb struct {
	Title string
	Path  string // without the prefix of the language; empty for the page itself
}

// Body is a public body as pages name it. Path is empty when the catalogue has no page for it.
type Body struct {
	Ref  catalog.EntityRef
	Name string
	Path string
	Type string
	// Region is where the catalogue's record says that it lies, "" when it does not.
	Region string
}

func (s *Site) newPage(lang schema.Lang, path, name string) *Page {
	return &Page{
		Lang: lang, Path: path, Site: &s.cfg, name: name, base: s.cfg.BaseURL, now: s.cfg.Now(), msgs: s.pages.msgs[lang],
		bodies: map[catalog.EntityRef]Body{},
		md: func(src string, heading, n int) (template.HTML, error) {
			return s.markdown(src, heading, n, nil)
		},
	}
}

// T gives a message of the interface.
func (p *Page) T(key string, args ...any) string { return p.msgs.text(key, args...) }

// URL gives the path of a page of the site in the language of this one.
func (p *Page) URL(path string) string { return localPath(p.Lang, path) }

// Abs gives the absolute address of this page in a language: what canonical links and alternates say. It is "" when
// nobody said at what address the site stands.
func (p *Page) Abs(lang string) string {
	if p.base == "" {
		return ""
	}
	u := p.base + localPath(schema.Lang(lang), p.Path)
	if p.Query != "" {
		u += "?" + p.Query
	}
	return u
}

// Canonical is the address by which this page wants to be known.
func (p *Page) Canonical() string { return p.Abs(string(p.Lang)) }

// Origin is the scheme and host of the site.
func (p *Page) Origin() string { return p.base }

// OtherLang is the language of the switch.
func (p *Page) OtherLang() string {
	if p.Lang == schema.It {
		return string(schema.En)
	}
	return string(schema.It)
}

// Other is the same page in the other language, as a link.
func (p *Page) Other() string {
	u := localPath(schema.Lang(p.OtherLang()), p.Path)
	if p.Query != "" {
		u += "?" + p.Query
	}
	return u
}

// DocTitle is the title of the document: the page's, then the site's.
func (p *Page) DocTitle() string {
	if p.Title == "" {
		return p.Site.Title
	}
	return p.Title + " · " + p.Site.Title
}

// HasSearch says that the page has a search box of its own, so that the header needs none.
func (p *Page) HasSearch() bool {
	return p.name == "home" || p.name == "search" || p.name == "error"
}

// Section says in which branch of the navigation the page lies.
func (p *Page) Section() string {
	first, _, _ := strings.Cut(strings.TrimPrefix(p.Path, "/"), "/")
	if first == "incontri" {
		return "comunita"
	}
	return first
}

// Main renders the main text of the page, whose top headings become h<heading>; its headings are those of the list of
// contents.
func (p *Page) Main(heading int, src any) (template.HTML, error) {
	return p.md(fmt.Sprint(src), heading, 0)
}

// Markdown renders another text of the page.
func (p *Page) Markdown(heading int, src any) (template.HTML, error) {
	p.texts++
	return p.md(fmt.Sprint(src), heading, p.texts)
}

// Body names a public body.
func (p *Page) Body(ref catalog.EntityRef) Body {
	if b, ok := p.bodies[ref]; ok {
		return b
	}
	return Body{Ref: ref, Name: p.nameless(ref)}
}

// nameless is how a body is called of which only the code is known.
func (p *Page) nameless(ref catalog.EntityRef) string {
	if ipa := ref.IPA(); ipa != "" {
		return p.T("entity.ipa", ipa)
	}
	return string(ref)
}

// Today is the day of the request, for what is valid now.
func (p *Page) Today() catalog.Date { return catalog.Date(p.now.Format(time.DateOnly)) }

// know looks up the names of bodies, each once. fallback gives the name that a record itself carries for a body that
// the catalogue has no record of.
func (s *Site) know(ctx context.Context, p *Page, fallback map[catalog.EntityRef]string, refs ...catalog.EntityRef) error {
	for _, ref := range refs {
		if _, done := p.bodies[ref]; done || ref == "" {
			continue
		}
		b := Body{Ref: ref, Name: fallback[ref]}
		if b.Name == "" {
			b.Name = p.nameless(ref)
		}
		e, err := s.cfg.Reader.EntryByKey(ctx, catalog.KindEntity, catalog.Key(ref))
		switch {
		case errors.Is(err, catalog.ErrNotFound), errors.Is(err, catalog.ErrGone):
			links, err := s.cfg.Reader.Links(ctx, ref)
			if err != nil {
				return fmt.Errorf("links of %s: %w", ref, err)
			}
			if len(links) > 0 {
				b.Path = "/enti/" + ref.ID()
			}
			if known := catalog.NameIn(slices.Values(links)); known != nil && fallback[ref] == "" {
				b.Name = known.Name
			}
		case err != nil:
			return fmt.Errorf("entity %s: %w", ref, err)
		case e.Entity != nil:
			b.Name, b.Path, b.Type, b.Region = e.Entity.Name, "/enti/"+e.ID, e.Entity.EntityType, e.Entity.Region
		}
		p.bodies[ref] = b
	}
	return nil
}

// allowImages lets the page show images of a host.
func (p *Page) allowImages(host string) {
	if !slices.Contains(p.imgHosts, host) {
		p.imgHosts = append(p.imgHosts, host)
	}
}
