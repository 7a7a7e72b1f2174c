package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/open-community-pa/riuso/schema"
)

// maxDescription bounds what an editor shows beside a key, in characters: two plain sentences.
const maxDescription = 300

// TestTexts holds the promise that no place of the format goes unexplained: every file, definition and key has a title
// and a description in Italian and in English, every value of an enumeration a label in both.
func TestTexts(t *testing.T) {
	places := 0
	for _, name := range schema.Files() {
		walk(name, document(t, name), func(at string, n map[string]any, value bool) {
			places++
			en, _ := n["x-en"].(map[string]any)
			for lang, texts := range map[string]map[string]any{"it": n, "en": en} {
				title, _ := texts["title"].(string)
				description, _ := texts["description"].(string)
				if strings.TrimSpace(title) == "" {
					t.Errorf("%s has no title (%s)", at, lang)
				}
				if !value && strings.TrimSpace(description) == "" {
					t.Errorf("%s has no description (%s)", at, lang)
				}
				if c := utf8.RuneCountInString(description); c > maxDescription {
					t.Errorf("%s: description (%s) of %d characters, at most %d", at, lang, c, maxDescription)
				}
			}
			if value && (n["description"] != nil) != (en["description"] != nil) {
				t.Errorf("%s is described in one language only", at)
			}
		})
	}
	if places < 500 {
		t.Errorf("only %d places looked at: the walk misses some", places)
	}
}

// TestSources wants the paragraph of the standard on every record type, for who asks why a key is there, and the place
// where its files lie.
func TestSources(t *testing.T) {
	for _, name := range schema.Records() {
		if s := schema.Record(name); s.Source == "" || s.File == "" {
			t.Errorf("%s does not name the paragraph it comes from (%q) or its place (%q)", name, s.Source, s.File)
		}
	}
}

// TestMetaschema wants files that any tool which knows JSON Schema 2020-12 takes, with every $ref leading somewhere.
func TestMetaschema(t *testing.T) {
	c := compiler(t)
	for _, name := range schema.Files() {
		if _, err := c.Compile(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestExamples wants examples that the format itself takes: people copy them.
func TestExamples(t *testing.T) {
	c, count := compiler(t), 0
	for _, name := range schema.Files() {
		walk(name, document(t, name), func(at string, n map[string]any, value bool) {
			examples, _ := n["examples"].([]any)
			if len(examples) == 0 {
				return
			}
			s, err := c.Compile(at)
			if err != nil {
				t.Errorf("%s: %v", at, err)
				return
			}
			for _, e := range examples {
				count++
				if err := s.Validate(e); err != nil {
					t.Errorf("example %v: %v", e, err)
				}
			}
		})
	}
	if count < 200 {
		t.Errorf("only %d examples looked at", count)
	}
}

func compiler(t *testing.T) *jsonschema.Compiler {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.UseLoader(embedded{})
	return c
}

// embedded loads schemas from the program, whatever folder their name is resolved against.
type embedded struct{}

func (embedded) Load(url string) (any, error) {
	name := url[strings.LastIndexByte(url, '/')+1:]
	data, ok := schema.File(name)
	if !ok {
		return nil, fmt.Errorf("no schema %q", name)
	}
	return jsonschema.UnmarshalJSON(bytes.NewReader(data))
}

func document(t *testing.T, name string) map[string]any {
	t.Helper()
	data, ok := schema.File(name)
	if !ok {
		t.Fatalf("no file %s", name)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var n map[string]any
	if err := d.Decode(&n); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// walk calls see for the file itself, its definitions, its keys at any depth, and the values of its enumerations, with
// the address of each.
func walk(file string, root map[string]any, see func(at string, n map[string]any, value bool)) {
	see(file, root, false)
	var in func(at string, n map[string]any)
	named := func(at string, of any) {
		m, _ := of.(map[string]any)
		for k, v := range m {
			if n, ok := v.(map[string]any); ok {
				see(at+"/"+k, n, false)
				in(at+"/"+k, n)
			}
		}
	}
	in = func(at string, n map[string]any) {
		named(at+"/$defs", n["$defs"])
		named(at+"/properties", n["properties"])
		values, _ := n["oneOf"].([]any)
		for i, v := range values {
			see(fmt.Sprintf("%s/oneOf/%d", at, i), v.(map[string]any), true)
		}
		parts, _ := n["anyOf"].([]any)
		for i, v := range parts {
			in(fmt.Sprintf("%s/anyOf/%d", at, i), v.(map[string]any))
		}
		for _, k := range []string{"items", "additionalProperties"} {
			if one, ok := n[k].(map[string]any); ok {
				in(at+"/"+k, one)
			}
		}
	}
	in(file+"#", root)
}
