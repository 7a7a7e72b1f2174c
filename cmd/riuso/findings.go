package main

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// formats are the ways in which findings are written: for a person at a terminal, for programs, for the annotations of a
// pull request, for what shows the findings of many tools, and as a text to be forwarded.
func formats() map[string]func(*program, []group) error {
	return map[string]func(*program, []group) error{
		"text": (*program).findingsText, "json": (*program).findingsJSON, "github": (*program).findingsGitHub,
		"sarif": (*program).findingsSARIF, "summary": (*program).findingsSummary,
	}
}

// findingsText writes each finding with the line that it speaks of and a caret under the place; then, of several kits,
// how each of them went.
func (p *program) findingsText(all []group) error {
	var b strings.Builder
	for _, g := range all {
		standing := schema.Unignored(g.findings)
		if len(all) > 1 && len(standing) > 0 {
			fmt.Fprintf(&b, "== %s\n", g.name)
		}
		src := sources{tree: g.tree}
		for _, f := range standing {
			p.findingText(&b, &src, f)
		}
	}
	p.perKit(&b, all, "")
	b.WriteString(p.verdict(every(all)) + "\n")
	if _, _, ignored := schema.Weigh(every(all)); ignored > 0 {
		b.WriteString(p.ignored(ignored) + "\n")
	}
	return p.print(b.String())
}

func (p *program) findingText(b *strings.Builder, src *sources, f schema.Finding) {
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(b, ":%d:%d", f.Line, f.Column)
	}
	fmt.Fprintf(b, ": %s %s", p.severity(f), f.Code)
	if f.Key != "" {
		fmt.Fprintf(b, " %s", f.Key)
	}
	fmt.Fprintf(b, ": %s\n", f.Message.In(p.lang))
	if line, caret, ok := src.place(f); ok {
		fmt.Fprintf(b, "    %s\n    %s\n", line, caret)
	}
	if !f.Hint.IsZero() {
		fmt.Fprintf(b, "    → %s\n", f.Hint.In(p.lang))
	}
}

// perKit writes a line for each of several kits.
func (p *program) perKit(b *strings.Builder, all []group, mark string) {
	if len(all) < 2 {
		return
	}
	for _, g := range all {
		fmt.Fprintf(b, "%s%s: %s\n", mark, g.name, p.verdict(g.findings))
	}
}

// ignored says how many findings are ignored with a reason.
func (p *program) ignored(n int) string {
	return fmt.Sprintf(schema.T("ignorati con motivo: %d", "ignored with a reason: %d").In(p.lang), n)
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
	errs, warnings, _ := schema.Weigh(all)
	if errs+warnings == 0 {
		return schema.T("tutto a posto", "all is well").In(p.lang)
	}
	return p.count(errs, schema.T("errore", "error"), schema.T("errori", "errors")) + ", " +
		p.count(warnings, schema.T("avviso", "warning"), schema.T("avvisi", "warnings"))
}

// Bounds of what is shown of a line, and of how far a file is read to find it.
const (
	maxShownLine  = 120
	maxSourceLine = 1 << 20
)

// sources remembers the lines of the last file that was asked for: findings come file by file.
type sources struct {
	tree  fs.FS // nil: this disk
	file  string
	lines []string
}

// place gives the line of a finding and a caret under its column; ok is false where there is no place, and where the line
// holds a secret or a person's data (rules W04 and W05): the log of a check is often read by more people than the file.
func (s *sources) place(f schema.Finding) (line, caret string, ok bool) {
	if f.Line <= 0 || f.Column <= 0 || f.Code == "W04" || f.Code == "W05" {
		return "", "", false
	}
	if s.file != f.File {
		s.file, s.lines = f.File, linesOf(s.tree, f.File)
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
func linesOf(tree fs.FS, file string) (out []string) {
	open := func(name string) (fs.File, error) { return os.Open(name) }
	if tree != nil {
		open = tree.Open
	}
	in, err := open(file)
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
