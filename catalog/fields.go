package catalog

import (
	"reflect"
	"strings"
	"unicode"
)

// fieldsOf gives the place of each field of a record type that people write, by the name of its key; found once per tree.
func (r *reader) fieldsOf(t reflect.Type) map[string][]int {
	if f, ok := r.fields[t]; ok {
		return f
	}
	f := map[string][]int{}
	for _, sf := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if sf.Anonymous || name == "" || name == "-" || sf.Tag.Get("kit") == "-" {
			continue
		}
		f[name] = sf.Index
	}
	r.fields[t] = f
	return f
}

// maxTypos is how many letters may be wrong in a word that is still recognised.
const maxTypos = 2

// folded makes keys and labels comparable: "Ultima revisione" and "ultimaRevisione" are one word.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '_', '.', '\'':
			return -1
		case 'à', 'À':
			return 'a'
		case 'è', 'é', 'È', 'É':
			return 'e'
		case 'ì', 'Ì':
			return 'i'
		case 'ò', 'Ò':
			return 'o'
		case 'ù', 'Ù':
			return 'u'
		}
		return unicode.ToLower(r)
	}, s)
}

// maxCompared bounds the words that are compared, in characters; longer ones are far from everything.
const maxCompared = 64

// editDistance counts the letters to insert, delete, replace or swap to make b of a (optimal string alignment).
func editDistance(a, b string) int {
	if len(a) > 4*maxCompared || len(b) > 4*maxCompared {
		return maxCompared
	}
	ra, rb := []rune(a), []rune(b)
	if len(ra) > maxCompared || len(rb) > maxCompared {
		return maxCompared
	}
	prev2, prev, row := make([]int, len(rb)+1), make([]int, len(rb)+1), make([]int, len(rb)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(ra); i++ {
		row[0] = i
		for j := 1; j <= len(rb); j++ {
			cost := 1
			if ra[i-1] == rb[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && ra[i-1] == rb[j-2] && ra[i-2] == rb[j-1] {
				row[j] = min(row[j], prev2[j-2]+1)
			}
		}
		prev2, prev, row = prev, row, prev2
	}
	return prev[len(rb)]
}
