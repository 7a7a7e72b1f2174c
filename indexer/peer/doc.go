// Package peer reads other catalogues: a list of publishers as the Developers Italia crawler writes it, any server of the
// Developers Italia API, and another riuso catalogue by its own API. It asks, bounds and checks; what follows from the
// answers (which place is visited, which record wins, where a loop is cut) is decided by whoever calls it.
//
// # What a look costs
//
//   - A publishers.yml: one request. With an ETag or Last-Modified the server says "unchanged" and sends nothing;
//     without, the file is read and its digest compared.
//   - A server of the Developers Italia API: one request for each hundred entries and publishers, one for the list of
//     catalogues, and one more for each catalogue that no entry of the main list names. The parameter `from` of that API
//     tells creations only, never changes, so it cannot save anything. When every page of the last look had an ETag or
//     a date and they were at most [MaxMarkedPages], the same pages are asked for conditionally: as many requests and no
//     body. Else everything is read again and the digest over the entries tells whether anything changed. The servers
//     keep an answer for ten seconds: what is younger may not be seen until the next look.
//   - Another riuso catalogue: one request when nothing changed, else one for each hundred records. Its first page carries
//     a revision of the whole, so the ETag of that one page speaks for all.
//
// # What is believed
//
// Nothing. An answer is bounded in bytes, depth, entries and requests; a "next" that leads elsewhere, comes twice or
// never ends stops the reading and makes it partial, so that nothing is taken away because of it. Addresses are brought
// to the canonical form of [publiccode.NormalizeURL], texts are cleaned of control characters. Mailboxes of publishers
// are never kept.
package peer
