package catalog

import (
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

const sums = `sections: [{id: s, title: S}]
items:
  - {id: totale, section: s, text: Totale, type: number}
  - {id: a, section: s, text: A, type: number}
  - {id: b, section: s, text: B, type: number}
  - {id: altro, section: s, text: Altro, type: yesno}
  - {id: c, section: s, text: C, type: money, showIf: {item: altro, equals: yes}}
  - {id: anno, section: s, text: Anno, type: number}
rules:
  - {total: totale, of: [a, b, c], severity: error, message: Il totale non torna.}
  - {item: anno, min: "1990", max: "2100"}
`

func TestConsistency(t *testing.T) {
	c := listNamed(t, sums)
	for _, tc := range []struct {
		name string
		a    Answers
		want string // severity, key, and what the Italian sentence says; several are parted by "; "
	}{
		{"nothing was answered", nil, ""},
		{"the sum is right, a blank is zero", Answers{"totale": {"5"}, "a": {"2"}, "b": {"3"}}, ""},
		{"the sum is wrong", Answers{"totale": {"6"}, "a": {"2"}, "b": {"3"}}, "error totale «Totale» è 6, ma le voci che lo compongono fanno 2 + 3 = 5"},
		{"one part only", Answers{"totale": {"6"}, "a": {"2"}}, "error totale «Totale» è 6, ma le voci che lo compongono fanno 2"},
		{"a total alone", Answers{"totale": {"6"}}, "error totale «Totale» è 6, ma le voci che lo compongono fanno 0"},
		{"a total that is not there counts as zero", Answers{"a": {"1.000"}}, "error totale «Totale» è 0, ma le voci che lo compongono fanno 1000"},
		{"an item behind a condition does not count", Answers{"totale": {"5"}, "a": {"5"}, "c": {"1,50"}}, ""},
		{"once it is open it does", Answers{"totale": {"5"}, "a": {"5"}, "altro": {"sì"}, "c": {"1,50"}}, "error totale «Totale» è 5, ma le voci che lo compongono fanno 5 + 1.5 = 6.5"},
		{"what is no number is not added up", Answers{"totale": {"5"}, "a": {"cinque"}}, ""},
		{"too early", Answers{"anno": {"1989"}}, "warning anno «Anno» è 1989, ma non può essere meno di 1990"},
		{"too late", Answers{"anno": {"2.101"}}, "warning anno «Anno» è 2101, ma non può essere più di 2100"},
		{"the bounds are in", Answers{"anno": {"2100"}}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var said []string
			for _, f := range c.Consistency(tc.a) {
				said = append(said, string(f.Severity)+" "+f.Key+" "+f.Message.It)
				if f.Code != "W08" || f.Message.En == "" || f.Message.En == f.Message.It || f.Hint.In(schema.En) == "" || f.File != "checklists/lista.md" {
					t.Errorf("%+v", f)
				}
			}
			if got := strings.Join(said, "; "); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
	if f := c.Consistency(Answers{"totale": {"1"}}); !strings.HasPrefix(f[0].Hint.It, "Il totale non torna: ") {
		t.Errorf("the author's words are lost: %q", f[0].Hint.It)
	}
	broken := Checklist{Items: []Item{{ID: "a", Text: "A", Type: "number"}}, Rules: []ChecklistRule{{Total: "a", Of: []string{"x"}}, {Item: "x", Min: "1"}, {}}}
	if f := broken.Consistency(Answers{"a": {"1"}}); len(f) > 0 {
		t.Errorf("rules on items that are not there: %v", f)
	}
}
