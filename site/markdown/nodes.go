package markdown

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// ours renders what the library would render in another way: our own nodes, raw HTML, code and check boxes.
type ours struct{}

// RegisterFuncs implements [renderer.NodeRenderer].
func (ours) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindScroller, renderScroller)
	reg.Register(kindAnchor, renderAnchor)
	reg.Register(kindPicture, renderPicture)
	reg.Register(ast.KindLink, wordsOnly)     // none is left by arrange; should one be,
	reg.Register(ast.KindImage, wordsOnly)    // its address has not been checked
	reg.Register(ast.KindAutoLink, wordsOnly) //
	reg.Register(ast.KindRawHTML, renderTag)
	reg.Register(ast.KindHTMLBlock, renderHTMLBlock)
	reg.Register(ast.KindCodeBlock, renderCode)
	reg.Register(ast.KindFencedCodeBlock, renderCode)
	reg.Register(east.KindTaskCheckBox, renderTask)
}

func write(w util.BufWriter, entering bool, before, after string) (ast.WalkStatus, error) {
	s := after
	if entering {
		s = before
	}
	_, err := w.WriteString(s)
	return ast.WalkContinue, err
}

func wordsOnly(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkContinue, nil
}

// renderScroller makes a region that a keyboard can scroll; a page at 320 pixels needs it.
func renderScroller(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	before := ""
	if s, ok := n.(*scroller); ok && entering {
		before = fmt.Sprintf("<div class=\"table-responsive\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n",
			template.HTMLEscapeString(s.label))
	}
	return write(w, entering, before, "</div>\n")
}

func renderAnchor(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	before := ""
	if a, ok := n.(*anchor); ok && entering {
		before = "<a href=\"" + address(a.href) + "\"" + attribute("title", a.title)
		if a.external {
			before += " rel=\"nofollow noopener\""
		}
		before += ">"
	}
	return write(w, entering, before, "</a>")
}

func renderPicture(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	before := ""
	if p, ok := n.(*picture); ok && entering {
		before = fmt.Sprintf("<img src=\"%s\" alt=\"%s\" loading=\"lazy\"%s>",
			address(p.src), template.HTMLEscapeString(p.alt), attribute("title", p.title))
	}
	return write(w, entering, before, "")
}

func address(s string) string { return string(util.EscapeHTML(util.URLEscape([]byte(s), false))) }

func attribute(name, value string) string {
	if value == "" {
		return ""
	}
	return " " + name + "=\"" + template.HTMLEscapeString(value) + "\""
}

// renderTag keeps of inline HTML only the line break, which tables cannot do without.
func renderTag(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if raw, ok := n.(*ast.RawHTML); ok && entering && isBreak(raw, source) {
		return write(w, true, "<br>\n", "")
	}
	return ast.WalkSkipChildren, nil
}

// renderHTMLBlock keeps of a block of HTML its words.
func renderHTMLBlock(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if b, ok := n.(*ast.HTMLBlock); ok && entering {
		for _, par := range wordsOfHTML(htmlOf(b, source)) {
			if _, err := w.WriteString("<p>" + template.HTMLEscapeString(par) + "</p>\n"); err != nil {
				return ast.WalkStop, err
			}
		}
	}
	return ast.WalkContinue, nil
}

var codeLanguage = regexp.MustCompile(`^[a-zA-Z0-9+#_.-]{1,40}$`)

// renderCode makes a block that a keyboard can scroll.
func renderCode(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return write(w, false, "", "</code></pre>\n")
	}
	class := ""
	if f, ok := n.(*ast.FencedCodeBlock); ok {
		if l := string(f.Language(source)); codeLanguage.MatchString(l) {
			class = " class=\"language-" + strings.ToLower(l) + "\""
		}
	}
	if _, err := w.WriteString("<pre tabindex=\"0\"><code" + class + ">"); err != nil {
		return ast.WalkStop, err
	}
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		html.DefaultWriter.RawWrite(w, line.Value(source))
	}
	return ast.WalkContinue, nil
}

// renderTask shows a check box as a sign: it cannot be clicked, and as a form field it would need a label.
func renderTask(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	before := "☐ "
	if t, ok := n.(*east.TaskCheckBox); ok && t.IsChecked {
		before = "☑ "
	}
	return write(w, entering, before, "")
}
