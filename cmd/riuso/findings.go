package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// formats are the ways in which findings are written: for a person at a terminal, for programs, for the annotations of a
// pull request, and as a text to be forwarded.
func formats() map[string]func(*program, []schema.Finding) error {
	return map[string]func(*program, []schema.Finding) error{
		"text": (*program).findingsText, "json": (*program).findingsJSON, "github": (*program).findingsGitHub, "summary": (*program).findingsSummary,
	}
}

// findingsText writes each finding with the line that it speaks of and a caret under the place.
func (p *program) findingsText(all []schema.Finding) error {
	var b strings.Builder
	src := sources{}
	for _, f := range all {
		b.WriteString(f.File)
		if f.Line > 0 {
			fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
		}
		fmt.Fprintf(&b, ": %s %s", p.severity(f), f.Code)
		if f.Key != "" {
			fmt.Fprintf(&b, " %s", f.Key)
		}
		fmt.Fprintf(&b, ": %s\n", f.Message.In(p.lang))
		if line, caret, ok := src.place(f); ok {
			fmt.Fprintf(&b, "    %s\n    %s\n", line, caret)
		}
		if !f.Hint.IsZero() {
			fmt.Fprintf(&b, "    → %s\n", f.Hint.In(p.lang))
		}
	}
	return p.print(b.String() + p.verdict(all) + "\n")
}

// severity is the word for how much a finding weighs.
func (p *program) severity(f schema.Finding) string {
	if f.Severity == schema.Error {
		return schema.T("errore", "error").In(p.lang)
	}
	return schema.T("avviso", "warning").In(p.lang)
}

// verdict says in one line how it went.
func (p *program) verdict(all []schema.Finding) string {
	if len(all) == 0 {
		return schema.T("tutto a posto", "all is well").In(p.lang)
	}
	errs := 0
	for _, f := range all {
		if f.Severity == schema.Error {
			errs++
		}
	}
	return p.count(errs, schema.T("errore", "error"), schema.T("errori", "errors")) + ", " +
		p.count(len(all)-errs, schema.T("avviso", "warning"), schema.T("avvisi", "warnings"))
}

// Bounds of what is shown of a line, and of how far a file is read to find it.
const (
	maxShownLine  = 120
	maxSourceLine = 1 << 20
)

// sources remembers the lines of the last file that was asked for: findings come file by file.
type sources struct {
	file  string
	lines []string
}

// place gives the line of a finding and a caret under its column; ok is false where there is no place.
func (s *sources) place(f schema.Finding) (line, caret string, ok bool) {
	if f.Line <= 0 || f.Column <= 0 {
		return "", "", false
	}
	if s.file != f.File {
		s.file, s.lines = f.File, linesOf(f.File)
	}
	if f.Line > len(s.lines) {
		return "", "", false
	}
	text := []rune(strings.ReplaceAll(s.lines[f.Line-1], "\t", " "))
	if f.Column > len(text) || f.Column > maxShownLine {
		return "", "", false
	}
	text = text[:min(len(text), maxShownLine)]
	return string(text), strings.Repeat(" ", f.Column-1) + "^", true
}

// linesOf reads the lines of a file; what cannot be read has none.
func linesOf(file string) (out []string) {
	in, err := os.Open(file)
	if err != nil {
		return nil
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxSourceLine)
	for lines.Scan() {
		out = append(out, strings.Map(printable, lines.Text()))
	}
	if in.Close() != nil {
		return nil
	}
	return out
}

// printable keeps what a terminal shows as text: a file must not steer it.
func printable(r rune) rune {
	if r != '\t' && (r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0)) {
		return '\ufffd'
	}
	return r
}

func (p *program) findingsJSON(all []schema.Finding) error {
	type line struct {
		File     string          `json:"file"`
		Line     int             `json:"line"`
		Column   int             `json:"column"`
		Severity schema.Severity `json:"severity"`
		Code     string          `json:"code"`
		Key      string          `json:"key"`
		Message  string          `json:"message"`
		Hint     string          `json:"hint"`
	}
	out := make([]line, 0, len(all))
	for _, f := range all {
		out = append(out, line{f.File, f.Line, f.Column, f.Severity, f.Code, f.Key, f.Message.In(p.lang), f.Hint.In(p.lang)})
	}
	enc := json.NewEncoder(p.stdout)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// findingsGitHub writes the commands that make annotations on the lines of a pull request.
func (p *program) findingsGitHub(all []schema.Finding) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	var b strings.Builder
	for _, f := range all {
		text := f.Message.In(p.lang)
		if !f.Hint.IsZero() {
			text += " → " + f.Hint.In(p.lang)
		}
		fmt.Fprintf(&b, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", f.Severity, property.Replace(f.File), max(1, f.Line), max(1, f.Column),
			property.Replace(strings.TrimSpace(f.Code+" "+f.Key)), data.Replace(text))
	}
	return p.print(b.String())
}

// findingsSummary writes a text that can be forwarded: file by file, what is wrong and what to do, without codes.
func (p *program) findingsSummary(all []schema.Finding) error {
	var b strings.Builder
	b.WriteString(schema.T("Controllo del kit: ", "Check of the kit: ").In(p.lang) + p.verdict(all) + ".\n")
	file := ""
	for i, f := range all {
		if i == 0 || f.File != file {
			file = f.File
			fmt.Fprintf(&b, "\n%s\n", file)
		}
		where := ""
		if f.Line > 0 {
			where = fmt.Sprintf(schema.T("riga %d, ", "line %d, ").In(p.lang), f.Line)
		}
		fmt.Fprintf(&b, "- %s%s: %s.\n", where, p.severity(f), f.Message.In(p.lang))
		if !f.Hint.IsZero() {
			fmt.Fprintf(&b, "  %s %s.\n", schema.T("Che cosa fare:", "What to do:").In(p.lang), f.Hint.In(p.lang))
		}
	}
	return p.print(b.String())
}
