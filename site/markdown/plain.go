package markdown

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	ghtml "github.com/yuin/goldmark/renderer/html"
	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Heading is one heading of a text, as it stands on the page.
type Heading struct {
	Level int    // after Options.HeadingOffset, from 1 to 6
	ID    string // of the element, prefix included
	Text  string // without marks
}

// TOC gives the headings of src in order. The same options give the same ids as [Renderer.HTML]. A text that cannot be
// read in time has none.
func (r *Renderer) TOC(src string, o Options) []Heading {
	src, _ = clip(src)
	hs, err := within(r, func() ([]Heading, error) {
		source := []byte(src)
		s := newSettings(o)
		r.read(source, s)
		return s.headings, nil
	})
	if err != nil {
		return nil
	}
	return hs
}

// Plain gives the words of src without marks, one block a line: for descriptions and snippets. A text that cannot be
// read in time comes back as it was written.
func (r *Renderer) Plain(src string) string {
	src, _ = clip(src)
	out, err := within(r, func() (string, error) {
		source := []byte(src)
		return plainOf(r.read(source, newSettings(Options{})), source), nil
	})
	if err != nil {
		return src
	}
	return out
}

// plainOf gives the words under a node: what a reader sees, blocks on lines of their own.
func plainOf(root ast.Node, source []byte) string {
	var w memory // HTML-escaped text, which is undone at the end: so the library's own writer resolves the entities
	walk(root, func(n ast.Node, entering bool) bool {
		if !entering {
			if n != root && n.Type() == ast.TypeBlock && n.Kind() != east.KindTableCell {
				w.WriteByte('\n')
			}
			return false
		}
		switch n := n.(type) {
		case *ast.Text:
			if n.IsRaw() {
				ghtml.DefaultWriter.RawWrite(&w, n.Segment.Value(source))
			} else {
				ghtml.DefaultWriter.Write(&w, n.Segment.Value(source))
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				w.WriteByte(' ')
			}
		case *ast.String:
			if n.IsCode() {
				w.Write(n.Value)
			} else {
				ghtml.DefaultWriter.Write(&w, n.Value)
			}
		case *ast.AutoLink:
			ghtml.DefaultWriter.RawWrite(&w, n.Label(source))
		case *picture:
			w.WriteString(html.EscapeString(n.alt))
		case *ast.RawHTML:
			if isBreak(n, source) {
				w.WriteByte(' ')
			}
		case *ast.HTMLBlock:
			w.WriteString(html.EscapeString(strings.Join(wordsOfHTML(htmlOf(n, source)), "\n")))
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				ghtml.DefaultWriter.RawWrite(&w, line.Value(source))
			}
		case *east.TableCell:
			w.WriteByte(' ')
		case *east.FootnoteLink, *east.FootnoteBacklink:
			return false
		}
		return true
	})
	return tidy(html.UnescapeString(w.String()))
}

// memory is a buffer as the library wants one.
type memory struct{ bytes.Buffer }

// Buffered says that nothing waits to be flushed.
func (*memory) Buffered() int { return 0 }

// Flush does nothing.
func (*memory) Flush() error { return nil }

// walk calls f for every node under n, n included, before its children and after them; they are left out when f says
// false before.
func walk(n ast.Node, f func(n ast.Node, entering bool) (deeper bool)) {
	if f(n, true) {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			walk(c, f)
		}
	}
	f(n, false)
}

// tidy makes runs of white space one space and drops empty lines.
func tidy(s string) string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// htmlOf gives the source of a block of HTML.
func htmlOf(b *ast.HTMLBlock, source []byte) []byte {
	var out []byte
	for i := range b.Lines().Len() {
		line := b.Lines().At(i)
		out = append(out, line.Value(source)...)
	}
	if b.HasClosure() {
		out = append(out, b.ClosureLine.Value(source)...)
	}
	return out
}

// isBreak says that a piece of inline HTML is a br element.
func isBreak(raw *ast.RawHTML, source []byte) bool {
	var tag []byte
	for i := range raw.Segments.Len() {
		seg := raw.Segments.At(i)
		tag = append(tag, seg.Value(source)...)
	}
	z := xhtml.NewTokenizer(bytes.NewReader(tag))
	if t := z.Next(); t != xhtml.StartTagToken && t != xhtml.SelfClosingTagToken {
		return false
	}
	name, _ := z.TagName()
	return atom.Lookup(name) == atom.Br
}

// wordsOfHTML gives the words of a piece of HTML, one string a block; those of scripts, styles and comments are none.
func wordsOfHTML(src []byte) []string {
	z := xhtml.NewTokenizer(bytes.NewReader(src))
	z.SetMaxBuf(MaxBytes)
	var b strings.Builder
	silent := atom.Atom(0)
	for {
		switch t := z.Next(); t {
		case xhtml.ErrorToken:
			if s := tidy(b.String()); s != "" {
				return strings.Split(s, "\n")
			}
			return nil
		case xhtml.TextToken:
			if silent == 0 {
				b.WriteString(strings.ReplaceAll(string(z.Text()), "\n", " "))
			}
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken, xhtml.EndTagToken:
			name, _ := z.TagName()
			switch a := atom.Lookup(name); a {
			case atom.Script, atom.Style, atom.Template, atom.Iframe, atom.Noscript, atom.Textarea, atom.Title, atom.Object:
				switch {
				case t == xhtml.StartTagToken && silent == 0:
					silent = a
				case t == xhtml.EndTagToken && silent == a:
					silent = 0
				}
			case atom.P, atom.Div, atom.Br, atom.Li, atom.Tr, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Summary, atom.Hr:
				b.WriteByte('\n')
			case atom.Td, atom.Th:
				b.WriteByte(' ')
			}
		}
	}
}
