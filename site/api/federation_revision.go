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

// revisionAge is for how long a revision is believed. It takes a look at every source, and whoever asks for many pages,
// or many at once, must not make the catalogue look at all of them each time. Answers may be kept longer than that anyway.
const revisionAge = 5 * time.Second

// revisions keeps the newest revision of the catalogue.
type revisions struct {
	mu       sync.Mutex
	made     time.Time
	revision string
	newest   time.Time
}

// get gives the revision, and when something was last read or missed. The revision is a digest of what the visits left
// behind: a record only changes when its source was read (LastRead), is said to be missing, loses a record to age (Keys)
// or was taken out of the list; so the sources speak for all records.
func (v *revisions) get(ctx context.Context, now time.Time, from Sources) (revision string, newest time.Time, err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.revision != "" && !now.Before(v.made) && now.Sub(v.made) < revisionAge {
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
	v.made, v.newest, v.revision = now, newest, strconv.Itoa(FederationVersion)+"-"+hex.EncodeToString(sum[:12])
	return v.revision, v.newest, nil
}
