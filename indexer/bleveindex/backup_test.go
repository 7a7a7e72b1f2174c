package bleveindex_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
)

func restored(t *testing.T, backup []byte) *store {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := bleveindex.Restore(t.Context(), bleveindex.Config{Dir: dir}, bytes.NewReader(backup)); err != nil {
		t.Fatal(err)
	}
	return open(t, dir)
}

// published gives all that a folder publishes, as it is.
func published(t *testing.T, s *store) map[string]catalog.Entry {
	t.Helper()
	out := map[string]catalog.Entry{}
	for _, kind := range []catalog.Kind{catalog.KindKit, catalog.KindEntity, catalog.KindAdoption, catalog.KindEvaluation} {
		entries, err := s.Entries(t.Context(), kind, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			out[string(kind)+" "+e.ID] = e
		}
	}
	return out
}

// What a backup brings back is what was published: ids, first-seen dates, old addresses, stories, tombstones, visits.
func TestARestoredBackupIsTheSame(t *testing.T) {
	s := moved(t)
	gone := catalogtest.Kit("g", "https://example.org/g", "andato", "Andato")
	for _, d := range []catalog.Delta{catalogtest.DeltaOf("g", gone), catalogtest.DeltaOf("g", catalogtest.Gone(gone))} {
		if err := s.Commit(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := s.Backup(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	r := restored(t, b.Bytes())
	if d := gocmp.Diff(published(t, s), published(t, r)); d != "" {
		t.Errorf("(-before +restored):\n%s", d)
	}
	if d := gocmp.Diff(found(t, s), found(t, r)); d != "" {
		t.Errorf("by their keys (-before +restored):\n%s", d)
	}
	if _, err := r.Entry(t.Context(), catalog.KindKit, "andato"); !errors.Is(err, catalog.ErrGone) {
		t.Errorf("the tombstone: %v", err)
	}
	was, err := s.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	is, err := r.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if d := gocmp.Diff(was, is); d != "" || len(is) == 0 {
		t.Errorf("sources (-before +restored):\n%s", d)
	}
	if a, b := total(t, s.Index), total(t, r.Index); a != b || a == 0 {
		t.Errorf("%d found before, %d now", a, b)
	}

	// The same of a folder that nobody has open, which is not changed by it.
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before := everything(t, s.dir)
	var closed bytes.Buffer
	if err := bleveindex.BackupFolder(t.Context(), s.dir, &closed); err != nil {
		t.Fatal(err)
	}
	if d := gocmp.Diff(before, everything(t, s.dir)); d != "" {
		t.Errorf("the folder changed: %s", d)
	}
	if d := gocmp.Diff(published(t, r), published(t, restored(t, closed.Bytes()))); d != "" {
		t.Errorf("(-of the open folder +of the closed one):\n%s", d)
	}
}

// A backup taken while others write is one moment: some first commits, whole, and none of what came later. Rebuilding
// meanwhile does not harm it.
func TestABackupWhileOthersWrite(t *testing.T) {
	const commits, backups = 60, 6
	s := open(t, t.TempDir())
	if err := s.Commit(t.Context(), numbered(0)); err != nil {
		t.Fatal(err)
	}
	wrote := make(chan error, 1)
	go func() {
		for n := 1; n < commits; n++ {
			var err error
			if n%20 == 0 {
				err = s.Rebuild(t.Context())
			}
			if err = errors.Join(err, s.Commit(context.WithoutCancel(t.Context()), numbered(n))); err != nil {
				wrote <- err
				return
			}
		}
		wrote <- nil
	}()
	var taken [][]byte
	for range backups {
		var b bytes.Buffer
		if err := s.Backup(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		taken = append(taken, b.Bytes())
	}
	if err := <-wrote; err != nil {
		t.Fatal(err)
	}
	moment := func(all map[string]string) int {
		last := -1
		for n := range commits {
			id := string(numbered(n).State.Source.ID)
			if all[id] == numbered(n).Put[0].Title {
				last = max(last, n)
			}
		}
		return last
	}
	for i, b := range taken {
		r := restored(t, b)
		got := titles(t, r.Index)
		last, want := moment(got), map[string]string{}
		for n := range last + 1 {
			want[string(numbered(n).State.Source.ID)] = numbered(n).Put[0].Title
		}
		if d := gocmp.Diff(want, got); d != "" || last < 0 {
			t.Errorf("backup %d is not the moment after commit %d (-want +got):\n%s", i, last, d)
		}
		t.Logf("backup %d: the moment after commit %d, %d bytes", i, last, len(b))
	}
}

func TestWhatIsNoBackupIsRefused(t *testing.T) {
	s := moved(t)
	var b bytes.Buffer
	if err := s.Backup(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	zipped := func(raw []byte) []byte {
		var out bytes.Buffer
		z := gzip.NewWriter(&out)
		_, err := z.Write(raw)
		if err := errors.Join(err, z.Close()); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/2] ^= 0xff
	z, err := gzip.NewReader(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{
		"empty": nil, "text": []byte("ciao"), "cut": whole[:len(whole)-1], "cut short": whole[:len(whole)/3], "flipped": flipped,
		"other": zipped([]byte(strings.Repeat("a", 100_000))), "nothing": zipped(nil), "cut inside": zipped(raw[:len(raw)/2/4096*4096]),
	} {
		dir := filepath.Join(t.TempDir(), "data")
		err := bleveindex.Restore(t.Context(), bleveindex.Config{Dir: dir}, bytes.NewReader(text))
		if !errors.Is(err, bleveindex.ErrBackup) {
			t.Errorf("%s: %v", name, err)
		}
		left, err := os.ReadDir(dir)
		if err != nil || len(left) > 1 {
			t.Errorf("%s leaves %v, %v", name, left, err)
		}
		// What is left is no obstacle to the right one.
		if err := bleveindex.Restore(t.Context(), bleveindex.Config{Dir: dir}, bytes.NewReader(whole)); err != nil {
			t.Errorf("after %s: %v", name, err)
		}
		if err := bleveindex.Restore(t.Context(), bleveindex.Config{Dir: dir}, bytes.NewReader(whole)); !errors.Is(err, catalog.ErrInvalid) {
			t.Errorf("into a folder that holds something: %v", err)
		}
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "letter.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := bleveindex.Restore(t.Context(), bleveindex.Config{Dir: other}, bytes.NewReader(whole)); !errors.Is(err, catalog.ErrInvalid) {
		t.Errorf("into somebody else's folder: %v", err)
	}
	if err := bleveindex.BackupFolder(t.Context(), s.dir, io.Discard); !errors.Is(err, catalog.ErrBusy) {
		t.Errorf("a folder that is open: %v", err)
	}
	if err := bleveindex.BackupFolder(t.Context(), t.TempDir(), io.Discard); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("an empty folder: %v", err)
	}
}

// A restore that was killed at any moment leaves no catalogue, and the next one is whole.
func TestARestoreThatStopsLeavesNothing(t *testing.T) {
	s := moved(t)
	var b bytes.Buffer
	if err := s.Backup(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "data")
	for _, path := range []string{"restore.tmp", "gen-1"} {
		if err := os.MkdirAll(filepath.Join(dir, path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, path, "records.db"), b.Bytes()[:100], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := bleveindex.Restore(t.Context(), bleveindex.Config{Dir: dir}, bytes.NewReader(b.Bytes())); err != nil {
		t.Fatal(err)
	}
	if n := total(t, open(t, dir).Index); n == 0 {
		t.Error("nothing is there")
	}
}
