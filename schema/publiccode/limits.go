package publiccode

import (
	"bytes"
	"unicode/utf8"
)

// Limits on what is read. A real publiccode.yml has some kilobytes (the largest of the corpus 12); these are far
// above, and keep the memory of one Parse under some hundreds of megabytes whatever the input.
const (
	// MaxBytes is the largest file that is read.
	MaxBytes = 16 << 20
	// MaxMarks bounds the characters that can begin a YAML node (line ends, commas, colons, dashes, brackets...), and
	// so the number of nodes.
	MaxMarks = 400_000
	// MaxDepth bounds how deep the walk goes; YAML nesting itself is bounded by the YAML reader (10,000).
	MaxDepth = 64
	// MaxSteps bounds the nodes that the walk visits: through aliases a small file can unfold without end.
	MaxSteps = 2_000_000
	// MaxAliasBytes bounds the text that is taken through aliases, so that what is kept cannot outgrow the file by much.
	MaxAliasBytes = 1 << 20
	// MaxFindings bounds the findings of one file; further ones of a file with so many say nothing new.
	MaxFindings = 1_000
	// MaxReferences bounds the files and addresses that are looked for on behalf of one file.
	MaxReferences = 500
	// MaxExplain is the largest file for which a second YAML reader is asked where exactly a syntax error stands.
	MaxExplain = 256 << 10
	// MaxExplainDepth is the deepest nesting within one line that it is asked about: its time and memory grow with the
	// square.
	MaxExplainDepth = 500
)

// bom is the byte order mark in UTF-8.
var bom = []byte("\xef\xbb\xbf")

// measure is what one look at the bytes tells before YAML is read.
type measure struct {
	badUTF8 int  // offset of the first byte that is not UTF-8, or -1
	marks   int  // see MaxMarks
	control bool // there are control characters, which YAML readers refuse and the standard's parser lets pass
}

// Kinds of bytes that look tells apart.
const (
	markByte = 1 << iota
	controlByte
	wideByte // part of a character beyond ASCII
)

// byteKinds gives the kind of each byte; most have none.
var byteKinds = func() (kinds [256]uint8) {
	for b := range kinds {
		switch {
		case b >= utf8.RuneSelf:
			kinds[b] = wideByte
		case b < ' ' && b != '\t' && b != '\n' && b != '\r' || b == 0x7f:
			kinds[b] = controlByte
		}
	}
	for _, b := range []byte("\n\r,:-?[]{}&*!#") {
		kinds[b] = markByte
	}
	return kinds
}()

func look(data []byte) measure {
	m := measure{badUTF8: -1}
	var kinds uint8
	for _, b := range data {
		kinds |= byteKinds[b]
	}
	if len(data) > MaxMarks { // a smaller file cannot have so many
		for _, b := range data {
			m.marks += int(byteKinds[b] & markByte)
		}
	}
	m.control = kinds&controlByte != 0
	if kinds&wideByte == 0 {
		return m
	}
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			m.badUTF8 = i
			return m
		}
		if unprintable(r) {
			m.control = true
		}
		i += size
	}
	return m
}

// unprintable says whether YAML readers refuse r in a stream (YAML 1.2 §5.1).
func unprintable(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r' || r == 0x85:
		return false
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return true
	}
	return r == 0xfeff || r == 0xfffe || r == 0xffff
}

// cleaned puts the replacement character where YAML readers refuse one; lines and columns stay as they were.
func cleaned(data []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if unprintable(r) {
			return utf8.RuneError
		}
		return r
	}, data)
}

// lineAt counts the line and column, from 1, of a byte offset.
func lineAt(data []byte, offset int) (line, column int) {
	before := data[:offset]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte{'\n'}) + 1, utf8.RuneCount(before[start:]) + 1
}
