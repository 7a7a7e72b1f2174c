package pdf

import (
	"io"

	lib "github.com/ledongthuc/pdf"
)

const (
	maxFontStream  = 4 << 20 // bytes of a map of characters, unpacked
	maxDifferences = 4 << 10 // entries of an encoding that differ from its base
	maxWidths      = 1 << 16
	usualWidth     = 500  // thousandths of the size, for a glyph whose width is not told
	wideWidth      = 1000 // the same for fonts of many glyphs (PDF 32000-1, 9.7.4.3)
)

// windows are the characters 0x80 to 0x9F of the encoding that files of offices mean by "Latin" (code page 1252).
var windows = []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")

// font turns codes into characters and tells how far each carries the pen.
type font struct {
	wide   bool // codes are of two bytes
	chars  map[string]string
	table  *[256]string // of a font with codes of one byte, for what chars does not say
	widths map[int]float64
	width  float64 // of the glyphs that widths does not name
}

// glyph is one code, decoded.
type glyph struct {
	chars string
	width float64 // in thousandths of the size
	space bool    // the code is one byte 32: the spacing of words applies
}

func (f *font) decode(raw string) []glyph {
	step := 1
	if f.wide {
		step = 2
	}
	got := make([]glyph, 0, len(raw)/step)
	for ; len(raw) >= step; raw = raw[step:] {
		code := raw[:step]
		g := glyph{width: f.width, space: code == " "}
		if w, ok := f.widths[int(number32(code))]; ok {
			g.width = w
		}
		chars, ok := f.chars[code]
		if !ok && f.table != nil {
			chars = f.table[code[0]]
		}
		g.chars = chars
		got = append(got, g)
	}
	return got
}

// newFont reads a font of a page.
func newFont(v lib.Value) *font {
	f := &font{width: usualWidth, widths: map[int]float64{}}
	var m *cmap
	if to := v.Key("ToUnicode"); to.Kind() == lib.Stream {
		m = parseCmap(unpack(to, maxFontStream))
		f.chars = m.chars
	}
	if v.Key("Subtype").Name() == "Type0" {
		f.wide = true
		f.wideWidths(v.Key("DescendantFonts").Index(0))
		return f
	}
	first := int(v.Key("FirstChar").Int64())
	widths := v.Key("Widths")
	scale := 1.0
	if v.Key("Subtype").Name() == "Type3" { // its widths are in a space of its own
		if a := v.Key("FontMatrix").Index(0).Float64(); a > 0 {
			scale = a * 1000
		}
	}
	for i := range min(widths.Len(), 256) {
		f.widths[first+i] = widths.Index(i).Float64() * scale
	}
	if widths.Len() == 0 {
		standardWidths(f, v.Key("BaseFont").Name())
	}
	if m == nil || len(m.chars) == 0 || v.Key("Encoding").Kind() != lib.Null {
		f.table = table(v, m != nil)
	}
	return f
}

// table asks the library what the 256 codes of a font stand for. It is not asked to read a map of characters: numbers in
// one can make it work for ever.
func table(v lib.Value, mapped bool) *[256]string {
	var t [256]string
	enc := v.Key("Encoding")
	asked := enc.Kind() == lib.Name && enc.Name() != "Identity-H" ||
		enc.Kind() == lib.Dict && enc.Key("Differences").Len() <= maxDifferences ||
		enc.Kind() == lib.Null && !mapped
	var decoder lib.TextEncoding
	if asked {
		f := lib.Font{V: v}
		decoder = f.Encoder()
	}
	for i := range t {
		t[i] = string(rune(i))
		if decoder != nil {
			t[i] = decoder.Decode(string([]byte{byte(i)}))
		}
		if r := []rune(t[i]); len(r) == 1 && (r[0] == '\uFFFD' || r[0] >= 0x80 && r[0] <= 0x9f) && i >= 0x80 {
			t[i] = string(rune(i))
			if i <= 0x9f {
				t[i] = string(windows[i-0x80])
			}
		}
	}
	return &t
}

// wideWidths reads the widths of a font of many glyphs: "c [w w …]" and "from to w", one after the other.
func (f *font) wideWidths(v lib.Value) {
	f.width = wideWidth
	if dw := v.Key("DW"); dw.Kind() == lib.Integer || dw.Kind() == lib.Real {
		f.width = dw.Float64()
	}
	w := v.Key("W")
	for i := 0; i+1 < w.Len() && len(f.widths) < maxWidths; {
		from := int(w.Index(i).Int64())
		if each := w.Index(i + 1); each.Kind() == lib.Array {
			for j := range min(each.Len(), maxWidths) {
				f.widths[from+j] = each.Index(j).Float64()
			}
			i += 2
			continue
		}
		to, width := int(w.Index(i+1).Int64()), w.Index(i+2).Float64()
		for c := max(from, 0); c <= min(to, maxWidths); c++ {
			f.widths[c] = width
		}
		i += 3
	}
}

// unpack gives the first bytes of a stream; what is broken in it ends it.
func unpack(v lib.Value, most int64) []byte {
	rd := v.Reader()
	defer rd.Close()
	b, _ := io.ReadAll(io.LimitReader(rd, most))
	return b
}
