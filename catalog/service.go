package catalog

// Service is one service of a portfolio (kit format §6).
type Service struct {
	Header
	ID            string       `json:"id,omitempty"`
	Title         string       `json:"title,omitempty"`
	Description   Markdown     `json:"description,omitempty"`
	Area          string       `json:"area,omitempty"`
	Origin        string       `json:"origin,omitempty"`
	Function      []string     `json:"function,omitempty"`
	Recipients    []string     `json:"recipients,omitempty"`
	Access        *Access      `json:"access,omitempty"`
	Obligations   Markdown     `json:"obligations,omitempty"`
	Inclusion     string       `json:"inclusion,omitempty"`
	Tariff        []Ref        `json:"tariff,omitempty"`
	Allowances    []Allowance  `json:"allowances,omitempty"`
	Duration      string       `json:"duration,omitempty"`
	Confirmation  string       `json:"confirmation,omitempty"`
	Withdrawal    *Withdrawal  `json:"withdrawal,omitempty"`
	Support       Markdown     `json:"support,omitempty"`
	ContactOffice *Contact     `json:"contactOffice,omitempty"`
	Feasibility   *Feasibility `json:"feasibility,omitempty"`
	Status        string       `json:"status,omitempty"`
	ActiveSince   Date         `json:"activeSince,omitempty"`
	ActiveFor     []EntityRef  `json:"activeFor,omitempty"`
	Tags          []string     `json:"tags,omitempty"`
	Note          Markdown     `json:"note,omitempty"`
	Attachments   []Attachment `json:"attachments,omitempty"`
}

// Access says how a body gets a service.
type Access struct {
	Agreement              string `json:"agreement,omitempty"` // required, optional
	Fee                    string `json:"fee,omitempty"`       // none, annual
	ListPriceForNonMembers *bool  `json:"listPriceForNonMembers,omitempty"`
	RequestTemplate        Ref    `json:"requestTemplate,omitempty"`
	CancelTemplate         Ref    `json:"cancelTemplate,omitempty"`
	Note                   string `json:"note,omitempty"`
}

// Allowance is a quantity that comes with the fee: a row for some bodies decides first, then the bracket of inhabitants.
// See [Allowance.For].
type Allowance struct {
	Unit     string          `json:"unit,omitempty"`
	Label    string          `json:"label,omitempty"`
	Period   string          `json:"period,omitempty"` // of what is counted anew: 170 consultations a year
	Rules    []AllowanceRule `json:"rules,omitempty"`
	Brackets []Bracket       `json:"brackets,omitempty"`
	Note     string          `json:"note,omitempty"`
}

// AllowanceRule is a quantity for the bodies of a condition, whatever their bracket. A rule without a value says that
// theirs was not published.
type AllowanceRule struct {
	When  *Condition `json:"when,omitempty"`
	Value Decimal    `json:"value,omitempty"`
	Note  string     `json:"note,omitempty"`
}

// Bracket is one row of a table; UpTo is an inclusive bound, nil for the last row.
type Bracket struct {
	UpTo   *int    `json:"upTo,omitempty"`
	Amount Decimal `json:"amount,omitempty"`
	Rate   Decimal `json:"rate,omitempty"`
	Value  Decimal `json:"value,omitempty"`
}

// Withdrawal says what leaving a service takes.
type Withdrawal struct {
	NoticeDays   int    `json:"noticeDays,omitempty"`
	StartUpCosts Ref    `json:"startUpCosts,omitempty"`
	Note         string `json:"note,omitempty"`
}

// Feasibility is the study that comes before a service with a surcharge.
type Feasibility struct {
	Costs          []Funding `json:"costs,omitempty"`
	EstimatedUsers int       `json:"estimatedUsers,omitempty"`
	Note           string    `json:"note,omitempty"`
}

