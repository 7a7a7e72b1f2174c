package sharedtest

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// seen is a test that only notes how it would have ended.
type seen struct {
	testing.TB
	failed, skipped bool
}

func (s *seen) Helper() {}
func (s *seen) Fatalf(string, ...any) {
	s.failed = true
	runtime.Goexit()
}
func (s *seen) Skip(...any) {
	s.skipped = true
	runtime.Goexit()
}

func ends(f func(testing.TB)) *seen {
	s := &seen{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		f(s)
	}()
	<-done
	return s
}

func TestWhatIsMissingIsSkippedOrFails(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("RIUSO_SHARED", dir)
	if err := os.WriteFile(filepath.Join(dir, "there"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("RIUSO_TEST_STRICT", "")
	if s := ends(func(tb testing.TB) { Path(tb, "a/b") }); !s.skipped || s.failed {
		t.Errorf("not strict: %+v", s)
	}
	t.Setenv("RIUSO_TEST_STRICT", "1")
	if s := ends(func(tb testing.TB) { Path(tb, "a/b") }); s.skipped || !s.failed {
		t.Errorf("strict: %+v", s)
	}
	if s := ends(func(tb testing.TB) { Path(tb, "there") }); s.skipped || s.failed {
		t.Errorf("what is there: %+v", s)
	}
}

func TestTheDataLieBesideTheRepository(t *testing.T) {
	t.Setenv("RIUSO_SHARED", "")
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(wd, "..", "..", "..", "shared"); Dir() != want {
		t.Errorf("%s, want %s", Dir(), want)
	}
}
