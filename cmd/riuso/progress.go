package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/schema"
)

// progress shows on a terminal how far a crawl is, once it has lasted a second; in a pipe it is quiet.
type progress struct {
	w     io.Writer
	lang  schema.Lang
	shown bool
	last  time.Duration
}

const (
	quietFor   = time.Second            // nothing is shown before
	showEvery  = 100 * time.Millisecond // and not more often than this
	eraseToEnd = "\r\x1b[K"
)

func newProgress(w io.Writer, lang schema.Lang) *progress {
	return &progress{w: terminal(w), lang: lang}
}

// terminal gives w when somebody reads it as it comes, else nil.
func terminal(w io.Writer) io.Writer {
	f, ok := w.(*os.File)
	if !ok {
		return nil
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	return f
}

func (p *progress) show(now indexer.Progress) {
	if p.w == nil || now.Elapsed < quietFor || (now.Elapsed-p.last < showEvery && now.Done < now.Total) {
		return
	}
	p.last = now.Elapsed
	left := time.Duration(float64(now.Elapsed) / float64(now.Done) * float64(now.Total-now.Done)).Round(time.Second)
	format := schema.T("%d fonti di %d, ancora %s circa: %s", "%d sources of %d, about %s left: %s").In(p.lang)
	if _, err := fmt.Fprintf(p.w, eraseToEnd+format, now.Done, now.Total, left, now.Source); err == nil {
		p.shown = true
	}
}

// end clears the line.
func (p *progress) end() {
	if p.shown {
		if _, err := fmt.Fprint(p.w, eraseToEnd); err == nil {
			p.shown = false
		}
	}
}
