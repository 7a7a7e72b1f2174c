package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// problem is an error as a program gets it (RFC 9457). Its type is always about:blank: the status says what kind it is.
type problem struct {
	Type       string   `json:"type"`
	Title      string   `json:"title"`
	Status     int      `json:"status"`
	Detail     string   `json:"detail"`
	Instance   string   `json:"instance"`
	Parameters []string `json:"parameters,omitempty"` // the ones that are wrong
}

var (
	errMethod  = errors.New("method not allowed")
	errTooLong = errors.New("address too long")
	errTooBig  = errors.New("answer too big")
)

// told is an error with the sentence that its asker reads.
type told struct {
	err        error
	text       schema.Text
	parameters []string
}

func (t *told) Error() string { return t.text.En }
func (t *told) Unwrap() error { return t.err }

// invalid says that the request makes no sense, and which parameters are to blame.
func invalid(text schema.Text, parameters ...string) error {
	return &told{catalog.ErrInvalid, text, parameters}
}

// gone says that a thing went, with the reason on its tombstone.
func gone(e *catalog.Entry) error {
	if e == nil || e.Reason.IsZero() {
		return catalog.ErrGone
	}
	return &told{err: catalog.ErrGone, text: e.Reason}
}

// statusOf is the one place that maps errors to a status and its words.
func statusOf(err error) (status int, title, detail schema.Text) {
	switch {
	case errors.Is(err, catalog.ErrNotFound):
		return http.StatusNotFound, schema.T("Non trovato", "Not Found"),
			schema.T("Il catalogo non conosce ciò che è stato chiesto.", "The catalogue does not know what was asked for.")
	case errors.Is(err, catalog.ErrGone):
		return http.StatusGone, schema.T("Non più disponibile", "Gone"),
			schema.T("Questa voce era nel catalogo e ne è uscita.", "This entry was in the catalogue and has left it.")
	case errors.Is(err, catalog.ErrInvalid):
		return http.StatusBadRequest, schema.T("Richiesta non valida", "Bad Request"),
			schema.T("La richiesta contiene un valore non ammesso.", "The request has a value that is not allowed.")
	case errors.Is(err, errMethod):
		return http.StatusMethodNotAllowed, schema.T("Metodo non ammesso", "Method Not Allowed"),
			schema.T("Questo indirizzo si può solo leggere (GET, HEAD).", "This address can only be read (GET, HEAD).")
	case errors.Is(err, errTooLong):
		return http.StatusRequestURITooLong, schema.T("Indirizzo troppo lungo", "URI Too Long"),
			schema.Tf("I parametri superano %d byte.", "The parameters are longer than %d bytes.", MaxQueryBytes)
	case errors.Is(err, catalog.ErrBusy), errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable, schema.T("Servizio non disponibile", "Service Unavailable"),
			schema.T("Il catalogo è occupato: riprovare tra poco.", "The catalogue is busy: try again soon.")
	}
	return http.StatusInternalServerError, schema.T("Errore interno", "Internal Server Error"),
		schema.T("Qualcosa non ha funzionato; l'errore è stato registrato.", "Something went wrong; the error has been logged.")
}

// fail answers with a problem and, when the fault is ours, logs it, once.
func (a *API) fail(c *gin.Context, err error) {
	noteRoute(c)
	if errors.Is(err, context.Canceled) && c.Request.Context().Err() != nil {
		return // nobody is there any more
	}
	status, title, detail := statusOf(err)
	lang := langOfError(c.Request)
	p := problem{Type: "about:blank", Title: title.In(lang), Status: status, Detail: detail.In(lang), Instance: c.Request.URL.Path}
	var t *told
	if errors.As(err, &t) {
		p.Detail, p.Parameters = t.text.In(lang), t.parameters
	}
	if status >= http.StatusInternalServerError {
		a.cfg.Logger.ErrorContext(c.Request.Context(), "request failed", "path", c.Request.URL.Path, "status", status, "err", err)
	}
	if status == http.StatusServiceUnavailable {
		c.Header("Retry-After", "5")
	}
	body, merr := json.Marshal(catalog.Masked(p)) // a tombstone carries words that others wrote
	if merr != nil {                              // texts and numbers always have a JSON form
		a.cfg.Logger.ErrorContext(c.Request.Context(), "problem not written", "err", merr)
	}
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Language", string(lang))
	c.Header("Vary", "Accept-Language")
	c.Data(status, "application/problem+json; charset=utf-8", body)
}

// langOfError is the language of an error: the one asked for, else the first of the two that the client names.
func langOfError(r *http.Request) schema.Lang {
	switch l := schema.Lang(r.URL.Query().Get("lang")); l {
	case schema.It, schema.En:
		return l
	}
	for tag := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(tag)), ";")
		switch tag, _, _ = strings.Cut(tag, "-"); schema.Lang(tag) {
		case schema.It, schema.En:
			return schema.Lang(tag)
		}
	}
	return schema.It
}
