package catalog

import (
	"reflect"
	"strings"
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
