package catalog

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

// records are the Go types of the record types that package schema describes.
func records() map[string]reflect.Type {
	return map[string]reflect.Type{
		"kit": reflect.TypeFor[Kit](), "document": reflect.TypeFor[Document](), "template": reflect.TypeFor[Template](),
		"service": reflect.TypeFor[Service](), "tariff": reflect.TypeFor[Tariff](), "checklist": reflect.TypeFor[Checklist](),
		"laboratory": reflect.TypeFor[Laboratory](), "adoption": reflect.TypeFor[Adoption](), "catalogue": reflect.TypeFor[Catalogue](),
		"entity": reflect.TypeFor[Entity](), "community": reflect.TypeFor[Community](), "event": reflect.TypeFor[Event](),
		"source": reflect.TypeFor[Source](), "evaluation": reflect.TypeFor[Evaluation](),
	}
}

// TestSchemasAndTypesAgree keeps the two descriptions of a record together: the JSON Schemas, which the checks, the pages
// and the editors go by, and the Go types, which the rest of the program works with.
func TestSchemasAndTypesAgree(t *testing.T) {
	types := records()
	for _, name := range schema.Records() {
		typ, ok := types[name]
		if !ok {
			t.Errorf("%s.schema.json describes a record that has no Go type", name)
			continue
		}
		delete(types, name)
		agree(t, name, typ, schema.Record(name))
	}
	for name := range types {
		t.Errorf("the Go type of %s has no schema", name)
	}
}

func agree(t *testing.T, at string, typ reflect.Type, s *schema.Shape) {
	t.Helper()
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	want := goKind(typ)
	if s.Kind == schema.Scalar && s.Const == "" {
		if form := goForm(typ); form != "" && form != s.Form || form == "" && ownType(s.Form) {
			t.Errorf("%s is %s in Go, and the form %q in the schema", at, typ, s.Form)
			return
		}
	}
	if !slices.Contains(want, s.Kind) {
		t.Errorf("%s is %s in Go, and %s in the schema", at, typ, s.Kind)
		return
	}
	switch s.Kind {
	case schema.List:
		agree(t, at+"[]", typ.Elem(), s.Items)
	case schema.Map:
		agree(t, at+"{}", typ.Elem(), s.Values)
	case schema.Object:
		fields := map[string]reflect.Type{}
		for _, f := range reflect.VisibleFields(typ) {
			key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if !f.Anonymous && key != "" && f.Tag.Get("kit") != "-" {
				fields[key] = f.Type
			}
		}
		for _, p := range s.Properties {
			f, ok := fields[p.Name]
			if !ok {
				t.Errorf("%s.%s is in the schema and not in %s", at, p.Name, typ)
				continue
			}
			delete(fields, p.Name)
			agree(t, at+"."+p.Name, f, p.Shape)
		}
		for key := range fields {
			t.Errorf("%s.%s is in %s and not in the schema", at, key, typ)
		}
	}
}

// goKind gives the kinds that a Go type can hold.
func goKind(typ reflect.Type) []schema.Kind {
	if typ == reflect.TypeFor[CodeScheme]() {
		return []schema.Kind{schema.Either}
	}
	switch typ.Kind() {
	case reflect.Struct:
		return []schema.Kind{schema.Object}
	case reflect.Slice:
		return []schema.Kind{schema.List}
	case reflect.Map:
		if typ.Elem().Kind() == reflect.Interface {
			return []schema.Kind{schema.Free}
		}
		return []schema.Kind{schema.Map}
	case reflect.Int, reflect.Int64:
		return []schema.Kind{schema.Integer}
	case reflect.Bool:
		return []schema.Kind{schema.Boolean}
	case reflect.String:
		return []schema.Kind{schema.Scalar}
	}
	return nil
}

// goForm gives the form that a Go type of its own stands for, "" for a plain text.
func goForm(typ reflect.Type) schema.Form {
	switch typ {
	case reflect.TypeFor[Date]():
		return schema.FormDate
	case reflect.TypeFor[Decimal]():
		return schema.FormDecimal
	case reflect.TypeFor[EntityRef]():
		return schema.FormEntityRef
	case reflect.TypeFor[Ref]():
		return schema.FormRef
	case reflect.TypeFor[Markdown]():
		return schema.FormMarkdown
	}
	return ""
}

// ownType says that a form has a Go type of its own.
func ownType(f schema.Form) bool {
	switch f {
	case schema.FormDate, schema.FormDecimal, schema.FormEntityRef, schema.FormRef, schema.FormMarkdown:
		return true
	}
	return false
}
