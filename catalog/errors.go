package catalog

import "errors"

// The four kinds of error. Wrap them with %w; the site maps them to a status in one place.
var (
	// ErrNotFound says that the catalogue does not know the thing asked for.
	ErrNotFound = errors.New("not found")
	// ErrInvalid says that what was asked makes no sense (a bad filter, a bad page, a bad setting).
	ErrInvalid = errors.New("invalid")
	// ErrGone says that the thing was known and went; its tombstone says why.
	ErrGone = errors.New("gone")
	// ErrBusy says that another process writes to the data folder.
	ErrBusy = errors.New("busy")
)
