package schema

import (
	"encoding/json"
	"io"
	"regexp"
	"strings"
)

// Example is the property as somebody would write it in the front matter, on one line of YAML ("phase: [B]"), or "" when
// the schemas give no example and the value cannot be told from its kind.
func (p *Property) Example() string {
	v, ok := p.Shape.example()
	if !ok {
		return ""
	}
	return p.Name + ": " + v
}

// Minimal is the front matter of the smallest record of this type: what is required, with the examples of the schemas.
// It is meant to be copied and changed. s is what [Record] gives.
func (s *Shape) Minimal() string {
	var b strings.Builder
	b.WriteString("---\n")
	for _, p := range s.Properties {
		if p.Required || p.Name == "type" {
			b.WriteString(p.Example() + "\n")
		}
	}
	b.WriteString("---\n")
	return b.String()
}

func (s *Shape) example() (yaml string, ok bool) {
	if s.Const != "" {
		return s.Const, true
	}
	if len(s.Examples) > 0 {
		ex := s.Examples[0]
		if s.Kind == Scalar && !s.unquoted(ex) {
			return quoteYAML(ex), true
		}
		return flow(ex), true
	}
	switch {
	case s.Enum != nil && len(s.Enum.Values) > 0:
		return quoteYAML(s.Enum.Values[0].Value), true
	case s.Kind == Boolean:
		return "true", true
	case s.Kind == List && s.Items.Enum != nil:
		v, ok := s.Items.example()
		return "[" + v + "]", ok
	}
	return "", false
}

// unquoted says whether an example of a text is written as it stands: a year, or a list where a text may be several.
func (s *Shape) unquoted(ex string) bool {
	return s.Form == FormDate && year.MatchString(ex) || s.Form == FormMarkdown && strings.HasPrefix(ex, "[")
}

var (
	year = regexp.MustCompile(`^[0-9]{4}$`)
	// plainYAML are the texts that mean themselves without quotes, in a block and in a flow.
	plainYAML = regexp.MustCompile(`^\pL[^:#,{}\[\]\n]*$`)
	// plainDate and plainRef too: dates, and references, where a colon is followed by no space.
	plainDate = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2}){1,2}$`)
	// wordsYAML are words that YAML takes for something else than a text.
	wordsYAML = regexp.MustCompile(`^(?i:true|false|yes|no|on|off|y|n|null)$`)
	plainKey  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`)
	plainRef  = regexp.MustCompile(`^(https://|[a-z]+:)[A-Za-z0-9/._#=~-]+$`)
)

// quoteYAML writes a text so that it stays that text, in quotes only where it needs them.
func quoteYAML(s string) string {
	if plainYAML.MatchString(s) && !wordsYAML.MatchString(s) && strings.TrimSpace(s) == s || plainDate.MatchString(s) || plainRef.MatchString(s) {
		return s
	}
	b, err := json.Marshal(s)
	if err != nil {
		return `""` // a text can always be marshalled
	}
	return string(b)
}

// flow turns JSON into the flow style of YAML that people write; what is not JSON is a text.
func flow(js string) string {
	d := json.NewDecoder(strings.NewReader(js))
	d.UseNumber()
	var b strings.Builder
	if !flowValue(d, &b) {
		return quoteYAML(js)
	}
	if _, err := d.Token(); err != io.EOF {
		return quoteYAML(js)
	}
	return b.String()
}

func flowValue(d *json.Decoder, b *strings.Builder) bool {
	t, err := d.Token()
	if err != nil {
		return false
	}
	switch v := t.(type) {
	case json.Delim:
		b.WriteString(v.String())
		for first := true; d.More(); first = false {
			if !first {
				b.WriteString(", ")
			}
			if v == '{' {
				k, err := d.Token()
				if err != nil {
					return false
				}
				key, _ := k.(string)
				if plainKey.MatchString(key) {
					b.WriteString(key + ": ")
				} else {
					b.WriteString(quoteYAML(key) + ": ")
				}
			}
			if !flowValue(d, b) {
				return false
			}
		}
		end, err := d.Token()
		if err != nil {
			return false
		}
		b.WriteString(end.(json.Delim).String())
	case string:
		b.WriteString(quoteYAML(v))
	case json.Number:
		b.WriteString(v.String())
	case bool:
		b.WriteString(map[bool]string{true: "true", false: "false"}[v])
	default:
		b.WriteString("null")
	}
	return true
}
