package gitrepo

import "errors"

// CostError is what Open, OpenAs and History give when they fail after they asked: the error, with what the call took all
// the same, which no snapshot is left to tell. It says nothing more than the error in it.
type CostError struct {
	Err      error
	Bytes    int64 // received, over all requests of the call
	Requests int
}

// Error is that of the cause.
func (e *CostError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *CostError) Unwrap() error { return e.Err }

// Cost gives what a call that failed took: bytes received and requests; zero when it asked nothing.
func Cost(err error) (bytes int64, requests int) {
	var c *CostError
	if errors.As(err, &c) {
		return c.Bytes, c.Requests
	}
	return 0, 0
}

// spending is what one call took so far.
type spending struct {
	bytes    int64
	requests int
}

// listed adds a listing of references.
func (s *spending) listed(refs Refs) {
	s.bytes += refs.Bytes
	s.requests += refs.requests
}

// on puts what was spent beside an error, when something was.
func (s spending) on(err error) error {
	if err == nil || s.requests == 0 {
		return err
	}
	return &CostError{Err: err, Bytes: s.bytes, Requests: s.requests}
}
