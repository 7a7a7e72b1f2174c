package peer

import (
	"reflect"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
)

// decimal is what a number of a record may look like: others are computed with, and a long exponent would never end.
var decimal = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,10})?$`)

const (
	maxBody     = 1 << 20 // bytes of one text of a record
	maxElements = 10_000  // of one list or map
	scrubDepth  = 40
)

// scrub cleans a record that another catalogue wrote, as the reader of files does: texts are valid UTF-8 without control
// characters and bounded, lists are bounded. v is a pointer.
func scrub(v any) { scrubValue(reflect.ValueOf(v).Elem(), 0) }

func scrubValue(v reflect.Value, depth int) {
	if depth > scrubDepth {
		v.SetZero()
		return
	}
	switch v.Kind() {
	case reflect.String:
		s := cleanText(v.String())
		if v.Type() == reflect.TypeFor[catalog.Decimal]() && !decimal.MatchString(s) {
			s = ""
		}
		if s != v.String() {
			v.SetString(s)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			scrubValue(v.Elem(), depth+1)
		}
	case reflect.Interface:
		if !v.IsNil() {
			inner := reflect.New(v.Elem().Type()).Elem()
			inner.Set(v.Elem())
			scrubValue(inner, depth+1)
			v.Set(inner)
		}
	case reflect.Slice:
		if v.Len() > maxElements {
			v.SetLen(maxElements)
		}
		for i := range v.Len() {
			scrubValue(v.Index(i), depth+1)
		}
	case reflect.Map:
		scrubMap(v, depth)
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				scrubValue(f, depth+1)
			}
		}
	}
}

func scrubMap(v reflect.Value, depth int) {
	if v.IsNil() {
		return
	}
	out := reflect.MakeMapWithSize(v.Type(), min(v.Len(), maxElements))
	it := v.MapRange()
	for it.Next() && out.Len() < maxElements {
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		key.Set(it.Key())
		value.Set(it.Value())
		scrubValue(key, depth+1)
		scrubValue(value, depth+1)
		out.SetMapIndex(key, value)
	}
	v.Set(out)
}

func cleanText(s string) string {
	if len(s) > maxBody {
		cut := maxBody
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut]
	}
	bad := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }
	if utf8.ValidString(s) && !strings.ContainsFunc(s, bad) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return -1
		case bad(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
