package publiccode

import "strings"

// maxLicence is the longest expression that is read, and so the deepest nesting of brackets.
const maxLicence = 4096

// validLicence takes an SPDX licence expression (SPDX 2.3, annex D): identifiers in any case of letters, in force or
// deprecated, "+" after one, WITH an exception, AND, OR, brackets, LicenseRef- and DocumentRef-...:LicenseRef-.
func validLicence(s string) bool {
	if len(s) > maxLicence {
		return false
	}
	e := expression{rest: s}
	e.either()
	e.spaces()
	return !e.bad && e.rest == ""
}

// expression reads by recursive descent; bad stops it.
type expression struct {
	rest string
	bad  bool
}

func (e *expression) spaces() { e.rest = strings.TrimLeft(e.rest, " ") }

// word takes a fixed word or sign when it is next.
func (e *expression) word(w string) bool {
	e.spaces()
	rest, ok := strings.CutPrefix(e.rest, w)
	if ok {
		e.rest = rest
	}
	return ok
}

func (e *expression) either() {
	e.both()
	for !e.bad && e.word("OR") {
		e.both()
	}
}

func (e *expression) both() {
	e.one()
	for !e.bad && e.word("AND") {
		e.one()
	}
}

func (e *expression) one() {
	switch {
	case e.word("("):
		e.either()
		e.bad = e.bad || !e.word(")")
	case e.word("DocumentRef-"):
		e.bad = e.id() == "" || !e.word(":") || !e.word("LicenseRef-") || e.id() == ""
	case e.word("LicenseRef-"):
		e.bad = e.id() == ""
	default:
		e.licence()
	}
}

func (e *expression) licence() {
	e.spaces()
	if e.bad = !knownLicence(strings.ToLower(e.id())); e.bad {
		return
	}
	e.rest = strings.TrimPrefix(e.rest, "+") // no space before it
	if e.word("WITH") {
		e.spaces()
		e.bad = !exceptions().has(strings.ToLower(e.id()))
	}
}

// id takes the letters, digits, dots and hyphens that are next.
func (e *expression) id() string {
	n := 0
	for n < len(e.rest) && (alphanumeric(e.rest[n]) || e.rest[n] == '-' || e.rest[n] == '.') {
		n++
	}
	id := e.rest[:n]
	e.rest = e.rest[n:]
	return id
}

// knownLicence also takes -only and -or-later after an identifier in force that is not listed with them.
func knownLicence(id string) bool {
	if licences().has(id) || oldLicences().has(id) {
		return true
	}
	for _, suffix := range []string{"-only", "-or-later"} {
		if base, ok := strings.CutSuffix(id, suffix); ok && licences().has(base) {
			return true
		}
	}
	return false
}
