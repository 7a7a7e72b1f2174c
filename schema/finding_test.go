package schema

import (
	"slices"
	"strings"
	"testing"
)

func TestTextFallsBack(t *testing.T) {
	for _, tc := range []struct {
		text Text
		lang Lang
		want string
	}{
		{T("sì", "yes"), It, "sì"},
		{T("sì", "yes"), En, "yes"},
		{T("sì", ""), En, "sì"},
		{T("", "yes"), It, "yes"},
		{T("sì", "yes"), "de", "sì"},
		{T("", "yes"), "de", "yes"},
		{Text{}, It, ""},
	} {
		if got := tc.text.In(tc.lang); got != tc.want {
			t.Errorf("%+v in %q is %q, want %q", tc.text, tc.lang, got, tc.want)
		}
	}
	if !(Text{}).IsZero() || T("", "yes").IsZero() || T("sì", "").IsZero() {
		t.Error("a text is zero when neither sentence is there")
	}
	if got := Tf("«%s» per %d", "%q for %d", "x", 2); got != T("«x» per 2", `"x" for 2`) {
		t.Errorf("Tf gives %+v", got)
	}
}

func TestSortIsTheOrderOfReading(t *testing.T) {
	want := []Finding{
		{File: "", Code: "V02"},
		{File: "a", Line: 1, Column: 1, Code: "E01"},
		{File: "a", Line: 1, Column: 2, Code: "E01"},
		{File: "a", Line: 2, Column: 1, Code: "E01", Key: "b"},
		{File: "a", Line: 2, Column: 1, Code: "E02", Key: "a"},
		{File: "a", Line: 2, Column: 1, Code: "E02", Key: "b"},
		{File: "a", Line: 10, Column: 1, Code: "E01"},
		{File: "b", Line: 1, Column: 1, Code: "E01"},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("order:\n%v\nwant\n%v", got, want)
	}
	same := []Finding{{File: "a", Message: T("prima", "first")}, {File: "a", Message: T("seconda", "second")}}
	Sort(same)
	if same[0].Message.En != "first" {
		t.Error("findings of one place change their order")
	}
}

func TestHasErrors(t *testing.T) {
	if HasErrors(nil) || HasErrors([]Finding{{Severity: Warning}}) {
		t.Error("warnings are not errors")
	}
	if !HasErrors([]Finding{{Severity: Warning}, {Severity: Error}}) {
		t.Error("an error among warnings is not seen")
	}
}

func TestFindingOnOneLine(t *testing.T) {
	f := Finding{File: "kit.md", Line: 3, Column: 7, Severity: Error, Code: "E03", Key: "title", Message: T("manca", "missing")}
	if got := f.String(); !strings.HasPrefix(got, "kit.md:3:7: error E03 title: manca") {
		t.Errorf("%q", got)
	}
}
