package sharedtest

import (
	"reflect"
	"testing"

	"go.yaml.in/yaml/v3"
)

func TestPlain(t *testing.T) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte("day: 2025-06-30\nn: 3\nf: 1.5\nyes: true\nnone: null\ntext: \"3\"\nlist: [a, {b: 2}]\n"), &doc); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"day": "2025-06-30", "n": 3, "f": 1.5, "yes": true, "none": nil, "text": "3", "list": []any{"a", map[string]any{"b": 2}}}
	if got := Plain(doc.Content[0]); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
