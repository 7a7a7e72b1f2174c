package catalog

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
