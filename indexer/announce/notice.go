package announce

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// What a notice says happened.
const (
	Problems = "problems" // there are some, and they are not those of the notice before
	Solved   = "solved"   // there are none any more
)

// Notice says what is wrong with one source now. Source, URL and Outcome must be there.
type Notice struct {
	Event    string // Problems or Solved; by itself when empty
	Source   catalog.SourceID
	Title    string // for a person; may be empty
	URL      string // of the place
	Page     string // address of the page of the source on the site; may be empty
	Outcome  catalog.Outcome
	Reason   schema.Text // of an outcome that is not full
	Since    time.Time   // of the visit that saw it first
	Findings []schema.Finding
	Text     schema.Text // ready to be sent to the owner of the source; made of the rest when empty
}

// problem is a finding as it is sent.
type problem struct {
	File     string          `json:"file,omitempty"`
	Line     int             `json:"line"`
	Code     string          `json:"code"`
	Severity schema.Severity `json:"severity"`
	Message  schema.Text     `json:"message"`
	Hint     schema.Text     `json:"hint"`
}

// sent is a notice as it is sent.
type sent struct {
	Event    string           `json:"event"`
	Source   catalog.SourceID `json:"source"`
	Title    string           `json:"title"`
	URL      string           `json:"url"`
	Page     string           `json:"page,omitempty"`
	Outcome  catalog.Outcome  `json:"outcome"`
	Reason   schema.Text      `json:"reason,omitzero"`
	Since    time.Time        `json:"since"`
	Problems []problem        `json:"problems"`
	More     int              `json:"more"` // problems that are left out
	Text     schema.Text      `json:"text"`
}

type letter struct {
	Version int               `json:"version"`
	Sent    time.Time         `json:"sent"`
	Notices []json.RawMessage `json:"notices"`
}

// form makes of a notice what is sent, bounded and without persons. Findings that are ignored on purpose are not told.
func (n Notice) form() ([]byte, error) {
	s := sent{Event: n.Event, Source: n.Source, Title: cut(n.Title, MaxText), URL: n.URL, Page: n.Page, Outcome: n.Outcome,
		Reason: cutText(n.Reason), Since: n.Since.UTC(), Problems: []problem{}}
	standing := n.standing()
	for _, f := range standing[:min(len(standing), MaxProblems)] {
		s.Problems = append(s.Problems, problem{cut(f.File, MaxText), f.Line, f.Code, f.Severity, cutText(f.Message), cutText(f.Hint)})
	}
	s.More = len(standing) - len(s.Problems)
	if s.Event == "" {
		s.Event = Problems
		if len(standing) == 0 && good(n.Outcome) {
			s.Event = Solved
		}
	}
	if s.Text = n.Text; s.Text.IsZero() {
		s.Text = s.compose()
	}
	s.Text = schema.T(cut(s.Text.It, MaxLetter), cut(s.Text.En, MaxLetter))
	return json.Marshal(catalog.Masked(s))
}

// standing gives the findings that count, errors first, each in the order of reading.
func (n Notice) standing() []schema.Finding {
	all := slices.DeleteFunc(slices.Clone(n.Findings), func(f schema.Finding) bool { return f.Ignored != "" })
	schema.Sort(all)
	slices.SortStableFunc(all, func(a, b schema.Finding) int {
		return rank(a.Severity) - rank(b.Severity)
	})
	return all
}

func rank(s schema.Severity) int {
	if s == schema.Error {
		return 0
	}
	return 1
}

func good(o catalog.Outcome) bool { return o == catalog.Full || o == catalog.Unchanged }

// cut bounds a text to so many bytes, and what says that it was longer.
func cut(s string, most int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) <= most {
		return s
	}
	s = s[:most]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s + "…"
}

func cutText(t schema.Text) schema.Text { return schema.T(cut(t.It, MaxText), cut(t.En, MaxText)) }
