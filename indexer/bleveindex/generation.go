package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	bolt "go.etcd.io/bbolt"
)

const (
	currentName = "CURRENT"
	lockName    = "LOCK"
	recordsName = "records.db"
	indexName   = "index"

	// boltTimeout bounds the wait for the record store's own lock; ours is held already, so that nobody should have it.
	boltTimeout = 2 * time.Second
	// compactBytes is how much is copied in one transaction when the records go to a new generation.
	compactBytes = 4 << 20
)

var generationName = regexp.MustCompile(`^gen-([1-9][0-9]{0,8})$`)

// generation is one pair of record store and index.
type generation struct {
	dir     string
	number  int
	records *bolt.DB
	index   bleve.Index
}

func generationDir(dir string, n int) string { return filepath.Join(dir, fmt.Sprintf("gen-%d", n)) }

// openRecords opens, or makes, the record store of a generation.
func openRecords(path string) (*bolt.DB, error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: boltTimeout})
	if err != nil {
		return nil, fmt.Errorf("records %s: %w", path, err)
	}
	ready := false
	err = db.View(func(tx *bolt.Tx) error {
		ready = isReady(tx)
		return nil
	})
	if err == nil && !ready { // an opening that has nothing to write must do on a full disk
		err = db.Update(prepare)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("records %s: %w", path, err), db.Close())
	}
	return db, nil
}

// isReady says whether a record store has its layout and all buckets.
func isReady(tx *bolt.Tx) bool {
	for _, name := range allBuckets() {
		if tx.Bucket(name) == nil {
			return false
		}
	}
	return string(tx.Bucket(bucketMeta).Get(metaLayout)) == layoutVersion
}

// prepare makes the buckets that are not there and notes the layout.
func prepare(tx *bolt.Tx) error {
	for _, name := range allBuckets() {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	return tx.Bucket(bucketMeta).Put(metaLayout, []byte(layoutVersion))
}

// markComplete says that the record store is whole. The mark is the generation's number, so that a half-made copy that
// already has its original's mark does not pass for whole.
func (g *generation) markComplete() error {
	return g.records.Update(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketMeta).Put(metaComplete, []byte(strconv.Itoa(g.number)))
	})
}

// isComplete says whether a generation's record store can be opened and is whole.
func isComplete(dir string, n int) bool {
	db, err := bolt.Open(filepath.Join(dir, recordsName), 0o600, &bolt.Options{Timeout: boltTimeout, ReadOnly: true})
	if err != nil {
		return false
	}
	whole := false
	err = db.View(func(tx *bolt.Tx) error {
		meta := tx.Bucket(bucketMeta)
		whole = meta != nil && string(meta.Get(metaComplete)) == strconv.Itoa(n)
		return nil
	})
	return errors.Join(err, db.Close()) == nil && whole
}

// currentGeneration says which generation is in use; 0 when the folder is new. Without a CURRENT that makes sense the
// newest whole generation is it.
func currentGeneration(dir string) (int, error) {
	raw, err := os.ReadFile(filepath.Join(dir, currentName))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return 0, err
	}
	if m := generationName.FindStringSubmatch(strings.TrimSpace(string(raw))); m != nil {
		n, err := strconv.Atoi(m[1])
		if _, statErr := os.Stat(filepath.Join(generationDir(dir, n), recordsName)); err == nil && statErr == nil {
			return n, nil
		}
	}
	all, err := generations(dir)
	if err != nil {
		return 0, err
	}
	best := 0
	for _, n := range all {
		if n > best && isComplete(generationDir(dir, n), n) {
			best = n
		}
	}
	return best, nil
}

// generations lists the generations that lie in the folder.
func generations(dir string) ([]int, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []int
	for _, e := range entries {
		if m := generationName.FindStringSubmatch(e.Name()); m != nil && e.IsDir() {
			n, err := strconv.Atoi(m[1])
			if err != nil {
				return nil, err
			}
			out = append(out, n)
		}
	}
	return out, nil
}

// removeOthers takes away every generation but n.
func removeOthers(dir string, n int) error {
	all, err := generations(dir)
	for _, g := range all {
		if g != n {
			err = errors.Join(err, os.RemoveAll(generationDir(dir, g)))
		}
	}
	return err
}

// setCurrent makes n the generation in use, for good: the name is on disk when it returns. It writes nothing when that is
// what the file says already.
func setCurrent(dir string, n int) error {
	if raw, err := os.ReadFile(filepath.Join(dir, currentName)); err == nil && string(raw) == fmt.Sprintf("gen-%d\n", n) {
		return nil
	}
	tmp := filepath.Join(dir, currentName+".tmp")
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "gen-%d\n", n)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp, filepath.Join(dir, currentName)); err != nil {
		return err
	}
	return syncDir(dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// newGeneration makes an empty generation.
func newGeneration(dir string, n int) (*generation, error) {
	g := &generation{dir: generationDir(dir, n), number: n}
	if err := os.MkdirAll(g.dir, 0o700); err != nil {
		return nil, err
	}
	var err error
	if g.records, err = openRecords(filepath.Join(g.dir, recordsName)); err != nil {
		return nil, err
	}
	if err := g.makeIndex(); err != nil {
		return nil, errors.Join(err, g.close())
	}
	if err := errors.Join(g.markComplete(), syncDir(g.dir)); err != nil {
		return nil, errors.Join(err, g.close())
	}
	return g, nil
}

// copyRecords makes generation n with a copy of this one's records, everything derived from claims made anew, and an
// index of it. steps bring the records of another layout to this one first. When it fails it leaves nothing behind: what
// a disk is full of is not left to the next opening.
func (g *generation) copyRecords(ctx context.Context, dir string, n int, steps ...func(*bolt.Tx) error) (*generation, error) {
	next := &generation{dir: generationDir(dir, n), number: n}
	if err := os.RemoveAll(next.dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(next.dir, 0o700); err != nil {
		return nil, err
	}
	db, err := bolt.Open(filepath.Join(next.dir, recordsName), 0o600, &bolt.Options{Timeout: boltTimeout})
	if err != nil {
		return nil, err
	}
	next.records = db
	err = bolt.Compact(db, g.records, compactBytes)
	for _, step := range append(steps, prepare, republishAll) {
		if err == nil {
			err = db.Update(step)
		}
	}
	if err == nil {
		err = next.makeIndex()
	}
	if err == nil {
		err = next.flush(ctx)
	}
	if err == nil {
		err = errors.Join(next.markComplete(), db.Sync(), syncDir(next.dir))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("generation %d: %w", n, err), next.close(), os.RemoveAll(next.dir))
	}
	return next, nil
}

// republishAll makes again all that is derived from claims.
func republishAll(tx *bolt.Tx) error {
	for _, name := range derivedBuckets() {
		if err := tx.DeleteBucket(name); err != nil && !errors.Is(err, errBucketNotFound) {
			return err
		}
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	if err := tx.Bucket(bucketMeta).Delete(metaParts); err != nil {
		return err
	}
	p := newPublisher(tx)
	c := tx.Bucket(bucketClaims).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		p.touch(k)
	}
	return errors.Join(tx.Bucket(bucketTexts).ForEach(func(blob, _ []byte) error {
		p.unsure[string(blob)] = true
		return nil
	}), p.publish())
}

func (g *generation) close() error {
	var err error
	if g.index != nil {
		err = g.index.Close()
	}
	if g.records != nil {
		err = errors.Join(err, g.records.Close())
	}
	return err
}
