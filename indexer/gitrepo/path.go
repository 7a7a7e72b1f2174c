package gitrepo

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Reason says why something of the commit is not in the file system.
type Reason string

// The reasons, as they are kept in records.
const (
	Symlink   Reason = "symlink"    // never followed: it could lead anywhere
	Submodule Reason = "submodule"  // another repository: it is visited as a source of its own
	BadPath   Reason = "bad-path"   // "..", ".git", control characters, not UTF-8, a name twice in one folder
	TooLong   Reason = "long-path"  // over Limits.PathBytes
	TooDeep   Reason = "deep-path"  // over Limits.Depth
	TooLarge  Reason = "large-file" // over Limits.File
	TooMany   Reason = "too-many"   // over Limits.Wanted
	TooMuch   Reason = "too-much"   // the answer met Limits.TextBytes or Limits.Memory before this file
	Lost      Reason = "lost"       // the server did not send it
)

// Skipped is one thing that was left out. Path is safe to show: valid UTF-8, printable, cut when very long.
type Skipped struct {
	Path   string
	Reason Reason
}

// maxShownPath is where a path that nobody can open is cut, in bytes.
const maxShownPath = 300

// goodName says whether one name of a tree may be part of a path: fs.ValidPath, and what would be dangerous wherever
// the file is written one day (Git refuses the same: verify_path; the backslash separates on Windows).
func goodName(name string) bool {
	if name == "" || name == "." || name == ".." || strings.EqualFold(name, ".git") || !utf8.ValidString(name) {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return r == '/' || r == '\\' || unicode.IsControl(r) })
}

// shown makes a path that may be anything fit for a page or a log.
func shown(path string) string {
	cut := len(path) > maxShownPath
	if cut {
		path = path[:maxShownPath]
	}
	path = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '\ufffd'
		}
		return r
	}, strings.ToValidUTF8(path, "\ufffd"))
	if cut {
		path += "…"
	}
	return path
}
