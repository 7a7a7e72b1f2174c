package bleveindex

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
)

const (
	snippetBytes = 220      // of text that a snippet shows, about
	snippetLead  = 40       // of them before the first word found
	snippetScan  = 32 << 10 // of a text that is looked through for the best place
)

// wanted is what a snippet marks: rows of stems by their first one, with the concept that each stands for.
type wanted map[string][]row

type row struct {
	stems   []string
	concept int
}

// wantedOf gathers what a query looks for, synonyms too.
func wantedOf(concepts []concept) wanted {
	w := wanted{}
	for i, c := range concepts {
		for _, a := range c.alternatives {
			for _, v := range a.variants {
				if v.field == fieldText { // the other fields look for the same terms
					w[v.terms[0]] = append(w[v.terms[0]], row{v.terms, i})
				}
			}
		}
	}
	return w
}

// found is a word of a text that is to be marked.
type found struct {
	word    word
	concept int
}

// in gives the words of a text that are wanted, in order: words that stand alone, and all of a row that stands together,
// stop words aside.
func (w wanted) in(text string) []found {
	var content []word
	var terms []string
	for _, x := range wordsOf(text) {
		if !stopWords[x.exact] {
			content, terms = append(content, x), append(terms, stem(x.exact))
		}
	}
	var out []found
	for i := 0; i < len(content); i++ {
		n, concept := w.at(terms[i:], content[i].parts)
		for j := range n {
			out = append(out, found{content[i+j], concept})
		}
		i += max(n, 1) - 1
	}
	return out
}

// at gives the length of the longest row at the start of terms, 0 when there is none, and its concept.
func (w wanted) at(terms, parts []string) (n, concept int) {
	for _, r := range w[terms[0]] {
		if l := len(r.stems); l > n && l <= len(terms) && slices.Equal(r.stems, terms[:l]) {
			n, concept = l, r.concept
		}
	}
	for _, p := range parts {
		for _, r := range w[stem(p)] {
			if n == 0 && len(r.stems) == 1 {
				n, concept = 1, r.concept
			}
		}
	}
	return n, concept
}

// snippet gives the piece of a part that shows best why it was found: of its summary, else of its text. Where neither has
// a word of the query, it is the beginning.
func (w wanted) snippet(p *catalog.Part) []catalog.Fragment {
	summary, inSummary := w.place(p.Summary)
	text, inText := w.place(p.Text)
	switch {
	case inText > inSummary:
		return w.cut(p.Text, text)
	case p.Summary != "":
		return w.cut(p.Summary, summary)
	}
	return w.cut(p.Text, text)
}

// place finds the window of the text with the most concepts: where it starts, and how many it has.
func (w wanted) place(text string) (start, concepts int) {
	marks := w.in(head(text))
	for i, from := range marks {
		seen := map[int]bool{}
		for _, f := range marks[i:] {
			if f.word.start-from.word.start > snippetBytes-snippetLead {
				break
			}
			seen[f.concept] = true
		}
		if len(seen) > concepts {
			start, concepts = from.word.start, len(seen)
		}
	}
	return start, concepts
}

func head(text string) string {
	if len(text) <= snippetScan {
		return text
	}
	return strings.ToValidUTF8(text[:snippetScan], "")
}

// cut gives the window around start as fragments, at the bounds of words, with an ellipsis where text was left out.
func (w wanted) cut(text string, start int) []catalog.Fragment {
	text = head(text)
	from := wordBound(text, max(0, start-snippetLead))
	to := len(text)
	if to-from > snippetBytes {
		to = wordBound(text, from+snippetBytes)
	}
	var out []catalog.Fragment
	add := func(s string, match bool) {
		if s = oneLine(s); s != "" {
			out = append(out, catalog.Fragment{Text: s, Match: match})
		}
	}
	if from > 0 {
		add("… ", false)
	}
	piece := text[from:to]
	last := 0
	for _, f := range w.in(piece) {
		add(piece[last:f.word.start], false)
		add(piece[f.word.start:f.word.end], true)
		last = f.word.end
	}
	add(strings.TrimRightFunc(piece[last:], unicode.IsSpace), false)
	if to < len(text) {
		add(" …", false)
	}
	return out
}

// wordBound moves i back to the start of the word it is in, at most by a window.
func wordBound(text string, i int) int {
	for j := i; j > 0 && i-j < snippetBytes; j-- {
		if j == len(text) || !utf8.RuneStart(text[j]) {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(text[:j])
		if unicode.IsSpace(before) {
			return j
		}
	}
	for i < len(text) && !utf8.RuneStart(text[i]) {
		i++
	}
	if i < snippetBytes {
		return 0
	}
	return i
}

// oneLine puts line breaks and tabs into spaces; a snippet is shown in one paragraph.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, s)
}
