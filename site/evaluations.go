package site

import (
	"cmp"
	"slices"

	"github.com/open-community-pa/riuso/catalog"
)

// evaluationView is one judgement of a kit as its page shows it.
type evaluationView struct {
	*catalog.Evaluation
	Body Body
	// Level is its label, "" where none was given or where it does not hold; Refused says why it does not.
	Level, Refused string
	Expired        bool
	Words          string // the note, as plain text
}

// evaluationsOf lists the judgements of a kit, those told elsewhere too, the newest first. A level that the evaluator may not give is not shown as
// one: own is the operator's catalogue, which names the observatories.
func (p *Page) evaluationsOf(entry *catalog.Entry, own *catalog.Catalogue) []evaluationView {
	var observatory []catalog.EntityRef
	if own != nil {
		observatory = own.Observatory
	}
	var out []evaluationView
	for i := range entry.Evaluations {
		e := &entry.Evaluations[i]
		v := evaluationView{Evaluation: e, Body: p.Body(e.Evaluator.Entity), Words: catalog.PlainText(string(e.Note))}
		if why := e.LevelFault(entry.Kit.Ceding, observatory); why.IsZero() {
			v.Level = labelOf(p.Lang, "evaluation.level", e.Level)
		} else {
			v.Refused = why.In(p.Lang)
		}
		if until, ok := e.Expires.Time(); ok && until.Before(p.now) {
			v.Expired = true
		}
		out = append(out, v)
	}
	slices.SortStableFunc(out, func(a, b evaluationView) int { return cmp.Compare(b.Date, a.Date) })
	return out
}
