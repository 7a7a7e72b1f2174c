package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// Visitor takes the wish of a reader that a source be visited again. It is who runs the visits that decides when, and how
// many may wait.
type Visitor interface {
	// Ask puts a visit of a source into the queue and returns at once. It gives [catalog.ErrBusy] when too many wait or the
	// source was visited a moment ago, and [catalog.ErrNotFound] for a source that is not to be visited.
	Ask(ctx context.Context, id catalog.SourceID) error
}

const (
	maxAskBytes = 1 << 10   // of the body of the form, which has no fields
	askedParam  = "chiesta" // when, in seconds of Unix
	askAgain    = "60"      // seconds after which one may ask again (Retry-After)
)

var (
	errTooOften = errors.New("too many visits are asked for")
	errForeign  = errors.New("asked from a page of another site")
)

// againForm is the button "visit again". Action is "" where there is none.
type againForm struct{ Action string }

// againForm gives the button for a source that may be visited.
func (s *Site) againForm(p *Page, st *catalog.SourceState) againForm {
	if s.cfg.Visitor == nil || !st.Source.On() || st.Removed {
		return againForm{}
	}
	return againForm{Action: p.URL("/fonti/" + url.PathEscape(string(st.Source.ID)) + "/visita")}
}

// askedFor says what became of the visit that was asked for at the hour that the address tells, in seconds: the key of a
// message, "" where nobody asked.
func askedFor(param string, last time.Time) string {
	at, err := strconv.ParseInt(param, 10, 64)
	switch {
	case err != nil:
		return ""
	case last.After(time.Unix(at, 0)):
		return "again.done"
	}
	return "again.asked"
}

// visitAgain asks for a visit, and leads back to the page of the source. There are no cookies, so that all that another
// site could do is to make its readers ask: that is refused too.
func (s *Site) visitAgain(c *gin.Context, lang schema.Lang) error {
	id := catalog.SourceID(c.Param("id"))
	if s.cfg.Visitor == nil {
		return fmt.Errorf("no visits are taken here: %w", catalog.ErrNotFound)
	}
	if err := s.sameOrigin(c.Request); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, http.MaxBytesReader(c.Writer, c.Request.Body, maxAskBytes)); err != nil {
		return errTooMuch
	}
	st, err := s.cfg.Reader.Source(c.Request.Context(), id)
	if err != nil {
		return fmt.Errorf("source %q: %w", id, err)
	}
	if !st.Source.On() || st.Removed {
		return fmt.Errorf("source %q is not visited: %w", id, catalog.ErrNotFound)
	}
	switch err := s.cfg.Visitor.Ask(c.Request.Context(), id); {
	case errors.Is(err, catalog.ErrBusy):
		return fmt.Errorf("source %q: %w: %w", id, errTooOften, err)
	case err != nil:
		return fmt.Errorf("source %q: %w", id, err)
	}
	c.Header("Cache-Control", "no-store")
	c.Redirect(http.StatusSeeOther, localPath(lang, "/fonti/"+url.PathEscape(string(id)))+"?"+askedParam+"="+strconv.FormatInt(s.cfg.Now().Unix(), 10))
	return nil
}

// sameOrigin refuses what a browser says that a page of another site sends. A client that says nothing of where it comes
// from is no browser, and harms nobody but itself.
func (s *Site) sameOrigin(r *http.Request) error {
	guard := http.NewCrossOriginProtection()
	if s.cfg.BaseURL != "" {
		if err := guard.AddTrustedOrigin(s.cfg.BaseURL); err != nil { // behind a proxy the Host may be another
			return fmt.Errorf("base URL: %w", err)
		}
	}
	if err := guard.Check(r); err != nil {
		return fmt.Errorf("%w: %w", errForeign, err)
	}
	return nil
}
