package indexer

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"

	"github.com/open-community-pa/riuso/catalog"
)

// Rehearsal is a [Store] that writes nothing: what a crawl brings is kept beside what the real one knows, and told.
type Rehearsal struct {
	store Store

	mu      sync.Mutex
	known   map[catalog.SourceID]catalog.Known
	changes []Change
}

// Change is what a crawl would do to a record.
type Change struct {
	Source catalog.SourceID `json:"source"`
	Kind   catalog.Kind     `json:"kind"`
	Key    catalog.Key      `json:"key"`
	Title  string           `json:"title"`
	Before catalog.State    `json:"before,omitempty"` // "" for what is new
	After  catalog.State    `json:"after"`
}

// NewRehearsal makes one of a store, which is only read.
func NewRehearsal(s Store) *Rehearsal {
	return &Rehearsal{store: s, known: map[catalog.SourceID]catalog.Known{}}
}

// Known gives what would be known of a source.
func (r *Rehearsal) Known(ctx context.Context, id catalog.SourceID) (catalog.Known, error) {
	r.mu.Lock()
	known, ok := r.known[id]
	r.mu.Unlock()
	if ok {
		return known, nil
	}
	return r.store.Known(ctx, id)
}

// Texts gives what the store keeps of the texts of attachments.
func (r *Rehearsal) Texts(ctx context.Context, blobs []string) (map[string]catalog.Text, error) {
	if kept, ok := r.store.(TextStore); ok {
		return kept.Texts(ctx, blobs)
	}
	return nil, nil
}

// Commit notes what would be written.
func (r *Rehearsal) Commit(ctx context.Context, deltas ...catalog.Delta) error {
	for _, d := range deltas {
		known, err := r.Known(ctx, d.State.Source.ID)
		if err != nil {
			return err
		}
		byKey := map[catalog.RecordKey]catalog.Record{}
		for _, x := range known.Records {
			byKey[x.RecordKey()] = x
		}
		r.mu.Lock()
		for _, x := range d.Put {
			before, known := byKey[x.RecordKey()]
			byKey[x.RecordKey()] = x
			if known && sameRecord(before, x) {
				continue
			}
			r.changes = append(r.changes, Change{Source: d.State.Source.ID, Kind: x.Kind, Key: x.Key, Title: x.Title, Before: before.State, After: x.State})
		}
		r.known[d.State.Source.ID] = catalog.Known{State: d.State, Records: slices.Collect(maps.Values(byKey))}
		r.mu.Unlock()
	}
	return nil
}

// sameRecord says whether two records tell the same, whenever they were read.
func sameRecord(a, b catalog.Record) bool {
	a.FirstSeen, a.LastRead, a.Commit, a.Changed = b.FirstSeen, b.LastRead, b.Commit, b.Changed
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// Sources lists what would be the state of all sources.
func (r *Rehearsal) Sources(ctx context.Context) ([]catalog.SourceState, error) {
	all, err := r.store.Sources(ctx)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	byID := map[catalog.SourceID]catalog.SourceState{}
	for _, st := range all {
		byID[st.Source.ID] = st
	}
	for id, k := range r.known {
		byID[id] = k.State
	}
	out := slices.Collect(maps.Values(byID))
	slices.SortFunc(out, func(a, b catalog.SourceState) int { return cmp.Compare(a.Source.ID, b.Source.ID) })
	return out, nil
}

// Changes lists what would change, by source, kind and key.
func (r *Rehearsal) Changes() []Change {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := slices.Clone(r.changes)
	slices.SortStableFunc(out, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	return out
}
