package privacy

import "strings"

// MarkSecret stands in a text that was drawn out of a file in place of a password, a key, a token or an address of an
// internal network.
const MarkSecret = "dato-riservato-omesso"

// Removed is what [WithoutMarks] leaves in place of a mark: no letter and no blank, so that it is no word, and what stood on
// its two sides does not become one.
const Removed = "…"

var removeMarks = strings.NewReplacer(MarkMail, Removed, MarkPhone, Removed, MarkTaxCode, Removed, MarkSecret, Removed, MarkName, Removed)

// WithoutMarks takes the marks of what was left out of a text. They are for people who read a page; for whoever looks at the
// words of a text (a search, a rule that understands it) they are no words of its writer: a "casella-personale-omessa" speaks
// of no staff, a "codice-fiscale-omesso" of no source code. A text without marks comes back as it is.
func WithoutMarks(text string) string {
	if !strings.Contains(text, inMarks) { // most texts: they need no copy
		return text
	}
	return removeMarks.Replace(text)
}

// inMarks is in every mark.
const inMarks = "-omess"
