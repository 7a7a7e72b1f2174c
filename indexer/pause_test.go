package indexer

import (
	"context"
	"errors"
	"slices"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

// fullStore is a store whose disk may be full. It counts what it is asked to store meanwhile.
type fullStore struct {
	*catalogtest.Memory
	mu    sync.Mutex
	full  bool
	tried []time.Time
}

func (s *fullStore) Commit(ctx context.Context, d ...catalog.Delta) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full {
		s.tried = append(s.tried, time.Now())
		return &catalog.StorageError{Folder: "dati", Fault: catalog.NoRoom, Err: syscall.ENOSPC}
	}
	return s.Memory.Commit(ctx, d...)
}

func (s *fullStore) set(full bool) (tried []time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	tried, s.full, s.tried = s.tried, full, nil
	return tried
}

// The visits of a site whose disk is full wait, longer each time, do not end, and go on by themselves.
func TestAKeeperWaitsForRoomOnTheDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		disk := &fullStore{}
		var told []bool
		k := keepWith(t, time.Hour, map[string]string{"a": "", "b": ""}, func(c *Config, kc *KeeperConfig) {
			disk.Memory = c.Store.(*catalogtest.Memory)
			c.Store = disk
			kc.Stopped = func(e *catalog.StorageError) { told = append(told, e != nil) }
		})
		defer k.end()
		if err := k.k.Trouble(); err != nil {
			t.Fatal(err)
		}
		disk.set(true)
		k.pass(5 * time.Hour)
		var full *catalog.StorageError
		if err := k.k.Trouble(); !errors.As(err, &full) {
			t.Errorf("the keeper does not say what holds it: %v", err)
		}
		if err := k.k.Ask(t.Context(), "a"); err != nil { // a wish of somebody waits, too
			t.Errorf("asked for meanwhile: %v", err)
		}
		synctest.Wait()
		tried := disk.set(false)
		if len(tried) < 8 || len(tried) > 60 {
			t.Fatalf("%d attempts to store in five hours", len(tried))
		}
		var last time.Duration
		for i := 1; i < len(tried); i++ {
			gap := tried[i].Sub(tried[i-1])
			if gap < last || gap > maxPause {
				t.Errorf("attempt %d comes %v after the one before, that one %v", i, gap, last)
			}
			last = gap
		}
		if last != maxPause {
			t.Errorf("the last pause is %v", last)
		}
		before := k.visited("a")
		k.pass(maxPause)
		if err := k.k.Trouble(); err != nil {
			t.Errorf("with room again: %v", err)
		}
		if after := k.visited("a"); after <= before {
			t.Errorf("a was visited %d times, %d before: what was asked for or due is not made up for", after, before)
		}
		if !slices.Equal(told, []bool{true, false}) {
			t.Errorf("told %v, want once that it stopped and once that it goes on", told)
		}
	})
}

func (k *kept) visited(id catalog.SourceID) int {
	k.Helper()
	known, err := k.store.Known(k.Context(), id)
	if err != nil {
		k.Fatal(err)
	}
	return len(known.State.Visits)
}

// A disk that is full is nobody's fault: the crawl stops with that, and no source gets a failed visit for it.
func TestACrawlStopsOnAFullDisk(t *testing.T) {
	git := &trees{at: map[string]fstest.MapFS{}}
	for _, id := range []string{"a", "b", "c"} {
		git.at[source(id).URL] = software(id, source(id).URL)
	}
	disk := &fullStore{full: true}
	c, _ := crawler(t, git, func(cfg *Config) {
		disk.Memory = cfg.Store.(*catalogtest.Memory)
		cfg.Store = disk
	})
	all := []catalog.Source{source("a"), source("b"), source("c")}
	rep, err := c.Crawl(t.Context(), all)
	var full *catalog.StorageError
	if !errors.As(err, &full) || len(rep.Sources) != 0 {
		t.Fatalf("%v, %d sources reported", err, len(rep.Sources))
	}
	if n := len(disk.set(false)); n != 1 {
		t.Errorf("%d attempts to store on a full disk, want one", n)
	}
	rep, err = c.Crawl(t.Context(), all)
	if err != nil || rep.Visits[catalog.Full] != 3 {
		t.Errorf("with room again: %v, %v", err, rep.Visits)
	}
}
