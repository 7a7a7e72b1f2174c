package site

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// format writes dates, numbers and amounts as the readers of one language write them.
type format struct {
	lang schema.Lang
	msgs messages
}

// month gives the name of a month; the message holds all twelve.
func (f format) month(m time.Month) string {
	names := strings.Fields(f.msgs.text("months"))
	if int(m) < 1 || int(m) > len(names) {
		return strconv.Itoa(int(m))
	}
	return names[m-1]
}

// date writes a date as exactly as it is known, and says so when it is not.
func (f format) date(d catalog.Date) string {
	if d == "" {
		return f.msgs.text("date.unknown")
	}
	t, ok := d.Time()
	if !ok {
		return string(d)
	}
	switch len(d) {
	case len("2006"):
		return t.Format("2006")
	case len("2006-01"):
		return f.month(t.Month()) + " " + t.Format("2006")
	}
	return f.day(t)
}

// day writes the day of a moment.
func (f format) day(t time.Time) string {
	if t.IsZero() {
		return f.msgs.text("date.unknown")
	}
	return fmt.Sprintf("%d %s %d", t.Day(), f.month(t.Month()), t.Year())
}

// moment writes day and hour, in UTC since pages are the same for everybody.
func (f format) moment(t time.Time) string {
	if t.IsZero() {
		return f.msgs.text("date.unknown")
	}
	t = t.UTC()
	return f.day(t) + ", " + t.Format("15:04") + " UTC"
}

// when writes the start of a meeting in the hour of its place, as it was written with its offset.
func (f format) when(rfc3339 string) string {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return rfc3339
	}
	return f.day(t) + ", " + f.msgs.text("hour", t.Format("15:04"))
}

var isoDuration = regexp.MustCompile(`^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$`)

// isoDuration writes an ISO 8601 duration in words; what is not one stays as it is.
func (f format) isoDuration(s string) string {
	m := isoDuration.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	var out []string
	for i, unit := range []string{"years", "months", "weeks", "days", "hours", "minutes"} {
		if n, err := strconv.Atoi(m[i+1]); err == nil && n > 0 {
			out = append(out, f.msgs.count("duration."+unit, n))
		}
	}
	if len(out) == 0 {
		return s
	}
	return strings.Join(out, " ")
}

// took writes how long something took.
func (f format) took(d time.Duration) string {
	switch {
	case d >= time.Minute:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	case d >= time.Second:
		return f.point(strconv.FormatFloat(d.Seconds(), 'f', 1, 64)) + " s"
	}
	return fmt.Sprintf("%d ms", d.Milliseconds())
}

// point puts the decimal sign of the language in.
func (f format) point(s string) string {
	if f.lang == schema.It {
		return strings.Replace(s, ".", ",", 1)
	}
	return s
}

var decimalShape = regexp.MustCompile(`^-?\d{1,15}(\.\d{1,6})?$`)

// decimal writes an exact number with the signs of the language; what is not a number stays as it is.
func (f format) decimal(d catalog.Decimal) string {
	if !decimalShape.MatchString(string(d)) {
		return string(d)
	}
	whole, frac, _ := strings.Cut(string(d), ".")
	s := f.group(whole)
	if frac != "" {
		s = f.point(s + "." + frac)
		if f.lang == schema.It { // the grouping dots are not the decimal one
			s = f.group(whole) + "," + frac
		}
	}
	return s
}

func (f format) group(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	sep := "."
	if f.lang == schema.En {
		sep = ","
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + sep + digits[i:]
	}
	return sign + digits
}

// integer writes a count.
func (f format) integer(n any) string { return f.decimal(catalog.Decimal(fmt.Sprint(n))) }

// money writes an amount with its currency, with two decimals at least.
func (f format) money(currency string, d catalog.Decimal) string {
	if d == "" {
		return ""
	}
	if decimalShape.MatchString(string(d)) {
		_, frac, _ := strings.Cut(string(d), ".")
		switch len(frac) {
		case 0:
			d += ".00"
		case 1:
			d += "0"
		}
	}
	sign := currency
	if currency == "" || currency == "EUR" {
		sign = "€"
	}
	return f.decimal(d) + "\u00a0" + sign
}

// bytes writes a size.
func (f format) bytes(n int64) string {
	switch {
	case n >= 1<<20:
		return f.point(strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64)) + " MB"
	case n >= 1<<10:
		return f.integer(n>>10) + " kB"
	}
	return f.integer(n) + " byte"
}

// people writes a range of inhabitants.
func (f format) people(r *catalog.Range) string {
	if r == nil {
		return ""
	}
	var out []string
	for _, b := range []struct {
		key string
		n   *int
	}{{"range.gt", r.GT}, {"range.gte", r.GTE}, {"range.lt", r.LT}, {"range.lte", r.LTE}} {
		if b.n != nil {
			out = append(out, f.msgs.text(b.key, f.integer(*b.n)))
		}
	}
	return strings.Join(out, ", ")
}

// words writes a value of a free map, as far as it is a plain one: what is nested shows its parts.
func (f format) words(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	case bool:
		if x {
			return f.msgs.text("yes")
		}
		return f.msgs.text("no")
	case int, int64, float64:
		return f.integer(x)
	case []any:
		out := make([]string, 0, len(x))
		for _, e := range x {
			out = append(out, f.words(e))
		}
		return strings.Join(out, ", ")
	case map[string]any:
		out := make([]string, 0, len(x))
		for _, k := range sortedKeys(x) {
			out = append(out, f.msgs.orSelf("key.", k)+": "+f.words(x[k]))
		}
		return strings.Join(out, "; ")
	}
	return fmt.Sprint(v)
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
