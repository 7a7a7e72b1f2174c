package gitrepo

import (
	"io"
	"os"
	"runtime"
	"testing"
)

// A program that is killed leaves nothing of what it was reading.
func TestSpoolHasNoName(t *testing.T) {
	dir := t.TempDir()
	s, err := newSpool(dir)
	if err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 && runtime.GOOS != "windows" {
		t.Errorf("%v, %v", left, err)
	}
	if _, err := s.Write([]byte("prima")); err != nil {
		t.Fatal(err)
	}
	if err := s.again(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Write([]byte("poi")); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(io.NewSectionReader(s, 0, 100)); err != nil || string(got) != "poi" {
		t.Errorf("%q, %v", got, err)
	}
	if err := s.end(); err != nil {
		t.Error(err)
	}
	empty(t, dir)
}
