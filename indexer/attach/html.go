package attach

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// guessedUTF8 says that a page does not tell its encoding and is UTF-8 from end to end. The standard's guess looks at the
// first kilobyte only, which is often all style and without a single accent.
func guessedUTF8(data []byte) bool {
	_, _, told := charset.DetermineEncoding(data[:min(len(data), sniffBytes)], "text/html")
	return !told && utf8.Valid(data)
}

// readHTML reads a page of HTML: what a browser would show of it, without styles and scripts. Its title comes first.
func readHTML(ctx context.Context, data []byte, l *lines) error {
	var in io.Reader = bytes.NewReader(data)
	if s, ok := utf16Text(data[:min(len(data), sniffBytes)]); ok && s != "" {
		whole, _ := utf16Text(data)
		in = strings.NewReader(whole)
	} else if !guessedUTF8(data) {
		if r, err := charset.NewReader(bytes.NewReader(data), "text/html"); err == nil {
			in = r
		}
	}
	z := html.NewTokenizer(in)
	z.SetMaxBuf(maxToken)
	var page htmlPage
	for {
		if err := l.tick(ctx); err != nil {
			return err
		}
		switch z.Next() {
		case html.ErrorToken:
			switch err := z.Err(); {
			case errors.Is(err, io.EOF):
				return nil
			case errors.Is(err, html.ErrBufferExceeded):
				return over("un solo pezzo di oltre %d KiB", "one piece of more than %d KiB", maxToken>>10)
			default:
				return asDamaged(err)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := atom.Lookup(name)
			page.start(tag, l)
			for tag == atom.Img && more {
				var key, value []byte
				key, value, more = z.TagAttr()
				if string(key) == "alt" {
					l.space()
					if err := l.flowing(string(value)); err != nil {
						return err
					}
					l.space()
				}
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			page.end(atom.Lookup(name), l)
		case html.TextToken:
			if page.hidden != 0 {
				continue
			}
			text := string(z.Text())
			if page.pre > 0 {
				for i, s := range strings.Split(text, "\n") {
					if i > 0 {
						l.line()
					}
					if err := l.words(s); err != nil {
						return err
					}
				}
			} else if err := l.flowing(text); err != nil {
				return err
			}
		}
	}
}

// htmlPage is where in a page the reader is.
type htmlPage struct {
	hidden atom.Atom // the element whose text is not for people; 0: none
	pre    int
	tables int
	cell   bool // one is open
}

func (p *htmlPage) start(tag atom.Atom, l *lines) {
	if p.hidden != 0 {
		return
	}
	switch tag {
	case atom.Script, atom.Style, atom.Iframe, atom.Noembed, atom.Noframes, atom.Template:
		p.hidden = tag
	case atom.Br, atom.Hr:
		if p.tables > 0 {
			l.space()
		} else {
			l.line()
		}
	case atom.Table:
		p.tables++
		l.line()
	case atom.Pre:
		p.pre++
		l.line()
	case atom.Tr:
		p.cell = false
		l.row()
	case atom.Td, atom.Th:
		if p.cell { // nobody closed the one before
			l.cell()
		}
		p.cell = true
	default:
		p.block(tag, l)
	}
}

func (p *htmlPage) end(tag atom.Atom, l *lines) {
	if p.hidden != 0 {
		if tag == p.hidden {
			p.hidden = 0
		}
		return
	}
	switch tag {
	case atom.Table:
		p.tables = max(0, p.tables-1)
		l.blank()
	case atom.Pre:
		p.pre = max(0, p.pre-1)
		l.line()
	case atom.Tr:
		p.cell = false
		l.row()
	case atom.Td, atom.Th:
		p.cell = false
		l.cell()
	case atom.Title:
		l.blank()
	default:
		p.block(tag, l)
	}
}

// block parts elements that stand on lines of their own; within a cell they only part words.
func (p *htmlPage) block(tag atom.Atom, l *lines) {
	switch tag {
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd,
		atom.Blockquote, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Nav, atom.Aside, atom.Main, atom.Figure, atom.Figcaption,
		atom.Address, atom.Form, atom.Fieldset, atom.Legend, atom.Option, atom.Caption, atom.Details, atom.Summary, atom.Body, atom.Center:
		if p.tables > 0 {
			l.space()
		} else {
			l.line()
		}
	}
}
