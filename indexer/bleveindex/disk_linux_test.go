package bleveindex_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
)

// smallDisk mounts a file system of 16 MiB.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=16m"); err != nil {
		t.Skipf("no small file system can be mounted here (root is needed): %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fillUp leaves no byte on the disk of a folder; the file that does so is the room that is made later.
func fillUp(t *testing.T, dir string) (ballast string) {
	t.Helper()
	ballast = filepath.Join(dir, "ballast")
	f, err := os.OpenFile(ballast, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	for size := 64 << 10; err == nil || size > 1; {
		if _, err = f.Write(make([]byte, size)); err != nil {
			size /= 2
		}
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return ballast
}

func titles(t *testing.T, s catalogtest.Store) map[string]string {
	t.Helper()
	entries, err := s.Entries(t.Context(), catalog.KindKit, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range entries {
		out[e.ID] = e.Title
	}
	return out
}

func total(t *testing.T, s catalogtest.Store) int {
	t.Helper()
	res, err := s.Search(t.Context(), catalog.Query{})
	if err != nil {
		t.Fatal(err)
	}
	return res.Total
}

// A disk that is full stops a commit with an error that says so; what was stored is read, searched and opened as before,
// nothing half done is seen, and with room again all goes on.
func TestAFullDiskLosesNothing(t *testing.T) {
	disk := smallDisk(t)
	dir := filepath.Join(disk, "data")
	s := open(t, dir)
	const first, last = 5, 400
	for n := range first {
		if err := s.Commit(t.Context(), numbered(n)); err != nil {
			t.Fatal(err)
		}
	}
	ballast := fillUp(t, disk)
	stuck := func(s *store, n int) {
		t.Helper()
		before := titles(t, s)
		err := s.Commit(t.Context(), numbered(n))
		var full *catalog.StorageError
		if !errors.As(err, &full) || full.Fault != catalog.NoRoom || full.Folder != dir {
			t.Fatalf("a commit on a full disk: %v", err)
		}
		// Records come first: where there was still room for them, they are kept whole, and the index learns them once it can.
		after, id := titles(t, s), fmt.Sprintf("s%d", n)
		if after[id] == fmt.Sprintf("Kit %d", n) {
			before[id] = after[id]
		}
		if d := gocmp.Diff(before, after); d != "" {
			t.Errorf("after a commit that failed (-before +after):\n%s", d)
		}
		if n := total(t, s); n != first {
			t.Errorf("%d found, want %d", n, first)
		}
	}
	stuck(s, 5)
	stuck(s, 6)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir) // the site starts on a full disk, too
	stuck(s, 5)

	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	for n := first; n < 20; n++ {
		if err := s.Commit(t.Context(), numbered(n)); err != nil {
			t.Fatalf("with room again: %v", err)
		}
	}
	if n := total(t, s); n != 20 {
		t.Errorf("%d found, want 20", n)
	}

	// A disk that fills little by little stops at whatever comes: records, index or a merge of it.
	kept, err := 20, error(nil)
	for ; kept < last; kept++ {
		if err = s.Commit(t.Context(), numbered(kept)); err != nil {
			break
		}
		grow(t, ballast)
	}
	var full *catalog.StorageError
	if !errors.As(err, &full) {
		t.Fatalf("after %d commits: %v", kept, err)
	}
	t.Logf("full at commit %d: %v", kept, err)
	if n := total(t, s); n != 20 {
		t.Errorf("%d found, want 20", n)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if err := s.Commit(t.Context(), numbered(kept), numbered(kept+1)); err != nil {
		t.Fatalf("with room again: %v", err)
	}
	whole := open(t, t.TempDir())
	for n := range kept + 2 {
		if err := whole.Commit(t.Context(), numbered(n)); err != nil {
			t.Fatal(err)
		}
	}
	if d := gocmp.Diff(titles(t, whole), titles(t, s)); d != "" {
		t.Errorf("(-on a large disk +on the small one):\n%s", d)
	}
	if a, b := total(t, whole), total(t, s); a != b {
		t.Errorf("%d found, want %d", b, a)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	if d := gocmp.Diff(titles(t, whole), titles(t, s)); d != "" {
		t.Errorf("opened again (-on a large disk +on the small one):\n%s", d)
	}
}

// grow takes some room away, as far as there is any.
func grow(t *testing.T, ballast string) {
	t.Helper()
	f, err := os.OpenFile(ballast, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(make([]byte, 512<<10)); err != nil && !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// A disk that became read-only is told as such, and not taken for a full one.
func TestAReadOnlyDiskIsToldAsSuch(t *testing.T) {
	disk := smallDisk(t)
	dir := filepath.Join(disk, "data")
	s := open(t, dir)
	if err := s.Commit(t.Context(), numbered(1)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("none", disk, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	_, err := bleveindex.Open(t.Context(), bleveindex.Config{Dir: dir})
	var e *catalog.StorageError
	if !errors.As(err, &e) || e.Fault != catalog.ReadOnly {
		t.Errorf("opened on a read-only disk: %v", err)
	}
}
