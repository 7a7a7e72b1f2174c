package catalog

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
)

// Limits of what is said of one tree (house rule 5). What is beyond them is counted, and one last finding says so.
const (
	MaxFileFindings = 100   // of one file
	MaxTreeFindings = 2_000 // of one tree
	maxFindingText  = 2_000 // characters of one sentence of a finding
	maxFindingKey   = 200   // characters of the path of a field
	maxQuoted       = 80    // characters of what somebody wrote, quoted in a sentence
)

// report gathers the findings of one tree within the limits, so that a hostile file costs no more than a careless one.
type report struct {
	list  []schema.Finding
	files map[string]*tally
	whole tally
	asked map[string][]schema.Ignore // by file
	heard int                        // comments in asked
}

// tally counts what was kept and what was left out.
type tally struct{ kept, errors, warnings, line, column int }

func (t *tally) leftOut() int { return t.errors + t.warnings }

// at moves the end of the file's findings, where the last one will stand.
func (t *tally) at(line, column int) {
	if line > t.line || line == t.line && column > t.column {
		t.line, t.column = line, column
	}
}

func (t *tally) leave(sev schema.Severity) {
	if sev == schema.Error {
		t.errors++
	} else {
		t.warnings++
	}
}

func (p *report) of(file string) *tally {
	if p.files == nil {
		p.files = map[string]*tally{}
	}
	t := p.files[file]
	if t == nil {
		t = &tally{}
		p.files[file] = t
	}
	return t
}

// full says that nothing more can be said of a file: whoever would have to work for its sentence need not.
func (p *report) full(file string) bool {
	return len(p.list) >= MaxTreeFindings || p.of(file).kept >= MaxFileFindings
}

// errorsOf counts the errors of a file that were found so far.
func (p *report) errorsOf(file string) int {
	n := p.of(file).errors
	for _, f := range p.list {
		if f.File == file && f.Severity == schema.Error {
			n++
		}
	}
	return n
}

// leave counts a finding that is not kept.
func (p *report) leave(file string, line, column int, sev schema.Severity) {
	t := p.of(file)
	if t.kept < MaxFileFindings {
		p.whole.leave(sev)
		return
	}
	t.at(line, column)
	t.leave(sev)
}

func (p *report) add(f schema.Finding) {
	// What a visit met (V…) says why things are not there: it finds a place when the files have filled theirs.
	visit := strings.HasPrefix(f.Code, "V") && len(p.list) < MaxTreeFindings+MaxFileFindings
	if p.full(f.File) && !visit {
		p.leave(f.File, f.Line, f.Column, f.Severity)
		return
	}
	t := p.of(f.File)
	t.kept++
	t.at(f.Line, f.Column)
	f.Key = shorten(clean(f.Key), maxFindingKey)
	for _, s := range []*string{&f.Message.It, &f.Message.En, &f.Hint.It, &f.Hint.En} {
		*s = shorten(clean(*s), maxFindingText)
	}
	p.list = append(p.list, f)
}

// close gives the findings in order, with the ones that say how many were left out.
func (p *report) close() []schema.Finding {
	out := p.ignoring(slices.Clone(p.list))
	more := func(file string, t *tally) {
		if t.leftOut() == 0 {
			return
		}
		sev := schema.Warning
		if t.errors > 0 {
			sev = schema.Error
		}
		out = append(out, schema.Finding{File: file, Line: t.line, Column: t.column, Severity: sev, Code: "W15",
			Message: schema.Tf("… e altre %d segnalazioni, di cui %d errori", "… and %d more findings, %d of them errors", t.leftOut(), t.errors),
			Hint:    schema.T("correggi quelle mostrate: spesso le altre hanno la stessa causa", "mend those that are shown: the others often have the same cause")})
	}
	for file, t := range p.files {
		more(file, t)
	}
	more("", &p.whole)
	schema.Sort(out)
	return out
}

// shorten cuts a text at limit characters and shows that it did.
func shorten(s string, limit int) string {
	if len(s) <= limit || utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s)[:limit-1]) + "…"
}

// quoted is what somebody wrote, short enough to stand in a sentence.
func quoted(s string) string { return shorten(clean(s), maxQuoted) }
