package pdf

import "unicode/utf16"

const maxMapped = 1 << 17 // characters of one map

// cmap says which characters the codes of a font stand for (the ToUnicode map, PDF 32000-1, 9.10.3).
type cmap struct {
	wide  bool // codes are of two bytes, as far as the map says
	chars map[string]string
}

// parseCmap reads one. What it does not understand it leaves out.
func parseCmap(src []byte) *cmap {
	m := &cmap{chars: map[string]string{}}
	l := lexer{src: src}
	var args []item
	for it := l.next(); it.kind != none; it = l.next() {
		if it.kind != operator {
			if it.kind != other && len(args) < maxList {
				args = append(args, it)
			}
			continue
		}
		switch it.str {
		case "endcodespacerange":
			for _, a := range args {
				m.wide = m.wide || len(a.str) == 2
			}
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				m.set(args[i].str, fromUTF16(args[i+1].str))
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				m.setRange(args[i].str, args[i+1].str, args[i+2])
			}
		}
		args = args[:0]
	}
	return m
}

func (m *cmap) set(code, chars string) {
	if len(code) > 0 && len(code) <= 4 && len(m.chars) < maxMapped {
		m.chars[code] = chars
	}
}

func (m *cmap) setRange(from, to string, what item) {
	lo, hi := number32(from), number32(to)
	if len(from) == 0 || len(from) != len(to) || len(from) > 4 || hi < lo || hi-lo >= 1<<16 {
		return
	}
	runes := []rune(fromUTF16(what.str))
	for i := uint32(0); i <= hi-lo && len(m.chars) < maxMapped; i++ {
		code := lo + i
		key := string([]byte{byte(code >> 24), byte(code >> 16), byte(code >> 8), byte(code)}[4-len(from):])
		switch {
		case what.kind == list:
			if int(i) >= len(what.list) {
				return
			}
			m.set(key, fromUTF16(what.list[i].str))
		case len(runes) > 0:
			next := append([]rune(nil), runes...)
			next[len(next)-1] += rune(i)
			m.set(key, string(next))
		}
	}
}

func number32(s string) uint32 {
	var n uint32
	for i := range len(s) {
		n = n<<8 | uint32(s[i])
	}
	return n
}

func fromUTF16(s string) string {
	if len(s) == 1 { // some write one byte where two are due
		return string(rune(s[0]))
	}
	u := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		u = append(u, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(u))
}
