package schema

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"
)

// written lists the enumerations that the source of the package declares: the exported variable and the name.
func written(t *testing.T) map[string]string {
	t.Helper()
	files, err := fs.Glob(os.DirFS("."), "enums*.go")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 || !spec.Names[0].IsExported() {
				return true
			}
			call, ok := spec.Values[0].(*ast.CallExpr)
			if !ok {
				return true
			}
			if fun, ok := call.Fun.(*ast.Ident); !ok || fun.Name != "enum" {
				return true
			}
			id, err := strconv.Unquote(call.Args[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			out[spec.Names[0].Name] = id
			return true
		})
	}
	return out
}

func TestEnumNamedFindsEveryEnumeration(t *testing.T) {
	all := written(t)
	if len(all) < 40 {
		t.Fatalf("only %d enumerations in the source", len(all))
	}
	names := map[string]bool{}
	for variable, name := range all {
		if names[name] {
			t.Errorf("two enumerations are called %q", name)
		}
		names[name] = true
		if e := EnumNamed(name); e == nil || e.Name != name {
			t.Errorf("EnumNamed(%q) does not find %s", name, variable)
		}
	}
	if EnumNamed("no such thing") != nil {
		t.Error("an enumeration that does not exist is found")
	}
}

// A value is frozen in adopters' files, a label is what a person reads in either language.
func TestEnumValuesAndLabels(t *testing.T) {
	for _, name := range written(t) {
		e := EnumNamed(name)
		values, labels := map[string]bool{}, map[string]bool{}
		for i, v := range e.Values {
			if v.Value == "" || v.Value != strings.TrimSpace(v.Value) || values[v.Value] {
				t.Errorf("%s: value %q is empty, has blanks or is there twice", name, v.Value)
			}
			if v.Label.It == "" || v.Label.En == "" {
				t.Errorf("%s: %q lacks a label: %+v", name, v.Value, v.Label)
			}
			if labels[v.Label.It] {
				t.Errorf("%s: the label %q stands for two values", name, v.Label.It)
			}
			values[v.Value], labels[v.Label.It] = true, true
			if e.Index(v.Value) != i || !e.Has(v.Value) || e.Label(v.Value) != v.Label {
				t.Errorf("%s: %q is not found where it stands", name, v.Value)
			}
		}
		if len(e.Values) < 2 || e.Has("no such value") || e.Index("no such value") != -1 {
			t.Errorf("%s: %d values, or one too many is found", name, len(e.Values))
		}
		if got := e.Label("altro ancora"); got != T("altro ancora", "altro ancora") {
			t.Errorf("%s: an unknown value is labelled %+v", name, got)
		}
	}
}
