package catalogtest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

// Memory is a store and search in memory, written to be short: every commit publishes everything again, every search
// looks at every part. It is right for some hundreds of records.
type Memory struct {
	mu      sync.RWMutex
	claims  map[claim]catalog.Record
	sources map[catalog.SourceID]catalog.SourceState
	grants  map[catalog.Kind]ledger                 // public ids
	taken   map[catalog.Kind]map[string]catalog.Key // the inverse
	leads   map[catalog.RecordKey][]catalog.Key     // from another key, folded, to what lives, see resolve
	entries map[catalog.RecordKey]catalog.Entry
	texts   map[string]catalog.Text // of attachments, by blob
	keptOut *catalog.KeptOut        // by the operator's catalogue, as of the last commit
	now     time.Time               // of the newest visit
	made    parts
}

// parts keeps those of each kit between two commits: to make them takes most of a search.
type parts struct {
	mu sync.Mutex
	of map[catalog.Key][]catalog.Part
}

type claim struct {
	catalog.RecordKey
	source catalog.SourceID
}

var _ Store = (*Memory)(nil)

// NewMemory makes an empty one.
func NewMemory() *Memory {
	return &Memory{claims: map[claim]catalog.Record{}, sources: map[catalog.SourceID]catalog.SourceState{},
		grants: map[catalog.Kind]ledger{}, taken: map[catalog.Kind]map[string]catalog.Key{}, entries: map[catalog.RecordKey]catalog.Entry{},
		texts: map[string]catalog.Text{}}
}

// Known gives what is known of a source.
func (m *Memory) Known(ctx context.Context, id catalog.SourceID) (catalog.Known, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	k := catalog.Known{State: m.sources[id]}
	for c, r := range m.claims {
		if c.source == id {
			k.Records = append(k.Records, r)
		}
	}
	slices.SortFunc(k.Records, func(a, b catalog.Record) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	return k, ctx.Err()
}

// Commit writes deltas, all or none.
func (m *Memory) Commit(ctx context.Context, deltas ...catalog.Delta) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, d := range deltas {
		if d.State.Source.ID == "" {
			return fmt.Errorf("a delta of no source: %w", catalog.ErrInvalid)
		}
		for _, r := range d.Put {
			if r.Source != d.State.Source.ID || r.Key == "" || r.Kind == "" {
				return fmt.Errorf("record %q of source %q in the delta of %q: %w", r.Key, r.Source, d.State.Source.ID, catalog.ErrInvalid)
			}
		}
		for _, t := range d.Texts {
			if t.Blob == "" {
				return fmt.Errorf("a text of no attachment in the delta of %q: %w", d.State.Source.ID, catalog.ErrInvalid)
			}
		}
	}
	m.made.of = nil
	for _, d := range deltas {
		d.State.Exclusions = catalog.Remembering(m.sources[d.State.Source.ID].Exclusions, d.State.Exclusions)
		m.sources[d.State.Source.ID] = d.State
		if at := d.State.Last().At; at.After(m.now) {
			m.now = at
		}
		for _, r := range d.Put {
			m.claims[claim{r.RecordKey(), r.Source}] = r
		}
		for _, t := range d.Texts {
			m.texts[t.Blob] = t.Bounded()
		}
	}
	m.publish()
	return nil
}

// Entry gives what is published under a public id.
func (m *Memory) Entry(ctx context.Context, kind catalog.Kind, id string) (*catalog.Entry, error) {
	m.mu.RLock()
	key, ok := m.taken[kind][id]
	m.mu.RUnlock()
	if !ok {
		return nil, fmt.Errorf("%s %q: %w", kind, id, catalog.ErrNotFound)
	}
	return m.EntryByKey(ctx, kind, key)
}

// EntryByKey gives what is published under a key, be it an earlier one of the thing.
func (m *Memory) EntryByKey(ctx context.Context, kind catalog.Kind, key catalog.Key) (*catalog.Entry, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	key, _ = m.resolve(kind, key)
	e, ok := m.entries[catalog.RecordKey{Kind: kind, Key: key}]
	switch {
	case !ok:
		return nil, fmt.Errorf("%s %q: %w", kind, key, catalog.ErrNotFound)
	case e.State == catalog.Gone:
		return &e, fmt.Errorf("%s %q: %w", kind, key, catalog.ErrGone)
	}
	return &e, ctx.Err()
}

