package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// node is one schema as the files write it. Only the words of JSON Schema 2020-12 that our files use are known, with
// some of ours: x-en (the English texts), x-source, x-file, x-empty (a required list that may be empty), and the names of the definitions, which mean a [Form].
type node struct {
	Ref         string                              `json:"$ref"`
	Defs        map[string]*node                    `json:"$defs"`
	Title       string                              `json:"title"`
	Description string                              `json:"description"`
	En          struct{ Title, Description string } `json:"x-en"`
	Source      string                              `json:"x-source"`
	File        string                              `json:"x-file"`
	Type        types                               `json:"type"`
	Const       string                              `json:"const"`
	Properties  properties                          `json:"properties"`
	Required    []string                            `json:"required"`
	Else        *node                               `json:"else"` // what holds for a record that is not a draft
	Items       *node                               `json:"items"`
	Values      values                              `json:"additionalProperties"`
	AnyOf       []*node                             `json:"anyOf"`
	OneOf       []*node                             `json:"oneOf"`
	MaxLength   int                                 `json:"maxLength"`
	Empty       bool                                `json:"x-empty"`
	Minimum     *int                                `json:"minimum"`
	Maximum     *int                                `json:"maximum"`
	Examples    examples                            `json:"examples"`
}

// parse reads one embedded file; a file that cannot be read is a fault of the program.
func parse(name string) *node {
	data, ok := File(name)
	if !ok {
		panic("schema: " + name + " is not embedded")
	}
	var n node
	if err := json.Unmarshal(data, &n); err != nil {
		panic(fmt.Sprintf("schema: %s: %v", name, err))
	}
	return &n
}

// types is "type": one name or several.
type types []string

// UnmarshalJSON reads one name or a list of names.
func (t *types) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte(`"`)) {
		var one string
		if err := json.Unmarshal(data, &one); err != nil {
			return err
		}
		*t = types{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(t))
}

// values is "additionalProperties": false (closed), true, or a schema.
type values struct {
	closed bool
	schema *node
}

// UnmarshalJSON reads what may stand as a value: true for anything, false for nothing, or a schema.
func (v *values) UnmarshalJSON(data []byte) error {
	switch string(data) {
	case "false":
		v.closed = true
		return nil
	case "true":
		return nil
	}
	v.schema = &node{}
	return json.Unmarshal(data, v.schema)
}

// properties keeps the order in which the file names the keys: it is the order of the reference pages.
type properties []named

type named struct {
	name string
	node *node
}

// UnmarshalJSON reads the properties in the order in which the file has them, which a map would lose.
func (p *properties) UnmarshalJSON(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	if _, err := dec.Token(); err != nil { // the brace
		return err
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		n := &node{}
		if err := dec.Decode(n); err != nil {
			return err
		}
		*p = append(*p, named{key.(string), n})
	}
	return nil
}

// examples are texts, whatever the file writes: numbers and lists as JSON.
type examples []string

// UnmarshalJSON reads each example as text.
func (e *examples) UnmarshalJSON(data []byte) error {
	var raw []json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	for _, r := range raw {
		var s string
		if json.Unmarshal(r, &s) != nil {
			s = string(r)
		}
		*e = append(*e, s)
	}
	return nil
}
