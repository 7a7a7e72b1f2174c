package bleveindex

import (
	"strings"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
)

// pageWindow is how much of a page is looked at around the place that a snippet shows, in bytes to each side.
const pageWindow = 1024

// pageSnippet gives the piece of an attachment that shows best why it was found, and the page on which it stands. Where its
// text has no word of the query, found by its name or by what it hangs on, it is what there is of a summary, else the
// beginning, of no page.
func (w wanted) pageSnippet(p *catalog.Part, places []place) (snippet []catalog.Fragment, page int) {
	if len(places) == 0 && p.Summary != "" {
		return w.cut(p.Summary, 0), 0
	}
	start := densest(places)
	if start > len(p.Text) {
		start = 0
	}
	from := strings.LastIndex(p.Text[:start], catalog.PageBreak) + 1
	to := len(p.Text)
	if i := strings.Index(p.Text[start:], catalog.PageBreak); i >= 0 {
		to = start + i
	}
	if lo := start - pageWindow; lo > from {
		for from = lo; from < start && !utf8.RuneStart(p.Text[from]); {
			from++
		}
	}
	if hi := start + pageWindow; hi < to {
		for to = hi; to > start && !utf8.RuneStart(p.Text[to]); {
			to--
		}
	}
	if len(places) > 0 {
		page = p.PageAt(start)
	}
	return w.cut(p.Text[from:to], start-from), page
}

// densest gives the start of the window with the most words of the query, the first of those with as many.
func densest(places []place) (start int) {
	most := 0
	for i, from := range places {
		seen := map[int]bool{}
		for _, p := range places[i:] {
			if p.start-from.start > snippetBytes-snippetLead {
				break
			}
			seen[p.concept] = true
		}
		if len(seen) > most {
			start, most = from.start, len(seen)
		}
	}
	return start
}
