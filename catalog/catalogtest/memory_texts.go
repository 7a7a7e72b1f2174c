package catalogtest

import (
	"context"
	"fmt"

	"github.com/open-community-pa/riuso/catalog"
)

// Texts gives what is known of the texts of these blobs; of others there is nothing in the map.
func (m *Memory) Texts(ctx context.Context, blobs []string) (map[string]catalog.Text, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	out := map[string]catalog.Text{}
	for _, b := range blobs {
		if t, ok := m.texts[b]; ok {
			out[b] = t
		}
	}
	return out, ctx.Err()
}

// Text gives the text of a blob, or [catalog.ErrNotFound].
func (m *Memory) Text(ctx context.Context, blob string) (*catalog.Text, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if t := m.text(blob); t != nil {
		return t, ctx.Err()
	}
	return nil, fmt.Errorf("text of %q: %w", blob, catalog.ErrNotFound)
}

// text is what [catalog.Parts] asks; the caller holds the lock.
func (m *Memory) text(blob string) *catalog.Text {
	if t, ok := m.texts[blob]; ok {
		return &t
	}
	return nil
}
