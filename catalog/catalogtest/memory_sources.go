package catalogtest

import (
	"context"
	"maps"
	"slices"

	"github.com/open-community-pa/riuso/catalog"
)

// FindSources gives a page of sources with the numbers around it.
func (m *Memory) FindSources(ctx context.Context, q catalog.SourceQuery) (catalog.SourceResult, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var cards []catalog.SourceCard
	for _, id := range slices.Sorted(maps.Keys(m.sources)) {
		s := m.sources[id]
		cards = append(cards, catalog.SourceCardOf(&s))
	}
	out, err := catalog.FindSources(cards, q)
	if err == nil {
		err = ctx.Err()
	}
	return out, err
}
