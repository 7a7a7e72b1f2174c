package scaffold

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// snippet is what Visual Studio Code offers while one writes. It is the way to help inside of a front matter: the YAML
// extension does not look into Markdown files.
type snippet struct {
	Scope       string   `json:"scope"`
	Prefix      string   `json:"prefix"`
	Body        []string `json:"body"`
	Description string   `json:"description"`
}

// snippets gives the file of snippets of some record types: the smallest front matter of each, and a line for each key of it
// that takes a value of a list.
func snippets(records ...string) (string, error) {
	all := map[string]snippet{}
	for _, name := range records {
		shape := schema.Record(name)
		all[name] = snippet{"markdown", "riuso " + name, frontMatter(shape), shape.Title.It}
		for _, p := range shape.Properties {
			if p.Const == "" && len(choices(p)) > 0 {
				all[name+": "+p.Name] = snippet{"markdown", p.Name, []string{line(p, 1)}, name + ": " + p.Title.It}
			}
		}
	}
	out, err := json.MarshalIndent(all, "", "  ")
	return string(out), err
}

// frontMatter is that of [schema.Shape.Minimal], with a stop for each value.
func frontMatter(s *schema.Shape) []string {
	out := []string{"---"}
	stop := 0
	for _, p := range s.Properties {
		if p.Required || p.Name == "type" {
			stop++
			out = append(out, strings.Split(line(p, stop), "\n")...)
		}
	}
	return append(out, "---", "$0")
}

// line is "key: value" with the value as the stop of that number: one of a list, or the example to write over.
func line(p *schema.Property, stop int) string {
	key, value, _ := strings.Cut(p.Example(), ": ")
	values := choices(p)
	switch {
	case p.Const != "" || value == "" || strings.Contains(value, "\n"):
		return literal.Replace(p.Example())
	case len(values) == 0:
		return fmt.Sprintf("%s: ${%d:%s}", key, stop, literal.Replace(value))
	}
	before, after := "", ""
	if strings.HasPrefix(value, "[") && strings.HasSuffix(value, "]") {
		before, value, after = "[", value[1:len(value)-1], "]"
	}
	// The value of the example comes first: it is what stands there until one chooses.
	values = slices.DeleteFunc(values, func(v string) bool { return v == value })
	values = append([]string{value}, values...)
	for i := range values {
		values[i] = choice.Replace(values[i])
	}
	return fmt.Sprintf("%s: %s${%d|%s|}%s", key, before, stop, strings.Join(values, ","), after)
}

// choices are the values of the list that a key takes one of, or several.
func choices(p *schema.Property) []string {
	enum := p.Enum
	if enum == nil && p.Items != nil {
		enum = p.Items.Enum
	}
	if enum == nil {
		return nil
	}
	var out []string
	for _, v := range enum.Values {
		out = append(out, v.Value)
	}
	return out
}

// What means something to a snippet stands behind a backslash.
var (
	literal = strings.NewReplacer(`\`, `\\`, `$`, `\$`, `}`, `\}`)
	choice  = strings.NewReplacer(`\`, `\\`, `,`, `\,`, `|`, `\|`)
)
