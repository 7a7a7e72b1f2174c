// Package bleveindex keeps what the catalogue knows and finds it: the record store and the search index of one data
// folder. It is the only room that knows Bleve and bbolt.
//
// # The folder
//
//	LOCK              held by the one process that writes (flock)
//	CURRENT           the name of the generation in use, "gen-7"; replaced by an atomic rename
//	gen-7/records.db  bbolt: what is known. The truth of this folder; it can be built again by visiting the sources.
//	gen-7/index/      Bleve: what is found. Built from records.db alone.
//
// A rebuild makes gen-8 beside gen-7, syncs it, renames CURRENT and removes gen-7. Other generations that are found when
// the folder is opened are what a killed rebuild left, and go.
//
// Records of an earlier layout are brought to this one the same way: a copy aside, then the swap. Those of a later one are
// refused before anything is touched. A backup is records.db as one transaction sees it, compressed; while one is restored
// restore.tmp holds what came out of it.
//
// # Buckets of records.db
//
// "|" is a zero byte. A kind is a [catalog.Kind], a key a [catalog.Key], an id the public id. Values are JSON of the named
// type of package catalog unless something else is said.
//
//	meta      "layout"             version of this list, text
//	          "complete"           number of the generation, when the file was made whole
//	          "parts"              number of keys of bucket parts, decimal
//	          "newest"             time of the newest visit, RFC 3339
//	sources   source               SourceState
//	claims    kind|key|source      Record: one thing as one source gave it
//	given     source|kind|key      empty: the claims of a source
//	entries   kind|key             Entry: all claims of a key, merged and published; tombstones stay
//	ids       kind|id              the key that has this public id, for ever
//	keys      kind|key             IDGrant: the public id of the key
//	asked     kind|id|key          empty: the keys that asked for this id, whichever they got
//	cards     kit id               Card of a kit that is not gone
//	parts     kit id|type|part id  Part of a kit that is not gone, one document of the index each
//	parttexts kit id|type|part id  text of a part that is an attachment, gzip
//	facets    kit id               map from facet to values: what the parts share
//	links     entity|kit id|role   Link
//	linked    kit id|entity|role   empty: the links of a kit
//	mentions  entity|kit id        empty: kits to publish again when the record of this entity changes
//	mentioned kit id|entity        empty: the mentions of a kit
//	leads     kind|fold|n|key      empty: what lives is found by this key too, as FoldKey writes it: n is 0 for its own, 1 for an earlier one
//	told      kind|fold|key        empty: the adoptions and evaluations of a kit's key, as FoldKey writes it
//	based     fold|key             empty: the living kits whose isBasedOn names this key
//	texts     blob                 Text, gzip: what was drawn out of the bytes of an attachment; told to the store, as claims are
//	textuse   blob|kind|key        empty: a claim of the key that is not gone has an attachment of these bytes that is not kept out
//	textused  kind|key|blob        empty: the inverse; a text without use goes with the commit that takes the last one away
//	pending   kit id               empty: its documents in the index are not yet those of parts
//
// # A commit
//
// One bbolt transaction writes claims and states, publishes the touched keys again and marks their kits as pending; from
// then on the commit is durable. Then one Bleve batch per so many parts replaces the kits' documents (of attachments those
// that would come out otherwise than they are), and a last transaction clears the marks. Opening the folder does what is
// still pending. An index that is missing, damaged, of another layout, or that does not hold as many documents as there are
// parts, is rebuilt aside.
//
// # Search
//
// Every [catalog.Part] is one document. All documents that match the text are walked, not only the best ones, so that
// totals and facets count kits exactly; a kit's score is that of its best part and a little for the others. See
// match.go for the score, collect.go for the facets, analyze.go for the words.
package bleveindex
