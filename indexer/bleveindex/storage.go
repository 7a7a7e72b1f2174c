package bleveindex

import (
	"errors"
	"strings"
	"syscall"

	"github.com/open-community-pa/riuso/catalog"
)

// diskFaults are the errors of a disk, with what they are for the operator.
var diskFaults = [...]struct {
	errno syscall.Errno
	fault catalog.StorageFault
}{
	{syscall.ENOSPC, catalog.NoRoom},
	{syscall.EDQUOT, catalog.NoQuota},
	{syscall.EROFS, catalog.ReadOnly},
	{syscall.EFBIG, catalog.TooLarge},
	{syscall.EIO, catalog.BadDisk},
}

// onDisk makes a [catalog.StorageError] of an error that comes of the disk of a data folder, and leaves any other as it
// is. Both libraries below wrap some errors of the system as text alone, so that the text counts, too.
func onDisk(dir string, err error) error {
	if err == nil {
		return nil
	}
	var known *catalog.StorageError
	if errors.As(err, &known) {
		return err
	}
	for _, d := range diskFaults {
		if errors.Is(err, d.errno) || endsWith(err.Error(), ": "+d.errno.Error()) {
			return &catalog.StorageError{Folder: dir, Fault: d.fault, Err: err}
		}
	}
	return err
}

// endsWith says whether a line of a text ends with some words.
func endsWith(text, words string) bool {
	for line := range strings.Lines(text) {
		if strings.HasSuffix(strings.TrimSuffix(line, "\n"), words) {
			return true
		}
	}
	return false
}

// isStorage says whether an error is one of the disk.
func isStorage(err error) bool {
	var e *catalog.StorageError
	return errors.As(err, &e)
}

// reopenIndex puts the index back to what of it is on the disk, when the disk did not take a batch: what was not written
// stays in memory otherwise, and Bleve tries again and again without a pause. What is missing is marked as pending. The
// writing lock is held.
func (x *Index) reopenIndex() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.gen == nil {
		return errClosed
	}
	if x.gen.index != nil {
		if err := x.gen.index.Close(); err != nil {
			x.log.Warn("the search index was closed with an error", "err", err)
		}
		x.gen.index = nil
	}
	return x.gen.openIndex()
}
