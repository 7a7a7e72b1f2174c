// Package indexer is how the catalogue learns: it goes and looks at the sources, understands what it finds and hands
// what follows to the store.
//
// A visit asks the place whether it changed ([Git].List), and only if it did reads one commit of it ([Git].Open) with
// catalog.Read; catalog.Apply says what that means for the records. [Crawler] makes the visits of a whole catalogue with a
// bounded number of workers, and commits what they bring in batches.
//
// The rooms below know one kind of place each: gitrepo a Git repository. They are handed in by the program, and none of
// them knows another.
package indexer
