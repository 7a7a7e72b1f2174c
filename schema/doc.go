// Package schema is the ground floor: it says what is written. It holds the form of a [Finding], in which every check
// of riuso speaks, and, below it, the standards that a kit is made of (see schema/publiccode).
//
// It imports nothing else of riuso, so that another program can check a kit without carrying the catalogue.
package schema
