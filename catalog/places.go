package catalog

import (
	"strings"
	"time"
)

// Catalogue is what catalogue.md says of the catalogue itself (kit format §15).
type Catalogue struct {
	Header
	ID          string         `json:"id,omitempty"`
	Title       string         `json:"title,omitempty"`
	Summary     string         `json:"summary,omitempty"`
	Owner       EntityRef      `json:"owner,omitempty"`
	Scope       string         `json:"scope,omitempty"`
	Territory   string         `json:"territory,omitempty"`
	URL         string         `json:"url,omitempty"` // canonical repository URL of the catalogue
	BaseURL     string         `json:"baseUrl,omitempty"`
	Licence     string         `json:"licence,omitempty"`
	Languages   []string       `json:"languages,omitempty"`
	Observatory []EntityRef    `json:"observatory,omitempty"`
	Exclusions  []Exclusion    `json:"exclusions,omitempty"`
	Config      map[string]any `json:"config,omitempty"`
	Note        Markdown       `json:"note,omitempty"`
}

// Exclusion is what is kept out of the catalogue, with its public reason.
type Exclusion struct {
	URL    string `json:"url,omitempty"`
	Reason string `json:"reason,omitempty"`
	Since  Date   `json:"since,omitempty"`
	// First is when a visit read it first.
	First time.Time `json:"first,omitzero" kit:"-"`
	// Seen are Git's names of what the file held that it names, the latest last: see [KeptOut.Learn].
	Seen []string `json:"seen,omitempty" kit:"-"`
}

// Entity is a public body (kit format §15).
type Entity struct {
	Header
	ID             string              `json:"id,omitempty"`
	Name           string              `json:"name,omitempty"`
	EntityType     string              `json:"entityType,omitempty"`
	IPA            string              `json:"ipa,omitempty"`
	CF             string              `json:"cf,omitempty"`
	PIVA           string              `json:"piva,omitempty"`
	ISTAT          string              `json:"istat,omitempty"`
	Cadastral      string              `json:"cadastral,omitempty"`
	Municipality   string              `json:"municipality,omitempty"`
	Province       string              `json:"province,omitempty"`
	Region         string              `json:"region,omitempty"`
	Inhabitants    *Population         `json:"inhabitants,omitempty"`
	Businesses     *Population         `json:"businesses,omitempty"`
	MemberOf       []EntityRef         `json:"memberOf,omitempty"`
	Aggregator     *bool               `json:"aggregator,omitempty"`
	Website        string              `json:"website,omitempty"`
	PEC            string              `json:"pec,omitempty"`
	Profile        map[string][]string `json:"profile,omitempty"`
	DigitalOfficer *bool               `json:"digitalOfficer,omitempty"`
	Until          Date                `json:"until,omitempty"`
	Successor      EntityRef           `json:"successor,omitempty"`
	FormerCodes    []string            `json:"formerCodes,omitempty"`
	Note           Markdown            `json:"note,omitempty"`
}

// Ref is how other records name this body.
func (e *Entity) Ref() EntityRef {
	switch {
	case e.IPA != "":
		return RefOfEntityID(e.IPA)
	case e.CF != "":
		return EntityRef("cf:" + strings.ToLower(e.CF))
	case e.PIVA != "":
		return EntityRef("piva:" + strings.ToLower(e.PIVA))
	}
	return RefOfEntityID(e.ID)
}

// Community is a community of practice at one of its four levels (kit format §15; seed 003).
type Community struct {
	Header
	ID             string           `json:"id,omitempty"`
	Title          string           `json:"title,omitempty"`
	Summary        string           `json:"summary,omitempty"`
	Level          string           `json:"level,omitempty"`
	Kind           string           `json:"kind,omitempty"`
	Maintainer     []EntityRef      `json:"maintainer,omitempty"`
	Designation    string           `json:"designation,omitempty"`
	Territory      string           `json:"territory,omitempty"`
	Openness       string           `json:"openness,omitempty"`
	Rationale      Markdown         `json:"rationale,omitempty"`
	Topics         []string         `json:"topics,omitempty"`
	Members        []Member         `json:"members,omitempty"`
	Endowment      []string         `json:"endowment,omitempty"`
	Laboratory     string           `json:"laboratory,omitempty"`
	Operators      []string         `json:"operators,omitempty"`
	Channels       []map[string]any `json:"channels,omitempty"`
	Meetings       map[string]any   `json:"meetings,omitempty"`
	Join           *Join            `json:"join,omitempty"`
	Governance     map[string]any   `json:"governance,omitempty"`
	Relations      []map[string]any `json:"relations,omitempty"`
	Representation []map[string]any `json:"representation,omitempty"`
	CommunityOf    map[string]any   `json:"audience,omitempty"`
	NoveltyLevel   string           `json:"noveltyLevel,omitempty"`
	Filiere        []string         `json:"filiere,omitempty"`
	Recognition    map[string]any   `json:"recognition,omitempty"`
	DeclaredStage  string           `json:"declaredStage,omitempty"`
	Parent         string           `json:"parent,omitempty"`
	Status         string           `json:"status,omitempty"`
	Provenance     *Provenance      `json:"provenance,omitempty"`
	Note           Markdown         `json:"note,omitempty"`
}

