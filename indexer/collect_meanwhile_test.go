package indexer

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

// slow is the store in memory on a slow disk: its first commit says that it has begun and ends when it may.
type slow struct {
	*catalogtest.Memory
	begun, may chan struct{}
	first      sync.Once
}

func (s *slow) Commit(ctx context.Context, deltas ...catalog.Delta) (err error) {
	s.first.Do(func() {
		close(s.begun)
		select {
		case <-s.may:
		case <-time.After(time.Minute):
			err = errors.New("nobody visits while the disk writes")
		}
	})
	return errors.Join(err, s.Memory.Commit(ctx, deltas...))
}

// A disk that took its time used to hold every visit up: now the only worker brings a second place while the first is being
// written, and begins with a third.
func TestVisitsGoOnDuringACommit(t *testing.T) {
	store := &slow{Memory: catalogtest.NewMemory(), begun: make(chan struct{}), may: make(chan struct{})}
	g := &trees{at: map[string]fstest.MapFS{}, mark: map[string]string{}}
	var sources []catalog.Source
	for _, id := range []string{"a", "b", "c"} {
		s := source(id)
		g.at[s.URL], g.mark[s.URL] = software(id, s.URL), "1"
		sources = append(sources, s)
	}
	n := 0 // one worker: no lock
	g.during = func(string) {
		switch n++; n {
		case 2:
			<-store.begun
		case 3:
			close(store.may)
		}
	}
	c, _ := crawler(t, g, func(cfg *Config) { cfg.Store, cfg.Workers = store, 1 })
	rep, err := c.Crawl(t.Context(), sources)
	if err != nil || rep.Visits[catalog.Full] != len(sources) {
		t.Fatalf("%v: %v", rep.Visits, err)
	}
	for _, s := range sources {
		if known, err := store.Known(t.Context(), s.ID); err != nil || len(known.Records) != 1 {
			t.Errorf("%s: %d records, %v", s.ID, len(known.Records), err)
		}
	}
}
