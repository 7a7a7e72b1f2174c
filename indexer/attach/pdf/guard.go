package pdf

import (
	"bytes"
	"fmt"
	"strconv"
)

// Numbers of a file that the library takes at their word when it makes its tables.
const (
	maxObjects = 1 << 21 // objects of a file
	maxColumns = 1 << 20 // bytes of a row of packed data
	maxField   = 8       // bytes of a field of a packed table
)

// guarded are the keys whose numbers are looked at, and what they may be at most.
var guarded = []struct {
	key  string
	most int64
	many bool // a list of numbers
}{
	{"Size", maxObjects, false},
	{"Columns", maxColumns, false},
	{"Index", maxObjects, true},
	{"W", maxField, true},
}

// guard refuses a file whose tables would be bigger than this process can bear: running out of memory ends a Go program
// whatever it does. It sees what stands in the clear; what is packed is left to the limits of a child (Config.Self).
func guard(data []byte) error {
	for rest := data; ; {
		i := bytes.IndexByte(rest, '/')
		if i < 0 {
			break
		}
		rest = rest[i+1:]
		l := lexer{src: rest[:min(len(rest), 24)]}
		key := unescape(l.word())
		for _, g := range guarded {
			if key != g.key {
				continue
			}
			if n := biggest(rest[l.at:], g.many); n > g.most && (key != "W" || inTable(data, rest)) {
				return fmt.Errorf("%w: /%s of %d", ErrLimit, key, n)
			}
		}
	}
	for rest := data; ; {
		i := bytes.Index(rest, []byte("xref"))
		if i < 0 {
			return nil
		}
		rest = rest[i+len("xref"):]
		if n := firsts(rest); n > maxObjects {
			return fmt.Errorf("%w: a table of %d objects", ErrLimit, n)
		}
	}
}

// biggest gives the biggest of the numbers that follow a key.
func biggest(b []byte, many bool) int64 {
	f := fields{b: b}
	var most int64
	for i := 0; ; i++ {
		w := f.next()
		if many && i == 0 && w == "[" {
			continue
		}
		n, err := strconv.ParseInt(w, 10, 64)
		if err != nil || !many && i > 0 {
			return most
		}
		most = max(most, n)
	}
}

// inTable says whether a /W belongs to a packed table of objects (fonts have a /W too, of widths).
func inTable(data, rest []byte) bool {
	at := len(data) - len(rest)
	around := data[max(0, at-512):min(len(data), at+512)]
	return bytes.Contains(around, []byte("XRef"))
}

// firsts gives the biggest number that a table of objects counts to.
func firsts(b []byte) int64 {
	f := fields{b: b}
	var most int64
	for {
		from, err := strconv.ParseInt(f.next(), 10, 64)
		if err != nil {
			return most
		}
		n, err := strconv.ParseInt(f.next(), 10, 64)
		if err != nil {
			return most
		}
		if n > maxObjects || from > maxObjects {
			return max(n, from)
		}
		most = max(most, from+n)
		for range n * 3 {
			if w := f.next(); w == "" || w == "trailer" {
				return most
			}
		}
	}
}

// fields parts bytes into words, brackets by themselves, comments left out.
type fields struct {
	b  []byte
	at int
}

func (f *fields) next() string {
	l := lexer{src: f.b, at: f.at}
	defer func() { f.at = l.at }()
	for l.at < len(l.src) {
		switch c := l.src[l.at]; {
		case blank(c):
			l.at++
		case c == '%':
			for l.at < len(l.src) && l.src[l.at] != '\n' && l.src[l.at] != '\r' {
				l.at++
			}
		case delimiter(c):
			l.at++
			return string([]byte{c})
		default:
			return l.word()
		}
	}
	return ""
}
