package catalog

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
)

// maxTypos is how many letters may be wrong in a word that is still recognised.
const maxTypos = 2

// meaning is one thing that a writer may have meant: a key, a value or a reference, with the words that people use for it.
type meaning struct {
	is    string
	label schema.Text
	also  []string // other names of it
	about string   // an Italian sentence that may hold other names of it
}

// Limits of what is taken for a name of something (house rule 5).
const (
	minWord      = 4 // characters of a word that says something by itself
	maxSuggested = 3 // things that are proposed at once
	minAbout     = 8 // characters of a name that is looked for in a sentence
)

// meant gives what somebody may have meant by a name that does not exist, nearest first, at most maxSuggested: the one thing
// whose name or label is nearest; else those whose label has the name as a word ("tipo": type, kind); else the one that
// is described by it. Labels count in both languages, accents and capitals do not.
func meant(name string, all []meaning) []string {
	s := schema.Folded(name)
	best, dist := "", typosIn(s)+1
	for i := range all {
		for _, known := range append([]string{all[i].is, all[i].label.It, all[i].label.En}, all[i].also...) {
			k := schema.Folded(known)
			if e := schema.Distance(s, k); e < dist && e < utf8.RuneCountInString(k) {
				best, dist = all[i].is, e
			}
		}
	}
	if best != "" {
		return []string{best}
	}
	var out []string
	for i := range all {
		if hasWord(all[i].label.It, s) || hasWord(all[i].label.En, s) {
			out = append(out, all[i].is)
		}
	}
	if len(out) == 0 {
		out = kindred(name, all)
	}
	if len(out) == 0 && len(s) >= minAbout {
		for i := range all {
			if strings.Contains(schema.Folded(all[i].about), s) {
				out = append(out, all[i].is)
			}
		}
	}
	if len(out) > maxSuggested {
		return nil // it could be anything
	}
	return out
}

// typosIn is how many letters may be wrong in a word of that length: in a short one nearly any other word is near.
func typosIn(s string) int {
	switch n := utf8.RuneCountInString(s); {
	case n <= 2:
		return 0
	case n <= 5:
		return 1
	}
	return maxTypos
}

// hasWord says whether a label has a word; s is folded.
func hasWord(label, s string) bool {
	return utf8.RuneCountInString(s) >= minWord && slices.ContainsFunc(strings.FieldsFunc(label, func(r rune) bool { return !unicode.IsLetter(r) }),
		func(w string) bool { return schema.Folded(w) == s })
}

// proposed is the sentence that proposes what was meant, or nothing.
func proposed(words []string) schema.Text {
	if len(words) == 0 {
		return schema.Text{}
	}
	return schema.T("forse intendevi «"+strings.Join(words, "» o «")+"»", "did you mean \""+strings.Join(words, "\" or \"")+"\"?")
}

// keysIn are the keys of a shape as things that may have been meant.
func keysIn(s *schema.Shape) []meaning {
	out := make([]meaning, 0, len(s.Properties))
	for _, p := range s.Properties {
		out = append(out, meaning{is: p.Name, label: p.Title, also: otherNames[p.Name]})
	}
	return out
}

// valuesIn are those of an enumeration.
func valuesIn(e *schema.Enum) []meaning {
	out := make([]meaning, 0, len(e.Values))
	for _, v := range e.Values {
		out = append(out, meaning{is: v.Value, label: v.Label, about: v.Description.It})
	}
	return out
}
