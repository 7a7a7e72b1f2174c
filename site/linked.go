package site

import (
	"html/template"
	"regexp"
	"strings"
)

// addressInText finds a web address in a sentence; the marks that end a sentence are no part of it.
var addressInText = regexp.MustCompile(`https?://[^\s«»"<>]*[^\s«»"<>.,;:!?)]`)

// linked makes links of the web addresses in a sentence of ours that quotes one, as the origin of a copy.
func linked(s string) template.HTML {
	var b strings.Builder
	at := 0
	for _, m := range addressInText.FindAllStringIndex(s, -1) {
		to := outside(s[m[0]:m[1]])
		if to == "" {
			continue
		}
		b.WriteString(template.HTMLEscapeString(s[at:m[0]]))
		b.WriteString(`<a class="break" href="` + template.HTMLEscapeString(to) + `" rel="nofollow">` + template.HTMLEscapeString(s[m[0]:m[1]]) + `</a>`)
		at = m[1]
	}
	b.WriteString(template.HTMLEscapeString(s[at:]))
	return template.HTML(b.String()) // every piece of it is escaped
}
