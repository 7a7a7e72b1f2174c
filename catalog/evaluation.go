package catalog

import (
	"slices"

	"github.com/open-community-pa/riuso/schema"
)

// Evaluation is a judgement of one version of a kit, criterion by criterion, with its evidence (kit format §11).
type Evaluation struct {
	Header
	ID         string    `json:"id,omitempty"`
	Kit        string    `json:"kit,omitempty"` // canonical URL, when the file is not in the kit's repository
	KitVersion string    `json:"kitVersion,omitempty"`
	Commit     string    `json:"commit,omitempty"`
	Evaluator  Evaluator `json:"evaluator,omitzero"`
	Date       Date      `json:"date,omitempty"`
	Method     string    `json:"method,omitempty"`
	Scores     []Score   `json:"scores,omitempty"`
	Level      string    `json:"level,omitempty"`
	Expires    Date      `json:"expires,omitempty"`
	Note       Markdown  `json:"note,omitempty"`

	Places []AdoptionPlace `json:"places,omitempty" kit:"-"` // where it was found, nearest to the evaluator first
}

// Evaluator is the body that judges, and in what part.
type Evaluator struct {
	Entity EntityRef `json:"entity,omitempty"`
	Role   string    `json:"role,omitempty"`
}

// Score is the judgement of one criterion, from 0 to 4.
type Score struct {
	Criterion string   `json:"criterion,omitempty"`
	Score     *int     `json:"score,omitempty"`
	Evidence  []string `json:"evidence,omitempty"`
	Note      string   `json:"note,omitempty"`
}

// LevelFault says why the level of an evaluation does not hold, or nothing when it does: the two that count are given by an
// observatory that the catalogue names, and never by a body that cedes the kit (kit format §11). observatory is nil where
// no catalogue is known.
func (e *Evaluation) LevelFault(ceding, observatory []EntityRef) schema.Text {
	who := e.Evaluator.Entity
	switch {
	case e.Level != "qualified" && e.Level != "reference":
		return schema.Text{}
	case e.Evaluator.Role != "observatory":
		return schema.T("chi valuta non è un osservatorio (evaluator.role)", "who judges is not an observatory (evaluator.role)")
	case slices.Contains(ceding, who):
		return schema.T("chi valuta è un ente cedente del kit", "who judges is a ceding body of the kit")
	case observatory != nil && !slices.Contains(observatory, who):
		return schema.T(string(who)+" non è tra gli osservatori del catalogo", string(who)+" is not among the observatories of the catalogue")
	}
	return schema.Text{}
}
