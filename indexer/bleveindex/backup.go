package bleveindex

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

const (
	restoreName = "restore.tmp"
	// maxBackup bounds the records that come out of a backup: what is larger is no backup of ours.
	maxBackup = 64 << 30
	// backupBuffer is how much is handed to the compression, and taken from it, at once.
	backupBuffer = 1 << 20
)

// ErrBackup says that a file is not a whole backup of a data folder.
var ErrBackup = errors.New("not a whole backup of a data folder")

// Backup writes what is known to w: the records as they are at this moment, compressed, while reading and writing go on.
// The index is not in it: it is made again of the records. A w that stops taking holds back what is stored meanwhile, so
// the caller bounds the time of each write. The error of w comes back as it is.
func (x *Index) Backup(ctx context.Context, w io.Writer) error {
	var tx *bolt.Tx
	err := x.use(func(g *generation) (err error) {
		tx, err = g.records.Begin(false)
		return err
	})
	if err != nil {
		return err
	}
	// A rebuild may swap the generation meanwhile: closing the old one waits for this transaction.
	return errors.Join(writeBackup(ctx, w, tx), tx.Rollback())
}

// BackupFolder is [Index.Backup] of a folder that no program has open; it changes nothing in it. catalog.ErrBusy: some
// program has; catalog.ErrNotFound: there is nothing in it.
func BackupFolder(ctx context.Context, dir string, w io.Writer) (err error) {
	n, err := currentGeneration(dir)
	if err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("data folder %s is empty: %w", dir, catalog.ErrNotFound)
	}
	f, err := lock(filepath.Join(dir, lockName))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if n, err = currentGeneration(dir); err != nil { // it may have changed until we had the lock
		return err
	}
	path := filepath.Join(generationDir(dir, n), recordsName)
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: boltTimeout, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("records %s: %w", path, err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.View(func(tx *bolt.Tx) error { return writeBackup(ctx, w, tx) })
}

func writeBackup(ctx context.Context, w io.Writer, tx *bolt.Tx) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(whileWriting(ctx, z), backupBuffer)
	if _, err := tx.WriteTo(b); err != nil {
		return err
	}
	return errors.Join(b.Flush(), z.Close())
}

// writerFunc is a writer made of one function.
type writerFunc func([]byte) (int, error)

// Write calls it.
func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// whileWriting ends what is written when ctx does.
func whileWriting(ctx context.Context, w io.Writer) io.Writer {
	return writerFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return w.Write(p)
	})
}

// Restore makes a data folder of a backup: dir is new or empty, but for what a restore that was killed left. A folder is
// never half restored: it has a catalogue only when all is there. Errors: [ErrBackup] for a file that is damaged, cut short
// or something else; [LayoutError] for one of a newer program; catalog.ErrInvalid when the folder holds something,
// catalog.ErrBusy when a program has it; [catalog.StorageError].
func Restore(ctx context.Context, c Config, from io.Reader) (err error) {
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return onDisk(c.Dir, err)
	}
	if err := emptyFolder(c.Dir); err != nil {
		return err
	}
	f, err := lock(filepath.Join(c.Dir, lockName))
	if err != nil {
		return onDisk(c.Dir, err)
	}
	at := filepath.Join(c.Dir, restoreName)
	err = restore(ctx, c.Dir, at, from)
	return onDisk(c.Dir, errors.Join(err, os.RemoveAll(at), f.Close()))
}

func restore(ctx context.Context, dir, at string, from io.Reader) error {
	if err := errors.Join(os.RemoveAll(at), removeOthers(dir, 0)); err != nil {
		return err
	}
	if err := os.Mkdir(at, 0o700); err != nil {
		return err
	}
	path := filepath.Join(at, recordsName)
	if err := unpack(ctx, path, from); err != nil {
		return err
	}
	if err := checkRecords(path); err != nil {
		return err
	}
	layout, err := readLayout(path)
	if err != nil {
		return errors.Join(err, ErrBackup)
	}
	if _, ok := migrations(layout); !ok && layout != layoutVersion {
		return &LayoutError{Path: dir, Have: layout, Wants: layoutVersion}
	}
	next, err := (&generation{dir: at}).copied(ctx, dir, 1, layout)
	if err != nil {
		return err
	}
	if err := next.close(); err != nil {
		return err
	}
	return setCurrent(dir, 1)
}

// emptyFolder refuses a folder that holds anything but what a killed restore leaves.
func emptyFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if n := e.Name(); n != lockName && n != restoreName && !generationName.MatchString(n) {
			return fmt.Errorf("data folder %s is not empty, it holds %s: %w", dir, n, catalog.ErrInvalid)
		}
	}
	if n, err := currentGeneration(dir); err != nil || n != 0 {
		return errors.Join(fmt.Errorf("data folder %s holds a catalogue: %w", dir, catalog.ErrInvalid), err)
	}
	return nil
}

// unpack writes what a backup holds to a file, to the end, where the checksum is.
func unpack(ctx context.Context, path string, from io.Reader) (err error) {
	z, err := gzip.NewReader(bufio.NewReaderSize(from, backupBuffer))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBackup, err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	in := &told{r: io.LimitReader(z, maxBackup)}
	if _, err := io.CopyBuffer(whileWriting(ctx, f), in, make([]byte, backupBuffer)); err != nil {
		if in.failed {
			return fmt.Errorf("%w: %w", ErrBackup, err)
		}
		return err
	}
	return f.Sync()
}

// told tells whether it was the reading that failed.
type told struct {
	r      io.Reader
	failed bool
}

func (c *told) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.failed = err != nil && !errors.Is(err, io.EOF)
	return n, err
}

// checkRecords looks through a file of records that came from outside before anybody relies on it.
func checkRecords(path string) (err error) {
	defer func() {
		if r := recover(); r != nil { // bbolt does so for pages that make no sense
			err = fmt.Errorf("%w: %v", ErrBackup, r)
		}
	}()
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: boltTimeout, ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBackup, err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.View(func(tx *bolt.Tx) error {
		if tx.Bucket(bucketMeta) == nil || tx.Bucket(bucketClaims) == nil || tx.Bucket(bucketSources) == nil {
			return ErrBackup
		}
		var fault error
		for f := range tx.Check() {
			if fault == nil {
				fault = fmt.Errorf("%w: %w", ErrBackup, f)
			}
		}
		return fault
	})
}
