package pdf

import (
	"os"
	"path/filepath"
	"time"
)

const (
	dirPrefix = "riuso-pdf-"
	leftover  = time.Hour // after which nobody can be in the working directory of a child any more
)

// sweep removes the working directories that a program which was killed has left behind. They are empty: one that is not
// is not ours, and stays.
func sweep(dir string, now time.Time) {
	all, err := filepath.Glob(filepath.Join(dir, dirPrefix+"*"))
	if err != nil {
		return
	}
	for _, d := range all {
		if info, err := os.Lstat(d); err == nil && info.IsDir() && now.Sub(info.ModTime()) > leftover {
			_ = os.Remove(d) // of another's nothing is removed, and nothing is lost by that
		}
	}
}
