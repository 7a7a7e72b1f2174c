package main

import (
	"strings"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// explainWidth is how wide an explanation is on the terminal, in characters.
const explainWidth = 79

// explain gives the explanation of the code of a finding, in any case of letters: what is wrong, why it matters, what to do.
func explain(code string, l schema.Lang) (text string, ok bool) {
	code = strings.ToUpper(strings.TrimSpace(code))
	for _, c := range publiccode.Codes() {
		if string(c.Code) == code {
			return explained(schema.Rule{Code: code, Severity: c.Severity, Title: c.Meaning, Do: c.Hint,
				Source: schema.T("standard publiccode.yml", "publiccode.yml standard").In(l)}, l), true
		}
	}
	r, ok := schema.RuleOf(code)
	if !ok {
		return "", false
	}
	return explained(r, l), true
}

func explained(r schema.Rule, l schema.Lang) string {
	var b strings.Builder
	weight := schema.T("errore", "error")
	if r.Severity == schema.Warning {
		weight = schema.T("avviso", "warning")
	}
	b.WriteString(r.Code + " (" + weight.In(l) + "): " + r.Title.In(l) + "\n")
	part := func(head schema.Text, body string) {
		if body != "" {
			b.WriteString("\n" + head.In(l) + "\n" + body)
		}
	}
	part(schema.T("Perché conta", "Why it matters"), wrapped(r.Why.In(l)))
	part(schema.T("Che cosa fare", "What to do"), wrapped(r.Do.In(l)))
	part(schema.T("Così non va", "Wrong"), indented(r.Wrong))
	part(schema.T("Così va", "Right"), indented(r.Right))
	b.WriteString("\n" + schema.T("Fonte: ", "Source: ").In(l) + r.Source + "\n")
	return b.String()
}

// wrapped breaks a text between words, two characters in.
func wrapped(s string) string {
	var b strings.Builder
	room := 0
	for _, w := range strings.Fields(s) {
		n := utf8.RuneCountInString(w)
		switch {
		case room == 0:
			b.WriteString("  " + w)
			room = explainWidth - 2 - n
		case n+1 > room:
			b.WriteString("\n  " + w)
			room = explainWidth - 2 - n
		default:
			b.WriteString(" " + w)
			room -= n + 1
		}
		room = max(room, 1)
	}
	if b.Len() > 0 {
		b.WriteString("\n")
	}
	return b.String()
}

func indented(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString("  " + strings.TrimRight(line, "\n") + "\n")
	}
	return b.String()
}
