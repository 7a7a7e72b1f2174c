package bleveindex

import (
	"strings"
	"unicode"

	"github.com/open-community-pa/riuso/catalog"
)

// The weights of what matches. They are set by reason, not fitted to a list of queries: a title says what a part is, a
// keyword what its author wants it found for, the text only that a word occurs.
const (
	weightTitle    = 5.0
	weightTitleX   = 2.0 // on top of the title's, for the very word
	weightKeywords = 3.0
	weightSummary  = 2.0
	weightText     = 1.0
	weightTextX    = 0.5
	weightKitTitle = 1.5
	weightCode     = 8.0
	weightAcronym  = 4.0
	weightOwn      = 2.0 // "fase b"

	typedWeight   = 1.0
	synonymWeight = 0.5  // of what was not typed, against what was
	pieceWeight   = 0.7  // of "government", when "e-government" was typed
	pronounWeight = 0.05 // of "sua" in a text in small letters, when the acronym is meant
	maxConcepts   = 32   // words of a query that count; the rest is left out
	maxOthers     = 40   // other terms that one word may stand for

	minShareWords  = 3 // from so many words on, not all of them must match
	minShareNumber = 2 // ... but this many
	minShareOf     = 3 // ... of these, rounded up
)

// variant is one way in which a concept may occur: a term of a field, or a row of terms.
type variant struct {
	field  string
	terms  []string
	weight float64
}

// alternative is one term that a concept may be called by, in all fields. A part that has several of them scores the best.
type alternative struct {
	weight   float64
	variants []variant
}

// concept is one thing that the query asks for: a word with all that may stand for it.
type concept struct {
	word         string // folded, as typed
	stem         string
	alternatives []alternative
}

// stemFields is where stems are looked for.
var stemFields = [...]struct {
	name   string
	weight float64
}{{fieldTitle, weightTitle}, {fieldKeywords, weightKeywords}, {fieldSummary, weightSummary}, {fieldText, weightText}, {fieldKitTitle, weightKitTitle}}

// conceptsOf reads a query as it was typed.
func conceptsOf(text string, syn *synonyms) []concept {
	words := wordsOf(text)
	var out []concept
	for i := 0; i < len(words) && len(out) < maxConcepts; i++ {
		w := words[i].exact
		if w == "fase" && i+1 < len(words) && len(words[i+1].exact) == 1 && strings.Contains("abc", words[i+1].exact) {
			out = append(out, phaseConcept(words[i+1].exact))
			i++
			continue
		}
		if stopWords[w] {
			continue
		}
		out = append(out, wordConcept(words[i]))
	}
	if len(out) == 0 { // nothing but stop words: then they are what is asked for
		for _, w := range words[:min(len(words), maxConcepts)] {
			out = append(out, concept{word: w.exact, stem: w.exact, alternatives: []alternative{{typedWeight, exactVariants(w.exact)}}})
		}
	}
	addSynonyms(out, syn)
	return out
}

func phaseConcept(letter string) concept {
	v := variant{fieldOwn, []string{facetTerm(catalog.FacetPhase, strings.ToUpper(letter))}, weightOwn}
	return concept{word: "fase " + letter, alternatives: []alternative{{typedWeight, []variant{v}}}}
}

func wordConcept(w word) concept {
	c := concept{word: w.exact, stem: stem(w.exact)}
	vs := append(termVariants([]string{c.stem}), exactVariants(w.exact)...)
	if strings.IndexFunc(w.exact, unicode.IsDigit) >= 0 {
		vs = append(vs, variant{fieldCode, []string{codeTerm(w.exact)}, weightCode})
	}
	c.alternatives = []alternative{{typedWeight, vs}}
	for _, p := range w.parts {
		c.alternatives = append(c.alternatives, alternative{pieceWeight, termVariants([]string{stem(p)})})
	}
	return c
}

// termVariants looks for a term of one or more stems. Titles of kits carry no positions. What may be a pronoun counts in
// running text only where it is written as an acronym.
func termVariants(terms []string) []variant {
	pronoun := len(terms) == 1 && acronymsFirst[terms[0]]
	var out []variant
	for _, f := range stemFields {
		weight := f.weight
		if len(terms) > 1 && f.name == fieldKitTitle {
			continue
		}
		if pronoun && (f.name == fieldSummary || f.name == fieldText) {
			weight *= pronounWeight
		}
		out = append(out, variant{f.name, terms, weight})
	}
	if pronoun {
		out = append(out, variant{fieldAcronyms, terms, weightAcronym})
	}
	return out
}

func exactVariants(w string) []variant {
	vs := []variant{{fieldTitleX, []string{w}, weightTitleX}}
	if !acronymsFirst[w] {
		vs = append(vs, variant{fieldTextX, []string{w}, weightTextX})
	}
	return vs
}

// addSynonyms gives to every word of a term what else the term is called: whoever types "responsabile transizione
// digitale" is answered, word by word, by a part that only says RTD.
func addSynonyms(concepts []concept, syn *synonyms) {
	row := make([]string, len(concepts))
	for i, c := range concepts {
		row[i] = c.stem
	}
	for _, m := range syn.find(row) {
		for i := m.at; i < m.at+m.n; i++ {
			for _, o := range m.others {
				if as := &concepts[i].alternatives; len(*as) <= maxOthers {
					*as = append(*as, alternative{synonymWeight, termVariants(o)})
				}
			}
		}
	}
}

// required says how many of n words a part must have.
func required(n int) int {
	if n < minShareWords {
		return n
	}
	return (n*minShareNumber + minShareOf - 1) / minShareOf
}
