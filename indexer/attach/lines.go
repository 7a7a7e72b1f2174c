package attach

import (
	"context"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

// lines collects what a reader finds, page by page, and sets the breaks between: a reader says that a paragraph, a cell, a
// row ended, and the breaks are written only when words follow. It is bounded, and says so with [ErrLimit].
type lines struct {
	lim   Limits
	page  strings.Builder
	label string
	n     int // the page that is open; 0: none was begun, and there is but one
	pages []catalog.TextPage
	count int   // pages of the file, read or not
	used  int64 // bytes of text so far
	steps int

	breaks int // lines that end before the next word
	cells  int // cells that end before it
	gap    bool
}

// begin closes the page and opens the next one; it says that there are too many.
func (l *lines) begin(label string) error {
	l.close()
	l.n++
	l.count = max(l.count, l.n)
	if l.n > l.lim.Pages {
		return over("%d pagine", "%d pages", l.lim.Pages)
	}
	l.label = label
	return nil
}

// close ends the page that is open. One without words is not kept.
func (l *lines) close() {
	if text := l.page.String(); strings.TrimSpace(text) != "" {
		l.pages = append(l.pages, catalog.TextPage{N: max(l.n, 1), Label: l.label, Text: text})
	}
	l.page.Reset()
	l.label, l.breaks, l.cells, l.gap = "", 0, 0, false
}

// words writes text as it stands; white space at its ends only parts it from what is around.
func (l *lines) words(s string) error {
	if s == "" {
		return nil
	}
	if strings.TrimLeft(s, " \t\r\n\u00a0") == "" {
		l.space()
		return nil
	}
	if l.page.Len() > 0 {
		switch {
		case l.breaks > 0:
			l.page.WriteString(strings.Repeat("\n", min(l.breaks, maxBlank+1)))
		case l.cells == 0 && l.gap:
			l.page.WriteByte(' ')
		}
	}
	if l.cells > 0 {
		l.page.WriteString(strings.Repeat("\t", min(l.cells, maxGap)))
	}
	l.used += int64(min(l.cells, maxGap) + 1)
	l.breaks, l.cells, l.gap = 0, 0, false
	left := l.lim.Text - l.used
	if int64(len(s)) > left {
		s = strings.ToValidUTF8(s[:max(left, 0)], "")
		l.page.WriteString(s)
		l.used = l.lim.Text
		return over("%d KiB di testo", "%d KiB of text", l.lim.Text>>10)
	}
	l.page.WriteString(s)
	l.used += int64(len(s))
	return nil
}

// flowing writes text in which any white space is one space, as in HTML and ODF.
func (l *lines) flowing(s string) error {
	for s != "" {
		i := strings.IndexAny(s, " \t\r\n")
		if i < 0 {
			return l.words(s)
		}
		if err := l.words(s[:i]); err != nil {
			return err
		}
		l.space()
		s = strings.TrimLeft(s[i:], " \t\r\n")
	}
	return nil
}

// space, cell, line and blank part what came from what follows: by a space, a tab, the end of a line, an empty line.
func (l *lines) space() { l.gap = true }
func (l *lines) cell()  { l.cells++ }
func (l *lines) line()  { l.breaks, l.cells, l.gap = max(l.breaks, 1), 0, false }
func (l *lines) blank() { l.breaks, l.cells, l.gap = max(l.breaks, 2), 0, false }

// row ends a line of cells.
func (l *lines) row() { l.line() }

// tick looks at the clock now and then.
func (l *lines) tick(ctx context.Context) error {
	if l.steps++; l.steps%checkEvery != 0 {
		return nil
	}
	return ctx.Err()
}
