package catalog

import "time"

// maxYear is the last year that a record can be written with (RFC 3339).
const maxYear = 9999

// writable gives a time that can always be written as JSON: in UTC, or none when its year cannot be. The dates of commits
// and tags are whatever their authors' clocks and tools said, time zones of 99 hours among them.
func writable(t time.Time) time.Time {
	t = t.UTC()
	if y := t.Year(); y < 0 || y > maxYear {
		return time.Time{}
	}
	return t
}

func writableHistory(h map[string][]Change) map[string][]Change {
	out := make(map[string][]Change, len(h))
	for p, cs := range h {
		own := make([]Change, len(cs))
		for i, c := range cs {
			c.Time = writable(c.Time)
			own[i] = c
		}
		out[p] = own
	}
	return out
}

func writableTags(ts []Tag) []Tag {
	out := make([]Tag, len(ts))
	for i, t := range ts {
		t.Time = writable(t.Time)
		out[i] = t
	}
	return out
}
