package catalog

import (
	"path"

	"github.com/open-community-pa/riuso/schema"
)

// evaluationRules check the judgements of one kit: a score has its evidence (E14), and the levels that count are given by
// an observatory that is not the ceding body itself (E15; kit format §11).
func (r *reader) evaluationRules(list []Evaluation, k *Kit) {
	for i := range list {
		e := &list[i]
		m := r.opened[path.Join(k.Folder, e.Path)]
		if m == nil {
			m = r.opened[e.Path] // in the catalogue's own folder
		}
		if m == nil {
			continue
		}
		r.evaluationRule(m, e, k.Ceding)
	}
}

func (r *reader) evaluationRule(m *marked, e *Evaluation, ceding []EntityRef) {
	for i, s := range e.Scores {
		if len(s.Evidence) == 0 {
			name := schema.EnumNamed("evaluation.criterion").Label(s.Criterion)
			r.say(m, "scores["+itoa(i)+"]", schema.Error, "E14", schema.T("il punteggio «"+name.It+"» non ha prove", "the score “"+name.En+"” has no evidence"),
				schema.T("aggiungi evidence: con i documenti, le adozioni o le misure su cui si fonda, per esempio evidence: [\"doc:A1\"]", "add evidence: with the documents, adoptions or measures that it rests on, as in evidence: [\"doc:A1\"]"))
		}
	}
	why := e.LevelFault(ceding, r.observatory())
	if why.IsZero() {
		return
	}
	level := schema.EnumNamed("evaluation.level").Label(e.Level)
	r.say(m, "level", schema.Error, "E15", schema.T("il livello «"+level.It+"» non vale: "+why.It, "the level “"+level.En+"” does not hold: "+why.En),
		schema.T("i livelli «Qualificata» e «Riferimento» li assegna un osservatorio elencato in catalogue.md; gli altri possono proporre level: candidate", "the levels “Qualified” and “Reference” are given by an observatory listed in catalogue.md; others may propose level: candidate"))
}

// observatory gives the bodies whose levels hold, or nil where no catalogue names them.
func (r *reader) observatory() []EntityRef {
	if r.tree.Catalogue != nil {
		return r.tree.Catalogue.Observatory
	}
	return r.o.Observatory
}
