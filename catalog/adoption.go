package catalog

// Adoption is the history of one body with one kit, written by the adopter or, with its source, by somebody else
// (kit format §10).
type Adoption struct {
	Header
	Kit         string           `json:"kit,omitempty"` // canonical URL, when the file is not in the kit's repository
	Entity      EntityRef        `json:"entity,omitempty"`
	Name        string           `json:"name,omitempty"` // a convenience copy of the entity's name
	KitVersion  string           `json:"kitVersion,omitempty"`
	Population  *Population      `json:"population,omitempty"`
	Context     map[string]any   `json:"context,omitempty"`
	Components  []TakenComponent `json:"components,omitempty"`
	Events      []AdoptionEvent  `json:"events,omitempty"`
	Adaptations []Adaptation     `json:"adaptations,omitempty"`
	Outcomes    []Measurement    `json:"outcomes,omitempty"`
	Lessons     Markdown         `json:"lessons,omitempty"`
	CedingKit   string           `json:"cedingKit,omitempty"`
	Consent     *bool            `json:"consent,omitempty"`
	Updated     Date             `json:"updated,omitempty"`
	Note        Markdown         `json:"note,omitempty"`
	Places      []AdoptionPlace  `json:"places,omitempty" kit:"-"` // where it was found, nearest to the adopter first
}

// Refused says that the body does not agree to be shown: nothing is kept of the story but that.
func (a *Adoption) Refused() bool { return a.Consent != nil && !*a.Consent }

// AdoptionPlace is one of the up to three repositories that tell the same story.
type AdoptionPlace struct {
	Where  string   `json:"where"` // "adopter" or "evaluator" (its own), "catalogue", "kit", "elsewhere"
	Source SourceID `json:"source"`
	URL    string   `json:"url"`
	Path   string   `json:"path"`
}

// Population is a number of inhabitants on a day.
type Population struct {
	Value int    `json:"value,omitempty"`
	Date  Date   `json:"date,omitempty"`
	Note  string `json:"note,omitempty"`
}

// TakenComponent is what an adopter decided on one component of the kit.
type TakenComponent struct {
	Component string `json:"component,omitempty"`
	Decision  string `json:"decision,omitempty"`
	Reason    string `json:"reason,omitempty"`
}

// AdoptionEvent is one step. Without a date the order of the file counts and pages say "data non nota".
type AdoptionEvent struct {
	Kind     string         `json:"kind,omitempty"`
	Date     Date           `json:"date,omitempty"`
	Act      *Act           `json:"act,omitempty"`
	Note     string         `json:"note,omitempty"`
	Planned  *bool          `json:"planned,omitempty"`
	Inferred *bool          `json:"inferred,omitempty"`
	Evidence string         `json:"evidence,omitempty"`
	Version  string         `json:"version,omitempty"`
	From     string         `json:"from,omitempty"`
	To       string         `json:"to,omitempty"`
	Reason   string         `json:"reason,omitempty"`
	Service  Ref            `json:"service,omitempty"`
	Ref      Ref            `json:"ref,omitempty"`
	URL      string         `json:"url,omitempty"`
	Source   string         `json:"source,omitempty"`
	Numbers  map[string]any `json:"numbers,omitempty"`
}

// Adaptation is what an adopter changed, and why.
type Adaptation struct {
	ID          string `json:"id,omitempty"`
	Ref         Ref    `json:"ref,omitempty"`
	What        string `json:"what,omitempty"`
	Why         string `json:"why,omitempty"`
	Link        string `json:"link,omitempty"`
	OfferedBack *bool  `json:"offeredBack,omitempty"`
	AcceptedIn  string `json:"acceptedIn,omitempty"`
	Source      string `json:"source,omitempty"`
}

// Measurement is a measured result.
type Measurement struct {
	Indicator string  `json:"indicator,omitempty"`
	Value     Decimal `json:"value,omitempty"`
	Unit      string  `json:"unit,omitempty"`
	Baseline  Decimal `json:"baseline,omitempty"`
	Period    string  `json:"period,omitempty"`
	Method    string  `json:"method,omitempty"`
	Source    string  `json:"source,omitempty"`
	Note      string  `json:"note,omitempty"`
}
