package site

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
)

// Entries gives what is published, one thing at a time or in order of id. A thing that is not known is
// [catalog.ErrNotFound]; one that went is [catalog.ErrGone] together with its tombstone.
type Entries interface {
	Entry(ctx context.Context, kind catalog.Kind, id string) (*catalog.Entry, error)
	EntryByKey(ctx context.Context, kind catalog.Kind, key catalog.Key) (*catalog.Entry, error)
	// Entries gives at most limit entries of a kind whose id comes after the given one, in order of id.
	Entries(ctx context.Context, kind catalog.Kind, after string, limit int) ([]catalog.Entry, error)
}

// Lists gives what pages show of many things at once, without reading each of them whole.
type Lists interface {
	// Cards gives at most limit cards whose id comes after the given one, in order of id.
	Cards(ctx context.Context, after string, limit int) ([]catalog.Card, error)
	Links(ctx context.Context, body catalog.EntityRef) ([]catalog.Link, error)
	Stats(ctx context.Context) (catalog.Stats, error)
}

// Sources tells how the visits went: the page that answers "why is mine not there?".
type Sources interface {
	Source(ctx context.Context, id catalog.SourceID) (catalog.SourceState, error)
	Sources(ctx context.Context) ([]catalog.SourceState, error)
	// FindSources gives a page of sources, short, with the numbers around it; [catalog.ErrInvalid] for a query that makes
	// no sense.
	FindSources(ctx context.Context, q catalog.SourceQuery) (catalog.SourceResult, error)
}

// Reader is all that pages read. It is put together from small pieces so that each handler asks for what it needs.
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

// Config is what [New] needs. Reader and Searcher must be there; the rest has sensible defaults.
type Config struct {
	Reader   Reader
	Searcher Searcher
	Texts    Texts // of attachments; those of the Reader when nil, if it has any

	Title   string // of the catalogue, in the header; "Riuso" when empty
	Tagline string // under the title; the message "site.tagline" when empty
	Owner   string // who runs this site, as the footer and the notes say; may be empty
	Contact string // office mailbox or page for reports on accessibility and privacy; may be empty
	BaseURL string // "https://riuso.example.it", for canonical links; taken from the Host of the request when empty, without trusting forwarded headers
	Version string // of the program
	Notice  string // one line above every page ("catalogo iniziale"), may be empty

	// CrawlEvery is the time between two visits of a source that names no interval, so that pages can say when the next one
	// is; zero when visits happen only when somebody starts them.
	CrawlEvery time.Duration
	// Visitor takes the wish of a reader that a source be visited again; nil: pages have no such button.
	Visitor Visitor

	Now     func() time.Time
	Logger  *slog.Logger
	Timeout time.Duration // for one page; DefaultTimeout when zero

	// Mount adds routes that are not pages (the JSON API, health, metrics) before the pages' own.
	Mount []func(*gin.Engine)
}

// check fills in the defaults and says what is missing.
func (c Config) check() (Config, error) {
	if c.Reader == nil || c.Searcher == nil {
		return c, fmt.Errorf("site: a reader and a searcher are needed: %w", catalog.ErrInvalid)
	}
	if c.BaseURL != "" {
		u, err := url.Parse(c.BaseURL)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
			return c, fmt.Errorf("site: base URL %q is not an http address: %w", c.BaseURL, catalog.ErrInvalid)
		}
		if strings.Trim(u.Path, "/") != "" {
			return c, fmt.Errorf("site: base URL %q has a path, pages stand at the root of a host: %w", c.BaseURL, catalog.ErrInvalid)
		}
		c.BaseURL = u.Scheme + "://" + u.Host
	}
	if t, ok := c.Reader.(Texts); ok && c.Texts == nil {
		c.Texts = t
	}
	if c.Title == "" {
		c.Title = "Riuso"
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	if c.Timeout < 0 || c.CrawlEvery < 0 {
		return c, fmt.Errorf("site: negative timeout or interval: %w", catalog.ErrInvalid)
	}
	return c, nil
}
