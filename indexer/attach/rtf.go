package attach

import (
	"context"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

const (
	rtfRun    = 64 << 10 // bytes of text that are decoded at a time
	rtfWord   = 32       // letters of a control word (RTF 1.9.1, "Control Word")
	rtfDigits = 10
)

// rtfHidden are the destinations whose text is no part of the document.
var rtfHidden = map[string]bool{"fonttbl": true, "colortbl": true, "stylesheet": true, "info": true, "pict": true, "object": true, "objdata": true,
	"themedata": true, "datastore": true, "listtable": true, "listoverridetable": true, "rsidtbl": true, "generator": true, "fldinst": true,
	"xmlnstbl": true, "latentstyles": true, "mmathPr": true, "annotation": true, "atnid": true, "atnauthor": true, "bkmkstart": true, "bkmkend": true,
	"revtbl": true, "filetbl": true, "pgptbl": true, "nonshppict": true, "sp": true, "deleted": true, "listtext": false, "pntext": false}

// rtfWords are control words that stand for a character.
var rtfWords = map[string]string{"emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
	"emspace": " ", "enspace": " ", "qmspace": " "}

// rtfPages are the code pages of one byte that RTF names.
var rtfPages = map[int]*charmap.Charmap{437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 866: charmap.CodePage866,
	874: charmap.Windows874, 1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253,
	1254: charmap.Windows1254, 1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	10000: charmap.Macintosh}

// rtfGroup is what holds until the group ends.
type rtfGroup struct {
	hidden bool
	vanish bool // text that Word hides, and that no reader of the printed page ever saw
	star   bool // "\*" was said: a destination that is not known is hidden
	uc     int  // characters that follow a \u for those who do not know it
}

// rtfReader reads RTF in one walk over its bytes.
type rtfReader struct {
	l       *lines
	data    []byte
	at      int
	group   rtfGroup
	groups  []rtfGroup
	page    encoding.Encoding // nil: UTF-8
	run     []byte            // text in the code page that is not decoded yet
	high    rune              // first half of a character beyond 16 bits
	omit    int               // characters still to be left out after a \u
	inTable bool
}

// readRTF reads the text of an RTF document; pictures, tables of fonts and what is marked as optional are left out.
func readRTF(ctx context.Context, data []byte, l *lines) error {
	r := &rtfReader{l: l, data: data, group: rtfGroup{uc: 1}, page: charmap.Windows1252}
	for r.at < len(data) {
		if err := l.tick(ctx); err != nil {
			return err
		}
		c := data[r.at]
		r.at++
		var err error
		switch c {
		case '{':
			if err = r.flush(); err == nil {
				if len(r.groups) >= maxDepth {
					return over("%d gruppi uno dentro l'altro", "%d groups within each other", maxDepth)
				}
				r.groups = append(r.groups, r.group)
				r.omit = 0
			}
		case '}':
			if err = r.flush(); err == nil {
				if len(r.groups) == 0 {
					return fmt.Errorf("%w: a group ends that did not begin", ErrDamaged)
				}
				r.group, r.groups, r.omit = r.groups[len(r.groups)-1], r.groups[:len(r.groups)-1], 0
				if len(r.groups) == 0 {
					return nil
				}
			}
		case '\\':
			err = r.control()
		case '\r', '\n', 0:
		default:
			err = r.byte(c)
		}
		if err != nil {
			return err
		}
	}
	if err := r.flush(); err != nil {
		return err
	}
	return fmt.Errorf("%w: the document has no end", ErrDamaged)
}

// byte takes one byte of text.
func (r *rtfReader) byte(c byte) error {
	if r.omit > 0 {
		r.omit--
		return nil
	}
	if r.group.hidden || r.group.vanish {
		return nil
	}
	if r.run = append(r.run, c); len(r.run) >= rtfRun {
		return r.flush()
	}
	return nil
}

// flush writes the text that was taken.
func (r *rtfReader) flush() error {
	if len(r.run) == 0 {
		return nil
	}
	text := string(r.run)
	if r.page != nil {
		if s, err := r.page.NewDecoder().String(text); err == nil {
			text = s
		}
	}
	r.run = r.run[:0]
	return r.l.words(text)
}

// write writes text that is decoded already.
func (r *rtfReader) write(s string) error {
	if r.group.hidden || r.group.vanish {
		return nil
	}
	if err := r.flush(); err != nil {
		return err
	}
	return r.l.words(s)
}

// control reads what follows a backslash.
func (r *rtfReader) control() error {
	if r.at >= len(r.data) {
		return nil
	}
	c := r.data[r.at]
	if c|0x20 < 'a' || c|0x20 > 'z' {
		r.at++
		return r.symbol(c)
	}
	start := r.at
	for r.at < len(r.data) && r.at-start < rtfWord && r.data[r.at]|0x20 >= 'a' && r.data[r.at]|0x20 <= 'z' {
		r.at++
	}
	word := string(r.data[start:r.at])
	from := r.at
	if r.at < len(r.data) && r.data[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.data) && r.at-from < rtfDigits && r.data[r.at] >= '0' && r.data[r.at] <= '9' {
		r.at++
	}
	number, err := strconv.Atoi(string(r.data[from:r.at]))
	has := err == nil
	if r.at < len(r.data) && r.data[r.at] == ' ' {
		r.at++
	}
	return r.word(word, number, has)
}

// symbol is a control of one character.
func (r *rtfReader) symbol(c byte) error {
	switch c {
	case '\'':
		if r.at+2 > len(r.data) {
			return nil
		}
		n, err := strconv.ParseUint(string(r.data[r.at:r.at+2]), 16, 8)
		if err != nil {
			return nil
		}
		r.at += 2
		return r.byte(byte(n))
	case '*':
		r.group.star = true
	case '\\', '{', '}':
		return r.byte(c)
	case '~':
		return r.write("\u00a0")
	case '_':
		return r.write("-")
	case '-':
		return r.write("\u00ad")
	case '\r', '\n':
		return r.paragraph()
	}
	return nil
}

// paragraph ends a line; within a table it only parts words.
func (r *rtfReader) paragraph() error {
	if r.group.hidden {
		return nil
	}
	if err := r.flush(); err != nil {
		return err
	}
	switch {
	case r.inTable:
		r.l.space()
	case r.l.breaks > 0:
		r.l.blank()
	default:
		r.l.line()
	}
	return nil
}

// word is a control word with its number.
func (r *rtfReader) word(word string, number int, has bool) error {
	star := r.group.star
	r.group.star = false
	if rtfHidden[word] || star && word != "shpinst" {
		r.group.hidden = true
		return nil
	}
	if s, ok := rtfWords[word]; ok {
		return r.write(s)
	}
	switch word {
	case "bin":
		if number > 0 {
			r.at += min(number, len(r.data)-r.at)
		}
	case "ansicpg":
		if page, ok := rtfPages[number]; ok {
			r.page = page
		} else if number == 65001 {
			r.page = nil
		}
	case "mac":
		r.page = charmap.Macintosh
	case "pc":
		r.page = charmap.CodePage437
	case "pca":
		r.page = charmap.CodePage850
	case "uc":
		r.group.uc = max(0, min(number, rtfWord))
	case "u":
		if has {
			return r.unicode(number)
		}
	case "par", "line", "sect", "page", "footnote", "header", "footer", "headerl", "headerr", "headerf", "footerl", "footerr", "footerf", "shptxt":
		return r.paragraph()
	case "v":
		r.group.vanish = !has || number != 0
	case "plain":
		r.group.vanish = false
	case "pard":
		r.inTable = false
	case "intbl":
		r.inTable = true
	case "tab":
		if err := r.flush(); err != nil || r.group.hidden || r.group.vanish {
			return err
		}
		r.l.cell()
	case "cell", "nestcell":
		if err := r.flush(); err != nil || r.group.hidden {
			return err
		}
		r.l.cell()
	case "row", "nestrow":
		if err := r.flush(); err != nil || r.group.hidden {
			return err
		}
		r.l.row()
	}
	return nil
}

// unicode is \u: a number of 16 bits, with a sign when it is large.
func (r *rtfReader) unicode(number int) error {
	r.omit = r.group.uc
	c := rune(uint16(number))
	switch {
	case utf16.IsSurrogate(c) && c < 0xdc00:
		r.high = c
		return nil
	case utf16.IsSurrogate(c):
		c = utf16.DecodeRune(r.high, c)
	}
	r.high = 0
	if c == 0 || c == utf8.RuneError {
		return nil
	}
	return r.write(string(c))
}
