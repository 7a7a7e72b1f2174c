package forge

import (
	"errors"
	"time"

	"github.com/open-community-pa/riuso/schema"
)

// Why a listing was not made. They are met with errors.Is; the sentence for people is in [Error.Text]. Whatever is none
// of these is a failure of the network, as the client gave it.
var (
	// ErrAbsent: the forge answers, and knows neither an organisation nor a user of that name.
	ErrAbsent = errors.New("no such owner on the forge")
	// ErrForbidden: the forge wants a token, or does not accept ours.
	ErrForbidden = errors.New("not allowed by the forge")
	// ErrRateLimited: too many requests; *[RateLimit], through errors.As, says when to ask again.
	ErrRateLimited = errors.New("rate limit of the forge")
	// ErrNotForge: the URL is not that of an owner on a forge we know.
	ErrNotForge = errors.New("not an owner on a known forge")
	// ErrTooLarge: one answer is longer than Limits.Answer.
	ErrTooLarge = errors.New("answer of the forge too large")
	// ErrBadAnswer: not the JSON that was asked for, or a failure of the server (status 5xx).
	ErrBadAnswer = errors.New("answer of the forge not understood")
)

// Error says in words why a listing was not made: errors.As(err, &e) with an *Error. It holds nothing that the server
// wrote, nor any token.
type Error struct {
	Kind error       // one of the Err… of this package
	Text schema.Text // for people: what is wrong, where, what to do

	cause error
}

// Error gives the English sentence.
func (e *Error) Error() string { return "forge: " + e.Text.En }

// Unwrap gives the kind and, where there is one, the cause.
func (e *Error) Unwrap() []error {
	if e.cause == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.cause}
}

// RateLimit says until when the forge wants no more requests.
type RateLimit struct {
	Reset time.Time // never further than MaxWait from when it was said
}

// Error says it in one line.
func (r *RateLimit) Error() string { return "rate limit until " + r.Reset.UTC().Format(time.RFC3339) }

// fault makes an Error.
func fault(kind error, text schema.Text, cause error) *Error {
	return &Error{Kind: kind, Text: text, cause: cause}
}

// limited makes the Error of a rate limit.
func limited(host string, reset time.Time) *Error {
	when := schema.Moment(reset)
	return fault(ErrRateLimited, schema.T(host+" non accetta altre richieste fino alle "+when.It+": riproviamo dopo. Con un token se ne possono fare di più.",
		host+" takes no more requests until "+when.En+": we ask again after that. With a token more of them are allowed."), &RateLimit{Reset: reset})
}