// Member is a body in a community.
type Member struct {
	Entity       EntityRef `json:"entity,omitempty"`
	Since        Date      `json:"since,omitempty"`
	Until        Date      `json:"until,omitempty"`
	Interest     string    `json:"interest,omitempty"`
	Contribution string    `json:"contribution,omitempty"`
	Role         string    `json:"role,omitempty"`
	Note         string    `json:"note,omitempty"`
}

// Join says how a body enters a community. Nothing of what it sends is stored.
type Join struct {
	Channel string    `json:"channel,omitempty"`
	Address string    `json:"address,omitempty"`
	Data    []string  `json:"data,omitempty"`
	Until   Date      `json:"until,omitempty"`
	Offer   *JoinPath `json:"offer,omitempty"`
	Status  string    `json:"status,omitempty"`
	Note    Markdown  `json:"note,omitempty"`
}

// JoinPath is what a community offers to those who join by a day.
type JoinPath struct {
	Title string   `json:"title,omitempty"`
	Until Date     `json:"until,omitempty"`
	Cost  string   `json:"cost,omitempty"`
	Steps []string `json:"steps,omitempty"`
	Note  string   `json:"note,omitempty"`
}

// Event is a meeting (kit format §15).
type Event struct {
	Header
	ID         string         `json:"id,omitempty"`
	Title      string         `json:"title,omitempty"`
	Summary    string         `json:"summary,omitempty"`
	Start      string         `json:"start,omitempty"`    // RFC 3339, with offset
	Duration   string         `json:"duration,omitempty"` // ISO 8601
	Mode       string         `json:"mode,omitempty"`
	Kind       string         `json:"kind,omitempty"`
	Community  string         `json:"community,omitempty"`
	Kit        string         `json:"kit,omitempty"`
	Agenda     []AgendaItem   `json:"agenda,omitempty"`
	JoinURL    string         `json:"joinUrl,omitempty"`
	Materials  []Attachment   `json:"materials,omitempty"`
	Attendance map[string]any `json:"attendance,omitempty"`
	Outcome    Markdown       `json:"outcome,omitempty"`
	Status     string         `json:"status,omitempty"`
	Note       Markdown       `json:"note,omitempty"`
}

// AgendaItem is one point of a meeting.
type AgendaItem struct {
	Kind  string `json:"kind,omitempty"`
	Title string `json:"title,omitempty"`
}

// SourceID names a source within one catalogue: the id of its file, or "catalogue" for the catalogue repository itself.
type SourceID string

// Source is a place that the catalogue federates (kit format §15).
type Source struct {
	Header
	ID        SourceID  `json:"id,omitempty"`
	Title     string    `json:"title,omitempty"`
	Kind      string    `json:"kind,omitempty"`
	URL       string    `json:"url,omitempty"`
	Branch    string    `json:"branch,omitempty"`
	Folder    string    `json:"folder,omitempty"`
	Publisher EntityRef `json:"publisher,omitempty"`
	Enabled   *bool     `json:"enabled,omitempty"`
	Interval  string    `json:"interval,omitempty"`
	Trust     string    `json:"trust,omitempty"`
	Priority  int       `json:"priority,omitempty"`
	Legacy    string    `json:"legacy,omitempty"`
	Include   []string  `json:"include,omitempty"`
	Exclude   []string  `json:"exclude,omitempty"`
	MaxRepoMB int       `json:"maxRepoMB,omitempty"`
	Licence   string    `json:"licence,omitempty"`
	Notes     Markdown  `json:"notes,omitempty"`

	// What nobody writes in a file: of a place that was found by looking at another source (a forge, another catalogue).
	Parent SourceID `json:"parent,omitempty" kit:"-"` // the source that was looked at; "" where the catalogue itself names the place
	Via    []string `json:"via,omitempty" kit:"-"`    // ids of the catalogues through which the place was told, nearest first; none: by our own source
}

// On says whether the source is to be visited; one that does not say is.
func (s *Source) On() bool { return s.Enabled == nil || *s.Enabled }
