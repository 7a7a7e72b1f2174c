package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

// Config says where the data lie.
type Config struct {
	Dir    string           // of the data; made when it is not there
	Now    func() time.Time // the clock, for the log; time.Now when nil
	Logger *slog.Logger     // told of rebuilds; nobody when nil
}

// Index is the record store and search index of one data folder. Its methods may be called at the same time from many
// goroutines; writing waits for writing.
type Index struct {
	dir      string
	now      func() time.Time
	log      *slog.Logger
	lock     *os.File
	synonyms *synonyms

	writing     sync.Mutex   // one commit or rebuild at a time
	mu          sync.RWMutex // guards gen; held for reading as long as a generation is used
	gen         *generation  // nil when closed
	numbers     statsCache
	sourceCards cardsCache
}

// Open opens the data folder of c for reading and writing, and puts right what a killed program left: kits that are not in
// the index yet, a damaged or old index, generations that nobody uses. It gives [catalog.ErrBusy] when another process has
// the folder, [catalog.ErrInvalid] when c makes no sense, [LayoutError] when another program wrote the folder, and
// [catalog.StorageError] when the disk does not take what must be written; a folder in which nothing is to be put right
// opens on a full disk, too.
func Open(ctx context.Context, c Config) (*Index, error) {
	if c.Dir == "" {
		return nil, fmt.Errorf("no data folder was named: %w", catalog.ErrInvalid)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return nil, onDisk(c.Dir, err)
	}
	f, err := lock(filepath.Join(c.Dir, lockName))
	if err != nil {
		return nil, onDisk(c.Dir, err)
	}
	x := &Index{dir: c.Dir, now: c.Now, log: c.Logger, lock: f, synonyms: readSynonyms(synonymsText)}
	if err := x.open(ctx); err != nil {
		return nil, errors.Join(onDisk(c.Dir, err), x.Close())
	}
	return x, nil
}

func (x *Index) open(ctx context.Context) error {
	n, err := currentGeneration(x.dir)
	if err != nil {
		return err
	}
	if n == 0 {
		if err := removeOthers(x.dir, n); err != nil {
			return err
		}
		if x.gen, err = newGeneration(x.dir, 1); err != nil {
			return err
		}
		return setCurrent(x.dir, 1)
	}
	// Before anything is touched: what a newer program wrote is not ours to tidy.
	layout, err := layoutOf(x.dir, n)
	if err != nil {
		return err
	}
	if err := removeOthers(x.dir, n); err != nil {
		return err
	}
	if layout != layoutVersion {
		return x.migrate(ctx, n, layout)
	}
	g := &generation{dir: generationDir(x.dir, n), number: n}
	if g.records, err = openRecords(filepath.Join(g.dir, recordsName)); err != nil {
		return err
	}
	x.gen = g
	err = g.openIndex()
	if err == nil {
		if err = onDisk(x.dir, g.flush(ctx)); isStorage(err) {
			x.log.WarnContext(ctx, "the search index lags behind the records until there is room", "err", err)
			return x.reopenIndex()
		}
	}
	if err == nil {
		err = g.checkIndex()
	}
	if errors.Is(err, errIndex) {
		x.log.WarnContext(ctx, "rebuilding the search index", "generation", n, "reason", err.Error())
		return x.rebuild(ctx)
	}
	if err != nil {
		return err
	}
	return setCurrent(x.dir, n)
}

// Commit writes deltas: when it returns without an error their records are on disk and found by a search. When it fails
// nothing of them is, or all of it is and will be found after the next commit or opening. A delta that makes no sense (a
// source without an id, another source's record) gives [catalog.ErrInvalid] and nothing is written. When the disk takes
// nothing more it is a [catalog.StorageError], reading goes on, and the same commit may be tried again later.
func (x *Index) Commit(ctx context.Context, deltas ...catalog.Delta) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.writing.Lock()
	defer x.writing.Unlock()
	stuck := false // the records are stored, the index did not take them
	err := x.use(func(g *generation) error {
		err := g.records.Update(func(tx *bolt.Tx) error {
			p := newPublisher(tx)
			for _, d := range deltas {
				if err := p.take(d); err != nil {
					return err
				}
			}
			return p.publish()
		})
		if err != nil {
			return fmt.Errorf("commit: %w", err)
		}
		if err = onDisk(x.dir, g.flush(ctx)); isStorage(err) {
			stuck = true
		}
		return err
	})
	if err = onDisk(x.dir, err); isStorage(err) {
		if stuck {
			if again := x.reopenIndex(); again != nil {
				x.log.ErrorContext(ctx, "the search index does not open", "err", again)
			}
		}
		return err
	}
	if errors.Is(err, errIndex) {
		x.log.WarnContext(ctx, "rebuilding the search index", "reason", err.Error())
		return onDisk(x.dir, x.rebuild(ctx))
	}
	return err
}

// Rebuild makes a new generation beside the one in use: records copied, everything derived from them and the index made
// anew. Reading goes on meanwhile; writing waits.
func (x *Index) Rebuild(ctx context.Context) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	return onDisk(x.dir, x.rebuild(ctx))
}

func (x *Index) rebuild(ctx context.Context) error {
	start := x.now()
	var next *generation
	err := x.use(func(g *generation) (err error) {
		next, err = g.copyRecords(ctx, x.dir, g.number+1)
		return err
	})
	if err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	if err := setCurrent(x.dir, next.number); err != nil {
		// The name may have changed on disk all the same: what is in use must be what it says.
		return errors.Join(fmt.Errorf("rebuild: %w", err), next.close(), setCurrent(x.dir, next.number-1))
	}
	x.mu.Lock()
	old := x.gen
	x.gen = next
	x.mu.Unlock()
	x.log.InfoContext(ctx, "rebuilt the search index", "generation", next.number, "duration", x.now().Sub(start))
	return errors.Join(old.close(), os.RemoveAll(old.dir))
}

// use lends the generation in use to f; it is not closed meanwhile.
func (x *Index) use(f func(*generation) error) error {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.gen == nil {
		return errClosed
	}
	return f(x.gen)
}

var errClosed = errors.New("the index is closed")

// view runs f in a reading transaction of the record store.
func (x *Index) view(ctx context.Context, f func(*bolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return x.use(func(g *generation) error { return g.records.View(f) })
}

// Close waits for what is under way and lets go of the folder. A second Close does nothing.
func (x *Index) Close() error {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	var err error
	if x.gen != nil {
		err = x.gen.close()
		x.gen = nil
	}
	if x.lock != nil {
		err = errors.Join(err, x.lock.Close())
		x.lock = nil
	}
	return err
}
