package catalog

import (
	"path"
	"slices"

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
	if e.Level != "qualified" && e.Level != "reference" {
		return
	}
	level := schema.EnumNamed("evaluation.level").Label(e.Level)
	bad := func(it, en string) {
		r.say(m, "level", schema.Error, "E15", schema.T("il livello «"+level.It+"» non vale: "+it, "the level "+level.En+" does not hold: "+en),
			schema.T("i livelli «Qualificata» e «Riferimento» li assegna un osservatorio elencato in catalogue.md; gli altri possono proporre level: candidate", "the levels \"Qualified\" and \"Reference\" are given by an observatory listed in catalogue.md; others may propose level: candidate"))
	}
	observatory := r.observatory()
	switch {
	case e.Evaluator.Role != "observatory":
		bad("chi valuta non è un osservatorio (evaluator.role)", "who judges is not an observatory (evaluator.role)")
	case slices.Contains(ceding, e.Evaluator.Entity):
		bad("chi valuta è un ente cedente del kit", "who judges is a ceding body of the kit")
	case observatory != nil && !slices.Contains(observatory, e.Evaluator.Entity):
		bad(string(e.Evaluator.Entity)+" non è tra gli osservatori del catalogo", string(e.Evaluator.Entity)+" is not among the observatories of the catalogue")
	}
}

// observatory gives the bodies whose levels hold, or nil where no catalogue names them.
func (r *reader) observatory() []EntityRef {
	if r.tree.Catalogue != nil {
		return r.tree.Catalogue.Observatory
	}
	return r.o.Observatory
}
