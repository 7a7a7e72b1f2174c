package starter

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// What an editor says of a file by the JSON Schemas, and what riuso says of it, must not differ on the files that
// newcomers copy: every front matter of the starter catalogue is valid by the schema of its record type.
func TestFrontMatterIsValidByTheSchemas(t *testing.T) {
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.UseLoader(embedded{})
	seen := map[string]int{}
	err := fs.WalkDir(FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".md" {
			return err
		}
		data, err := fs.ReadFile(FS(), name)
		if err != nil {
			return err
		}
		front, ok := strings.CutPrefix(string(data), "---\n")
		if !ok {
			return nil // plain Markdown, such as README.md
		}
		front, _, _ = strings.Cut(front, "\n---\n")
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(front), &doc); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		value, _ := sharedtest.Plain(doc.Content[0]).(map[string]any)
		record, _ := value["type"].(string)
		s, err := c.Compile(record + ".schema.json")
		if err != nil {
			t.Errorf("%s has type %q: %v", name, record, err)
			return nil
		}
		seen[record]++
		if err := s.Validate(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range schema.Records() {
		if record != "evaluation" && seen[record] == 0 { // nobody has evaluated these kits
			t.Errorf("no file of type %s was looked at", record)
		}
	}
}

// A schema that takes everything would pass the test above: a few faults that it must not take.
func TestFaultsAreNotValidByTheSchemas(t *testing.T) {
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.UseLoader(embedded{})
	s, err := c.Compile("source.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	whole := func() map[string]any {
		return map[string]any{"type": "source", "id": "esempio", "kind": "kit", "url": "https://git.example.it/kit.git"}
	}
	if err := s.Validate(whole()); err != nil {
		t.Fatal(err)
	}
	for key, v := range map[string]any{"fonte": "x", "kind": "repository", "id": "Esempio", "url": nil, "maxRepoMB": "500"} {
		bad := whole()
		bad[key] = v
		if v == nil {
			delete(bad, key)
		}
		if s.Validate(bad) == nil {
			t.Errorf("%s: %v is valid", key, v)
		}
	}
}

type embedded struct{}

func (embedded) Load(url string) (any, error) {
	data, ok := schema.File(path.Base(url))
	if !ok {
		return nil, fmt.Errorf("no schema %s", url)
	}
	return jsonschema.UnmarshalJSON(bytes.NewReader(data))
}
