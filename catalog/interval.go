package catalog

import (
	"regexp"
	"strconv"
	"time"
)

// The shortest and the longest that a source may ask to be left alone; what a file says beyond them counts as they do.
const (
	MinInterval = 5 * time.Minute
	MaxInterval = 366 * 24 * time.Hour
)

// intervalShape is an ISO 8601 duration (clause 5.5.2.3): years, months, weeks, days, hours, minutes, seconds.
var intervalShape = regexp.MustCompile(`^P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$`)

// Every is how long the source is to be left alone between two visits, as its file says (`interval`), kept between
// [MinInterval] and [MaxInterval]; zero where it says nothing. A year counts 365 days and a month 30: it is a pace, not a
// calendar.
func (s *Source) Every() time.Duration {
	m := intervalShape.FindStringSubmatch(s.Interval)
	if m == nil {
		return 0
	}
	const day = 24 * time.Hour
	var d time.Duration
	for i, unit := range []time.Duration{365 * day, 30 * day, 7 * day, day, time.Hour, time.Minute, time.Second} {
		if m[i+1] == "" {
			continue
		}
		n, err := strconv.Atoi(m[i+1])
		if err != nil || time.Duration(n) > MaxInterval/unit {
			return MaxInterval
		}
		if d += time.Duration(n) * unit; d > MaxInterval {
			return MaxInterval
		}
	}
	if d == 0 {
		return 0
	}
	return max(d, MinInterval)
}
