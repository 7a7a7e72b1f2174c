package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

func (p *program) findingsJSON(all []group) error {
	type line struct {
		File       string          `json:"file"`
		Line       int             `json:"line"`
		Column     int             `json:"column"`
		Severity   schema.Severity `json:"severity"`
		Code       string          `json:"code"`
		Key        string          `json:"key"`
		Message    string          `json:"message"`
		Hint       string          `json:"hint"`
		Ignored    string          `json:"ignored,omitempty"`    // the reason why it does not count
		Repository string          `json:"repository,omitempty"` // in which the file is
		Commit     string          `json:"commit,omitempty"`
	}
	out := []line{}
	for _, g := range all {
		for _, f := range g.findings {
			out = append(out, line{f.File, f.Line, f.Column, f.Severity, f.Code, f.Key, f.Message.In(p.lang), f.Hint.In(p.lang), f.Ignored, g.repo, g.commit})
		}
	}
	enc := json.NewEncoder(p.stdout)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// findingsGitHub writes the commands that make annotations on the lines of a pull request.
func (p *program) findingsGitHub(all []group) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	var b strings.Builder
	for _, f := range schema.Unignored(every(all)) {
		text := f.Message.In(p.lang)
		if !f.Hint.IsZero() {
			text += " → " + f.Hint.In(p.lang)
		}
		fmt.Fprintf(&b, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", f.Severity, property.Replace(f.File), max(1, f.Line), max(1, f.Column),
			property.Replace(strings.TrimSpace(f.Code+" "+f.Key)), data.Replace(text))
	}
	return p.print(b.String())
}

// findingsSummary writes a text that can be forwarded: kit by kit and file by file, what is wrong and what to do, without
// codes.
func (p *program) findingsSummary(all []group) error {
	var b strings.Builder
	title := schema.T("Controllo del kit: ", "Check of the kit: ")
	if len(all) > 1 {
		title = schema.Tf("Controllo di %d kit: ", "Check of %d kits: ", len(all))
	}
	b.WriteString(title.In(p.lang) + p.verdict(every(all)) + ".\n")
	p.perKit(&b, all, "- ")
	for _, g := range all {
		standing := schema.Unignored(g.findings)
		if len(all) > 1 && len(standing) > 0 {
			fmt.Fprintf(&b, "\n%s\n%s\n", g.name, strings.Repeat("=", len([]rune(g.name))))
		}
		p.summaryOf(&b, standing)
	}
	if _, _, ignored := schema.Weigh(every(all)); ignored > 0 {
		b.WriteString("\n")
		for _, f := range every(all) {
			if f.Ignored != "" {
				fmt.Fprintf(&b, schema.T("Ignorato in %s: %s. Motivo: %s\n", "Ignored in %s: %s. Reason: %s\n").In(p.lang), f.File, f.Message.In(p.lang), f.Ignored)
			}
		}
	}
	return p.print(b.String())
}

func (p *program) summaryOf(b *strings.Builder, standing []schema.Finding) {
	file := ""
	for i, f := range standing {
		if i == 0 || f.File != file {
			file = f.File
			fmt.Fprintf(b, "\n%s\n", file)
		}
		where := ""
		if f.Line > 0 {
			where = fmt.Sprintf(schema.T("riga %d, ", "line %d, ").In(p.lang), f.Line)
		}
		fmt.Fprintf(b, "- %s%s: %s.\n", where, p.severity(f), f.Message.In(p.lang))
		if !f.Hint.IsZero() {
			fmt.Fprintf(b, "  %s %s.\n", schema.T("Che cosa fare:", "What to do:").In(p.lang), f.Hint.In(p.lang))
		}
	}
}