// Tariff is a computable price (kit format §7).
type Tariff struct {
	Header
	ID            string         `json:"id,omitempty"`
	Title         string         `json:"title,omitempty"`
	Summary       string         `json:"summary,omitempty"`
	Applies       string         `json:"applies,omitempty"` // "membership" or "service:<id>"
	Valid         *Validity      `json:"valid,omitempty"`
	Currency      string         `json:"currency,omitempty"`
	VAT           string         `json:"vat,omitempty"`
	Period        string         `json:"period,omitempty"`
	Act           *Act           `json:"act,omitempty"`
	Inputs        []string       `json:"inputs,omitempty"`
	ReferenceDate map[string]any `json:"referenceDate,omitempty"`
	Rules         []Rule         `json:"rules,omitempty"`
	Payer         map[string]any `json:"payer,omitempty"`
	Rounding      map[string]any `json:"rounding,omitempty"`
	Exact         *bool          `json:"exact,omitempty"`
	Status        string         `json:"status,omitempty"`
	Note          Markdown       `json:"note,omitempty"`
	// Unread says that something under its rules could not be read: no amount comes of the rest.
	Unread bool `json:"unread,omitempty" kit:"-"`
}

// Act is a formal act of a body.
type Act struct {
	Kind   string `json:"kind,omitempty"`
	Number string `json:"number,omitempty"`
	Date   Date   `json:"date,omitempty"`
	Organ  string `json:"organ,omitempty"`
	URL    string `json:"url,omitempty"`
	Note   string `json:"note,omitempty"`
}

// Rule is one line of a tariff: the first whose condition holds decides.
type Rule struct {
	When       *Condition        `json:"when,omitempty"`
	Components []TariffComponent `json:"components,omitempty"`
	Discounts  []Discount        `json:"discounts,omitempty"`
	Min        Decimal           `json:"min,omitempty"`
	Cap        Decimal           `json:"cap,omitempty"`
	Note       string            `json:"note,omitempty"`
}

// Condition is what must hold for a rule to apply; an absent field does not matter.
type Condition struct {
	EntityType  []string  `json:"entityType,omitempty"`
	Inhabitants *Range    `json:"inhabitants,omitempty"`
	Member      *bool     `json:"member,omitempty"`
	Date        *Validity `json:"date,omitempty"`
}

// TariffComponent is one amount of a rule.
type TariffComponent struct {
	ID            string    `json:"id,omitempty"`
	Kind          string    `json:"kind,omitempty"`
	Label         string    `json:"label,omitempty"`
	Amount        Decimal   `json:"amount,omitempty"`
	Unit          string    `json:"unit,omitempty"`
	Rate          Decimal   `json:"rate,omitempty"`
	IncludedUnits int       `json:"includedUnits,omitempty"`
	Min           Decimal   `json:"min,omitempty"`
	Max           Decimal   `json:"max,omitempty"`
	Basis         string    `json:"basis,omitempty"`
	Table         []Bracket `json:"table,omitempty"`
	Component     string    `json:"component,omitempty"`
	Percent       Decimal   `json:"percent,omitempty"`
	Optional      *bool     `json:"optional,omitempty"`
	When          string    `json:"when,omitempty"` // activation, yearly, once
	Note          string    `json:"note,omitempty"`
}

// Discount lowers an amount; Unknown says that one was decided and its value was not published.
type Discount struct {
	Label     string    `json:"label,omitempty"`
	Kind      string    `json:"kind,omitempty"` // percent, amount
	By        string    `json:"by,omitempty"`
	Value     Decimal   `json:"value,omitempty"`
	Table     []Bracket `json:"table,omitempty"`
	AppliesTo []string  `json:"appliesTo,omitempty"`
	Unknown   *bool     `json:"unknown,omitempty"`
	Note      string    `json:"note,omitempty"`
}

// Checklist is an assessment, a survey or a step guide (kit format §8). Answers are never stored.
type Checklist struct {
	Header
	ID       string          `json:"id,omitempty"`
	Title    string          `json:"title,omitempty"`
	Summary  string          `json:"summary,omitempty"`
	Kind     string          `json:"kind,omitempty"`
	Phase    []string        `json:"phase,omitempty"`
	Ambit    []string        `json:"ambit,omitempty"`
	Audience []string        `json:"audience,omitempty"`
	Sections []Section       `json:"sections,omitempty"`
	Items    []Item          `json:"items,omitempty"`
	Rules    []ChecklistRule `json:"rules,omitempty"`
	Scoring  *Scoring        `json:"scoring,omitempty"`
	Privacy  string          `json:"privacy,omitempty"`
	// Aggregates are the only answers that a kit publishes (kit format §8).
	Aggregates []Aggregate `json:"aggregates,omitempty"`
	Updated    Date        `json:"updated,omitempty"`
	Document   Ref         `json:"document,omitempty"`
	Note       Markdown    `json:"note,omitempty"`
}

