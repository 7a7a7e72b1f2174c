// Package markdown turns the Markdown of a kit, which strangers wrote, into HTML that is fit to stand on a page.
//
// The text is hostile by assumption: it comes from any repository that a source names. Three things stand between it and
// the reader: the parser never passes raw HTML on (its text stays, its marks go); every element that comes out is checked
// once more against a short list (see newPolicy); and what would take long or grow big is bounded: bytes in, bytes out,
// columns and cells of tables, depth, marks in one paragraph, links, and time.
//
// The dialect is CommonMark with tables, strikethrough, task lists, footnotes and bare links, as the forges show it.
// Headings get the ids that GitHub would give them, with a prefix so that no text can shadow a name that scripts use.
package markdown

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"strings"
	"time"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/open-community-pa/riuso/schema"
)

// The bounds of a text (house rule 5); measured in the benchmark and in the test of pathological texts.
const (
	MaxBytes    = 512 << 10 // of the source; the rest is cut off at a line, with a note
	MaxOutput   = 8 << 20   // bytes of HTML; a text that would give more is shown as it was written
	MaxColumns  = 64        // of a table; a wider one is shown as it was written
	MaxCells    = 20_000    // of all the tables of a text, those that the format fills in counted
	MaxDepth    = 32        // of quotations and lists in each other
	MaxMarks    = 1_000     // of emphasis, and of brackets, in one paragraph; the rest are plain characters
	MaxScan     = 16 << 20  // bytes that all marks of a text may look through; a text in lines never comes near
	MaxLinks    = 10_000    // of a text; the rest keep their words and lose their address
	MaxHeadings = 5_000     // of a text that get an id
	MaxHeadLen  = 200       // runes of a heading that go into its id
)

const (
	defaultTimeout = 2 * time.Second
	defaultRunning = 16 // renderings at a time, those that overran included
)

// Config says how a [Renderer] works. The zero value is useful.
type Config struct {
	Timeout time.Duration // for one text; 2 s when zero
	Running int           // texts at a time; 16 when zero. The others wait, no longer than Timeout
}

// Renderer renders texts; it may be used by several goroutines.
type Renderer struct {
	timeout time.Duration
	running chan struct{}
	md      map[schema.Lang]goldmark.Markdown
	policy  *bluemonday.Policy
}

// New makes a Renderer.
func New(c Config) *Renderer {
	if c.Timeout <= 0 {
		c.Timeout = defaultTimeout
	}
	if c.Running <= 0 {
		c.Running = defaultRunning
	}
	return &Renderer{
		timeout: c.Timeout,
		running: make(chan struct{}, c.Running),
		md:      map[schema.Lang]goldmark.Markdown{schema.It: newGoldmark(schema.It), schema.En: newGoldmark(schema.En)},
		policy:  newPolicy(),
	}
}

// Options say how one text is rendered. The zero value is the strictest: no images, only absolute links.
type Options struct {
	// HeadingOffset is added to the level of every heading, which never passes 6: with 1, "#" becomes h2.
	HeadingOffset int
	// Lang is the language of the few words that the renderer itself says; Italian when empty.
	Lang schema.Lang
	// Scope goes into the ids, for a page that shows several texts. Only ASCII letters, digits and dashes of it count.
	Scope string
	// Link says where a link leads that the text writes as dest; with false its words stay and the link goes. What it
	// gives is checked all the same: http, https, mailto, tel or a path of this site. Links to headings of the same text
	// ("#tempi") are not asked for. Nil keeps absolute links only.
	Link func(dest string) (url string, ok bool)
	// Image says whence an image is loaded; with false it becomes a link to itself, if Link allows it, or its
	// alternative text. Nil shows no image.
	Image func(dest string) (url string, ok bool)
}

// The reasons for which a text is shown as it was written instead of rendered; HTML returns them.
var (
	ErrTooSlow = errors.New("the text takes too long to render")
	ErrTooBig  = errors.New("the text grows too big when rendered")
	errPanic   = errors.New("the text broke the renderer")
)

// HTML renders src. What it returns is always fit to be shown: when the error is not nil (see [ErrTooSlow], [ErrTooBig])
// it is the text as it was written, in a pre element, and the error is for the log only.
func (r *Renderer) HTML(src string, o Options) (template.HTML, error) {
	src, cut := clip(src)
	out, err := within(r, func() ([]byte, error) { return r.html(src, o) })
	if err != nil {
		out = asWritten(src, o.Lang)
	}
	if cut {
		out = append(out, cutNote(o.Lang)...)
	}
	return template.HTML(out), err
}

func (r *Renderer) html(src string, o Options) ([]byte, error) {
	source := []byte(src)
	doc := r.read(source, newSettings(o))
	w := &capped{max: MaxOutput}
	if err := r.in(o.Lang).Renderer().Render(w, source, doc); err != nil {
		return nil, fmt.Errorf("markdown: %w", err)
	}
	return r.policy.SanitizeBytes(w.buf.Bytes()), nil
}

// read parses source and applies the settings to the tree.
func (r *Renderer) read(source []byte, s *settings) ast.Node {
	pc := parser.NewContext()
	pc.Set(settingsKey, s)
	return r.in(s.Lang).Parser().Parse(text.NewReader(source), parser.WithContext(pc))
}

func (r *Renderer) in(l schema.Lang) goldmark.Markdown {
	if l == schema.En {
		return r.md[schema.En]
	}
	return r.md[schema.It]
}

// clip makes src valid UTF-8 of at most [MaxBytes], cut at the end of a line where there is one.
func clip(src string) (out string, cut bool) {
	if len(src) > MaxBytes {
		src, cut = src[:MaxBytes], true
		if i := strings.LastIndexByte(src, '\n'); i > 0 {
			src = src[:i+1]
		}
	}
	src = strings.TrimPrefix(src, "\ufeff")
	return strings.ReplaceAll(strings.ToValidUTF8(src, "\ufffd"), "\x00", "\ufffd"), cut
}

// capped is a buffer that refuses to grow beyond max bytes.
type capped struct {
	buf bytes.Buffer
	max int
}

func (c *capped) Write(p []byte) (int, error) {
	if c.buf.Len()+len(p) > c.max {
		return 0, ErrTooBig
	}
	return c.buf.Write(p)
}

// asWritten shows the source itself; it is what stands in for a text that cannot be rendered.
func asWritten(src string, l schema.Lang) []byte {
	note := schema.T("Il testo è mostrato come è stato scritto: non è stato possibile impaginarlo.",
		"The text is shown as it was written: it could not be laid out.")
	return fmt.Appendf(nil, "<p class=\"text-note\">%s</p>\n<pre tabindex=\"0\">%s</pre>\n",
		template.HTMLEscapeString(note.In(l)), template.HTMLEscapeString(src))
}

func cutNote(l schema.Lang) string {
	note := schema.Tf("Il testo continua nel file originale: qui ne sono mostrati i primi %d kB.",
		"The text goes on in the original file: its first %d kB are shown here.", MaxBytes>>10)
	return "<p class=\"text-note\">" + template.HTMLEscapeString(note.In(l)) + "</p>\n"
}
