// Package peertest is other catalogues on loopback, for tests and demonstrations: a server that speaks the Developers
// Italia API over a set of entries, with its paging, its cursors and its errors, and a server of single files such as a
// publishers.yml. Both can be told to misbehave. A riuso catalogue needs no stand-in: it is the real one.
package peertest
