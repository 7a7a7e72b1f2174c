// Package starter holds the catalogue that riuso serves when nobody has given it another one: a small, real catalogue
// repository in kit format 1, written from the founding documents of the reuse programme. It is content, not code:
// everything lies in the folder catalogue as Markdown and YAML, and is read by the same code as any other catalogue.
package starter

import (
	"embed"
	"io/fs"
)

// The prefix "all:" takes every file below the folder, whatever its name begins with.
//
//go:embed all:catalogue
var files embed.FS

// FS gives the starter catalogue as a tree whose root holds catalogue.md, as the root of a catalogue repository does
// (kit format 1, §15). The tree never changes.
func FS() fs.FS {
	root, err := fs.Sub(files, "catalogue")
	if err != nil {
		panic(err) // fs.Sub refuses only a name that is not a valid path, and this one is a constant
	}
	return root
}
