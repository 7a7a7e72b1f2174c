package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/internal/demo"
	"github.com/open-community-pa/riuso/schema"
)

// place is one source of the catalogue, and what a visit of it must come to.
type place struct {
	id, title, kind, url string
	part                 part

	outcome catalog.Outcome         // of the first crawl
	reason  schema.Text             // part of what the publisher reads; zero: nothing is to be read
	records int                     // that it gives itself; anyNumber: not looked at
	later   bool                    // it asks to be left alone: the second crawl does not visit it
	open    bool                    // it is not of our making: its reason is not looked at either
	named   map[catalog.Outcome]int // the places that it names, by outcome
	says    schema.Text             // part of what is to be read at one of those; zero: not looked at
}

// anyNumber as records means that they are not looked at.
const anyNumber = -1

// part is where a place stands in the table.
type part int

const (
	listed  part = iota // places that name others
	alone               // single repositories
	hostile             // hostile and broken places
)

func (p part) title() schema.Text {
	switch p {
	case listed:
		return schema.T("Posti che ne nominano altri", "Places that name others")
	case alone:
		return schema.T("Repository singoli", "Single repositories")
	}
	return schema.T("Posti ostili e guasti", "Hostile and broken places")
}

// again is the outcome that the second crawl must have.
func (p *place) again() catalog.Outcome {
	if p.outcome == catalog.Full {
		return catalog.Unchanged
	}
	return p.outcome
}

// differences says in what the two crawls did not come to what the place states.
func (p *place) differences(first, second demo.Report, lang schema.Lang) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, p.id+": "+fmt.Sprintf(format, args...)) }
	got, ok := first.Line(p.id)
	if !ok {
		say("not visited")
		return out
	}
	if got.Outcome != p.outcome {
		say("%s, must be %s", got.Outcome, p.outcome)
	}
	if want := p.reason.In(lang); !p.open && (want == "" && got.Reason != "" || !strings.Contains(got.Reason, want)) {
		say("says %q, must say %q", got.Reason, want)
	}
	if p.records != anyNumber && got.Records != p.records {
		say("%d records, must be %d", got.Records, p.records)
	}
	if named := first.Named(p.id); !maps.Equal(named, p.named) {
		say("names %s, must name %s", counts(named), counts(p.named))
	}
	if want := p.says.In(lang); !slices.ContainsFunc(first.Below(p.id), func(l demo.Line) bool { return strings.Contains(l.Reason, want) }) && want != "" {
		say("no place that it names says %q", want)
	}
	switch then, ok := second.Line(p.id); {
	case p.later && (ok || !slices.Contains(second.Later, p.id)):
		say("visited again, though it asked to be left alone")
	case p.later:
	case !ok:
		say("not visited again")
	case then.Outcome != p.again():
		say("the second time %s, must be %s", then.Outcome, p.again())
	}
	return out
}

// counts writes outcomes with how many there are of each.
func counts(n map[catalog.Outcome]int) string {
	var out []string
	for _, o := range []catalog.Outcome{catalog.Full, catalog.Unchanged, catalog.Partial, catalog.Absent, catalog.Failed} {
		if n[o] > 0 {
			out = append(out, fmt.Sprintf("%d %s", n[o], o))
		}
	}
	if len(out) == 0 {
		return "-"
	}
	return strings.Join(out, ", ")
}
