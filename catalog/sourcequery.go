package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of a [SourceQuery] (house rule 5).
const (
	MaxSourceText = 300 // characters of its text
	MaxSourceSize = 200 // cards of one page
)

// SourceQuery says which sources are wanted, and which part of them.
type SourceQuery struct {
	Text    string      // every word of it stands in the name or the address
	Group   SourceGroup // "" is all
	Kind    string      // "" is all
	Parent  SourceID    // only those that this list names
	Under   SourceID    // only those that this list leads to, at any depth
	Top     bool        // only those that the catalogue names itself
	Own     bool        // the catalogue's own repository too
	Removed bool        // those that are no longer in the catalogue's list too

	// By id those after After are given; else those that need somebody's eyes come first: what fails or waits to be confirmed,
	// then by errors, off last; From of them are left out.
	ByID  bool
	After SourceID
	From  int
	Size  int // of the page; at most MaxSourceSize
}

// SourceResult is a page of sources, with the numbers of all that the query speaks of.
type SourceResult struct {
	Cards  []SourceCard
	Total  int                       // that match
	Any    int                       // that match but for the query's own group
	Groups map[SourceGroup]int       // that match but for the query's own group
	Kinds  map[string]int            // that match but for the query's own kind
	Below  map[SourceID]SourceCounts // of each list among Cards: all that it leads to
	All    SourceFigures             // of all that match but for the group
}

// SourceCounts are the places that a list leads to, at any depth, by how their last visit ended.
type SourceCounts struct {
	Read, Unchanged, Failed, Absent, Never, Held int
}

// SourceFigures are sums over sources, for who watches a catalogue.
type SourceFigures struct {
	Newest   time.Time // newest visit of any
	Oldest   time.Time // oldest last good visit of those that are on and had one
	Bytes    int64     // of the last visits
	Requests int       // of the last visits
	Records  int
	Errors   int
	Warnings int
	Held     int // entries that wait to be confirmed
}

// Check says what is wrong with a query, as [ErrInvalid].
func (q *SourceQuery) Check() error {
	switch {
	case q.Size < 1 || q.Size > MaxSourceSize:
		return fmt.Errorf("sources: size %d: %w", q.Size, ErrInvalid)
	case q.From < 0:
		return fmt.Errorf("sources: from %d: %w", q.From, ErrInvalid)
	case utf8.RuneCountInString(q.Text) > MaxSourceText:
		return fmt.Errorf("sources: a text of more than %d characters: %w", MaxSourceText, ErrInvalid)
	case q.Group != "" && !slices.Contains(SourceGroups(), q.Group):
		return fmt.Errorf("sources: group %q: %w", q.Group, ErrInvalid)
	}
	return nil
}

// FindSources answers a query from the cards of all sources in the order of ids, which it does not change. It costs a walk
// over them, some milliseconds for 20,000.
func FindSources(all []SourceCard, q SourceQuery) (SourceResult, error) {
	out := SourceResult{Groups: map[SourceGroup]int{}, Kinds: map[string]int{}}
	if err := q.Check(); err != nil {
		return out, err
	}
	words := strings.Fields(strings.ToLower(q.Text))
	var match []*SourceCard
	parents := parentsIn(all)
	for i := range all {
		c := &all[i]
		if !q.speaksOf(c) || !c.says(words) || q.Under != "" && !leads(parents, q.Under, c) {
			continue
		}
		ofKind, ofGroup := q.Kind == "" || q.Kind == c.Source.Kind, q.Group == "" || c.In(q.Group)
		if ofGroup {
			out.Kinds[c.Source.Kind]++
		}
		if !ofKind {
			continue
		}
		for _, g := range SourceGroups() {
			if c.In(g) {
				out.Groups[g]++
			}
		}
		out.Any++
		out.All.add(c)
		if ofGroup {
			out.Total++
			match = append(match, c)
		}
	}
	out.Cards = q.page(match)
	out.Below = countBelow(all, out.Cards, parents)
	return out, nil
}

