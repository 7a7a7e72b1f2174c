package markdown

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/open-community-pa/riuso/schema"
)

// settings is what one rendering carries through the parser: the options, and what has been used up of the bounds.
type settings struct {
	Options
	prefix                  string // of every id
	cells, footnotes, links int
	scanned                 int               // bytes
	ids                     map[string]string // GitHub's id of a heading -> the id on the page
	headings                []Heading
}

// Both are constants in all but name: keys that the library hands out at run time.
var settingsKey = parser.NewContextKey()

const prefixMeta = "riuso-id-prefix"

func newSettings(o Options) *settings {
	scope := strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, o.Scope)
	s := &settings{Options: o, prefix: "t-", ids: map[string]string{}}
	if scope != "" {
		s.prefix += scope + "-"
	}
	return s
}

func settingsOf(pc parser.Context) *settings {
	if s, ok := pc.Get(settingsKey).(*settings); ok {
		return s
	}
	return newSettings(Options{})
}

// arrange is the last step of parsing: it gives headings their level and id, resolves links and images, and puts tables
// into a region that scrolls.
type arrange struct{ lang schema.Lang }

// scroller is the region around a table.
type scroller struct {
	ast.BaseBlock
	label string
}

var (
	kindScroller = ast.NewNodeKind("Scroller")
	kindAnchor   = ast.NewNodeKind("Anchor")
	kindPicture  = ast.NewNodeKind("Picture")
)

func (*scroller) Kind() ast.NodeKind            { return kindScroller }
func (s *scroller) Dump(source []byte, lvl int) { ast.DumpHelper(s, source, lvl, nil, nil) }

// anchor is a link whose address has been checked.
type anchor struct {
	ast.BaseInline
	href, title string
	external    bool
}

func (*anchor) Kind() ast.NodeKind            { return kindAnchor }
func (a *anchor) Dump(source []byte, lvl int) { ast.DumpHelper(a, source, lvl, nil, nil) }

// picture is an image whose address has been checked.
type picture struct {
	ast.BaseInline
	src, alt, title string
}

func (*picture) Kind() ast.NodeKind            { return kindPicture }
func (p *picture) Dump(source []byte, lvl int) { ast.DumpHelper(p, source, lvl, nil, nil) }

// Transform implements [parser.ASTTransformer].
func (a arrange) Transform(doc *ast.Document, reader text.Reader, pc parser.Context) {
	s, source := settingsOf(pc), reader.Source()
	doc.AddMeta(prefixMeta, s.prefix)
	var found struct {
		tables []*east.Table
		links  []ast.Node
	}
	walk(doc, func(n ast.Node, entering bool) bool {
		if !entering {
			return false
		}
		switch n := n.(type) {
		case *ast.Heading:
			s.heading(n, source)
		case *east.Table:
			found.tables = append(found.tables, n)
		case *ast.Link, *ast.Image, *ast.AutoLink:
			found.links = append(found.links, n)
		}
		return true
	})
	for i, t := range found.tables {
		a.table(t, i+1)
	}
	// From the end to the front, so that an image is settled before the link around it.
	for i := len(found.links) - 1; i >= 0; i-- {
		s.resolve(found.links[i], source)
	}
}

func (s *settings) heading(h *ast.Heading, source []byte) {
	h.Level = min(6, h.Level+max(0, s.HeadingOffset))
	if len(s.headings) == MaxHeadings {
		return
	}
	words := plainOf(h, source)
	slug := uniqueSlug(words, s.ids)
	id := s.prefix + slug
	s.ids[slug] = id
	h.SetAttributeString("id", []byte(id))
	s.headings = append(s.headings, Heading{Level: h.Level, ID: id, Text: words})
}

