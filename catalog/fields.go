package catalog

import (
	"reflect"
	"slices"
	"strings"
)

// recordFields are the fields of a record type that people write, by the name of their key.
type recordFields struct {
	byName   map[string]reflect.StructField
	required []string // names of those that must be there, in order
}

// fieldsOf gives the fields of a record type, found once per tree.
func (r *reader) fieldsOf(t reflect.Type) recordFields {
	if f, ok := r.fields[t]; ok {
		return f
	}
	f := recordFields{byName: map[string]reflect.StructField{}}
	for _, sf := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if sf.Anonymous || name == "" || name == "-" || sf.Tag.Get("kit") == "-" {
			continue
		}
		f.byName[name] = sf
		if sf.Tag.Get("req") != "" {
			f.required = append(f.required, name)
		}
	}
	slices.Sort(f.required)
	r.fields[t] = f
	return f
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
