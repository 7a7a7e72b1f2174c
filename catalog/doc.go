// Package catalog is what the catalogue knows and how that may change.
//
// What a repository holds is read from an [io/fs.FS] by [Read] into a [Tree]: records (a [Kit] with its documents, model
// acts, services, tariffs, checklists and adoptions; an [Entity], a [Community], an [Event], a [Source]) and findings.
// Bad content is a finding, never an error.
//
// One look at a place is a [Visit]. [Apply] is the only place where a record changes state: it takes what was known of a
// source and a visit, and says what is to be kept. It is pure: no clock, no disk, no network.
//
// The same thing may come from several sources. Each source keeps its own [Record]; [Merge] makes of them the one
// [Entry] that is published, in a way that does not depend on the order of the visits.
//
// What is found by search is a [Part] of a kit: [Parts] lists them. [Query], [Result] and [Facet] are the words in which
// a search is asked and answered, whatever the index.
//
// The format that is read here is "kit format, version 1"; docs/design.md says which rooms lie above and below.
package catalog
