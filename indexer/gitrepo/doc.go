// Package gitrepo reads one Git repository of somebody else: its references, one commit as an [fs.FS], and which commits
// touched which file. It writes nothing, keeps no clone and starts no other program.
//
// Kits are small and the repositories around them large (hundreds of megabytes of trees and attachments for some
// kilobytes of text), so a visit asks for three things and no more: the list of references, the commit with its trees
// and no file at all, and then only the files whose names say that they matter. docs/fetching.md compares the ways.
//
// Whatever a server sends is hostile: the pack reader of this package (pack.go, delta.go) counts every inflated byte
// before keeping it, paths are checked one name at a time (path.go), and every count has a limit in [Limits]. What it
// met and left out (a symbolic link, a submodule, a path that leads outside, a file that is too large) is told in
// [Snapshot.Skipped]; what makes the whole visit impossible is one of the errors of errors.go, which the caller turns
// into the outcome of the visit.
//
// A [Reader] may be shared between goroutines: it holds its configuration only, and each call works on objects of its
// own. Names and mail addresses of authors are never read.
package gitrepo