func (a arrange) table(t *east.Table, n int) {
	region := &scroller{label: schema.Tf("Tabella %d", "Table %d", n).In(a.lang)}
	t.Parent().ReplaceChild(t.Parent(), t, region)
	region.AppendChild(region, t)
	t.SetAttributeString("class", []byte("table"))
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cell, ok := c.(*east.TableCell)
			if !ok {
				continue
			}
			if row.Kind() == east.KindTableHeader {
				cell.SetAttributeString("scope", []byte("col"))
			}
			switch cell.Alignment {
			case east.AlignCenter:
				cell.SetAttributeString("class", []byte("text-center"))
			case east.AlignRight:
				cell.SetAttributeString("class", []byte("text-end"))
			}
		}
	}
}

// resolve replaces a link or an image of the library by one of ours, or by its words.
func (s *settings) resolve(n ast.Node, source []byte) {
	switch n := n.(type) {
	case *ast.Link:
		if a, ok := s.anchor(unescape(n.Destination), n.Title); ok {
			replace(n, a, true)
		} else {
			unwrap(n)
		}
	case *ast.AutoLink:
		label := ast.NewString(util.EscapeHTML(n.Label(source)))
		label.SetCode(true) // the bytes go out as they are
		dest := string(n.URL(source))
		if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
			dest = "mailto:" + dest
		}
		if a, ok := s.anchor(dest, nil); ok && !inLink(n) {
			a.AppendChild(a, label)
			replace(n, a, false)
		} else {
			replace(n, label, false)
		}
	case *ast.Image:
		s.image(n, source)
	}
}

func (s *settings) image(n *ast.Image, source []byte) {
	dest, alt := unescape(n.Destination), plainOf(n, source)
	if s.Image != nil && s.takeLink() {
		if to, ok := s.Image(dest); ok {
			if to, _, ok := safeURL(to); ok {
				replace(n, &picture{src: to, alt: alt, title: unescape(n.Title)}, false)
				return
			}
		}
	}
	if a, ok := s.anchor(dest, n.Title); ok && alt != "" && !inLink(n) {
		replace(n, a, true)
		return
	}
	unwrap(n)
}

// anchor checks where a link leads. A link to a heading of this text gets the heading's id on the page.
func (s *settings) anchor(dest string, title []byte) (*anchor, bool) {
	if !s.takeLink() {
		return nil, false
	}
	if frag, ok := strings.CutPrefix(dest, "#"); ok {
		if f, err := url.PathUnescape(frag); err == nil {
			frag = f
		}
		id, ok := s.ids[strings.ToLower(frag)]
		return &anchor{href: "#" + id, title: unescape(title)}, ok
	}
	if s.Link != nil {
		var ok bool
		if dest, ok = s.Link(dest); !ok {
			return nil, false
		}
	} else if strings.HasPrefix(dest, "/") {
		return nil, false // a path of another site
	}
	href, external, ok := safeURL(dest)
	return &anchor{href: href, title: unescape(title), external: external}, ok
}

func (s *settings) takeLink() bool {
	s.links++
	return s.links <= MaxLinks
}

func inLink(n ast.Node) bool {
	for p := n.Parent(); p != nil && p.Type() == ast.TypeInline; p = p.Parent() {
		if k := p.Kind(); k == ast.KindLink || k == kindAnchor {
			return true
		}
	}
	return false
}

// replace puts by where n is; with children, those of n become by's.
func replace(n, by ast.Node, children bool) {
	for c := n.FirstChild(); children && c != nil; c = n.FirstChild() {
		by.AppendChild(by, c)
	}
	n.Parent().ReplaceChild(n.Parent(), n, by)
}

// unwrap leaves the children of n where n was.
func unwrap(n ast.Node) {
	p := n.Parent()
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		p.InsertBefore(p, n, c)
	}
	p.RemoveChild(p, n)
}

// unescape reads an address or a title as the format means it: backslashes and entities resolved, once.
func unescape(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	return string(bytes.TrimSpace(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(b)))))
}

var _ parser.ASTTransformer = arrange{}
