// Package scaffold writes the first files of a kit, of a catalogue and of an adoption: whole trees that the check accepts,
// with comments in Italian that say what to write where. It is pure: answers in, files out; who asks and who writes to the
// disk is the caller.
//
// The files are templates below files/. Whatever they insert is quoted for YAML unless the template says otherwise, and an
// answer is judged by the same check as the files that people write: it is good when a tree made with it gives no finding
// that the tree of the examples does not give.
package scaffold
