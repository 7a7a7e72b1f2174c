package catalog

import (
	"regexp"
	"strings"
	"time"
)

var (
	italianDay    = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$`)
	italianNumber = regexp.MustCompile(`^(?:€\s*)?(\d{1,3}(?:\.\d{3})*|\d{1,15})(,\d{1,6})?(?:\s*€)?$`)
)

// dayOf gives a day that is written as Italians write it (30/6/2025) in the form of the format (2025-06-30), or "".
func dayOf(s string) string {
	m := italianDay.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	t, err := time.Parse("2/1/2006", m[1]+"/"+m[2]+"/"+m[3])
	if err != nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

// exactOf gives an amount that is written as Italians write it (1.500,00 €) as an exact number (1500.00), or "".
func exactOf(s string) string {
	m := italianNumber.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return ""
	}
	return strings.ReplaceAll(m[1], ".", "") + strings.Replace(m[2], ",", ".", 1)
}
