package legacy

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/open-community-pa/riuso/catalog"
)

// front writes YAML line by line. Values come from hostile names and texts: a string is always quoted, on one line.
type front struct{ b strings.Builder }

// quoted gives a string as a YAML scalar on one line.
func quoted(s string) string { return catalog.QuoteYAML(s) }

// plain makes one line of a text that others wrote: no control characters, no ends of line, no runs of blanks.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r != ' ' && !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// note writes a comment, without the data of persons.
func (s *front) note(indent, text string) {
	if text = masked(text); text != "" {
		s.b.WriteString(indent + "# " + text + "\n")
	}
}

// todo says in a comment what only the owner can write.
func (s *front) todo(indent, key, what string) {
	s.note(indent, "Da completare: "+key+" ("+what+").")
}

// example writes lines that are right once their owner takes the signs before them away.
func (s *front) example(lines ...string) {
	for _, l := range lines {
		s.b.WriteString("#" + l + "\n")
	}
}

// bare writes a key whose value is known to need no quotes: one of an enumeration, a date, an id.
func (s *front) bare(key, value string) {
	if value != "" {
		s.b.WriteString(key + ": " + value + "\n")
	}
}

// text writes a key with a string, unless it is empty.
func (s *front) text(key, value string) {
	if value != "" {
		s.bare(key, quoted(value))
	}
}

// dayShape is a date, or as much of one as is known.
var dayShape = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`)

// date writes a key with a date; it says whether there was one.
func (s *front) date(key string, d catalog.Date) bool {
	if !dayShape.MatchString(string(d)) {
		return false
	}
	s.bare(key, string(d))
	return true
}

// number writes a key with a number above zero.
func (s *front) number(key string, n int64) {
	if n > 0 {
		s.bare(key, strconv.FormatInt(n, 10))
	}
}

// list writes a key with strings on one line.
func (s *front) list(key string, values []string) {
	if len(values) == 0 {
		return
	}
	var out []string
	for _, v := range values {
		out = append(out, quoted(v))
	}
	s.bare(key, "["+strings.Join(out, ", ")+"]")
}

// file gives what was written as the front matter of a Markdown file, with a body below.
func (s *front) file(body string) []byte {
	out := "---\n" + s.b.String() + "---\n"
	if body != "" {
		out += "\n" + body + "\n"
	}
	return []byte(out)
}
