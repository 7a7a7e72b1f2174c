// Package api is the catalogue as JSON, for programs: the same facts as the pages, under addresses that do not change.
//
// It lives below /api/v1 and is described by openapi.json, which it serves itself and against which every answer of the
// tests is checked. Beside it stand /healthz and /metrics, for whoever operates the program. It only reads; what it
// gives is public, so that any page of any site may ask for it (CORS). It sees the catalogue through two small
// interfaces and never the index or the store behind them.
//
// A parameter that is not known is refused by name: a client that misspells a filter must not take the answer for a
// filtered one. Errors are application/problem+json (RFC 9457) in Italian or English.
//
// Persons are not shown: the contacts of a publiccode.yml stay in its repository, of the authors of a document only
// bodies and firms are given, and every text of every answer has its personal mailboxes, mobile numbers and tax codes
// masked (see [privacy.MaskPersons]).
//
// /metrics answers only who asks from the same machine and not through a proxy; for others it is not there. A scraper on
// another machine goes through a tunnel or an agent.
package api

import (
	"context"
	_ "embed"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// The bounds of a request and of an answer (house rule 5).
const (
	MaxQueryBytes   = 8 << 10  // of the part of an address after "?"
	MaxAnswer       = 16 << 20 // bytes of one answer
	MaxFindings     = 200      // of one kit or source
	MaxHistory      = 50       // commits of one file
	MaxKitLinks     = 1_000    // kits of one body
	MaxBodies       = 50       // ceding bodies of one kit that are looked up by name
	DefaultTimeout  = 10 * time.Second
	maxHost         = 253 // bytes of a host (RFC 1035)
	defaultPageSize = 20
	maxAge          = time.Minute // for which an answer may be kept
)

// Entries gives what is published, one thing at a time or in order of id. A thing that is not known is
// [catalog.ErrNotFound]; one that went is [catalog.ErrGone] together with its tombstone.
type Entries interface {
	Entry(ctx context.Context, kind catalog.Kind, id string) (*catalog.Entry, error)
	EntryByKey(ctx context.Context, kind catalog.Kind, key catalog.Key) (*catalog.Entry, error)
	// Entries gives at most limit entries of a kind whose id comes after the given one, in order of id.
	Entries(ctx context.Context, kind catalog.Kind, after string, limit int) ([]catalog.Entry, error)
}

// Lists gives many things at once without reading each of them whole.
type Lists interface {
	// Cards gives at most limit cards whose id comes after the given one, in order of id.
	Cards(ctx context.Context, after string, limit int) ([]catalog.Card, error)
	Links(ctx context.Context, body catalog.EntityRef) ([]catalog.Link, error)
	Stats(ctx context.Context) (catalog.Stats, error)
}

// Sources tells how the visits went.
type Sources interface {
	Source(ctx context.Context, id catalog.SourceID) (catalog.SourceState, error)
	Sources(ctx context.Context) ([]catalog.SourceState, error)
	// FindSources gives a page of sources, short, with the numbers around it; [catalog.ErrInvalid] for a query that makes
	// no sense.
	FindSources(ctx context.Context, q catalog.SourceQuery) (catalog.SourceResult, error)
}

// Reader is all that the API reads.
type Reader interface {
	Entries
	Lists
	Sources
}

// Searcher answers searches; the index behind it may be any.
type Searcher interface {
	Search(ctx context.Context, q catalog.Query) (catalog.Result, error)
}

// Texts gives what was drawn out of the bytes of a file, by Git's name of them; [catalog.ErrNotFound] where nothing was.
type Texts interface {
	Text(ctx context.Context, blob string) (*catalog.Text, error)
}

// Links says where the pages about things are, as paths or whole addresses: the API does not know the site. A function
// that is nil makes the API give its own address of the thing, or none.
type Links struct {
	Kit    func(lang schema.Lang, kit string) string
	Part   func(lang schema.Lang, kit string, typ catalog.PartType, id string) string
	Entity func(lang schema.Lang, id string) string
	Source func(lang schema.Lang, id catalog.SourceID) string
	// Attachment leads to the page of an attachment, at one of its own pages unless that is 0.
	Attachment func(lang schema.Lang, kit, attachment string, page int) string
	// File gives the address of a file of a repository at a commit, "" where its forge is not known.
	File func(repository, commit, file string) string
}

// Config is what [New] needs. Reader and Searcher must be there; the rest has sensible defaults.
type Config struct {
	Reader   Reader
	Searcher Searcher
	Texts    Texts // of attachments; those of the Reader when nil, if it has any
	Links    Links
	BaseURL  string // "https://riuso.example.it", before every path; the Host of the request when empty and plausible, else none
	Version  string // of the program
	// CrawlEvery is the time between two visits of a source that names no interval; zero when visits happen only when
	// somebody starts them.
	CrawlEvery time.Duration
	Visits     func() error // what holds the visits of this site up, nil while nothing does; nil when it makes none
	Now        func() time.Time
	Logger     *slog.Logger
	Timeout    time.Duration // for one request; DefaultTimeout when zero
}

// API answers the requests below /api/v1, /healthz and /metrics. It is an [http.Handler] and safe for use by many
// requests at once.
type API struct {
	cfg     Config
	engine  *gin.Engine
	metrics *metrics

	revisions revisions
}

// New checks the configuration and ties the routes.
func New(cfg Config) (*API, error) {
	if cfg.Reader == nil || cfg.Searcher == nil {
		return nil, fmt.Errorf("api: a reader and a searcher are needed: %w", catalog.ErrInvalid)
	}
	if cfg.Timeout < 0 || cfg.CrawlEvery < 0 {
		return nil, fmt.Errorf("api: negative timeout or interval: %w", catalog.ErrInvalid)
	}
	if cfg.BaseURL != "" {
		u, err := url.Parse(cfg.BaseURL)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			return nil, fmt.Errorf("api: base URL %q is not an http address: %w", cfg.BaseURL, catalog.ErrInvalid)
		}
		cfg.BaseURL = strings.TrimRight(cfg.BaseURL, "/")
	}
	if t, ok := cfg.Reader.(Texts); ok && cfg.Texts == nil {
		cfg.Texts = t
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = DefaultTimeout
	}
	a := &API{cfg: cfg, metrics: newMetrics(cfg)}
	gin.SetMode(gin.ReleaseMode)
	a.engine = gin.New()
	if err := a.engine.SetTrustedProxies(nil); err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	a.engine.HandleMethodNotAllowed = true
	a.routes()
	return a, nil
}

// Mount adds the API to the engine of the site, and counts from then on all that the engine answers. The API keeps an
// engine of its own behind that, so that its errors are problems and not pages.
func (a *API) Mount(e *gin.Engine) {
	e.Use(a.metrics.count)
	h := gin.WrapH(a)
	e.Any("/api", h)
	e.Any("/api/*path", h)
	e.Any("/healthz", h)
	e.Any("/metrics", h)
}

// ServeHTTP answers one request. What a program may want to know before it asks (OPTIONS) is the same everywhere.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "ETag, Link")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	if r.Method == http.MethodOptions {
		h.Set("Allow", "GET, HEAD, OPTIONS")
		h.Set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
		h.Set("Access-Control-Allow-Headers", "Accept, Accept-Language, If-None-Match")
		h.Set("Access-Control-Max-Age", "86400")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	a.engine.ServeHTTP(w, r)
}
