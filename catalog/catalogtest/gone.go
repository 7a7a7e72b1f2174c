package catalogtest

import (
	"cmp"
	"context"
	"slices"

	"github.com/open-community-pa/riuso/catalog"
)

// Gone lists the tombstones of a kind, in the order of ids.
func (m *Memory) Gone(ctx context.Context, kind catalog.Kind, after string, limit int) ([]catalog.Entry, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var out []catalog.Entry
	for rk, e := range m.entries {
		if rk.Kind == kind && e.State == catalog.Gone && e.ID > after {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b catalog.Entry) int { return cmp.Compare(a.ID, b.ID) })
	if limit > 0 && len(out) > limit {
		out = out[:limit]
	}
	return out, ctx.Err()
}
