package catalog

import (
	"reflect"
	"time"

	"github.com/open-community-pa/riuso/schema"
)

// tombstone keeps of a record its identity, its title and the reason: the public id and the address stay known, so that
// old links can be answered. MissedAt is the day since when it is gone, or was missed first.
func tombstone(r Record, at time.Time, why schema.Text) Record {
	if r.MissedAt.IsZero() {
		r.MissedAt = at
	}
	if r.Kit != nil {
		r.Kit = &Kit{Key: r.Kit.Key, ID: r.Kit.ID, Form: r.Kit.Form, Title: r.Kit.Title, URL: r.Kit.URL, Folder: r.Kit.Folder, MergedInto: r.Kit.MergedInto}
	}
	if r.Community != nil {
		r.Community = &Community{ID: r.Community.ID, Title: r.Community.Title}
	}
	if r.Event != nil {
		r.Event = &Event{ID: r.Event.ID, Title: r.Event.Title}
	}
	r.Entity, r.Adoption, r.Catalogue, r.Evaluation, r.Findings, r.History = nil, nil, nil, nil, nil, nil
	r.State, r.Reason, r.Withdrawn = Gone, why, false
	return r
}

// withdrawn is the tombstone of what its body, or this catalogue, took out by an explicit word.
func withdrawn(r Record, at time.Time, why schema.Text) Record {
	r = tombstone(r, at, why)
	r.Withdrawn = true
	return r
}

// sameStone gives the tombstone r the days of old when both say the same, and says whether there is nothing to write: a
// later visit of a withdrawn kit tells nothing new.
func sameStone(r, old Record) (Record, bool) {
	if old.State != Gone || r.State != Gone || old.Withdrawn != r.Withdrawn || old.Reason != r.Reason {
		return r, false
	}
	r.MissedAt = old.MissedAt
	seen := r
	seen.Commit, seen.Changed, seen.Branch, seen.FirstSeen, seen.LastRead = old.Commit, old.Changed, old.Branch, old.FirstSeen, old.LastRead
	return r, reflect.DeepEqual(seen, old)
}
