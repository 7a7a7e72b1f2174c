// Package attach draws the text out of the files that come with a kit: documents, sheets, slides, diagrams, signed
// envelopes, lists of archives (kit format, §12).
//
// [Reader.Read] takes the bytes of one file and gives a [catalog.Text]: its words by page, cleaned, in which what the lint
// knows as data of persons or as secrets is masked, and what stood in the way, as faults with what to do. What a file is
// its bytes say; its name comes second. There is no file for which it fails: a damaged or hostile one costs a fault, and
// what was read before stays. It stores nothing and starts nothing.
//
// Every file is hostile: bytes, inflated bytes, entries, depth, pages, text and time are bounded by [Limits] and the
// constants beside it, and a panic of a reader is a fault too. PDF is read by a [PDFReader] that is handed in.
package attach
