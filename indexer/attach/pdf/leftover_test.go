package pdf

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestLeftoversAreRemoved(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		age  time.Duration
		file bool
		gone bool
	}{
		dirPrefix + "old": {age: 2 * leftover, gone: true}, dirPrefix + "in use": {age: time.Second},
		dirPrefix + "full": {age: 2 * leftover, file: true}, "of another": {age: 2 * leftover},
	} {
		p := filepath.Join(dir, name)
		if err := os.Mkdir(p, 0o700); err != nil {
			t.Fatal(err)
		}
		if c.file {
			if err := os.WriteFile(filepath.Join(p, "f"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chtimes(p, now.Add(-c.age), now.Add(-c.age)); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if _, err := os.Stat(p); os.IsNotExist(err) != c.gone {
				t.Errorf("%s: %v", name, err)
			}
		}()
	}
	t.Setenv("TMPDIR", dir)
	if _, err := New(Config{Pdftotext: "-", Now: func() time.Time { return now }}); err != nil {
		t.Fatal(err)
	}
}