// Entries lists what is published of a kind and not gone, in the order of ids.
func (m *Memory) Entries(ctx context.Context, kind catalog.Kind, after string, limit int) ([]catalog.Entry, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.live(kind, after, limit), ctx.Err()
}

// live does the work of Entries; the caller holds the lock.
func (m *Memory) live(kind catalog.Kind, after string, limit int) []catalog.Entry {
	var out []catalog.Entry
	for rk, e := range m.entries {
		if rk.Kind == kind && e.State != catalog.Gone && e.ID > after {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b catalog.Entry) int { return cmp.Compare(a.ID, b.ID) })
	if limit > 0 && len(out) > limit {
		out = out[:limit]
	}
	return out
}

// body tells what is known of an entity; the caller holds the lock.
func (m *Memory) body(r catalog.EntityRef) *catalog.Entity {
	return m.entries[catalog.RecordKey{Kind: catalog.KindEntity, Key: catalog.Key(r)}].Entity
}

// named is the body by its record, or else by the name that a kit tells.
func (m *Memory) named(r catalog.EntityRef) *catalog.Entity {
	if b := m.body(r); b != nil {
		return b
	}
	return catalog.NameIn(func(yield func(catalog.Link) bool) {
		for _, e := range m.live(catalog.KindKit, "", 0) {
			for _, l := range catalog.LinksOf(&e) {
				if l.Entity == r && !yield(l) {
					return
				}
			}
		}
	})
}

// Cards lists the kits that are not gone.
func (m *Memory) Cards(ctx context.Context, after string, limit int) ([]catalog.Card, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var out []catalog.Card
	for _, e := range m.live(catalog.KindKit, after, limit) {
		out = append(out, catalog.CardOf(&e, m.body))
	}
	return out, ctx.Err()
}

// Links tells what a body has to do with which kits.
func (m *Memory) Links(ctx context.Context, body catalog.EntityRef) ([]catalog.Link, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var out []catalog.Link
	for _, e := range m.live(catalog.KindKit, "", 0) {
		for _, l := range catalog.LinksOf(&e) {
			if l.Entity == body {
				out = append(out, l)
			}
		}
	}
	return out, ctx.Err()
}

// Source gives the state of a source.
func (m *Memory) Source(ctx context.Context, id catalog.SourceID) (catalog.SourceState, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	s, ok := m.sources[id]
	if !ok {
		return s, fmt.Errorf("source %q: %w", id, catalog.ErrNotFound)
	}
	return s, ctx.Err()
}

// Sources lists the states of all sources in the order of ids.
func (m *Memory) Sources(ctx context.Context) ([]catalog.SourceState, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var out []catalog.SourceState
	for _, id := range slices.Sorted(maps.Keys(m.sources)) {
		out = append(out, m.sources[id])
	}
	return out, ctx.Err()
}

// Stats counts what is published and not gone.
func (m *Memory) Stats(ctx context.Context) (catalog.Stats, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var s catalog.Stats
	named := map[catalog.EntityRef]bool{}
	for _, e := range m.live(catalog.KindKit, "", 0) {
		s.Add(catalog.CardOf(&e, m.body))
		for _, l := range catalog.LinksOf(&e) {
			named[l.Entity] = true
		}
	}
	for _, e := range m.live(catalog.KindEntity, "", 0) {
		delete(named, catalog.EntityRef(e.Key))
	}
	s.Named = len(named)
	s.Entities, s.Communities = len(m.live(catalog.KindEntity, "", 0)), len(m.live(catalog.KindCommunity, "", 0))
	for _, src := range m.sources {
		if !src.Removed && src.Source.On() {
			s.Sources++
		}
		if last := src.Last(); last.At.After(s.Updated) {
			s.Updated = last.At
		}
	}
	return s, ctx.Err()
}
