package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Every code that a finding can carry is explained, in both languages and within the width of a terminal.
func TestExplainEveryCode(t *testing.T) {
	codes := map[string]schema.Text{}
	for _, r := range schema.Rules() {
		codes[r.Code] = r.Do
	}
	for _, c := range publiccode.Codes() {
		codes[string(c.Code)] = c.Hint
	}
	for code, do := range codes {
		for _, l := range []schema.Lang{schema.It, schema.En} {
			text, ok := explain(strings.ToLower(code), l)
			if !ok || !strings.HasPrefix(text, code+" (") || !strings.Contains(strings.Join(strings.Fields(text), " "), strings.Join(strings.Fields(do.In(l)), " ")) {
				t.Errorf("%s in %s: %s", code, l, text)
			}
			for line := range strings.Lines(text) {
				if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > explainWidth && strings.Contains(strings.TrimSpace(line), " ") && strings.HasPrefix(line, "  ") && !strings.Contains(line, "{") && !strings.Contains(line, "#") {
					t.Errorf("%s in %s: %d characters: %s", code, l, n, line)
				}
			}
		}
	}
	for _, code := range []string{"", "E99", "check", "E0"} {
		if _, ok := explain(code, schema.It); ok {
			t.Errorf("%q is explained", code)
		}
	}
}
