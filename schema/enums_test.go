package schema

import (
	"strings"
	"testing"
)

// What has no such name is no enumeration, and there are those that the format names.
func TestEnumNamed(t *testing.T) {
	if len(enums) < 40 || EnumNamed("no such thing") != nil {
		t.Errorf("%d enumerations", len(enums))
	}
	if e := EnumNamed("phase"); e != Phases || e.Name != "phase" || e.Label("B").En == "" {
		t.Errorf("phase is %+v", e)
	}
}

// A value is frozen in adopters' files, a label is what a person reads in either language.
func TestEnumValuesAndLabels(t *testing.T) {
	for name, e := range enums {
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
