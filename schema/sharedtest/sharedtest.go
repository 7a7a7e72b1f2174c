// Package sharedtest finds what tests need and the repository does not hold: the data that is shared between the checks,
// and programs of the machine. Where they are missing a test is skipped and says so; with RIUSO_TEST_STRICT=1, as the
// checks of a change run, it fails: there nothing may be skipped.
//
// The data lie in the folder that RIUSO_SHARED names, or in ../shared beside the repository.
package sharedtest

import (
	"os"
	"path/filepath"
	"testing"
)

// Strict says whether nothing may be skipped.
func Strict() bool { return os.Getenv("RIUSO_TEST_STRICT") == "1" }

// Missing skips the test for what this machine lacks, or fails it.
func Missing(t testing.TB, what string) {
	t.Helper()
	if Strict() {
		t.Fatalf("%s: and this run must not skip", what)
	}
	t.Skip(what)
}

// Dir gives the folder of the shared data, whether it is there or not.
func Dir() string {
	if dir := os.Getenv("RIUSO_SHARED"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		return "shared"
	}
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return filepath.Join(filepath.Dir(at), "shared")
		}
		if at == filepath.Dir(at) {
			return filepath.Join(dir, "shared")
		}
	}
}

// Path gives a file or folder of the shared data, named with slashes; when it is not there the test is skipped, or fails.
func Path(t testing.TB, name string) string {
	t.Helper()
	p := filepath.Join(Dir(), filepath.FromSlash(name))
	if _, err := os.Stat(p); err != nil {
		Missing(t, "the shared data is not here, set RIUSO_SHARED: "+err.Error())
	}
	return p
}
