package peer

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/schema"
)

// How a place may fail to give what it was asked for. They are met with errors.Is; [Words] has the sentence for people.
var (
	ErrAbsent    = errors.New("there is no such thing (404, 410)")
	ErrForbidden = errors.New("not allowed (401, 403)")
	ErrBusy      = errors.New("busy (429, 503)") // a *Later says until when
	ErrNotThis   = errors.New("the address does not speak this protocol")
	ErrTooLarge  = errors.New("the answer is too large")
	ErrBadAnswer = errors.New("the answer cannot be used")
)

// Later says when a busy place may be asked again.
type Later struct{ At time.Time }

func (l *Later) Error() string { return "ask again at " + l.At.UTC().Format(time.RFC3339) }

// Is makes a Later an [ErrBusy].
func (l *Later) Is(target error) bool { return target == ErrBusy }

// fault is an error with its sentence.
type fault struct {
	kind  error
	text  schema.Text
	cause error // may be nil
}

func (f *fault) Error() string { return f.text.En }

func (f *fault) Unwrap() []error {
	if f.cause == nil {
		return []error{f.kind}
	}
	return []error{f.kind, f.cause}
}

// Words gives the sentence that says to people what went wrong: what the place answered, or that it did not.
func Words(err error) schema.Text {
	var f *fault
	switch {
	case err == nil:
		return schema.Text{}
	case errors.As(err, &f):
		return f.text
	case errors.Is(err, context.DeadlineExceeded):
		return schema.T("il catalogo non ha risposto in tempo", "the catalogue did not answer in time")
	case errors.Is(err, context.Canceled):
		return schema.T("la lettura è stata interrotta", "the reading was interrupted")
	}
	return schema.T("il catalogo non ha risposto", "the catalogue did not answer")
}

// retryAfter reads a Retry-After, in seconds or as a date (RFC 9110, 10.2.3), bounded by [maxRetry].
func retryAfter(h string, now time.Time) time.Time {
	at := now.Add(defaultRetry)
	h = strings.TrimSpace(h)
	if s, err := strconv.ParseInt(h, 10, 64); err == nil {
		at = now.Add(maxRetry)
		if s < int64(maxRetry/time.Second) {
			at = now.Add(time.Duration(max(s, 0)) * time.Second)
		}
	} else if t, err := http.ParseTime(h); err == nil {
		at = t
	}
	switch {
	case at.Before(now):
		return now
	case at.After(now.Add(maxRetry)):
		return now.Add(maxRetry)
	}
	return at
}

// refusal makes of an answer that is not 200 or 304 an error; nil when it is one of them.
func refusal(res *http.Response, now time.Time) error {
	code := res.StatusCode
	say := func(kind error, it, en string) error {
		return &fault{kind: kind, text: schema.Tf(it+" (risposta %d)", en+" (answer %d)", code)}
	}
	switch {
	case code == http.StatusOK, code == http.StatusNotModified:
		return nil
	case code == http.StatusNotFound, code == http.StatusGone:
		return say(ErrAbsent, "a questo indirizzo non c'è nulla", "there is nothing at this address")
	case code == http.StatusTooManyRequests, code == http.StatusServiceUnavailable,
		code == http.StatusForbidden && res.Header.Get("Retry-After") != "":
		at := retryAfter(res.Header.Get("Retry-After"), now)
		when := schema.Moment(at)
		busy := schema.Tf("il catalogo è occupato (risposta %d): chiede di tornare dopo le ", "the catalogue is busy (answer %d): it asks to come back after ", code)
		return &fault{kind: ErrBusy, cause: &Later{at}, text: schema.T(busy.It+when.It, busy.En+when.En)}
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		return say(ErrForbidden, "il catalogo non permette di leggere", "the catalogue does not allow to read")
	}
	return say(ErrBadAnswer, "il catalogo non ha dato ciò che gli è stato chiesto", "the catalogue did not give what was asked for")
}