// Aggregate is one set of numbers that were published of a checklist: those of one body's sheet, or summed over many.
// Values go by the id of the item.
type Aggregate struct {
	Label  string             `json:"label,omitempty"`
	Date   Date               `json:"date,omitempty"`
	Source string             `json:"source,omitempty"`
	Values map[string]Decimal `json:"values,omitempty"`
}

// Section groups the items of a checklist.
type Section struct {
	ID          string `json:"id,omitempty"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
}

// Item is one question.
type Item struct {
	ID       string   `json:"id,omitempty"`
	Section  string   `json:"section,omitempty"`
	Text     string   `json:"text,omitempty"`
	Help     string   `json:"help,omitempty"`
	Type     string   `json:"type,omitempty"`
	Required *bool    `json:"required,omitempty"`
	Options  []string `json:"options,omitempty"`
	Weight   Decimal  `json:"weight,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	ShowIf   *ShowIf  `json:"showIf,omitempty"`
}

// ShowIf shows an item only when another was answered so.
type ShowIf struct {
	Item   string `json:"item,omitempty"`
	Equals string `json:"equals,omitempty"`
}

// ChecklistRule is a rule of coherence: a total that must be the sum of parts, or a range.
type ChecklistRule struct {
	Total    string   `json:"total,omitempty"`
	Of       []string `json:"of,omitempty"`
	Item     string   `json:"item,omitempty"`
	Min      Decimal  `json:"min,omitempty"`
	Max      Decimal  `json:"max,omitempty"`
	Severity string   `json:"severity,omitempty"`
	Message  string   `json:"message,omitempty"`
}

// Scoring says how the answers of a checklist become points: see [Checklist.Score].
type Scoring struct {
	Sections []SectionScoring `json:"sections,omitempty"`
	Bands    []Band           `json:"bands,omitempty"`
	Note     string           `json:"note,omitempty"`
}

// SectionScoring is the most that a section can give, whatever the weights of its items add up to.
type SectionScoring struct {
	Section string  `json:"section,omitempty"`
	Max     Decimal `json:"max,omitempty"`
}

// Band is what a score means. UpTo is an inclusive bound in per cent of the most, empty for the last band; Section is the
// section that it speaks of, empty for the whole.
type Band struct {
	Section string  `json:"section,omitempty"`
	UpTo    Decimal `json:"upTo,omitempty"`
	Title   string  `json:"title,omitempty"`
	Text    string  `json:"text,omitempty"`
	Docs    []Ref   `json:"docs,omitempty"` // documents to read next
}

// Laboratory is the service with which a ceding body stands by those who reuse (kit format §14; seed 001:470-510).
type Laboratory struct {
	Header
	ID                 string         `json:"id,omitempty"`
	Title              string         `json:"title,omitempty"`
	Summary            string         `json:"summary,omitempty"`
	Entity             EntityRef      `json:"entity,omitempty"`
	Kits               []string       `json:"kits,omitempty"`
	Triggers           []Trigger      `json:"triggers,omitempty"`
	Enrolment          map[string]any `json:"enrolment,omitempty"`
	Competences        []string       `json:"competences,omitempty"`
	OperatorsCertified []string       `json:"operatorsCertified,omitempty"`
	Updated            Date           `json:"updated,omitempty"`
	Status             string         `json:"status,omitempty"`
}

// Trigger is an event that makes a laboratory act, with the services that answer it.
type Trigger struct {
	ID            string   `json:"id,omitempty"`
	Label         string   `json:"label,omitempty"`
	Services      []string `json:"services,omitempty"`
	Provider      string   `json:"provider,omitempty"`
	ContactOffice string   `json:"contactOffice,omitempty"`
	SLA           string   `json:"sla,omitempty"`
	Template      Ref      `json:"template,omitempty"`
	Note          string   `json:"note,omitempty"`
}
