package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// shallow keeps quotations, lists and footnotes from standing in each other deeper than [MaxDepth].
type shallow struct{ parser.BlockParser }

// Open refuses a container that would lie too deep: its mark is then a plain character.
func (s shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		switch n.Kind() {
		case ast.KindBlockquote, ast.KindList, east.KindFootnote:
			depth++
		}
	}
	if depth >= MaxDepth {
		return nil, parser.NoChildren
	}
	return s.BlockParser.Open(parent, reader, pc)
}

// few lets an inline parser take at most [MaxMarks] marks in one paragraph: matching them with each other takes the
// square of their number. Each may also read its line to the end, so that many marks on one long line are too many
// sooner ([MaxScan]).
type few struct {
	parser.InlineParser
	key parser.ContextKey
}

// newFew wraps p. The wrapper passes on what p wants to know of the end of a block.
func newFew(p parser.InlineParser) parser.InlineParser {
	f := few{p, parser.NewContextKey()}
	if c, ok := p.(parser.CloseBlocker); ok {
		return fewClosing{f, c}
	}
	return f
}

type fewClosing struct {
	few
	parser.CloseBlocker
}

// marks counts the marks of one paragraph.
type marks struct {
	block ast.Node
	n     int
}

func (f few) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	m, ok := pc.Get(f.key).(*marks)
	if !ok || m.block != parent {
		m = &marks{block: parent}
		pc.Set(f.key, m)
	}
	s := settingsOf(pc)
	if m.n >= MaxMarks || s.scanned >= MaxScan {
		return nil
	}
	m.n++
	line, _ := block.PeekLine()
	s.scanned += len(line)
	return f.InlineParser.Parse(parent, block, pc)
}

// footnoteRefs lets a text refer to footnotes at most [MaxMarks] times: each reference looks through all footnotes.
type footnoteRefs struct{ parser.InlineParser }

func (f footnoteRefs) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if !bytes.HasPrefix(bytes.TrimPrefix(line, []byte("!")), []byte("[^")) {
		return nil
	}
	s := settingsOf(pc)
	if s.footnotes++; s.footnotes > MaxMarks {
		return nil
	}
	return f.InlineParser.Parse(parent, block, pc)
}

// definitions reads the addresses at the foot of a text, unless one paragraph holds more than [MaxMarks] of them: the
// library takes them off one by one, each time moving the rest.
type definitions struct{ parser.ParagraphTransformer }

func (d definitions) Transform(p *ast.Paragraph, reader text.Reader, pc parser.Context) {
	n := 0
	for i := range p.Lines().Len() {
		line := p.Lines().At(i)
		if bytes.HasPrefix(bytes.TrimSpace(line.Value(reader.Source())), []byte("[")) {
			n++
		}
	}
	if n <= MaxMarks {
		d.ParagraphTransformer.Transform(p, reader, pc)
	}
}

// tables keeps tables from growing: the format fills short rows up to the width of the head, so that 80 kB of text
// can ask for 40 MB of cells.
type tables struct{ parser.ParagraphTransformer }

func (t tables) Transform(p *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines, source := p.Lines(), reader.Source()
	wide, cells := 0, 0 // at worst: which line the library will take is its own affair
	for i := 1; i < lines.Len(); i++ {
		line := lines.At(i)
		columns := delimiterColumns(line.Value(source))
		wide, cells = max(wide, columns), max(cells, columns*(lines.Len()-i+1))
	}
	s := settingsOf(pc)
	if s.cells += cells; wide > MaxColumns || s.cells > MaxCells {
		s.cells -= cells
		code := ast.NewCodeBlock()
		code.SetLines(lines)
		p.Parent().ReplaceChild(p.Parent(), p, code)
		return
	}
	t.ParagraphTransformer.Transform(p, reader, pc)
}

// delimiterColumns gives the number of columns that the line under the head of a table asks for, 0 for another line.
func delimiterColumns(line []byte) int {
	line = bytes.TrimSpace(line)
	if len(bytes.Trim(line, "|-: \t")) > 0 || bytes.IndexByte(line, '-') < 0 || len(bytes.Trim(line, "-")) == 0 {
		return 0
	}
	return bytes.Count(line, []byte("|")) + 1
}
