package bleveindex

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed synonyms.txt
var synonymsText string

// synonyms tells what else a word or a row of words is called. Keys and values are stems.
type synonyms struct {
	groups  [][][]string     // group, term, stems
	byFirst map[string][]ref // first stem of a term
}

type ref struct{ group, term int }

// readSynonyms reads the format of synonyms.txt. A line that says nothing is left out.
func readSynonyms(text string) *synonyms {
	s := &synonyms{byFirst: map[string][]ref{}}
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		var group [][]string
		for term := range strings.SplitSeq(line, "=") {
			if st := stems(term); len(st) > 0 {
				group = append(group, st)
			}
		}
		if len(group) < 2 {
			continue
		}
		for i, term := range group {
			s.byFirst[term[0]] = append(s.byFirst[term[0]], ref{len(s.groups), i})
		}
		s.groups = append(s.groups, group)
	}
	return s
}

// stems gives the stems of a text without its stop words.
func stems(text string) []string {
	var out []string
	for _, w := range wordsOf(text) {
		if !stopWords[w.exact] {
			out = append(out, stem(w.exact))
		}
	}
	return out
}

// match is a term of a group found in a row of stems: from at, n stems long, with the other terms of its group.
type match struct {
	at, n  int
	others [][]string
}

// find gives the terms that stand in the row, wherever they start.
func (s *synonyms) find(row []string) []match {
	var out []match
	for at, first := range row {
		for _, r := range s.byFirst[first] {
			term := s.groups[r.group][r.term]
			if len(term) > len(row)-at || !slices.Equal(term, row[at:at+len(term)]) {
				continue
			}
			m := match{at: at, n: len(term)}
			for i, o := range s.groups[r.group] {
				if i != r.term {
					m.others = append(m.others, o)
				}
			}
			out = append(out, m)
		}
	}
	return out
}
