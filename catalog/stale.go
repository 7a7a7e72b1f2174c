package catalog

import (
	"slices"
	"time"
)

// DefaultStaleMonths is after how many months without a revision a text is stale, where the catalogue does not say; and
// MaxStaleMonths the most that it may say (a hundred years: never).
const (
	DefaultStaleMonths = 24
	MaxStaleMonths     = 1200
)

// Stale says that a revision of the day d is older than some months now (seed 001:244; rule W03). A month or a year is
// taken to its end, so that nothing is called old for want of a day; what has no date is not known to be old. Months of
// zero or less stand for [DefaultStaleMonths].
func Stale(d Date, months int, now time.Time) bool {
	t, ok := d.Time()
	if !ok {
		return false
	}
	switch len(d) {
	case len("2006"):
		t = t.AddDate(1, 0, -1)
	case len("2006-01"):
		t = t.AddDate(0, 1, -1)
	}
	if months <= 0 {
		months = DefaultStaleMonths
	}
	return t.AddDate(0, months, 1).Before(now)
}

// StaleMonths is what a catalogue sets as stalenessMonths in its config (kit format §15), or [DefaultStaleMonths]. c may
// be nil.
func StaleMonths(c *Catalogue) int {
	if c == nil {
		return DefaultStaleMonths
	}
	n := 0
	switch x := c.Config["stalenessMonths"].(type) {
	case int:
		n = x
	case float64: // as JSON gives it back
		n = int(x)
	}
	if n < 1 || n > MaxStaleMonths {
		return DefaultStaleMonths
	}
	return n
}

// Revised is the day of the last revision of a document: what it says itself, else the last commit that touched its file.
func Revised(d *Document, history []Change) Date {
	if d.Updated != "" {
		return d.Updated
	}
	return lastCommit(history)
}

// KitRevised is the day of the newest revision of anything in a kit: its release, its documents, acts and lists; where
// nobody wrote a date, and for software, the last commit counts too. history is that of the whole kit, newest first.
func KitRevised(k *Kit, history []Change) Date {
	days := []Date{k.Released}
	for i := range k.Documents {
		if k.Documents[i].Status != "superseded" {
			days = append(days, k.Documents[i].Updated)
		}
	}
	for i := range k.Templates {
		days = append(days, k.Templates[i].Updated)
	}
	for i := range k.Checklists {
		days = append(days, k.Checklists[i].Updated)
	}
	newest := slices.MaxFunc(days, later)
	if newest == "" || k.Form != FormKit {
		newest = slices.MaxFunc([]Date{newest, k.LastChanged, lastCommit(history)}, later)
	}
	return newest
}

// later compares days as they are written; a day that is not known comes first.
func later(a, b Date) int {
	x, _ := a.Time()
	y, _ := b.Time()
	return x.Compare(y)
}

func lastCommit(history []Change) Date {
	var newest time.Time
	for _, c := range history {
		if c.Time.After(newest) {
			newest = c.Time
		}
	}
	if newest.IsZero() {
		return ""
	}
	return Date(newest.UTC().Format(time.DateOnly))
}
