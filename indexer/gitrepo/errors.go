package gitrepo

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
)

// Why a repository could not be read, met with errors.Is. The caller maps them to the outcome of a visit: ErrAbsent to
// "absent", the others to "failed"; none of them is a fault of riuso.
var (
	// ErrInvalid: the address is not one that may be visited (scheme, credentials, a path that climbs).
	ErrInvalid = errors.New("address not acceptable")
	// ErrNoSSH: an address of ssh that the operator did not write, or without a deploy key (Config.SSH). It is an ErrInvalid.
	ErrNoSSH = fmt.Errorf("%w: ssh is only for what the operator lists, with a deploy key (--ssh-key); use https://", ErrInvalid)
	// ErrAbsent: the server says that there is no such repository (404, 410), or the folder is not there.
	ErrAbsent = errors.New("repository not found")
	// ErrForbidden: the server asks for credentials (401, 403). Many forges answer so for what does not exist, too.
	ErrForbidden = errors.New("repository not public")
	// ErrBusy: the server asks to come back later (429, 503); see StatusError for when.
	ErrBusy = errors.New("server asks to come back later")
	// ErrUnreachable: no answer, or one that was cut or failed (network, TLS, 5xx). The cause is wrapped beside it.
	ErrUnreachable = errors.New("server not reachable")
	// ErrEmpty: a repository without a commit.
	ErrEmpty = errors.New("repository is empty")
	// ErrNoBranch: HEAD names a branch that does not exist, and there is not exactly one branch to take instead; or the
	// branch that was asked for is not there (then a *NoBranchError names those that are).
	ErrNoBranch = errors.New("no default branch")
	// ErrUnsupported: not a Git repository over smart HTTP, SHA-256 objects, or a thing the server cannot do.
	ErrUnsupported = errors.New("repository not supported")
	// ErrNoSingle: the server gives no files by their names in Git, or gave none of those that it was asked for. It is an
	// ErrUnsupported.
	ErrNoSingle = fmt.Errorf("%w: the server gives no single files", ErrUnsupported)
	// ErrCorrupt: what came is not a sound pack, or objects are missing from it.
	ErrCorrupt = errors.New("repository data is corrupt")
	// ErrLimit: one of Limits was met.
	ErrLimit = errors.New("limit exceeded")
	// ErrSourceLimit: more came over the wire than Ask.MaxBytes lets this source cost. It is an ErrLimit.
	ErrSourceLimit = fmt.Errorf("%w: more bytes than this source may cost", ErrLimit)
	// ErrNotFetched: the file is in the commit, but was not among those asked for.
	ErrNotFetched = errors.New("file not fetched")
	// ErrLost: the file is in the commit, but the server does not have its bytes, or does not send them.
	ErrLost = errors.New("the server does not have the file")
	// ErrNotInCommit: the commit has no file of that path.
	ErrNotInCommit = errors.New("no such file in the commit")

	errRefused = errors.New("the server refused the request") // inside: tells the next way from a dead end
)

// StatusError is an answer of the server that is not 200. It is one of ErrAbsent, ErrForbidden, ErrBusy, ErrUnreachable.
type StatusError struct {
	Status     int
	RetryAfter time.Duration // what the server asks to wait; zero when it does not say
	At         time.Time     // of ErrBusy, not before when to ask again: see RetryAt; zero for the others
	kind       error
}

// RetryAt says not before when the host may be asked again: what the server says in Retry-After, in seconds or as a date,
// at most a day ahead, or where it is silent DefaultPause from now. It is zero where coming back later would not help.
func (e *StatusError) RetryAt() time.Time { return e.At }

// Error gives the kind, the status and the wait.
func (e *StatusError) Error() string {
	s := fmt.Sprintf("%v: HTTP %d", e.kind, e.Status)
	if e.RetryAfter > 0 {
		s += fmt.Sprintf(", retry after %s", e.RetryAfter)
	}
	return s
}

// Unwrap gives the kind.
func (e *StatusError) Unwrap() error { return e.kind }

// maxRetryAfter is the longest wait that a server is believed.
const maxRetryAfter = 24 * time.Hour

// DefaultPause is how long to leave a host alone that is busy and does not say until when. A client of indexer/outbound
// says it for the server, and longer each time.
const DefaultPause = time.Minute

// statusError makes the error of an answer that is not 200, nil for 200.
func statusError(res *http.Response, now time.Time) error {
	if res.StatusCode == http.StatusOK {
		return nil
	}
	e := &StatusError{Status: res.StatusCode, kind: ErrUnreachable}
	v := strings.TrimSpace(res.Header.Get("Retry-After"))
	if s, err := strconv.ParseUint(v, 10, 32); err == nil {
		e.RetryAfter = min(time.Duration(s)*time.Second, maxRetryAfter)
	} else if t, err := http.ParseTime(v); err == nil {
		e.RetryAfter = min(max(t.Sub(now), 0), maxRetryAfter)
	}
	switch res.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		e.kind = ErrForbidden
		if e.RetryAfter > 0 { // a forge that limits us says so with 403 too
			e.kind = ErrBusy
		}
	case http.StatusNotFound, http.StatusGone:
		e.kind = ErrAbsent
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		e.kind = ErrBusy
	}
	if e.kind == ErrBusy {
		e.At = now.Add(cmp.Or(e.RetryAfter, DefaultPause))
	}
	return e
}

// guarded turns a panic while foreign bytes are read into ErrCorrupt: a broken repository must not end the program.
func guarded(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%w: %v\n%s", ErrCorrupt, p, debug.Stack())
	}
}
