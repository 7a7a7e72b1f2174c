package catalog

import (
	"slices"
	"testing"
)

// What a list names of itself must be there: where it does not, the place is said.
func TestChecklistNamesItsOwnItems(t *testing.T) {
	got := Read(withFile("checklists/z.md", `---
type: checklist
id: z
title: Z
kind: control
audience: [entity]
privacy: private
sections: [{id: s, title: S}]
items:
  - {id: a, section: s, text: A, type: number}
  - {id: b, section: t, text: B, type: yesno, showIf: {item: q, equals: yes}}
  - {id: a, section: s, text: A di nuovo, type: number}
rules:
  - {total: a, of: [b, c, d]}
  - {item: e, min: "1"}
scoring:
  sections: [{section: u, max: "10"}]
  bands: [{section: s, title: Bene}, {section: v, title: Male}]
---
`), ReadOptions{URL: home})
	var keys []string
	for _, f := range of(got, "checklists/z.md") {
		keys = append(keys, f.Code+" "+f.Key)
		if f.Line == 0 || f.Column == 0 || f.Message.En == f.Message.It {
			t.Errorf("%+v", f)
		}
	}
	want := []string{"E06 items[1].section", "E06 items[1].showIf.item", "E05 items[2].id", "E06 rules[0].of[1]", "E06 rules[0].of[2]", "E06 rules[1].item",
		"E06 scoring.sections[0].section", "E06 scoring.bands[1].section"}
	if !slices.Equal(keys, want) {
		t.Errorf("%q, want %q", keys, want)
	}
	if len(got.Kits[0].Checklists) == 0 {
		t.Error("the list is lost")
	}
}
