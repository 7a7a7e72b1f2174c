// Package publiccode reads and checks publiccode.yml, the standard file with which a public administration describes
// a software, or a kit without software, that others may reuse (publiccode.yml 0.2 to 0.7; Italian guidelines on the
// acquisition and reuse of software, under art. 69 of the Codice dell'amministrazione digitale).
//
// [Parse] takes the bytes of the file and gives two things that do not depend on each other: a [PublicCode], with as
// much as could be read even of a bad file, and the findings, which say everything that is wrong in Italian and in
// English, with line, column and what to do. What is accepted is what the reference parser of the standard (5.4.3)
// accepts without external checks; docs/publiccode-conformance.md lists where the two differ and why.
//
// How it works: the bytes are measured (limits.go), read once into YAML nodes (document.go), and walked once by hand
// (walk.go, sections*.go), without reflection. Each rule on a value stands alone (rule_*.go). The controlled lists,
// licences, countries, languages, video sites, are in data/, written by data/generate.mjs from kept-up packages.
//
// Nothing here reaches the network or the file system: that a named file exists or an address answers is for others.
package publiccode

//go:generate node data/generate.mjs
