package catalog

import (
	"slices"
	"testing"
)

// storage and telemaco are the two allowances that the kit of a territorial centre publishes (kit format §7).
const storage = `  - unit: GB
    label: Spazio di archiviazione
    rules:
      - {when: {entityType: [mountain-community]}, value: "1"}
    brackets: [{upTo: 3000, value: "0.5"}, {upTo: 5000, value: "1"}, {upTo: 10000, value: "1.5"}, {value: "2"}]
`

const telemaco = `  - unit: consultazioni
    period: year
    brackets: [{upTo: 3000, value: "170"}, {upTo: 5000, value: "270"}]
`

// allowanceNamed reads an allowance from the front matter of a service, as the reader does.
func allowanceNamed(t *testing.T, list string) Allowance {
	t.Helper()
	service := "-- services/s.md --\n---\ntype: service\nid: s\ntitle: S\ndescription: S\narea: egov-production\nrecipients: [municipality]\naccess: {agreement: required}\n" +
		"obligations: O\ninclusion: included\nduration: annual\nconfirmation: yearly\nsupport: A\ncontactOffice: {office: Ufficio}\nallowances:\n" + list + "---\n"
	got := Read(tree(goodKit+service), ReadOptions{URL: "https://git.example.it/ente/kit"})
	if len(got.Findings) > 0 {
		t.Fatalf("service: %v", got.Findings)
	}
	for _, s := range got.Kits[0].Services {
		if s.ID == "s" && len(s.Allowances) == 1 {
			return s.Allowances[0]
		}
	}
	t.Fatal("the service has no allowance")
	return Allowance{}
}

// The vectors D1 and D2 of kit format §7: what is not published is not known, never zero.
func TestAllowanceVectors(t *testing.T) {
	gb, queries := allowanceNamed(t, storage), allowanceNamed(t, telemaco)
	of := func(kind string, inhabitants int) QuoteInput {
		return QuoteInput{EntityType: kind, Quantities: map[string]int{"inhabitants": inhabitants}}
	}
	for _, tc := range []struct {
		id      string
		a       Allowance
		in      QuoteInput
		want    Decimal
		missing []string
	}{
		{"D1 at 3000", gb, of("municipality", 3000), "0.5", nil},
		{"D1 at 3001", gb, of("municipality", 3001), "1", nil},
		{"D1 at 5000", gb, of("municipality", 5000), "1", nil},
		{"D1 at 5001", gb, of("municipality", 5001), "1.5", nil},
		{"D1 at 10000", gb, of("municipality", 10000), "1.5", nil},
		{"D1 at 10001", gb, of("municipality", 10001), "2", nil},
		{"D1 of a mountain community", gb, QuoteInput{EntityType: "mountain-community"}, "1", nil},
		{"D1 of a big mountain community", gb, of("mountain-community", 40000), "1", nil},
		{"D1 without the kind of body", gb, of("", 3000), "", []string{"entityType"}},
		{"D1 without the inhabitants", gb, QuoteInput{EntityType: "municipality"}, "", []string{"inhabitants"}},
		{"D2 at 3000", queries, of("", 3000), "170", nil},
		{"D2 in the next bracket", queries, of("", 3001), "270", nil},
		{"D2 beyond what was published", queries, of("", 5001), "", nil},
	} {
		t.Run(tc.id, func(t *testing.T) {
			got := tc.a.For(tc.in)
			if !slices.Equal(got.Missing, tc.missing) || got.Known() != (tc.want != "") || got.Known() && *got.Value != tc.want {
				t.Errorf("%+v, want %q, missing %v", got, tc.want, tc.missing)
			}
		})
	}
	if got := queries.For(of("", 1)); got.Unit != "consultazioni" || got.Period != "year" {
		t.Errorf("170 of what, and how often? %+v", got)
	}
}

func TestAllowanceOfBodiesWithoutAValue(t *testing.T) {
	a := allowanceNamed(t, `  - unit: caselle
    rules: [{when: {entityType: [union], inhabitants: {lte: 20000}}, value: "4"}, {when: {entityType: [union]}, note: non pubblicata}]
`)
	for _, tc := range []struct {
		name    string
		in      QuoteInput
		known   bool
		missing []string
	}{
		{"a small union", QuoteInput{EntityType: "union", Quantities: map[string]int{"inhabitants": 20000}}, true, nil},
		{"a big one, of which nothing was said", QuoteInput{EntityType: "union", Quantities: map[string]int{"inhabitants": 20001}}, false, nil},
		{"one of which the size is not said", QuoteInput{EntityType: "union"}, false, []string{"inhabitants"}},
		{"a body for which there is no row", QuoteInput{EntityType: "park"}, false, nil},
	} {
		if got := a.For(tc.in); got.Known() != tc.known || !slices.Equal(got.Missing, tc.missing) {
			t.Errorf("%s: %+v", tc.name, got)
		}
	}
}
