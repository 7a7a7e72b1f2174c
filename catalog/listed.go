package catalog

import (
	"cmp"
	"slices"
	"time"

	"github.com/open-community-pa/riuso/schema"
)

// Listed is what a list said of a place it names: a forge of a repository, a catalogue of an entry.
type Listed struct {
	Pushed   time.Time `json:"pushed,omitzero"`    // when something was last pushed; zero where the list does not tell
	Branch   string    `json:"branch,omitempty"`   // the default one
	Exact    bool      `json:"exact,omitempty"`    // equal dates and branches prove that nothing changed
	Archived bool      `json:"archived,omitempty"` // its owner says that nobody works on it any more
	Fork     bool      `json:"fork,omitempty"`
}

// Same says whether two answers of a list prove that nothing was pushed between them.
func (l *Listed) Same(m *Listed) bool {
	return l != nil && m != nil && l.Exact && !l.Pushed.IsZero() && l.Pushed.Equal(m.Pushed) &&
		l.Exact == m.Exact && l.Branch == m.Branch && l.Archived == m.Archived && l.Fork == m.Fork
}

// Listing is what a source that names other places (a forge, a publishers.yml, another catalogue) said of them. Places,
// Lost and Dropped are in the order of ids, each id once.
type Listing struct {
	Places []SourceID `json:"places,omitempty"` // visited as sources of their own, whose Parent this one is
	Left   []LeftOut  `json:"left,omitempty"`   // not visited, the first MaxLeftOut of them
	Total  int        `json:"total"`            // all that it named
	Out    int        `json:"out,omitempty"`    // how many of them are not visited
	// Lost are places that it no longer names and whose records are not all gone yet.
	Lost []SourceID `json:"lost,omitempty"`
	// Dropped are places that the operator's own filters now keep out: they go at once. It is not kept.
	Dropped []SourceID `json:"-"`
}

// MaxLeftOut is how many of the places that are not visited are kept by name.
const MaxLeftOut = 500

// LeftOut is a place that a list names and that is not visited.
type LeftOut struct {
	URL    string      `json:"url"`
	Title  string      `json:"title,omitempty"`
	Reason schema.Text `json:"reason"`
}

// TooMuch says whether losing n of total at once must wait to be confirmed.
func (p *Policy) TooMuch(n, total int) bool {
	return n >= max(p.MinLoss, 1) && float64(n) > p.MaxLossShare*float64(total)
}

// list takes over what a list names now. Places that a whole answer no longer names are lost; when they are too many at
// once the answer is held, and they stay until a second one says the same.
func (a *applying) list(whole bool) {
	now, before := a.visit.Listing, a.state.Listing
	if now == nil {
		if before == nil || !whole {
			return
		}
		now = &Listing{Left: before.Left} // it is a list, and it is not there any more
	}
	next := *now
	next.Dropped = nil
	if before == nil {
		before = &Listing{}
	}
	var lost []SourceID
	for _, id := range before.Places {
		if !has(now.Places, id) && !has(now.Dropped, id) {
			lost = append(lost, id)
		}
	}
	if !whole {
		next.Places, next.Lost = united(now.Places, lost), without(before.Lost, now.Places)
		next.Total = max(next.Total, before.Total)
		a.state.Listing = &next
		return
	}
	if a.waits(lost, len(before.Places)) {
		next.Places, next.Lost = united(now.Places, lost), without(before.Lost, now.Places)
		a.state.Mark = "" // the next visit asks again
	} else {
		next.Lost = without(united(before.Lost, lost), now.Places)
		next.Lost = without(next.Lost, now.Dropped)
	}
	a.state.Listing = &next
}

// waits says whether losing these places must wait for a second visit that says the same, and remembers it.
func (a *applying) waits(lost []SourceID, total int) bool {
	before := a.listHeld
	a.state.Held = nil
	if !a.policy.TooMuch(len(lost), total) || a.visit.Confirmed {
		return false
	}
	keys := make([]RecordKey, len(lost))
	for i, id := range lost {
		keys[i] = RecordKey{Kind: KindSource, Key: Key(id)}
	}
	if before != nil && slices.Equal(before.Keys, keys) {
		return false
	}
	a.state.Held = &Hold{At: a.visit.At, Commit: a.visit.Commit, Keys: keys}
	return true
}

// remember notes what the list that names this place said of it: as the visit saw it, and as it was when the place was
// last read.
func (a *applying) remember() {
	if a.visit.Listed != nil {
		a.state.Listed = a.visit.Listed
	}
	switch good := a.visit.Outcome == Full || a.visit.Outcome == Unchanged; {
	case !good || a.state.Held != nil:
		a.state.ReadAs = nil
	case a.visit.Listed != nil:
		a.state.ReadAs = a.visit.Listed
	}
	a.state.NotBefore = a.visit.RetryAt
}

func has(ids []SourceID, id SourceID) bool {
	_, ok := slices.BinarySearch(ids, id)
	return ok
}

func united(a, b []SourceID) []SourceID {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(a, b))))
}

func without(ids, out []SourceID) []SourceID {
	return slices.DeleteFunc(slices.Clone(ids), func(id SourceID) bool { return has(out, id) })
}

// Settled gives a state whose lost places are only those that still have records, and whether that changed it: left says
// of which that is so.
func (s SourceState) Settled(left func(SourceID) bool) (SourceState, bool) {
	if s.Listing == nil || len(s.Listing.Lost) == 0 {
		return s, false
	}
	l := *s.Listing
	l.Lost = slices.DeleteFunc(slices.Clone(l.Lost), func(id SourceID) bool { return !left(id) })
	changed := len(l.Lost) != len(s.Listing.Lost)
	s.Listing = &l
	return s, changed
}

// Next is when a source is to be visited again: an interval after its last visit, as its file asks or as every says, not
// before the place itself asked. A place that was too busy for that visit is asked again when it said so, which may be
// sooner, and [MinInterval] later at the earliest. Next is zero for a source that was never visited: at once.
func (s *SourceState) Next(every time.Duration) time.Time {
	last := s.Last()
	if last.At.IsZero() {
		return last.At
	}
	next := last.At.Add(cmp.Or(s.Source.Every(), every))
	if s.PutOff() {
		next = last.At.Add(MinInterval)
	}
	if next.Before(s.NotBefore) {
		return s.NotBefore
	}
	return next
}

// PutOff says whether the place could not be seen, or not all of it, at its last visit, and told when to come back.
func (s *SourceState) PutOff() bool {
	o := s.Last().Outcome
	return !s.NotBefore.IsZero() && (o == Failed || o == Partial)
}
