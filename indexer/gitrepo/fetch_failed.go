package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// How far a server is suffered.
const (
	maxFailures   = 8  // requests in a row that break without anything that came: the server is given up
	namesInErrors = 64 // words of a refusal that are looked at
)

// outcome is what a Fetch does after a request that failed.
type outcome struct {
	end MissedWhy // "": it goes on; otherwise everything that is left is missed for this
	err error     // why

	whole bool // the server gives the whole commit only
}

// failed decides about a request that brought no more than a part.
func (f *fetching) failed(err error, asked int, left, named []plumbing.Hash) outcome {
	if len(left) == 0 {
		return outcome{}
	}
	switch {
	case errors.Is(err, ErrSourceLimit):
		return outcome{end: MissedBudget, err: err}
	case errors.Is(err, errLargeAhead):
		if len(left) == 1 {
			f.miss(left[0], MissedLarge, f.tooLarge())
			return outcome{}
		}
		// git sends files in the order in which they were asked for, so that it is the first most likely.
		f.parts = append(f.parts, left[1:], left[:1])
		return outcome{}
	case errors.Is(err, ErrLimit):
		return f.halve(asked, left, MissedLarge, err)
	case errors.Is(err, errRefused) && len(named) > 0:
		if f.failures++; f.proven {
			f.failures = 0 // it knows what it has
		} else if f.failures >= maxFailures {
			return outcome{end: MissedBroken, err: err}
		}
		f.missAll(named, MissedLost, fmt.Errorf("%w: %w", ErrLost, err))
		if left = f.open(left); len(left) > 0 {
			f.parts = append(f.parts, left)
		}
		return outcome{}
	case errors.Is(err, errRefused) && f.proven:
		return f.halve(asked, left, MissedLost, fmt.Errorf("%w: %w", ErrLost, err))
	case final(err):
		return outcome{end: MissedBroken, err: err}
	}
	if f.failures++; f.failures >= maxFailures {
		return outcome{end: MissedBroken, err: err}
	}
	if errors.Is(err, errRefused) {
		return f.halve(asked, left, MissedLost, fmt.Errorf("%w: %w", ErrLost, err))
	}
	return f.halve(asked, left, MissedBroken, err)
}

// halve asks for each half again; one file that was asked for alone is missed.
func (f *fetching) halve(asked int, left []plumbing.Hash, why MissedWhy, err error) outcome {
	switch {
	case asked == 1:
		f.miss(left[0], why, err)
	case len(left) < asked: // some came: the same again goes on
		f.parts = append(f.parts, left)
	default:
		f.parts = append(f.parts, left[len(left)/2:], left[:len(left)/2])
	}
	return outcome{}
}

// final says whether asking again, for less, would be of no use, or not be welcome.
func final(err error) bool {
	if errors.Is(err, ErrBusy) || errors.Is(err, ErrForbidden) || errors.Is(err, ErrAbsent) || errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "dial" {
		return true
	}
	var slow net.Error
	return errors.As(err, &slow) && slow.Timeout()
}

// refusedOf finds which of the objects a refusal names: "not our ref …", in the words of git's server, "want … not valid" in
// those of others.
func refusedOf(err error, ids []plumbing.Hash) (out []plumbing.Hash) {
	if !errors.Is(err, errRefused) {
		return nil
	}
	words := strings.Fields(err.Error())
	for _, w := range words[:min(len(words), namesInErrors)] {
		if id, ok := parseOID(strings.Trim(w, ".,:;'\"")); ok && slices.Contains(ids, id) && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// doubt takes back what a server that gave nothing said of single files: it may refuse them all, whether it has them or
// not, as those of version 0 do.
func (f *fetching) doubt() {
	for p, m := range f.missed {
		if m.Why == MissedLost && !errors.Is(m.Err, ErrNotInCommit) {
			f.missed[p] = Missed{Path: p, Why: MissedBroken, Err: ErrNoSingle}
		}
	}
}
