package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Commits names the state of what a [Reader] reads: as long as the name is the same nothing has changed. With a Reader that
// has it the revision is made once for every commit; without, for every page.
type Commits interface {
	Commits(ctx context.Context) (string, error)
}

// maxFederationTries is how often a page is made again because something was written meanwhile.
const maxFederationTries = 3

// revisions keeps the revision of the last commit that somebody asked about. It takes a look at every source, and whoever
// asks for many pages, or many at once, must not make the catalogue look at all of them each time.
type revisions struct {
	mu       sync.Mutex
	commit   string
	revision string
	newest   time.Time
}

// commitOf gives the name of the state that is read now, "" where the reader has none.
func (a *API) commitOf(ctx context.Context) (string, error) {
	if c, ok := a.cfg.Reader.(Commits); ok {
		return c.Commits(ctx)
	}
	return "", nil
}

// get gives the revision at a commit that commitOf named before, and when something was last read or missed. What was
// written since then may be in it, and then the name is another already. The revision is a digest of what the visits left
// behind: a record only changes when its source was read (LastRead), is said to be missing, loses a record to age (Keys)
// or was taken out of the list; so the sources speak for all records.
func (v *revisions) get(ctx context.Context, commit string, from Sources) (revision string, newest time.Time, err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if commit != "" && v.commit == commit {
		return v.revision, v.newest, nil
	}
	all, err := from.Sources(ctx)
	if err != nil {
		return "", time.Time{}, err
	}
	lines := make([]string, 0, len(all))
	for i := range all {
		s := &all[i]
		lines = append(lines, fmt.Sprintf("%q %d %q %d %t %d", s.Source.ID, s.LastRead.UnixNano(), s.Commit, s.Missing.UnixNano(), s.Removed, len(s.Keys)))
		for _, t := range []time.Time{s.LastRead, s.Missing} {
			if t.After(newest) {
				newest = t
			}
		}
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	v.commit, v.newest, v.revision = commit, newest, strconv.Itoa(FederationVersion)+"-"+hex.EncodeToString(sum[:12])
	return v.revision, v.newest, nil
}
