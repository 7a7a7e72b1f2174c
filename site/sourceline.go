package site

import (
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// sourceLine is a source in a list.
type sourceLine struct {
	*catalog.SourceCard
	Name   string
	Parent string               // name of the list that names it
	Why    schema.Text          // nothing of it is in the catalogue; zero when something is
	Below  catalog.SourceCounts // of a list: what it leads to
	InList bool                 // it stands among those of other lists: its own is worth naming
}

// Tone is the colour of the outcome: a visit that went well and gave nothing is not good news.
func (l sourceLine) Tone() string {
	o := l.Last.Outcome
	if l.In(catalog.SourceEmpty) && (o == catalog.Full || o == catalog.Unchanged) {
		return "none"
	}
	return string(o)
}

// leadsTo is a part of what a list leads to: how many, and the word of the address that shows them.
type leadsTo struct {
	Key, State string
	Count      int
}

// Leads tells what a list leads to, leaving out what there is none of.
func (l sourceLine) Leads() []leadsTo {
	b := l.Below
	all := []leadsTo{{"below.read", sourceAll, b.Read}, {"below.unchanged", sourceAll, b.Unchanged}, {"below.failed", sourceFailed, b.Failed},
		{"below.absent", sourceFailed, b.Absent}, {"below.never", sourceNever, b.Never}, {"below.held", sourceHeld, b.Held}}
	return slices.DeleteFunc(all, func(x leadsTo) bool { return x.Count == 0 })
}

// At is the address of the place as a stranger may read it, "" where it is not on the web.
func (l sourceLine) At() string { return bare(asked(l.Source.URL, l.URL)) }

// Since is the message that says since when visits fail: only where something was read before is there a copy to show.
func (l sourceLine) Since() string {
	if l.LastRead.IsZero() || l.Records+l.Places == 0 {
		return "source.staleNothing"
	}
	return "source.stale"
}

// Copy says that visits fail and that what is shown is what was read before.
func (l sourceLine) Copy() bool { return !l.Stale.IsZero() && l.Since() == "source.stale" }

// why says why a source that was visited gave nothing.
func (l sourceLine) why(p *Page) schema.Text {
	switch {
	case l.Last.At.IsZero() || !l.Source.On() || l.Records > 0 || l.Places > 0:
		return schema.Text{}
	case l.SourceCard.Why.In(p.Lang) != "":
		return l.SourceCard.Why
	}
	key := "source.entriesNone"
	if l.Left > 0 { // the page says of each why
		key = "source.entriesLeft"
	}
	return schema.T(p.T(key), p.T(key)) // both in the language of the page: nothing else reads it
}

// tellsWhy says that a finding is about what the visit looked for, and not about what is written in a file.
func tellsWhy(f schema.Finding) bool { return strings.HasPrefix(f.Code, "V") }

// reasonFirst puts the findings that tell why nothing, or not all, came in before those on what files say.
func reasonFirst(fs []schema.Finding) []schema.Finding {
	var first, rest []schema.Finding
	for _, f := range fs {
		if tellsWhy(f) {
			first = append(first, f)
		} else {
			rest = append(rest, f)
		}
	}
	return append(first, rest...)
}
