package site

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// handler makes one page, or says why it cannot. It writes nothing before it knows that all is well.
type handler func(c *gin.Context, lang schema.Lang) error

// adapt makes a gin handler of h: an error becomes a page with the right status, logged once.
func (s *Site) adapt(lang schema.Lang, h handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := h(c, lang); err != nil {
			s.fail(c, lang, err)
		}
	}
}

// statusOf is the one table from kinds of error to HTTP statuses.
func statusOf(err error) int {
	switch {
	case errors.Is(err, catalog.ErrGone):
		return http.StatusGone
	case errors.Is(err, catalog.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, catalog.ErrInvalid):
		return http.StatusBadRequest
	case errors.Is(err, errTooOften):
		return http.StatusTooManyRequests
	case errors.Is(err, errForeign):
		return http.StatusForbidden
	case errors.Is(err, errTooMuch):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, catalog.ErrBusy), errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// goneError is [catalog.ErrGone] with the tombstone, so that the page can say what it was, since when and why.
type goneError struct {
	entry    *catalog.Entry
	excluded bool // by the operator's catalogue, which the entry itself does not show
}

func (e *goneError) Error() string { return fmt.Sprintf("%s %s is gone", e.entry.Kind, e.entry.ID) }
func (e *goneError) Unwrap() error { return catalog.ErrGone }

// fail logs err, once, and answers with its page. What the reader sees never carries the words of the error.
func (s *Site) fail(c *gin.Context, lang schema.Lang, err error) {
	if errors.Is(c.Request.Context().Err(), context.Canceled) {
		return // nobody is listening any more
	}
	if forward(c, err) {
		return
	}
	status := statusOf(err)
	level := slog.LevelDebug
	if status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	s.cfg.Logger.Log(c.Request.Context(), level, "page failed", "path", c.Request.URL.Path, "status", status, "err", err)
	var gone *goneError
	if errors.As(err, &gone) {
		s.failStatus(c, lang, status, gone)
		return
	}
	s.failStatus(c, lang, status, nil)
}

func (s *Site) failStatus(c *gin.Context, lang schema.Lang, status int, gone *goneError) {
	if c.Writer.Written() {
		return
	}
	var tombstone *catalog.Entry
	if gone != nil {
		tombstone = gone.entry
	}
	p := s.errorPage(lang, plainPath(c.Request.URL.Path), status, tombstone)
	if v, ok := p.Data.(errorView); ok && gone != nil {
		v.Excluded = gone.excluded || s.keptOut(c.Request.Context(), tombstone)
		p.Data = v
	}
	body, err := s.render(p)
	if err != nil {
		s.cfg.Logger.Error("error page failed", "path", c.Request.URL.Path, "err", err)
		c.String(http.StatusInternalServerError, "500")
		return
	}
	switch status {
	case http.StatusServiceUnavailable:
		c.Header("Retry-After", "30")
	case http.StatusTooManyRequests:
		c.Header("Retry-After", askAgain)
	}
	c.Header("Cache-Control", "no-store")
	c.Data(status, contentHTML, body)
	c.Abort()
}

// errorView is what the error page shows.
type errorView struct {
	Status    int
	Tombstone *catalog.Entry
	Since     time.Time
	Excluded  bool // it is among the exclusions, which have a page
}

// keptOut says whether the catalogue excludes what went. When that cannot be read the page is as good without.
func (s *Site) keptOut(ctx context.Context, tombstone *catalog.Entry) bool {
	if !tombstone.Withdrawn {
		return false
	}
	own, err := s.sourceIfAny(ctx, catalog.CatalogueSource)
	if err != nil || own == nil {
		return false
	}
	_, out := catalog.KeepOut(own.Exclusions).Names(&tombstone.Record)
	return out
}

func (s *Site) errorPage(lang schema.Lang, path string, status int, tombstone *catalog.Entry) *Page {
	p := s.newPage(lang, path, "error")
	p.Title = p.T(fmt.Sprintf("error.%d.title", status))
	p.NoIndex = true
	v := errorView{Status: status, Tombstone: tombstone}
	if tombstone != nil {
		v.Since = tombstone.MissedAt
	}
	p.Data = v
	return p
}

// recovered answers a request whose handler panicked.
func (s *Site) recovered(c *gin.Context, reason any) {
	c.Request = c.Request.WithContext(context.WithoutCancel(c.Request.Context())) // the panic has ended the page's own
	s.fail(c, langOfPath(c.Request.URL.Path), fmt.Errorf("panic: %v", reason))
	c.Abort()
}

// deadline bounds the time for one page.
func (s *Site) deadline(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), s.cfg.Timeout)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// entry gives a published thing; one that went is a goneError, one that has another id by now a movedError.
func (s *Site) entry(ctx context.Context, kind catalog.Kind, id string) (*catalog.Entry, error) {
	e, err := s.cfg.Reader.Entry(ctx, kind, id)
	switch {
	case errors.Is(err, catalog.ErrGone) && e != nil:
		return nil, &goneError{entry: e}
	case err != nil:
		return nil, fmt.Errorf("%s %q: %w", kind, id, err)
	case e.State == catalog.Gone:
		return nil, &goneError{entry: e}
	case e.ID != "" && e.ID != id:
		return nil, &movedError{id, e.ID}
	}
	return e, nil
}
