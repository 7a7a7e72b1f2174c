package schema

import (
	"cmp"
	"fmt"
	"slices"
)

// Lang is the language in which a person reads: Italian first, English second.
type Lang string

const (
	It Lang = "it"
	En Lang = "en"
)

// Text is a sentence for a person in the two languages of the product.
type Text struct {
	It string `json:"it"`
	En string `json:"en"`
}

// T makes a Text.
func T(it, en string) Text { return Text{It: it, En: en} }

// Tf makes a Text from two formats that take the same arguments in the same order.
func Tf(it, en string, args ...any) Text {
	return Text{It: fmt.Sprintf(it, args...), En: fmt.Sprintf(en, args...)}
}

// In gives the sentence in lang; a missing translation falls back to Italian, then to English.
func (t Text) In(lang Lang) string {
	if lang == En && t.En != "" {
		return t.En
	}
	if t.It != "" {
		return t.It
	}
	return t.En
}

// IsZero says that there is no sentence at all.
func (t Text) IsZero() bool { return t.It == "" && t.En == "" }

// Severity says how much a finding weighs.
type Severity string

const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Finding is one thing that is wrong, or doubtful, in what somebody wrote: where it is, what it is and what to do.
// Bad content is always a Finding, never a Go error. Line and Column count from 1; 0 means that there is no place.
// Key is the dotted path of the field ("description.it.longDescription", "supports[0].id").
// Code is stable: P.. for publiccode.yml, E.. and W.. for the kit format, V.. for what a visit met, T.. for the text of an
// attachment, L.. for a kit that is still a folder of documents.
// Ignored is the reason why whoever wrote the file lets it be (see [Ignore]): such a finding is shown apart and does not
// count; empty for one that stands.
type Finding struct {
	File     string   `json:"file,omitempty"`
	Line     int      `json:"line"`
	Column   int      `json:"column"`
	Severity Severity `json:"severity"`
	Code     string   `json:"code"`
	Key      string   `json:"key,omitempty"`
	Message  Text     `json:"message"`
	Hint     Text     `json:"hint"`
	Ignored  string   `json:"ignored,omitempty"`
}

// String renders the finding on one line in Italian, for logs and tests.
func (f Finding) String() string {
	return fmt.Sprintf("%s:%d:%d: %s %s %s: %s", f.File, f.Line, f.Column, f.Severity, f.Code, f.Key, f.Message.In(It))
}

// Sort puts findings in the order of reading: file, line, column, code, key. It is stable.
func Sort(fs []Finding) {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Key, b.Key),
		)
	})
}

// HasErrors says whether any finding that is not ignored is an error.
func HasErrors(fs []Finding) bool {
	return slices.ContainsFunc(fs, func(f Finding) bool { return f.Severity == Error && f.Ignored == "" })
}
