package pdf

import (
	"math"
	"strings"

	lib "github.com/ledongthuc/pdf"
)

const (
	maxContent = 32 << 20 // bytes of drawing of one page, unpacked, its forms included
	maxForms   = 8        // forms within forms
	formCost   = 4 << 10  // of the bytes of a page, for each form beside its own: a few small ones that draw each other never end
	maxStates  = 64       // saved states of drawing
	maxArgs    = 64       // operands of one operator
	wordGap    = 0.15     // of the size of the letters: a wider gap parts two words
	lineGap    = 0.4      // of the size of the letters: a bigger step aside begins another line
)

// matrix is [a b c d e f] of PDF 32000-1, 8.3.3.
type matrix [6]float64

func (m matrix) mul(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

var ident = matrix{1, 0, 0, 1, 0, 0}

// state is what q saves and Q brings back.
type state struct {
	ctm                                   matrix
	font                                  *font
	size, chars, words, scale, lead, rise float64
}

// drawing follows the operators of a page and writes down the words that it draws, in the order in which it draws them.
type drawing struct {
	state
	saved     []state
	tm, line  matrix
	out       strings.Builder
	most      int  // bytes of out
	full      bool // most was reached
	budget    int64
	fonts     map[string]*font // of the whole file, by what names them
	stop      func()           // panics when the time is over
	x, y      float64          // where the last glyph ended
	began     bool
	resources lib.Value
}

// pageText gives the words of a page. fonts outlives the page; it panics where the library does.
func pageText(page, resources lib.Value, fonts map[string]*font, most int, stop func()) (s string, full bool) {
	d := &drawing{most: most, budget: maxContent, fonts: fonts, stop: stop}
	d.ctm, d.scale, d.tm, d.line = ident, 1, ident, ident
	var content []byte
	if c := page.Key("Contents"); c.Kind() == lib.Array {
		for i := range c.Len() {
			part := unpack(c.Index(i), d.budget)
			d.budget -= int64(len(part)) + 1
			content = append(append(content, part...), '\n')
			if d.budget <= 0 {
				break
			}
		}
	} else if c.Kind() == lib.Stream {
		content = unpack(c, d.budget)
		d.budget -= int64(len(content))
	}
	d.draw(content, resources, maxForms)
	return d.out.String(), d.full || d.budget <= 0
}

func (d *drawing) draw(content []byte, resources lib.Value, depth int) {
	before := d.resources
	d.resources = resources
	defer func() { d.resources = before }()
	l := lexer{src: content}
	var args []item
	for n := 0; !d.full; n++ {
		if n%1024 == 0 {
			d.stop()
		}
		it := l.next()
		if it.kind == none {
			return
		}
		if it.kind != operator {
			if len(args) < maxArgs {
				args = append(args, it)
			}
			continue
		}
		switch it.str {
		case "ID":
			l.skipImage()
		case "Do":
			if len(args) > 0 && depth > 0 && d.budget > 0 {
				d.form(args[len(args)-1].str, depth)
			}
		default:
			d.operate(it.str, args)
		}
		args = args[:0]
	}
}

// form draws a drawing within the drawing.
func (d *drawing) form(name string, depth int) {
	d.stop()
	form := d.resources.Key("XObject").Key(name)
	if form.Kind() != lib.Stream || form.Key("Subtype").Name() != "Form" {
		return
	}
	content := unpack(form, d.budget)
	d.budget -= int64(len(content)) + formCost
	resources := form.Key("Resources")
	if resources.IsNull() {
		resources = d.resources
	}
	kept, saved := d.state, d.saved
	if m := form.Key("Matrix"); m.Len() == 6 {
		var own matrix
		for i := range own {
			own[i] = m.Index(i).Float64()
		}
		d.ctm = own.mul(d.ctm)
	}
	d.saved = nil
	d.draw(content, resources, depth-1)
	d.state, d.saved = kept, saved
}

func (d *drawing) operate(op string, args []item) {
	n := func(i int) float64 {
		if i < len(args) {
			return args[i].num
		}
		return 0
	}
	switch op {
	case "q":
		if len(d.saved) < maxStates {
			d.saved = append(d.saved, d.state)
		}
	case "Q":
		if last := len(d.saved) - 1; last >= 0 {
			d.state, d.saved = d.saved[last], d.saved[:last]
		}
	case "cm":
		d.ctm = matrix{n(0), n(1), n(2), n(3), n(4), n(5)}.mul(d.ctm)
	case "BT":
		d.tm, d.line = ident, ident
	case "Tf":
		if len(args) > 1 {
			d.font, d.size = d.fontOf(args[0].str), n(1)
		}
	case "Tc":
		d.chars = n(0)
	case "Tw":
		d.words = n(0)
	case "Tz":
		d.scale = n(0) / 100
	case "TL":
		d.lead = n(0)
	case "Ts":
		d.rise = n(0)
	case "Tm":
		d.tm = matrix{n(0), n(1), n(2), n(3), n(4), n(5)}
		d.line = d.tm
	case "TD":
		d.lead = -n(1)
		d.move(n(0), n(1))
	case "Td":
		d.move(n(0), n(1))
	case "T*":
		d.move(0, -d.lead)
	case "'":
		d.move(0, -d.lead)
		d.show(args)
	case "\"":
		d.words, d.chars = n(0), n(1)
		d.move(0, -d.lead)
		d.show(args)
	case "Tj":
		d.show(args)
	case "TJ":
		for _, a := range args {
			d.show(a.list)
		}
	}
}

func (d *drawing) move(x, y float64) {
	d.line = matrix{1, 0, 0, 1, x, y}.mul(d.line)
	d.tm = d.line
}

// show draws the texts among the items; a number between them moves the pen back, in thousandths of the size.
func (d *drawing) show(items []item) {
	for _, it := range items {
		switch {
		case it.kind == number && len(items) > 1:
			d.advance(-it.num / 1000 * d.size * d.scale)
		case it.kind == text && d.font != nil:
			for _, g := range d.font.decode(it.str) {
				d.glyph(g)
				step := g.width/1000*d.size + d.chars
				if g.space {
					step += d.words
				}
				d.advance(step * d.scale)
				at := d.tm.mul(d.ctm)
				d.x, d.y = at[4]-d.chars*d.scale*at[0], at[5]-d.chars*d.scale*at[1]
			}
		}
	}
}

func (d *drawing) advance(x float64) { d.tm = matrix{1, 0, 0, 1, x, 0}.mul(d.tm) }

// glyph writes the characters of one glyph, and before them what parts them from the last: nothing, a blank, a new line.
func (d *drawing) glyph(g glyph) {
	if g.chars == "" {
		return
	}
	at := d.tm.mul(d.ctm)
	length := math.Hypot(at[0], at[1])
	size := math.Abs(d.size) * math.Hypot(at[2], at[3])
	if length > 0 && size > 0 && d.began {
		dx, dy := at[4]-d.x, at[5]-d.y
		along := (dx*at[0] + dy*at[1]) / length
		aside := math.Abs(dy*at[0]-dx*at[1]) / length
		switch {
		case aside > lineGap*size:
			d.out.WriteByte('\n')
		case along > wordGap*size || along < -size:
			d.out.WriteByte(' ')
		}
	}
	d.began = true
	if d.out.Len()+len(g.chars)+1 > d.most {
		d.full = true
		return
	}
	d.out.WriteString(g.chars)
}

// fontOf finds a font by its name on this page.
func (d *drawing) fontOf(name string) *font {
	all := d.resources.Key("Font")
	key := all.String() + " /" + name // says which objects are meant, so it is the same on many pages
	f, ok := d.fonts[key]
	if !ok {
		d.stop()
		f = newFont(all.Key(name))
		d.fonts[key] = f
	}
	return f
}
