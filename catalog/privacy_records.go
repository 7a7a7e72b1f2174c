package catalog

import (
	"github.com/open-community-pa/riuso/schema/privacy"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Masked gives a copy of v in which every string, however deep, has gone through [MaskPersons]; v itself stays as it is,
// and what holds nothing of a person is shared with it. Keys of maps count too, and the mobile number of a [Contact] goes whole. It is the door through which records go
// out to pages, to the API and to the index: no field can be forgotten.
func Masked[T any](v T) T {
	rv := reflect.ValueOf(&v).Elem()
	if out, changed := masked(rv); changed {
		rv.Set(out)
	}
	return v
}

// masked gives v or, when something had to be masked, a copy.
func masked(v reflect.Value) (reflect.Value, bool) {
	switch v.Kind() {
	case reflect.String:
		if s := privacy.MaskPersons(v.String()); s != v.String() {
			out := reflect.New(v.Type()).Elem()
			out.SetString(s)
			return out, true
		}
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return v, false
		}
		inner, changed := masked(v.Elem())
		if !changed {
			return v, false
		}
		if v.Kind() == reflect.Interface {
			return inner, true
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(inner)
		return out, true
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return v, false
		}
		out, any := v, false
		for i := range v.Len() {
			if e, changed := masked(v.Index(i)); changed {
				if !any {
					out, any = reflect.MakeSlice(v.Type(), v.Len(), v.Len()), true
					reflect.Copy(out, v)
				}
				out.Index(i).Set(e)
			}
		}
		return out, any
	case reflect.Map:
		return maskedMap(v)
	case reflect.Struct:
		out, any := v, false
		maskFields(v, func() reflect.Value {
			if !any {
				out, any = reflect.New(v.Type()).Elem(), true
				out.Set(v)
			}
			return out
		})
		return out, any
	}
	return v, false
}

// maskFields masks the exported fields of a struct, those of what it embeds among them; copied gives the copy to write to.
func maskFields(v reflect.Value, copied func() reflect.Value) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		return
	}
	for i := range v.NumField() {
		switch f := v.Type().Field(i); {
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			maskFields(v.Field(i), func() reflect.Value { return copied().Field(i) })
		case f.IsExported():
			e, changed := masked(v.Field(i))
			if v.Type() == reflect.TypeFor[Contact]() && f.Name == "Phone" {
				number := OfficePhone(v.Field(i).String())
				e, changed = reflect.ValueOf(number), number != v.Field(i).String()
			}
			if changed {
				copied().Field(i).Set(e)
			}
		}
	}
}

// maskedMap masks the values of a map and its keys; of two keys that become one the first in order stays.
func maskedMap(v reflect.Value) (reflect.Value, bool) {
	type pair struct{ key, value reflect.Value }
	pairs, changed := map[string]pair{}, false
	for it := v.MapRange(); it.Next(); {
		k, kc := masked(it.Key())
		e, ec := masked(it.Value())
		changed = changed || kc || ec
		if it.Key().Kind() != reflect.String {
			continue
		}
		pairs[it.Key().String()] = pair{k, e}
	}
	if !changed || len(pairs) != v.Len() {
		return v, false // no record has a map whose keys are not texts
	}
	out := reflect.MakeMapWithSize(v.Type(), v.Len())
	for _, n := range slices.Sorted(maps.Keys(pairs)) {
		if p := pairs[n]; !out.MapIndex(p.key).IsValid() {
			out.SetMapIndex(p.key, p.value)
		}
	}
	return out, true
}

// Organisations gives those of the authors of a document that are bodies or firms, and how many others there are. A
// name of two words may be a person's, and authors are bodies and firms, never persons (kit format, §4): only a name
// with a word of an organisation in it is shown, or one that known has, whatever the case of its letters.
func Organisations(authors []string, known ...string) (shown []string, others int) {
	for _, a := range authors {
		if privacy.MaskPersons(a) == a && (organisation(a) || slices.ContainsFunc(known, func(k string) bool { return k != "" && strings.EqualFold(k, strings.TrimSpace(a)) })) {
			shown = append(shown, a)
		} else if strings.TrimSpace(a) != "" {
			others++
		}
	}
	return shown, others
}

func organisation(name string) bool {
	for w := range strings.FieldsFuncSeq(strings.ToLower(name), func(r rune) bool { return r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if privacy.IsOrganisationWord(strings.Trim(w, ".")) {
			return true
		}
	}
	return false
}

// OfficePhone gives a telephone number when it may be an office's, "" when it is a mobile number, in whatever way it is
// written: a field that is a number is read more strictly than a text.
func OfficePhone(number string) string {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, number)
	abroad, country := strings.CutPrefix(digits, "00")
	if country = country || strings.ContainsRune(number, '+'); country || len(digits) > 10 {
		digits = strings.TrimPrefix(abroad, "39")
	}
	if strings.HasPrefix(digits, "3") && (len(digits) == 9 || len(digits) == 10) {
		return ""
	}
	if strings.Contains(number, privacy.MarkPhone) || privacy.MaskPersons(number) != number {
		return ""
	}
	return number
}

// ChangeSubject gives what is shown of a commit's message: its first line, without the trailers in which people sign, as
// forges put them on one line when they squash.
func ChangeSubject(message string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(message), "\n")
	for _, trailer := range [...]string{"signed-off-by:", "co-authored-by:"} {
		if i := strings.Index(strings.ToLower(line), trailer); i >= 0 && i <= len(line) {
			line = line[:i]
		}
	}
	return strings.TrimSpace(privacy.MaskPersons(line))
}
