package scaffold

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

var (
	// bareCode is what can be the code of a body without its "ipa:", as the index of public administrations and its open data
	// write it. A word alone could as well be a name: only what has a figure or an underscore in it is taken.
	bareCode    = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$`)
	markOfACode = regexp.MustCompile(`[0-9_]`)
)

// read takes an answer as it was meant.
func (f *Field) read(answer string) string {
	answer = tidy(answer)
	if f.Body && bareCode.MatchString(answer) && markOfACode.MatchString(answer) {
		return "ipa:" + strings.ToLower(answer)
	}
	if f.Slugs && len(listOf(answer)) > 0 {
		var words []string
		for _, w := range listOf(answer) {
			slug := strings.ReplaceAll(catalog.Slug(string(w)), "_", "-")
			words = append(words, cmp.Or(slug, string(w))) // what has no letter stays, and is told
		}
		return strings.Join(words, ", ")
	}
	return answer
}

// notABody says that an answer is no code of a body.
func notABody(f *Field, answer string) *Fault {
	if r := []rune(answer); len(r) > maxShown {
		answer = string(r[:maxShown]) + "…"
	}
	return &Fault{f.Name, schema.Tf("«%s» non indica un ente", "“%s” does not name a body", answer),
		schema.T("scrivi ipa:codice, con il codice dell'indice delle pubbliche amministrazioni, per esempio "+f.Example, "write ipa:code, with the code of the index of public administrations, as in "+f.Example)}
}

// maxShown is how many characters of an answer a message shows.
const maxShown = 60

// notFirst says that a history cannot begin with a step, and how one is written that has come that far.
func notFirst(answer string) *Fault {
	fault := &Fault{"event", schema.T("una storia comincia con "+strings.Join(FirstEvents(), " o "), "a history begins with "+strings.Join(FirstEvents(), " or ")),
		schema.T("per esempio: interest", "for example: interest")}
	if !slices.ContainsFunc(schema.EventKinds.Values, func(v schema.Value) bool { return v.Value == answer }) {
		return fault
	}
	fault.Hint = schema.T(fmt.Sprintf("se l'ente è già più avanti, comincia con --event analysis-start, poi nel file aggiungi sotto events: gli altri passi, in ordine, fino a %s; i commenti lì sopra dicono che cosa vuole ciascuno", answer),
		fmt.Sprintf("if the body is further on begin with --event analysis-start, then add the other steps in the file below events:, in order, up to %s; the comments above it, in Italian, say what each one needs", answer))
	return fault
}
