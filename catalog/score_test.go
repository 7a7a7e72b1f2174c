package catalog

import (
	"slices"
	"testing"
)

// listNamed reads a checklist from its front matter, as the reader does.
func listNamed(t *testing.T, head string) Checklist {
	t.Helper()
	kit := goodKit + "-- checklists/lista.md --\n---\ntype: checklist\nid: lista\ntitle: L\nkind: control\naudience: [entity]\nprivacy: private\n" + head + "---\n"
	got := Read(tree(kit), ReadOptions{URL: "https://git.example.it/ente/kit"})
	if len(got.Findings) > 0 {
		t.Fatalf("checklist: %v", got.Findings)
	}
	for _, c := range got.Kits[0].Checklists {
		if c.ID == "lista" {
			return c
		}
	}
	t.Fatal("no checklist")
	return Checklist{}
}

const control = `sections: [{id: atti, title: Atti}, {id: uso, title: Uso}]
items:
  - {id: delibera, section: atti, text: "C'è la delibera?", type: yesno, required: true, weight: "3"}
  - {id: convenzione, section: atti, text: Convenzione, type: conformity}
  - {id: organo, section: atti, text: "Quale organo?", type: text, required: true, showIf: {item: delibera, equals: sì}}
  - {id: numero, section: atti, text: Numero, type: number}
  - {id: giudizio, section: uso, text: Giudizio, type: likert, weight: "2"}
  - {id: note, section: uso, text: Note, type: text, weight: "10"}
`

func TestScore(t *testing.T) {
	plain := listNamed(t, control)
	scaled := listNamed(t, control+`scoring:
  sections: [{section: atti, max: "40"}, {section: uso, max: "60"}]
  bands:
    - {upTo: "50", title: Da preparare, text: Mancano gli atti, docs: [doc:A4]}
    - {title: Pronto}
    - {section: uso, upTo: "100", title: In uso}
`)
	for _, tc := range []struct {
		name                        string
		c                           Checklist
		a                           Answers
		points, most, share, band   string
		missing, invalid            []string
		unanswered, answered, items int
	}{
		{"nothing was answered: nothing is said", plain, nil, "0.00", "6.00", "-", "", []string{"delibera"}, nil, 3, 0, 3},
		{"all there is", plain, Answers{"delibera": {"yes"}, "organo": {"Consiglio"}, "convenzione": {"conform"}, "giudizio": {"5"}}, "6.00", "6.00", "100.0", "", nil, nil, 0, 3, 3},
		{"half of what is to improve, half way up a scale", plain, Answers{"delibera": {"no"}, "convenzione": {"migliorabile"}, "giudizio": {"3"}}, "1.50", "6.00", "25.0", "", nil, nil, 0, 3, 3},
		{"what is not needed leaves the maximum", plain, Answers{"delibera": {"na"}, "convenzione": {"conforme"}}, "1.00", "3.00", "33.3", "", nil, nil, 1, 1, 2},
		{"a condition opens an item that is required", plain, Answers{"delibera": {"SÌ"}}, "3.00", "6.00", "50.0", "", []string{"organo"}, nil, 2, 1, 3},
		{"answers that are none of those allowed", plain, Answers{"delibera": {"forse"}, "giudizio": {"7"}, "numero": {"tre"}}, "0.00", "6.00", "-", "", nil, []string{"delibera", "numero", "giudizio"}, 3, 0, 3},
		{"maxima of the sections", scaled, Answers{"delibera": {"yes"}, "organo": {"x"}, "convenzione": {"nonconform"}, "giudizio": {"4"}}, "75.00", "100.00", "75.0", "Pronto", nil, nil, 0, 3, 3},
		{"the bound of a band is its own", scaled, Answers{"delibera": {"no"}, "convenzione": {"conform"}, "giudizio": {"3"}}, "40.00", "100.00", "40.0", "Da preparare", nil, nil, 0, 3, 3},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := tc.c.Score(tc.a)
			share, band := "-", ""
			if got.Total.Share != nil {
				share = string(*got.Total.Share)
			}
			if got.Total.Band != nil {
				band = got.Total.Band.Title
			}
			if string(got.Total.Points) != tc.points || string(got.Total.Max) != tc.most || share != tc.share || band != tc.band {
				t.Errorf("%s of %s, %s %%, band %q; want %s of %s, %s %%, %q", got.Total.Points, got.Total.Max, share, band, tc.points, tc.most, tc.share, tc.band)
			}
			if !slices.Equal(got.Missing, tc.missing) || !slices.Equal(got.Invalid, tc.invalid) || got.Unanswered != tc.unanswered ||
				got.Total.Answered != tc.answered || got.Total.Items != tc.items {
				t.Errorf("missing %v, invalid %v, %d without an answer, %d answered of %d", got.Missing, got.Invalid, got.Unanswered, got.Total.Answered, got.Total.Items)
			}
		})
	}
	got := scaled.Score(Answers{"delibera": {"yes"}, "giudizio": {"2"}})
	if len(got.Sections) != 2 || got.Sections[0].Points != "30.00" || got.Sections[0].Max != "40.00" || got.Sections[0].Band != nil ||
		got.Sections[1].Points != "15.00" || got.Sections[1].Band.Title != "In uso" {
		t.Errorf("sections: %+v", got.Sections)
	}
	if total := got.Total; total.Points != "45.00" || len(total.Band.Docs) != 1 || total.Band.Docs[0] != "doc:A4" {
		t.Errorf("the band of 45 %%: %+v", got.Total)
	}
}

// Conditions that hang on each other in a ring, on nothing, or on an item that is itself hidden.
func TestShown(t *testing.T) {
	c := Checklist{Items: []Item{
		{ID: "a", Type: "yesno", ShowIf: &ShowIf{Item: "b", Equals: "yes"}},
		{ID: "b", Type: "yesno", ShowIf: &ShowIf{Item: "a", Equals: "yes"}},
		{ID: "c", Type: "text", ShowIf: &ShowIf{Item: "nessuna", Equals: "x"}},
		{ID: "d", Type: "yesno"},
		{ID: "e", Type: "multi", ShowIf: &ShowIf{Item: "d", Equals: "no"}},
		{ID: "f", Type: "text", ShowIf: &ShowIf{Item: "e", Equals: "uno"}},
	}}
	for _, tc := range []struct {
		a    Answers
		want []string
	}{
		{nil, []string{"c", "d"}},
		{Answers{"a": {"yes"}, "b": {"yes"}}, []string{"a", "b", "c", "d"}},
		{Answers{"d": {"no"}, "e": {"due", "uno"}}, []string{"c", "d", "e", "f"}},
		{Answers{"d": {"yes"}, "e": {"uno"}}, []string{"c", "d"}},
	} {
		var got []string
		for i := range c.Items {
			if c.Shown(&c.Items[i], tc.a) {
				got = append(got, c.Items[i].ID)
			}
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%v shows %v, want %v", tc.a, got, tc.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for in, want := range map[string]string{"151": "151", "1.234": "1234", "1234,5": "1234.5", "1.234,50": "1234.5", "12.5": "12.5", "0.125": "0.125", " 3 €": "3", "-2": "-2",
		"": "", "1e9": "", "tre": "", "1/3": "", "1.2.3": "", "--1": ""} {
		n, ok := number(in)
		got := ""
		if ok {
			got = plainNumber(n)
		}
		if got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}
