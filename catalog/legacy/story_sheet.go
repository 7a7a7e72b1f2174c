package legacy

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

// minLeaders is how many lines with dots up to a number make a page a table of contents.
const minLeaders = 3

var (
	leader      = regexp.MustCompile(`(?:\.{4,}|…{2,}|(?:\. ){4,})\s*\d{0,4}\s*$`)
	beforeSheet = regexp.MustCompile(`^(?:\d{1,3}[.)]?\s*)?scheda(?:\s+(?:del|della|dell'|di|ente|dell'ente|n\.?\s*\d+))*[\s:\-–]*$`)
	beforeBody  = regexp.MustCompile(`^(?:ente|amministrazione|comune)\s*:\s*$`)
	afterName   = regexp.MustCompile(`^\d{0,2}\s{0,3}\(([^()]{1,60})\)`)
	compiled    = regexp.MustCompile(`(?i)^data\s+(?:di\s+)?compilazione\s*:?\s*(.{0,60})$`)
)

// contextSheet is one sheet on the context of a body.
type contextSheet struct {
	side   int // 0: organisational, 1: neither, 2: technological
	date   catalog.Date
	update bool // the date is that of a later version of it
	path   string
	page   int
	rough  bool // only the table of contents or a line of the sheet tells of it
}

// sheets finds the sheets of a document: "Scheda Comune di … (16/10/2018)" as the title of a section, or a line "Ente: …".
func (t *teller) sheets(s source) {
	if !hasAny(s.about, sheetNames) {
		return
	}
	for i := range s.pages {
		p := &s.pages[i]
		for _, h := range p.hits {
			l, at := p.lineOf(h.start)
			if at < 0 || h.start-l.start > maxHeadingBytes {
				continue
			}
			before := fold(p.text[l.start:h.start])
			title := beforeSheet.MatchString(before)
			if !title && !beforeBody.MatchString(before) {
				continue
			}
			a := t.of(h)
			if a == nil {
				continue
			}
			x := contextSheet{side: sideOf(s.about), path: s.path, page: p.n, rough: !title || p.contents || isLeader(p.line(l))}
			if m := afterName.FindStringSubmatch(p.text[min(h.end, len(p.text)):min(len(p.text), h.end+maxHeadingBytes)]); title && m != nil {
				x.date, _ = dateOf(m[1])
				x.update = strings.Contains(fold(m[1]), "agg")
			} else if !title && at+1 < len(p.lines) {
				if m := compiled.FindStringSubmatch(strings.TrimSpace(titlePart(p.line(p.lines[at+1])))); m != nil {
					x.date, _ = dateOf(m[1])
					x.update = strings.Contains(fold(m[1]), "agg")
				}
			}
			a.keep(x)
		}
	}
}

// keep keeps one sheet of each document: the page is that of its section, the date the best that is told.
func (a *tale) keep(x contextSheet) {
	i := slices.IndexFunc(a.sheets, func(o contextSheet) bool { return o.path == x.path })
	if i < 0 {
		a.sheets = append(a.sheets, x)
		return
	}
	o := &a.sheets[i]
	if o.rough && !x.rough {
		if x.date == "" {
			x.date, x.update = o.date, o.update
		}
		*o = x
	} else if o.date == "" {
		o.date, o.update = x.date, x.update
	}
}

// fromSheets makes events of the sheets: the first one tells that the analysis began, the others what it found. The date of
// an update is no beginning.
func (a *tale) fromSheets() {
	if len(a.sheets) == 0 {
		return
	}
	slices.SortStableFunc(a.sheets, func(x, y contextSheet) int {
		return cmp.Or(cmp.Compare(x.side, y.side), strings.Compare(x.path, y.path))
	})
	first := a.sheets[0]
	begun := StoryEvent{Kind: "analysis-start", Date: first.date, Path: first.path, Page: first.page, Note: sheetNotes[first.side]}
	rest := a.sheets[1:]
	if first.update {
		begun.Date, begun.Note = "", sheetNotes[first.side]+", di cui è nota solo la data di un aggiornamento"
		if len(rest) == 0 {
			rest = a.sheets
		}
	}
	a.add(begun)
	for _, x := range rest {
		note := sheetNotes[x.side]
		if x.update {
			note += ", aggiornata"
		}
		a.add(StoryEvent{Kind: "assessment", Date: x.date, Path: x.path, Page: x.page, Note: note})
	}
}

func sideOf(about string) int {
	switch organisational, technological := strings.Contains(about, "organizzativ"), strings.Contains(about, "tecnologic"); {
	case organisational && !technological:
		return 0
	case technological && !organisational:
		return 2
	}
	return 1
}

// lineOf gives the line that holds a byte, and its place.
func (p *sourcePage) lineOf(at int) (textLine, int) {
	i, _ := slices.BinarySearchFunc(p.lines, at, func(l textLine, at int) int {
		if l.end < at {
			return -1
		}
		if l.start > at {
			return 1
		}
		return 0
	})
	if i >= len(p.lines) {
		return textLine{}, -1
	}
	return p.lines[i], i
}

// isLeader says whether a line leads with dots to a number, as in a table of contents.
func isLeader(line string) bool { return leader.MatchString(line[max(0, len(line)-maxHeadingBytes):]) }

// titlePart is the beginning of a line that is too long to be a title.
func titlePart(line string) string { return line[:min(len(line), maxHeadingBytes)] }
