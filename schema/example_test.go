package schema_test

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// People copy the smallest record of each type: it must be valid by its own schema, and complete.
func TestMinimalIsValid(t *testing.T) {
	c := compiler(t)
	for _, name := range schema.Records() {
		front := schema.Record(name).Minimal()
		s, err := c.Compile(name + ".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		// A draft may lack what is required: hold the record to what holds for one that is not.
		whole := "status: final"
		if name == "kit" {
			whole = "status: published"
		}
		front = strings.Replace(front, "status: draft", whole, 1)
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(strings.Trim(front, "-\n")), &doc); err != nil {
			t.Errorf("%s: %v\n%s", name, err, front)
			continue
		}
		if err := s.Validate(sharedtest.Plain(doc.Content[0])); err != nil {
			t.Errorf("%s: %v\n%s", name, err, front)
		}
	}
}

// Every example is a line of YAML that reads back as a value that its place takes.
func TestExampleReadsBack(t *testing.T) {
	c, seen := compiler(t), 0
	for _, name := range schema.Records() {
		for _, p := range schema.Record(name).Properties {
			line := p.Example()
			if line == "" {
				continue
			}
			seen++
			var doc yaml.Node
			if err := yaml.Unmarshal([]byte(line), &doc); err != nil {
				t.Errorf("%s: %q: %v", name, line, err)
				continue
			}
			value, ok := sharedtest.Plain(doc.Content[0]).(map[string]any)[p.Name]
			if !ok {
				t.Errorf("%s: %q has no %s", name, line, p.Name)
				continue
			}
			s, err := c.Compile(name + ".schema.json#/properties/" + p.Name)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Validate(value); err != nil {
				t.Errorf("%s: %q: %v", name, line, err)
			}
		}
	}
	if seen < 150 {
		t.Errorf("only %d examples", seen)
	}
}

// The style is the one that people write: quotes only where a text would otherwise become something else.
func TestExampleStyle(t *testing.T) {
	for _, tc := range []struct{ record, key, want string }{
		{"kit", "type", "type: kit"},
		{"kit", "spec", `spec: "1"`},
		{"kit", "version", `version: "2.1.0"`},
		{"kit", "released", "released: 2021-06-30"},
		{"kit", "kind", "kind: practice"},
		{"kit", "ceding", "ceding: [ipa:p_bs]"},
		{"kit", "suitability", "suitability: {entityTypes: [municipality], inhabitants: {lte: 15000}}"},
		{"entity", "istat", `istat: "075035"`},
		{"entity", "cf", `cf: "97828370581"`},
		{"tariff", "rules", `rules: [{components: [{kind: fixed, label: Quota fissa, amount: "300.00"}]}]`},
		{"service", "obligations", `obligations: ["Conferma annuale, quando il centro la chiede"]`},
		{"document", "authors", "authors: [Provincia di Brescia]"},
		{"event", "start", `start: "2020-07-15T11:00:00+02:00"`},
	} {
		if got := schema.Record(tc.record).Property(tc.key).Example(); got != tc.want {
			t.Errorf("%s.%s: %s, want %s", tc.record, tc.key, got, tc.want)
		}
	}
}
