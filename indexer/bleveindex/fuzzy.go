package bleveindex

import (
	"errors"
	"strings"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"
)

const (
	fuzzyFrom     = 5   // letters from which a word may be misspelt
	fuzzyFar      = 7   // letters from which two may be wrong
	fuzzyPrefix   = 1   // letters at the start that are taken to be right
	maxCandidates = 500 // words near the misspelt one that are weighed
)

// correct replaces the words of a query that the index does not know at all by known ones that are spelt nearly so. The
// text comes back with them in place; ok is false when nothing was replaced. Acronyms and numbers are left alone: the
// nearest one is another one.
func correct(r index.IndexReader, text string, concepts []concept, found []int) (corrected string, ok bool, err error) {
	unknown := map[string]bool{}
	for i, c := range concepts {
		unknown[c.word] = found[i] == 0 && utf8.RuneCountInString(c.word) >= fuzzyFrom && strings.Trim(c.word, "abcdefghijklmnopqrstuvwxyz") == ""
	}
	var b strings.Builder
	last := 0
	for _, w := range wordsOf(text) {
		if !unknown[w.exact] || w.upper {
			continue
		}
		near, err := nearest(r, w.exact)
		if err != nil {
			return "", false, err
		}
		if near == "" {
			continue
		}
		b.WriteString(text[last:w.start])
		b.WriteString(near)
		last, ok = w.end, true
	}
	b.WriteString(text[last:])
	return b.String(), ok, nil
}

// nearest gives the word of the index that w was meant to be, "" when there is none: one that is spelt with one letter
// wrong, else one that begins so, else for long words one with two letters wrong. Of several, the one in most parts.
func nearest(r index.IndexReader, w string) (string, error) {
	fuzzy, ok := r.(index.IndexReaderFuzzy)
	if !ok {
		return "", nil
	}
	misspelt := func(distance int) func(field string) (index.FieldDict, error) {
		return func(field string) (index.FieldDict, error) {
			return fuzzy.FieldDictFuzzy(field, w, distance, w[:fuzzyPrefix])
		}
	}
	unfinished := func(field string) (index.FieldDict, error) { return r.FieldDictPrefix(field, []byte(w)) }
	best, err := commonest(r, misspelt(1), swaps(w)...) // swapped letters are two wrong ones to the automaton
	if best != "" || err != nil {
		return best, err
	}
	if best, err = commonest(r, unfinished); best != "" || err != nil || len(w) < fuzzyFar {
		return best, err
	}
	return commonest(r, misspelt(2))
}

// commonest gives the word that is in most parts, of those that dict lists and of the others that are named. The automaton
// does not tell in how many parts a word is: that is asked for each.
func commonest(r index.IndexReader, dict func(field string) (index.FieldDict, error), more ...string) (best string, err error) {
	most := uint64(0)
	for _, field := range []string{fieldTitleX, fieldTextX} {
		d, err := dict(field)
		if err != nil {
			return "", err
		}
		near, err := entries(d)
		if err != nil {
			return "", err
		}
		for _, candidate := range append(near, more...) {
			n, err := parts(r, field, candidate)
			if err != nil {
				return "", err
			}
			if n > most {
				best, most = candidate, n
			}
		}
	}
	return best, nil
}

// entries lists the words of a dictionary and closes it.
func entries(d index.FieldDict) (out []string, err error) {
	defer func() { err = errors.Join(err, d.Close()) }()
	for range maxCandidates {
		e, err := d.Next()
		if err != nil || e == nil {
			return out, err
		}
		out = append(out, e.Term)
	}
	return out, nil
}

// parts counts the documents that have a word in a field.
func parts(r index.IndexReader, field, w string) (n uint64, err error) {
	d, err := r.FieldDictRange(field, []byte(w), []byte(w))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	e, err := d.Next()
	if err != nil || e == nil {
		return 0, err
	}
	return e.Count, nil
}

// swaps gives the word with each pair of neighbouring letters the other way round.
func swaps(w string) []string {
	var out []string
	for i := fuzzyPrefix; i+1 < len(w); i++ {
		if w[i] != w[i+1] {
			out = append(out, w[:i]+string(w[i+1])+string(w[i])+w[i+2:])
		}
	}
	return out
}
