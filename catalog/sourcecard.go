package catalog

import (
	"strings"
	"time"

	"github.com/open-community-pa/riuso/schema"
)

// SourceCard is the little of a source that lists and figures show: a catalogue may lead to 20,000 places, and what is
// known of one is mostly the findings and the history of its visits.
type SourceCard struct {
	Source   Source // without its notes
	URL      string
	Last     VisitSummary // zero when it was never visited
	LastSeen time.Time
	LastRead time.Time
	Stale    time.Time
	Missing  time.Time
	Removed  bool
	Archived bool // its owner says that nobody works on it any more
	Held     bool // a visit that would take away much waits to be confirmed
	WouldGo  int  // entries, or places of a list, that it would take away
	Records  int  // that it has given and that are not gone
	Errors   int
	Warnings int
	// Why is the first thing that tells why nothing, or not all, came in; zero when nobody said.
	Why schema.Text
	// List says that it names other places; then Places of them are visited, Left are not, and Lost are no longer named.
	List               bool
	Places, Left, Lost int
}

// SourceCardOf makes the card of a source.
func SourceCardOf(s *SourceState) SourceCard {
	c := SourceCard{Source: s.Source, URL: s.URL, Last: s.Last(), LastSeen: s.LastSeen, LastRead: s.LastRead, Stale: s.Stale, Missing: s.Missing,
		Removed: s.Removed, Archived: s.Listed != nil && s.Listed.Archived, Records: len(s.Keys), Why: WhyNothing(s)}
	c.Source.Header, c.Source.Notes = Header{}, ""
	c.Errors, c.Warnings, _ = schema.Weigh(s.Findings)
	if s.Held != nil {
		c.Held, c.WouldGo = true, len(s.Held.Keys)
	}
	if l := s.Listing; l != nil {
		c.List, c.Places, c.Left, c.Lost = true, len(l.Places), l.Out, len(l.Lost)
	}
	return c
}

// WhyNothing says why a source gave nothing, or not all: the reason of its last visit, else the first finding on what was
// looked for and not there (codes V…), else the first error. It is zero when none of them says anything.
func WhyNothing(s *SourceState) schema.Text {
	if why := s.Last().Reason; !why.IsZero() {
		return why
	}
	var first schema.Text
	for _, f := range s.Findings {
		switch {
		case strings.HasPrefix(f.Code, "V"):
			return f.Message
		case first.IsZero() && f.Severity == schema.Error && f.Ignored == "":
			first = f.Message
		}
	}
	return first
}

// SourceGroup names the sources in one state, for lists and figures. A source that is off is in [SourceOff] only.
type SourceGroup string

// The groups. Beside them each [Outcome] names the sources whose last visit ended so.
const (
	SourceNever   SourceGroup = "never"   // not visited yet
	SourceOff     SourceGroup = "off"     // not to be visited
	SourceHeld    SourceGroup = "held"    // a visit that would take away much waits to be confirmed
	SourceFailing SourceGroup = "failing" // the last visit failed, or found that the place is not there
	SourceGiving  SourceGroup = "giving"  // the last visit went well, and there are entries or places of it
	SourceEmpty   SourceGroup = "empty"   // the last visit went well and nothing came of it, or there was none
)

// SourceGroups lists all groups, outcomes included.
func SourceGroups() []SourceGroup {
	return []SourceGroup{SourceGroup(Full), SourceGroup(Unchanged), SourceGroup(Partial), SourceGroup(Absent), SourceGroup(Failed),
		SourceNever, SourceOff, SourceHeld, SourceFailing, SourceGiving, SourceEmpty}
}

// In says whether the source is in a group.
func (c *SourceCard) In(g SourceGroup) bool {
	o := c.Last.Outcome
	failing := o == Failed || o == Absent
	switch {
	case g == SourceOff || !c.Source.On():
		return g == SourceOff && !c.Source.On()
	case g == SourceNever:
		return o == ""
	case g == SourceHeld:
		return c.Held
	case g == SourceFailing:
		return failing
	case g == SourceGiving:
		return !failing && c.gives()
	case g == SourceEmpty:
		return !failing && !c.gives()
	}
	return o == Outcome(g) && g != ""
}

func (c *SourceCard) gives() bool { return c.Records > 0 || c.Places > 0 }

// says tells whether the name or the address of the source has every one of some words, which are in lower case.
func (c *SourceCard) says(words []string) bool {
	if len(words) == 0 {
		return true
	}
	hay := strings.ToLower(string(c.Source.ID) + "\n" + c.Source.Title + "\n" + c.URL + "\n" + c.Source.URL)
	for _, w := range words {
		if !strings.Contains(hay, w) {
			return false
		}
	}
	return true
}
