package catalog

import (
	"net/url"
	"testing"
)

// FuzzAnswers computes whatever a form may hold: it never fails, a score never passes its maximum, and a finding has
// both its sentences.
func FuzzAnswers(f *testing.F) {
	f.Add("delibera=yes&totale=6&a=2&b=3", "1.234,50")
	f.Add("totale=1e999999999&a=--1&giudizio=9", "-0.000")
	f.Add("delibera=s%C3%AC&delibera=no&giudizio=5&altro=yes&c=%00", "99999999999999999999999999999999")
	list := &Checklist{Sections: []Section{{ID: "s"}},
		Items: []Item{{ID: "delibera", Section: "s", Type: "yesno", Weight: "3"}, {ID: "giudizio", Type: "likert"}, {ID: "conforme", Section: "s", Type: "conformity"},
			{ID: "totale", Text: "Totale", Type: "number"}, {ID: "a", Type: "number"}, {ID: "b", Type: "money"},
			{ID: "c", Type: "number", ShowIf: &ShowIf{Item: "delibera", Equals: "sì"}}, {ID: "data", Type: "date"}, {ID: "scelta", Type: "multi", Options: []string{"x", "y"}}},
		Rules:   []ChecklistRule{{Total: "totale", Of: []string{"a", "b", "c"}}, {Item: "totale", Min: "-1", Max: "10"}},
		Scoring: &Scoring{Sections: []SectionScoring{{Section: "s", Max: "10"}}, Bands: []Band{{UpTo: "50", Title: "Metà"}, {Title: "Tutto"}}}}
	f.Fuzz(func(t *testing.T, form, extra string) {
		typed, err := url.ParseQuery(form)
		if err != nil {
			return
		}
		a := Answers(typed)
		a["b"] = append(a["b"], extra)
		s := list.Score(a)
		for _, p := range append(s.Sections, s.Total) {
			points, most := ratOf(p.Points), ratOf(p.Max)
			if points == nil || most == nil || points.Sign() < 0 || points.Cmp(most) > 0 || p.Answered > p.Items {
				t.Fatalf("%+v", p)
			}
			if (p.Share == nil) != (p.Answered == 0) {
				t.Fatalf("a share of nothing, or none of something: %+v", p)
			}
		}
		for _, w := range list.Consistency(a) {
			if w.Message.It == "" || w.Message.En == "" || w.Key == "" {
				t.Fatalf("%+v", w)
			}
		}
	})
}
