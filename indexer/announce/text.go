package announce

import (
	"fmt"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// toldInText is how many problems stand in the text of a notice; the others are on the page of the source.
const toldInText = 10

// compose makes the text of a notice: what it is about, what is wrong and what to do, to be sent on as it is.
func (s sent) compose() schema.Text {
	return schema.T(s.in(schema.It), s.in(schema.En))
}

func (s sent) in(lang schema.Lang) string {
	var b strings.Builder
	say := func(it, en string, args ...any) { fmt.Fprintf(&b, schema.T(it, en).In(lang), args...) }
	name := s.Title
	if name == "" {
		name = string(s.Source)
	}
	b.WriteString(name + " (" + s.URL + ")\n")
	switch s.Outcome {
	case catalog.Absent:
		say("All'ultima visita il posto non c'era.\n", "At the last visit the place was not there.\n")
	case catalog.Failed:
		say("L'ultima visita non è riuscita.\n", "The last visit failed.\n")
	case catalog.Partial:
		say("All'ultima visita se n'è vista solo una parte.\n", "At the last visit only part of it was seen.\n")
	}
	if r := s.Reason.In(lang); r != "" {
		b.WriteString(r + "\n")
	}
	total := len(s.Problems) + s.More
	switch {
	case total == 1:
		say("C'è una cosa da sistemare:\n", "There is one thing to fix:\n")
	case total > 1:
		say("Ci sono %d cose da sistemare:\n", "There are %d things to fix:\n", total)
	case s.Event == Solved:
		say("Non risultano più problemi.\n", "There are no problems any more.\n")
	}
	for i, p := range s.Problems {
		if i == toldInText {
			say("… e altre %d.\n", "… and %d more.\n", total-i)
			break
		}
		b.WriteString("- ")
		if p.File != "" {
			b.WriteString(p.File)
			if p.Line > 0 {
				say(", riga %d", ", line %d", p.Line)
			}
			b.WriteString(": ")
		}
		b.WriteString(p.Message.In(lang))
		if h := p.Hint.In(lang); h != "" {
			b.WriteString(" " + h)
		}
		b.WriteString(" [" + p.Code + "]\n")
	}
	if s.Page != "" {
		say("Dettagli: %s\n", "Details: %s\n", s.Page)
	}
	return b.String()
}
