package catalog

import (
	"time"

	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Form says what an entry of the catalogue is made of.
type Form string

const (
	FormKit      Form = "kit"      // it has a kit.md
	FormSoftware Form = "software" // it has only a publiccode.yml
	FormLegacy   Form = "legacy"   // phase folders and neither (kit format, Part II)
)

// Kit is one entry of the catalogue: a reuse kit with all its parts, or software that is described by publiccode.yml
// alone. Source: kit format §§2-3. A field that nobody wrote is empty; nothing is filled in by guess.
type Kit struct {
	Key    Key    `json:"key,omitempty" kit:"-"`    // identity, see kit format §0
	Form   Form   `json:"form,omitempty" kit:"-"`   // how complete the entry is by its very nature
	URL    string `json:"url,omitempty" kit:"-"`    // canonical repository URL
	Folder string `json:"folder,omitempty" kit:"-"` // folder in the repository, "" for its root
	Path   string `json:"path,omitempty" kit:"-"`   // of kit.md, or of publiccode.yml

	Type              string          `json:"type,omitempty"`
	Spec              string          `json:"spec,omitempty"`
	ID                string          `json:"id,omitempty"`
	Title             string          `json:"title,omitempty"`
	Summary           string          `json:"summary,omitempty"`
	Kind              string          `json:"kind,omitempty"`
	Status            string          `json:"status,omitempty"`
	Version           string          `json:"version,omitempty"`
	Released          Date            `json:"released,omitempty"`
	CodeScheme        CodeScheme      `json:"codeScheme,omitzero"`
	Ceding            []EntityRef     `json:"ceding,omitempty"`
	Project           *Project        `json:"project,omitempty"`
	Funding           []Funding       `json:"funding,omitempty"`
	Topics            []string        `json:"topics,omitempty"`
	Procedures        []string        `json:"procedures,omitempty"`
	Problem           Markdown        `json:"problem,omitempty"`
	Need              Markdown        `json:"need,omitempty"`
	Recipients        []string        `json:"recipients,omitempty"`
	Suitability       *Suitability    `json:"suitability,omitempty"`
	Objectives        []string        `json:"objectives,omitempty"`
	Perimeter         []string        `json:"perimeter,omitempty"`
	Tasks             []string        `json:"tasks,omitempty"`
	Benefits          []string        `json:"benefits,omitempty"`
	Profile           []string        `json:"profile,omitempty"` // possible profiles of a centre (K6)
	ReuseModes        []string        `json:"reuseModes,omitempty"`
	AgreementRequired string          `json:"agreementRequired,omitempty"`
	Components        []Component     `json:"components,omitempty"`
	Requirements      []Requirement   `json:"requirements,omitempty"`
	Resources         *Resources      `json:"resources,omitempty"`
	Estimates         []Estimate      `json:"estimates,omitempty"`
	Matrix            []NotApplicable `json:"matrix,omitempty"`
	Bodies            []Body          `json:"bodies,omitempty"`
	Communities       []string        `json:"communities,omitempty"`
	Filiere           []string        `json:"filiere,omitempty"`
	Contacts          []Contact       `json:"contacts,omitempty"`
	License           string          `json:"license,omitempty"`
	Languages         []string        `json:"languages,omitempty"`
	Risks             []Risk          `json:"risks,omitempty"`
	Supersedes        string          `json:"supersedes,omitempty"`
	MergedInto        string          `json:"mergedInto,omitempty"`
	Provenance        *Provenance     `json:"provenance,omitempty"`
	Attachments       []Attachment    `json:"attachments,omitempty"`
	Source            string          `json:"source,omitempty"` // the public document that the facts come from
	Body              Markdown        `json:"body,omitempty" kit:"-"`

	PublicCode  *publiccode.PublicCode `json:"publiccode,omitempty" kit:"-"`
	Documents   []Document             `json:"documents,omitempty" kit:"-"`
	Templates   []Template             `json:"templates,omitempty" kit:"-"`
	Services    []Service              `json:"services,omitempty" kit:"-"`
	Tariffs     []Tariff               `json:"tariffs,omitempty" kit:"-"`
	Checklists  []Checklist            `json:"checklists,omitempty" kit:"-"`
	Adoptions   []Adoption             `json:"adoptions,omitempty" kit:"-"` // those in the kit's own repository
	NoConsent   []EntityRef            `json:"noConsent,omitempty" kit:"-"` // bodies whose story here says that they do not agree to be shown
	Evaluations []Evaluation           `json:"evaluations,omitempty" kit:"-"`
	Laboratory  *Laboratory            `json:"laboratory,omitempty" kit:"-"`
	Pages       []Page                 `json:"pages,omitempty" kit:"-"`    // README and docs/*.md of software, FAQ
	Releases    []Release              `json:"releases,omitempty" kit:"-"` // from CHANGELOG.md
	Tags        []Tag                  `json:"tags,omitempty" kit:"-"`     // from the repository
	LastChanged Date                   `json:"lastChanged,omitempty" kit:"-"`
	// Names are those of bodies that the kit refers to, as whoever read it knew them. The record of a body says better.
	Names map[EntityRef]string `json:"names,omitempty" kit:"-"`
}

// CodeScheme is the name of a scheme, or the kit's own map from the digit of a code to an ambit.
type CodeScheme struct {
	Name string            `json:"name,omitempty"`
	Map  map[string]string `json:"map,omitempty"`
}

// IsZero says that no scheme was written.
func (c CodeScheme) IsZero() bool { return c.Name == "" && len(c.Map) == 0 }

// Project is the funded project from which a kit came.
type Project struct {
	Title           string    `json:"title,omitempty"`
	CUP             string    `json:"cup,omitempty"`
	Programme       string    `json:"programme,omitempty"`
	Axis            string    `json:"axis,omitempty"`
	Lead            EntityRef `json:"lead,omitempty"`
	Partners        []Partner `json:"partners,omitempty"`
	Start           Date      `json:"start,omitempty"`
	End             Date      `json:"end,omitempty"`
	Budget          Decimal   `json:"budget,omitempty"`
	OpenCoesioneURL string    `json:"openCoesioneUrl,omitempty"`
	Deliverable     string    `json:"deliverable,omitempty"`
}

// Partner is a body in a project, with its part.
type Partner struct {
	Entity EntityRef `json:"entity,omitempty"`
	Role   string    `json:"role,omitempty"`
}

// Funding is where the money came from; Amount in euro.
type Funding struct {
	Source string  `json:"source,omitempty"`
	Amount Decimal `json:"amount,omitempty"`
}

// Range is a pair of inclusive bounds and a pair of exclusive ones; nil means none.
type Range struct {
	GT  *int `json:"gt,omitempty"`
	GTE *int `json:"gte,omitempty"`
	LT  *int `json:"lt,omitempty"`
	LTE *int `json:"lte,omitempty"`
}

// Holds says whether n lies in the range.
func (r *Range) Holds(n int) bool {
	return r == nil || ((r.GT == nil || n > *r.GT) && (r.GTE == nil || n >= *r.GTE) &&
		(r.LT == nil || n < *r.LT) && (r.LTE == nil || n <= *r.LTE))
}

// Suitability says for which bodies the practice is meant.
type Suitability struct {
	EntityTypes   []string `json:"entityTypes,omitempty"`
	Inhabitants   *Range   `json:"inhabitants,omitempty"`
	Prerequisites []string `json:"prerequisites,omitempty"`
}

// Component is a piece of a kit that can be taken on its own.
type Component struct {
	ID    string `json:"id,omitempty"`
	Title string `json:"title,omitempty"`
	Kind  string `json:"kind,omitempty"`
	Repo  string `json:"repo,omitempty"`
	Docs  []Ref  `json:"docs,omitempty"`
	Note  string `json:"note,omitempty"`
}

// Requirement is what a body must have before it adopts.
type Requirement struct {
	Kind   string  `json:"kind,omitempty"`
	Name   string  `json:"name,omitempty"`
	CPU    int     `json:"cpu,omitempty"`    // virtual processors
	RAMGB  Decimal `json:"ramGB,omitempty"`  // gigabytes
	DiskGB Decimal `json:"diskGB,omitempty"` // gigabytes
	OS     string  `json:"os,omitempty"`
	Notes  string  `json:"notes,omitempty"`
}

// Resources are the people that the practice asks for.
type Resources struct {
	MinimumStaff []Staff `json:"minimumStaff,omitempty"`
}

// Staff is one profile; FTE counts full-time equivalents.
type Staff struct {
	Role string  `json:"role,omitempty"`
	FTE  Decimal `json:"fte,omitempty"`
	Note string  `json:"note,omitempty"`
}

// Estimate is a time and a cost of one step, as a document of the kit gives them.
type Estimate struct {
	Step                  string  `json:"step,omitempty"`
	Phase                 string  `json:"phase,omitempty"`
	Duration              string  `json:"duration,omitempty"` // ISO 8601
	Cost                  Decimal `json:"cost,omitempty"`     // euro
	IncludesInternalStaff *bool   `json:"includesInternalStaff,omitempty"`
	StartsFrom            string  `json:"startsFrom,omitempty"`
	Source                string  `json:"source,omitempty"`
	Note                  string  `json:"note,omitempty"`
}

// NotApplicable marks a cell of the matrix that this practice does not have, with the reason.
type NotApplicable struct {
	Phase  string `json:"phase,omitempty"`
	Ambit  string `json:"ambit,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// Body is an organ that governs the practice (seed 002:547-709).
type Body struct {
	ID                 string   `json:"id,omitempty"`
	Name               string   `json:"name,omitempty"`
	Chair              string   `json:"chair,omitempty"`
	Members            []string `json:"members,omitempty"`
	Quorum             string   `json:"quorum,omitempty"`
	Majority           string   `json:"majority,omitempty"`
	MinMeetingsPerYear int      `json:"minMeetingsPerYear,omitempty"`
	Powers             []string `json:"powers,omitempty"`
	ReportsTo          []string `json:"reportsTo,omitempty"`
	Note               string   `json:"note,omitempty"`
}

// Contact is an office, never a person.
type Contact struct {
	Office  string    `json:"office,omitempty"`
	Entity  EntityRef `json:"entity,omitempty"`
	Email   string    `json:"email,omitempty"`
	PEC     string    `json:"pec,omitempty"`
	Phone   string    `json:"phone,omitempty"`
	Website string    `json:"website,omitempty"`
	Note    string    `json:"note,omitempty"`
}

// Risk is one thing that may go wrong, and what is done about it (seed 001:91-100).
type Risk struct {
	Risk       string `json:"risk,omitempty"`
	Likelihood string `json:"likelihood,omitempty"`
	Impact     string `json:"impact,omitempty"`
	Mitigation string `json:"mitigation,omitempty"`
	OwnerRole  string `json:"ownerRole,omitempty"`
	ReviewDate Date   `json:"reviewDate,omitempty"`
}

// Provenance says where the text of a kit came from and whether its owner has looked at it.
type Provenance struct {
	Source       string `json:"source,omitempty"`
	Commit       string `json:"commit,omitempty"`
	RulesVersion string `json:"rulesVersion,omitempty"`
	Reviewed     *bool  `json:"reviewed,omitempty"`
	Note         string `json:"note,omitempty"`
}

// Release is one entry of CHANGELOG.md.
type Release struct {
	Version string   `json:"version"`
	Date    Date     `json:"date,omitempty"`
	Body    Markdown `json:"body,omitempty"`
}

// Tag is a tag of the repository.
type Tag struct {
	Name   string    `json:"name"`
	Commit string    `json:"commit,omitempty"`
	Time   time.Time `json:"time,omitzero"` // of the commit, where the history was read
}

// Page is a Markdown file that is shown as it stands: README.md, docs/*.md of software, faq.md.
type Page struct {
	ID    string   `json:"id"`
	Title string   `json:"title"`
	Path  string   `json:"path"`
	Body  Markdown `json:"body"`
}

// Attachment is a file that belongs to a record (kit format §12). Path is relative to the kit's folder.
type Attachment struct {
	Path       string `json:"path,omitempty"`
	Title      string `json:"title,omitempty"`
	Kind       string `json:"kind,omitempty"`
	Format     string `json:"format,omitempty"`
	Language   string `json:"language,omitempty"`
	SHA256     string `json:"sha256,omitempty"`
	Bytes      int64  `json:"bytes,omitempty"`
	Pages      int    `json:"pages,omitempty"`
	Signed     string `json:"signed,omitempty"`
	Accessible *bool  `json:"accessible,omitempty"`
	TextFrom   string `json:"textFrom,omitempty"`
	SourceURL  string `json:"sourceUrl,omitempty"`
	License    string `json:"license,omitempty"`
	Note       string `json:"note,omitempty"`

	Blob string    `json:"blob,omitempty" kit:"-"` // Git's name of its bytes at the commit that was read; "" where there is no such file
	Text *TextNote `json:"text,omitempty" kit:"-"` // of what was read of it; nil: it was not read
}
