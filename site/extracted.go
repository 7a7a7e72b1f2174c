package site

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

// The bounds of one view of an extracted text (house rule 5): what does not fit is in another view, or in the file.
const (
	viewPages     = 20        // pages of the file in one view
	maxViewBytes  = 192 << 10 // text in one view, unless its first page alone has more
	maxPageBytes  = 64 << 10  // text shown of one page: a sheet may have thousands of lines
	maxIndexed    = 400       // pages in the index
	openingRunes  = 70        // of a page's first words, in the index
	commonOpening = 3         // pages that begin with the same line: it is the head of every page and tells nothing
	previewRunes  = 1200      // of a text, on the page of the document whose only content it is
	previewLines  = 18        // of the same
)

// extractedView is a text as its page shows it, some pages of the file at a time.
type extractedView struct {
	Pages      []extractedPage
	Index      []indexedPage
	MoreIndex  int // pages that the index leaves out
	Views      []viewLink
	Lang       string
	WithText   int // pages that hold words
	PageCount  int
	Incomplete bool
	Marked     bool // words of a search are marked
}

// extractedPage is one page of the file.
type extractedPage struct {
	N     int
	Label string // name of a sheet
	Paras [][]catalog.Fragment
	Cut   int64 // bytes of it that are not shown
}

// indexedPage is a page with the words with which it begins.
type indexedPage struct {
	N              int
	Label, Opening string
	URL            string
}

// viewLink leads to another view.
type viewLink struct {
	From, To int
	URL      string
	Current  bool
}

// pageQuery is the part of an address that leads to a page of a text: "?pag=3&q=cila#p3". What is empty is left out.
func pageQuery(page int, query string) string {
	v := url.Values{}
	if page > 0 {
		v.Set("pag", strconv.Itoa(page))
	}
	if query != "" {
		v.Set("q", query)
	}
	out := ""
	if len(v) > 0 {
		out = "?" + v.Encode()
	}
	if page > 0 {
		out += "#p" + strconv.Itoa(page)
	}
	return out
}

// pageAsked reads the page that an address asks for; 0 is none.
func pageAsked(raw string) (int, error) {
	if raw == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(raw)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("page %q of a text: %w", raw, catalog.ErrInvalid)
	}
	return n, nil
}

// extractedOf makes the view that holds the page asked for, or the one that comes next. path is that of the page of ours,
// in its language.
func extractedOf(t *catalog.Text, path string, asked int, query string) extractedView {
	m := markerOf(query)
	pages := slices.DeleteFunc(slices.Clone(t.Pages), func(p catalog.TextPage) bool { return strings.TrimSpace(p.Text) == "" })
	v := extractedView{Lang: t.Language, WithText: len(pages), PageCount: t.PageCount, Incomplete: t.Incomplete, Marked: len(m.stems) > 0}
	if v.Lang == "" {
		v.Lang = "it"
	}
	views := viewsOf(pages)
	current := 0
	for i, w := range views {
		if last := pages[w[1]-1].N; asked <= last || i == len(views)-1 {
			current = i
			break
		}
	}
	for i, w := range views {
		from, to := pages[w[0]].N, pages[w[1]-1].N
		if len(views) > 1 {
			v.Views = append(v.Views, viewLink{From: from, To: to, URL: path + pageQuery(from, query), Current: i == current})
		}
		if i == current {
			for _, p := range pages[w[0]:w[1]] {
				v.Pages = append(v.Pages, extracted(p, m))
			}
		}
	}
	if len(pages) > 1 {
		v.Index, v.MoreIndex = indexOf(pages, path, query)
	}
	return v
}

// viewsOf cuts pages into views: positions, the second not included.
func viewsOf(pages []catalog.TextPage) [][2]int {
	var out [][2]int
	from, bytes := 0, 0
	for i, p := range pages {
		n := min(len(p.Text), maxPageBytes)
		if i > from && (i-from == viewPages || bytes+n > maxViewBytes) {
			out = append(out, [2]int{from, i})
			from, bytes = i, 0
		}
		bytes += n
	}
	if len(pages) > 0 {
		out = append(out, [2]int{from, len(pages)})
	}
	return out
}