// speaksOf says whether a source is among those that the query may ever give.
func (q *SourceQuery) speaksOf(c *SourceCard) bool {
	switch {
	case c.Removed && !q.Removed, c.Source.ID == CatalogueSource && !q.Own:
		return false
	case q.Parent != "":
		return c.Source.Parent == q.Parent
	}
	return !q.Top || c.Source.Parent == ""
}

// page orders what matches and cuts the page out of it.
func (q *SourceQuery) page(match []*SourceCard) []SourceCard {
	if q.ByID {
		from, found := slices.BinarySearchFunc(match, q.After, func(c *SourceCard, id SourceID) int { return cmp.Compare(c.Source.ID, id) })
		if found {
			from++
		}
		match = match[from:]
	} else {
		slices.SortStableFunc(match, func(a, b *SourceCard) int {
			return cmp.Or(cmp.Compare(urgency(a), urgency(b)), cmp.Compare(b.Errors, a.Errors), cmp.Compare(a.Source.ID, b.Source.ID))
		})
		match = match[min(q.From, len(match)):]
	}
	match = match[:min(q.Size, len(match))]
	out := make([]SourceCard, len(match))
	for i, c := range match {
		out[i] = *c
	}
	return out
}

// urgency puts what fails, or waits for somebody, before the rest, and what is not visited behind it.
func urgency(c *SourceCard) int {
	switch {
	case c.In(SourceFailing), c.In(SourceHeld):
		return 0
	case c.Source.On():
		return 1
	}
	return 2
}

func (f *SourceFigures) add(c *SourceCard) {
	if c.Last.At.After(f.Newest) {
		f.Newest = c.Last.At
	}
	if c.Source.On() && !c.Removed && !c.LastSeen.IsZero() && (f.Oldest.IsZero() || c.LastSeen.Before(f.Oldest)) {
		f.Oldest = c.LastSeen
	}
	f.Bytes += c.Last.Bytes
	f.Requests += c.Last.Requests
	f.Records += c.Records
	f.Errors += c.Errors
	f.Warnings += c.Warnings
	f.Held += c.WouldGo
}

// maxDepth is how far up the lists of a place are followed: longer than any chain, should the store hold a circle.
const maxDepth = 16

// parentsIn gives the lists among all sources with the lists that name them.
func parentsIn(all []SourceCard) map[SourceID]SourceID {
	out := map[SourceID]SourceID{}
	for i := range all {
		if all[i].List {
			out[all[i].Source.ID] = all[i].Source.Parent
		}
	}
	return out
}

// leads says whether a list leads to a source, through others or not.
func leads(parents map[SourceID]SourceID, list SourceID, c *SourceCard) bool {
	up := c.Source.Parent
	for n := 0; up != "" && n < maxDepth; n++ {
		if up == list {
			return true
		}
		up = parents[up]
	}
	return false
}

// countBelow counts what each of some lists leads to.
func countBelow(all, lists []SourceCard, parents map[SourceID]SourceID) map[SourceID]SourceCounts {
	out := map[SourceID]SourceCounts{}
	for i := range lists {
		if lists[i].List {
			out[lists[i].Source.ID] = SourceCounts{}
		}
	}
	if len(out) == 0 {
		return nil
	}
	for i := range all {
		c := &all[i]
		if c.Removed || !c.Source.On() {
			continue
		}
		up := c.Source.Parent
		for n := 0; up != "" && n < maxDepth; n++ {
			if sum, ok := out[up]; ok {
				sum.add(c)
				out[up] = sum
			}
			up = parents[up]
		}
	}
	return out
}

func (n *SourceCounts) add(c *SourceCard) {
	switch c.Last.Outcome {
	case Full, Partial:
		n.Read++
	case Unchanged:
		n.Unchanged++
	case Failed:
		n.Failed++
	case Absent:
		n.Absent++
	default:
		n.Never++
	}
	if c.Held {
		n.Held++
	}
}

// Total is all that they count.
func (n SourceCounts) Total() int { return n.Read + n.Unchanged + n.Failed + n.Absent + n.Never }
