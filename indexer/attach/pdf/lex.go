package pdf

import "strconv"

// kind of an operand or operator of a content stream.
type kind byte

const (
	none kind = iota
	number
	name
	text
	list
	other    // what no operator of text uses: a dictionary, a bracket without its mate
	operator // it ends a command
)

// item is one of them.
type item struct {
	kind kind
	num  float64
	str  string // of a name, a text, an operator
	list []item // of a list, flat: what is nested in it is dropped
}

const (
	maxToken = 64 << 10 // bytes of one string or name
	maxList  = 16 << 10 // items of one list
)

// lexer cuts a content stream, or a map of characters, into items. It never fails: what it does not understand it skips.
type lexer struct {
	src []byte
	at  int
}

// next gives the next item, or none at the end.
func (l *lexer) next() item {
	it := l.token()
	if it.kind != operator {
		return it
	}
	switch it.str {
	case "[":
		return l.list()
	case "<<":
		l.skipDict()
		return item{kind: other}
	case "]", ">>", "{", "}":
		return item{kind: other}
	}
	return it
}

func (l *lexer) list() item {
	got := item{kind: list}
	for {
		it := l.token()
		if it.kind == none || it.kind == operator && it.str == "]" {
			return got
		}
		if (it.kind == number || it.kind == text) && len(got.list) < maxList {
			got.list = append(got.list, it)
		}
	}
}

func (l *lexer) skipDict() {
	for depth := 1; depth > 0; {
		switch it := l.token(); {
		case it.kind == none:
			return
		case it.kind == operator && it.str == "<<":
			depth++
		case it.kind == operator && it.str == ">>":
			depth--
		}
	}
}

// skipImage passes over the bytes of an image that stands in the stream: they end at EI between blanks.
func (l *lexer) skipImage() {
	for i := l.at; i+2 < len(l.src); i++ {
		if blank(l.src[i]) && l.src[i+1] == 'E' && l.src[i+2] == 'I' && (i+3 == len(l.src) || blank(l.src[i+3])) {
			l.at = i + 3
			return
		}
	}
	l.at = len(l.src)
}

func (l *lexer) token() item {
	for l.at < len(l.src) {
		c := l.src[l.at]
		switch {
		case blank(c):
			l.at++
			continue
		case c == '%':
			for l.at < len(l.src) && l.src[l.at] != '\n' && l.src[l.at] != '\r' {
				l.at++
			}
			continue
		case c == '(':
			return l.literal()
		case c == '/':
			l.at++
			return item{kind: name, str: unescape(l.word())}
		case c == '<' || c == '>':
			if l.at+1 < len(l.src) && l.src[l.at+1] == c {
				l.at += 2
				return item{kind: operator, str: string([]byte{c, c})}
			}
			l.at++
			if c == '<' {
				return l.hex()
			}
			continue
		case delimiter(c):
			l.at++
			return item{kind: operator, str: string([]byte{c})}
		}
		w := l.word()
		if n, err := strconv.ParseFloat(w, 64); err == nil && (w[0] < 'A') {
			return item{kind: number, num: n}
		}
		return item{kind: operator, str: w}
	}
	return item{}
}

func (l *lexer) word() string {
	from := l.at
	for l.at < len(l.src) && !blank(l.src[l.at]) && !delimiter(l.src[l.at]) {
		l.at++
	}
	return string(l.src[from:min(l.at, from+maxToken)])
}

func (l *lexer) literal() item {
	l.at++
	var got []byte
	for depth := 1; l.at < len(l.src); l.at++ {
		c := l.src[l.at]
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.at++
				return item{kind: text, str: string(got)}
			}
		case '\\':
			var ok bool
			if c, ok = l.escaped(); !ok {
				continue
			}
		}
		if len(got) < maxToken {
			got = append(got, c)
		}
	}
	return item{kind: text, str: string(got)}
}

// escaped reads what follows a backslash and stops on its last byte; false where it stands for nothing.
func (l *lexer) escaped() (byte, bool) {
	l.at++
	if l.at >= len(l.src) {
		return 0, false
	}
	switch c := l.src[l.at]; c {
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	case 'b':
		return '\b', true
	case 'f':
		return '\f', true
	case '\n':
		return 0, false
	case '\r':
		if l.at+1 < len(l.src) && l.src[l.at+1] == '\n' {
			l.at++
		}
		return 0, false
	case '0', '1', '2', '3', '4', '5', '6', '7':
		n := c - '0'
		for range 2 {
			if l.at+1 >= len(l.src) || l.src[l.at+1] < '0' || l.src[l.at+1] > '7' {
				break
			}
			l.at++
			n = n<<3 | (l.src[l.at] - '0')
		}
		return n, true
	default:
		return c, true
	}
}

func (l *lexer) hex() item {
	var got []byte
	half, digits := byte(0), 0
	for ; l.at < len(l.src); l.at++ {
		c := l.src[l.at]
		if c == '>' {
			l.at++
			break
		}
		d, ok := digit(c)
		if !ok {
			continue
		}
		if digits++; digits%2 == 1 {
			half = d
		} else if len(got) < maxToken {
			got = append(got, half<<4|d)
		}
	}
	if digits%2 == 1 {
		got = append(got, half<<4)
	}
	return item{kind: text, str: string(got)}
}

// unescape undoes the #xx of a name.
func unescape(s string) string {
	var got []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '#' && i+2 < len(s) {
			a, okA := digit(s[i+1])
			b, okB := digit(s[i+2])
			if okA && okB {
				got = append(got, a<<4|b)
				i += 2
				continue
			}
		}
		got = append(got, s[i])
	}
	return string(got)
}

func digit(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

func blank(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func delimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}
