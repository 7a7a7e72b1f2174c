package bleveindex

import (
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

// wanted is what a snippet marks: stems, with the concept that each stands for.
type wanted map[string]int

// wantedOf gathers the stems of a query, synonyms too.
func wantedOf(concepts []concept) wanted {
	w := wanted{}
	for i, c := range concepts {
		for _, v := range c.variants {
			for _, t := range v.terms {
				if v.field == fieldOwn || v.field == fieldCode {
					continue
				}
				if v.field == fieldTitleX || v.field == fieldTextX || v.field == fieldAcronyms {
					t = stem(t)
				}
				if _, ok := w[t]; !ok {
					w[t] = i
				}
			}
		}
	}
	return w
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
	type occurrence struct{ at, concept int }
	var found []occurrence
	for _, word := range wordsOf(head(text)) {
		if c, ok := w.concept(word); ok {
			found = append(found, occurrence{word.start, c})
		}
	}
	for i, from := range found {
		seen := map[int]bool{}
		for _, o := range found[i:] {
			if o.at-from.at > snippetBytes-snippetLead {
				break
			}
			seen[o.concept] = true
		}
		if len(seen) > concepts {
			start, concepts = from.at, len(seen)
		}
	}
	return start, concepts
}

func (w wanted) concept(word word) (int, bool) {
	if c, ok := w[stem(word.exact)]; ok && !stopWords[word.exact] {
		return c, true
	}
	for _, p := range word.parts {
		if c, ok := w[stem(p)]; ok {
			return c, true
		}
	}
	return 0, false
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
	for _, word := range wordsOf(piece) {
		if _, ok := w.concept(word); ok {
			add(piece[last:word.start], false)
			add(piece[word.start:word.end], true)
			last = word.end
		}
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
