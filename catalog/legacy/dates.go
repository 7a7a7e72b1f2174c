package legacy

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

// A document of these kits was not written before the first year nor after the second.
const (
	firstYear = 1980
	lastYear  = 2100
)

var (
	numericDate = regexp.MustCompile(`\b(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\b`)
	isoDate     = regexp.MustCompile(`\b(\d{4})-(\d{2})-(\d{2})\b`)
	spokenDate  = regexp.MustCompile(`(?i)\b(\d{1,2})[°º]?\s+(gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre)\s+(?:del\s+)?(\d{4})\b`)
	shortDate   = regexp.MustCompile(`(?i)\b(\d{1,2})[\-/ ](gen|feb|mar|apr|mag|giu|lug|ago|sett?|ott|nov|dic)[.]?[\-/ ](\d{2}|\d{4})\b`)
)

// looksLikeDate says that a line has the shape of a date, be it one of the calendar or not.
func looksLikeDate(s string) bool {
	s = strings.TrimSpace(s)
	for _, r := range []*regexp.Regexp{numericDate, isoDate, spokenDate, shortDate} {
		if at := r.FindStringIndex(s); at != nil && at[0] == 0 {
			return true
		}
	}
	return false
}

// dateOf reads the first date of a short text, day first; ok is false where the calendar has no such day.
func dateOf(s string) (catalog.Date, bool) {
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return day(m[1], m[2], m[3])
	}
	if m := numericDate.FindStringSubmatch(s); m != nil {
		return day(m[3], m[2], m[1])
	}
	if m := spokenDate.FindStringSubmatch(s); m != nil {
		return day(m[3], strconv.Itoa(months[strings.ToLower(m[2])]), m[1])
	}
	if m := shortDate.FindStringSubmatch(s); m != nil {
		year := m[3]
		if len(year) == 2 {
			year = "20" + year
		}
		return day(year, strconv.Itoa(monthOf(m[2])), m[1])
	}
	return "", false
}

// monthOf is the number of a month by its first three letters.
func monthOf(short string) int {
	short = strings.ToLower(short)[:3]
	for name, n := range months {
		if strings.HasPrefix(name, short) {
			return n
		}
	}
	return 0
}

func day(year, month, dayOfMonth string) (catalog.Date, bool) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(dayOfMonth)
	if y < firstYear || y > lastYear {
		return "", false
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Year() != y || int(t.Month()) != m || t.Day() != d {
		return "", false
	}
	return catalog.Date(t.Format(time.DateOnly)), true
}
