package bleveindex

import (
	"github.com/blevesearch/bleve/v2/analysis"
)

// The analyzers are values, not names in bleve's registry: documents are built with them field by field (document.go) and
// queries use the same code, so that the two cannot differ and no package state is changed.
type (
	stemmed  struct{} // stems, without stop words
	exact    struct{} // every word, folded
	acronyms struct{} // words written in capitals
	whole    struct{} // the value as it stands, for facets and ids
)

// Analyze gives the stems of a text. Positions count only what is kept, so that a phrase matches across stop words:
// "responsabile transizione digitale" is found in "responsabile per la transizione al digitale".
func (stemmed) Analyze(text []byte) analysis.TokenStream {
	ts := tokens{}
	for _, w := range wordsOf(string(text)) {
		if stopWords[w.exact] {
			continue
		}
		ts.pos++
		ts.add(w, stem(w.exact))
		for _, p := range w.parts {
			ts.add(w, stem(p))
		}
	}
	return ts.out
}

// Analyze gives the words of a text as they are written but for case and accents.
func (exact) Analyze(text []byte) analysis.TokenStream {
	ts := tokens{}
	for _, w := range wordsOf(string(text)) {
		ts.pos++
		ts.add(w, w.exact)
		for _, p := range w.parts {
			ts.add(w, p)
		}
	}
	return ts.out
}

// Analyze gives the acronyms of a text.
func (acronyms) Analyze(text []byte) analysis.TokenStream {
	ts := tokens{}
	for _, w := range wordsOf(string(text)) {
		if w.upper {
			ts.pos++
			ts.add(w, w.exact)
		}
	}
	return ts.out
}

// Analyze gives the text itself.
func (whole) Analyze(text []byte) analysis.TokenStream {
	return analysis.TokenStream{{Start: 0, End: len(text), Term: text, Position: 1, Type: analysis.AlphaNumeric}}
}

type tokens struct {
	out analysis.TokenStream
	pos int
}

func (t *tokens) add(w word, term string) {
	t.out = append(t.out, &analysis.Token{Start: w.start, End: w.end, Term: []byte(term), Position: t.pos, Type: analysis.AlphaNumeric})
}
