package site

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/site/markdown"
)

// Site is the catalogue as web pages; it is an [http.Handler] and safe for use by many requests at once.
type Site struct {
	cfg   Config
	whole interface { // sources as they are: for what is compared, and never shown
		Source(ctx context.Context, id catalog.SourceID) (catalog.SourceState, error)
	}
	engine *gin.Engine
	pages  *pageSets
	assets *assets
	md     *markdown.Renderer
	zips   sync.Pool // of *gzip.Writer: each takes a megabyte to make
}

// New checks the configuration, parses every template in both languages and renders the error page once: what is wrong
// with a site is said here and not to its first reader.
func New(cfg Config) (*Site, error) {
	cfg, err := cfg.check()
	if err != nil {
		return nil, err
	}
	whole := cfg.Reader
	cfg.Reader, cfg.Searcher = discreet{cfg.Reader}, discreetSearcher{cfg.Searcher}
	s := &Site{cfg: cfg, whole: whole, md: markdown.New(markdown.Config{})}
	s.zips.New = func() any { return gzip.NewWriter(io.Discard) }
	if s.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	if s.pages, err = loadPages(s.assets); err != nil {
		return nil, err
	}
	for _, lang := range langs() {
		if _, err := s.render(s.errorPage(lang, "/", http.StatusInternalServerError, nil)); err != nil {
			return nil, fmt.Errorf("site: the error page cannot be rendered: %w", err)
		}
	}
	gin.SetMode(gin.ReleaseMode)
	s.engine = gin.New()
	if err := s.engine.SetTrustedProxies(nil); err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	s.engine.HandleMethodNotAllowed = true
	s.engine.RedirectTrailingSlash = true
	s.routes()
	return s, nil
}

// ServeHTTP answers one request.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.engine.ServeHTTP(w, r) }

// langs lists the languages of the pages, the one of the root first.
func langs() []schema.Lang { return []schema.Lang{schema.It, schema.En} }

// routes ties paths to handlers. The paths are promises: they are printed, quoted in acts and linked from elsewhere.
func (s *Site) routes() {
	e := s.engine
	e.Use(gin.CustomRecoveryWithWriter(nil, s.recovered), s.headers, s.deadline)
	for _, mount := range s.cfg.Mount {
		mount(e)
	}
	e.NoRoute(func(c *gin.Context) { s.fail(c, langOfPath(c.Request.URL.Path), catalog.ErrNotFound) })
	e.NoMethod(func(c *gin.Context) {
		s.failStatus(c, langOfPath(c.Request.URL.Path), http.StatusMethodNotAllowed, nil)
	})

	for _, lang := range langs() {
		get := func(path string, h handler) {
			f := s.adapt(lang, h)
			full := langPrefix(lang) + path
			e.GET(full, f)
			e.HEAD(full, f)
		}
		home := "/"
		if lang != schema.It {
			home = ""
		}
		get(home, s.home)
		get("/cerca", s.search)
		get("/kit", s.kits)
		get("/kit/:id", s.kit)
		get("/kit/:id/avviso.txt", s.kitNotice)
		get("/kit/:id/documenti/:part", s.document)
		get("/kit/:id/atti/:part", s.template)
		get("/kit/:id/servizi/:part", s.service)
		get("/kit/:id/tariffe/:part", s.tariff)
		get("/kit/:id/liste-di-controllo/:part", s.checklist)
		e.POST(langPrefix(lang)+"/kit/:id/liste-di-controllo/:part", s.adapt(lang, s.answers))
		get("/kit/:id/adozioni/:part", s.adoption)
		get("/kit/:id/allegati/:part", s.attachment)
		get("/kit/:id/laboratorio", s.laboratory)
		get("/kit/:id/pagine/:part", s.page)
		get("/enti", s.entities)
		get("/enti/:id", s.entity)
		get("/comunita", s.communities)
		get("/comunita/:id", s.community)
		get("/incontri/:id", s.event)
		get("/fonti", s.sources)
		get("/fonti/:id", s.source)
		get("/fonti/:id/avviso.txt", s.ownerNotice)
		e.POST(langPrefix(lang)+"/fonti/:id/visita", s.adapt(lang, s.visitAgain))
		get("/formato", s.formats)
		get("/formato/:type", s.formatOf)
		get("/regole", s.checkRulesPage)
		get("/regole/:code", s.checkRule)
		get("/informazioni", s.note("about"))
		get("/accessibilita", s.note("accessibility"))
		get("/privacy", s.note("privacy"))
	}
	for path, h := range map[string]handler{
		"/sitemap.xml":            s.sitemap,
		"/robots.txt":             s.robots,
		"/favicon.ico":            s.favicon,
		schemaBase:                s.schemaIndex,
		schemaBase + ":name":      s.schemaFile,
		"/static/:version/*asset": s.static,
	} {
		f := s.adapt(schema.It, h)
		e.GET(path, f)
		e.HEAD(path, f)
	}
}
