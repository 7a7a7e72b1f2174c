package indexer

import (
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// Progress is how far a crawl is.
type Progress struct {
	Done, Total int
	Last        catalog.VisitSummary
	Source      catalog.SourceID
	Elapsed     time.Duration
}

// Report is what a crawl did.
type Report struct {
	Visits   map[catalog.Outcome]int
	Sources  []SourceReport // in the order of their ids
	Disabled int
	Held     int
	Removed  int                // places that a list no longer names and that had nothing left to lose
	Later    []catalog.SourceID // not visited: their host asked to be left alone for a while
	Idle     []string           // exclusions that name a file and under which none was read so far
	Duration time.Duration
}

// SourceReport is one line of a [Report].
type SourceReport struct {
	ID       catalog.SourceID
	URL      string // canonical, of what answered
	At       string // where it was asked
	Kind     string
	Summary  catalog.VisitSummary
	Findings int
	Why      schema.Text // why it gives no entry, when it gives none
	// NotBefore is when its place asked to be visited again; zero where it did not.
	NotBefore time.Time
}

// note writes a visit that was stored into the report.
func (rep *Report) note(d catalog.Delta) {
	if d.State.Removed {
		rep.Removed++
		return
	}
	last := d.State.Last()
	rep.Visits[last.Outcome]++
	if d.State.Held != nil {
		rep.Held++
	}
	rep.Sources = append(rep.Sources, SourceReport{ID: d.State.Source.ID, URL: d.State.URL, At: d.State.Source.URL, Kind: d.State.Source.Kind,
		Summary: last, Findings: last.Errors + last.Warnings, Why: whyNot(d.State), NotBefore: d.State.NotBefore})
}

// Good says whether at least one source was seen, or none was to be visited.
func (rep *Report) Good() bool {
	return len(rep.Sources) == 0 || rep.Visits[catalog.Absent]+rep.Visits[catalog.Failed] < len(rep.Sources)
}

// tell logs a visit as it comes, and says how far the crawl is.
func (c *Crawler) tell(d catalog.Delta, done, total int, start time.Time) {
	c.log("visit", d)
	if c.cfg.Progress != nil {
		c.cfg.Progress(Progress{Done: done, Total: total, Last: d.State.Last(), Source: d.State.Source.ID, Elapsed: c.cfg.Now().Sub(start)})
	}
}

func (c *Crawler) log(what string, d catalog.Delta) {
	last := d.State.Last()
	c.cfg.Logger.Info(what, "source", d.State.Source.ID, "outcome", last.Outcome, "commit", last.Commit, "records", last.Records,
		"errors", last.Errors, "warnings", last.Warnings, "bytes", last.Bytes, "requests", last.Requests, "duration", last.Duration, "reason", last.Reason.En)
}

// whyNot says why a source gives no entry: what went wrong with the visit, or the finding that tells it best.
func whyNot(st catalog.SourceState) schema.Text {
	last := st.Last()
	if !last.Reason.IsZero() || last.Records > 0 || last.Outcome == catalog.Unchanged {
		return last.Reason
	}
	var best schema.Finding
	for _, f := range st.Findings {
		// Of two that tell as well, the one of the root: what lies deeper may be anything.
		if tells(f) > tells(best) || tells(f) > 0 && tells(f) == tells(best) && strings.Count(f.File, "/") < strings.Count(best.File, "/") {
			best = f
		}
	}
	if best.File == "" || tells(best) == tellsOfVisit {
		return best.Message
	}
	return schema.T(best.File+": "+best.Message.It, best.File+": "+best.Message.En)
}

const tellsOfVisit = 2

// tells says how well a finding tells why there is no entry: best, that what would be one was left out (an error V05); then
// what the visit looked for; then an error of a file. Zero: not at all.
func tells(f schema.Finding) int {
	switch visit := strings.HasPrefix(f.Code, "V"); {
	case f.Code == "V05" && f.Severity == schema.Error:
		return tellsOfVisit + 1
	case visit && f.Code != "V05":
		return tellsOfVisit
	case f.Severity == schema.Error && f.Ignored == "":
		return 1
	}
	return 0
}