// extracted makes a page ready to be shown: its paragraphs, with the words of a search marked.
func extracted(p catalog.TextPage, m marker) extractedPage {
	text := strings.ToValidUTF8(p.Text, "\uFFFD")
	out := extractedPage{N: p.N, Label: p.Label}
	if len(text) > maxPageBytes {
		at := maxPageBytes
		if i := strings.LastIndexByte(text[:at], '\n'); i > maxPageBytes/2 {
			at = i
		}
		out.Cut = int64(len(text) - len(strings.ToValidUTF8(text[:at], "")))
		text = strings.ToValidUTF8(text[:at], "")
	}
	for _, para := range paragraphs(text) {
		out.Paras = append(out.Paras, m.mark(para))
	}
	return out
}

// paragraphs cuts a text at its empty lines; the lines of each stay as they are, without the blanks at their ends.
func paragraphs(text string) []string {
	var out, lines []string
	end := func() {
		if len(lines) > 0 {
			out, lines = append(out, strings.Join(lines, "\n")), nil
		}
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, " \t\r\n\f\u00a0"); strings.TrimSpace(line) == "" {
			end()
			continue
		}
		lines = append(lines, line)
	}
	end()
	return out
}

// indexOf lists the pages with the words with which each begins. A line with which several pages begin is the head of them
// all and tells nothing of one.
func indexOf(pages []catalog.TextPage, path, query string) (out []indexedPage, more int) {
	begin := map[string]int{}
	for _, p := range pages {
		for _, l := range firstLines(p.Text) {
			begin[l]++
		}
	}
	for i, p := range pages {
		if i == maxIndexed {
			return out, len(pages) - i
		}
		one := indexedPage{N: p.N, Label: p.Label, URL: path + pageQuery(p.N, query)}
		for _, l := range firstLines(p.Text) {
			if begin[l] < commonOpening {
				one.Opening = clip(l, openingRunes)
				break
			}
		}
		out = append(out, one)
	}
	return out, 0
}

// firstLines gives the first few lines of a page that hold words, each once, with their blanks made single.
func firstLines(text string) []string {
	const few, looked = 4, 40
	var out []string
	n := 0
	for line := range strings.Lines(text) {
		if n++; n > looked || len(out) == few {
			break
		}
		if l := strings.Join(strings.Fields(line), " "); strings.ContainsFunc(l, isLetter) && len(l) > 2 && !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}

func isLetter(r rune) bool { return !between(r) && (r < '0' || r > '9') }

// previewOf gives the beginning of a text, as one would read it before opening the file: whole paragraphs as far as they
// fit, "" when it has no words.
func previewOf(t *catalog.Text) (paras []string, whole bool) {
	left, lines := previewRunes, previewLines
	for _, p := range t.Pages {
		for _, para := range paragraphs(strings.ToValidUTF8(p.Text, "\uFFFD")) {
			if lines <= 0 {
				return paras, false
			}
			short, rest := firstOf(para, lines)
			if lines -= strings.Count(short, "\n") + 1; rest {
				short += "…"
			}
			r := []rune(short)
			if len(r) > left {
				if left > previewRunes/6 || len(paras) == 0 {
					paras = append(paras, clipAll(r, left))
				}
				return paras, false
			}
			left -= len(r)
			if paras = append(paras, short); rest {
				return paras, false
			}
		}
	}
	return paras, true
}

// firstOf gives the first n lines of a paragraph, and whether it has more.
func firstOf(para string, n int) (lines string, more bool) {
	at := 0
	for ; n > 0; n-- {
		i := strings.IndexByte(para[at:], '\n')
		if i < 0 {
			return para, false
		}
		at += i + 1
	}
	return strings.TrimRight(para[:at], "\n"), true
}

// clipAll cuts a text of several lines at a word.
func clipAll(r []rune, n int) string {
	for i := n - 1; i > n/2; i-- {
		if r[i] == ' ' || r[i] == '\n' {
			return string(r[:i]) + "…"
		}
	}
	return string(r[:n-1]) + "…"
}
