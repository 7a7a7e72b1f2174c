package gitrepo

import (
	"slices"
	"strings"
)

// WantBelow takes what want takes and, in each of the folders that folders names, what describes the piece of software
// there: a repository of several projects. Folders is asked once, with the paths of all files. A nil want means WantAuto.
func WantBelow(want Want, folders func(paths []string) []string) Want {
	if want == nil {
		want = WantAuto
	}
	return func(paths []string) func(string) bool {
		whole, software := want(paths), WantSoftware(nil)
		below := folders(paths)
		return func(p string) bool {
			return whole(p) || slices.ContainsFunc(below, func(dir string) bool {
				rest, ok := strings.CutPrefix(p, dir+"/")
				return ok && software(rest)
			})
		}
	}
}
