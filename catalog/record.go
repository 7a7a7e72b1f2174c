package catalog

import (
	"time"

	"github.com/open-community-pa/riuso/schema"
)

// Kind is the kind of a record.
type Kind string

const (
	KindKit       Kind = "kit"
	KindEntity    Kind = "entity"
	KindCommunity Kind = "community"
	KindEvent     Kind = "event"
	KindAdoption  Kind = "adoption" // written outside the kit's repository
	KindCatalogue Kind = "catalogue"
	KindSource    Kind = "source" // among what a [Hold] names: a place that would go

	KindEvaluation Kind = "evaluation" // written outside the kit's repository
)

// RecordKey is what a record is known by in the store.
type RecordKey struct {
	Kind Kind `json:"kind"`
	Key  Key  `json:"key"`
}

// State is where a record stands. That its source has not answered lately is said by [SourceState], not here.
type State string

const (
	Live    State = "live"
	Missing State = "missing" // a whole visit did not see it; it is still shown, with the date
	Gone    State = "gone"    // the tombstone
)

// Record is one thing as one source gave it. Exactly one of the pointers is set, as Kind says; of a Gone record it holds no
// more than ids, addresses and the title, and for an entity, an adoption or a catalogue it is nil.
type Record struct {
	Kind   Kind     `json:"kind"`
	Key    Key      `json:"key"`
	Source SourceID `json:"source"`
	State  State    `json:"state"`
	Title  string   `json:"title"`

	Kit       *Kit       `json:"kit,omitempty"`
	Entity    *Entity    `json:"entity,omitempty"`
	Community *Community `json:"community,omitempty"`
	Event     *Event     `json:"event,omitempty"`
	Adoption  *Adoption  `json:"adoption,omitempty"`
	Catalogue *Catalogue `json:"catalogue,omitempty"`

	Evaluation *Evaluation `json:"evaluation,omitempty"`

	URL       string              `json:"url"`    // canonical URL of the repository it came from
	Commit    string              `json:"commit"` // at which it was read
	Changed   time.Time           `json:"changed,omitzero"`
	Branch    string              `json:"branch,omitempty"`
	FirstSeen time.Time           `json:"firstSeen"`
	LastRead  time.Time           `json:"lastRead"`
	MissedAt  time.Time           `json:"missedAt,omitzero"`   // first whole visit that did not see it, or saw it withdrawn
	Reason    schema.Text         `json:"reason,omitzero"`     // of a tombstone
	Withdrawn bool                `json:"withdrawn,omitempty"` // the tombstone is of what was withdrawn or excluded, not of what was not seen any more
	Findings  []schema.Finding    `json:"findings,omitempty"`
	History   map[string][]Change `json:"history,omitempty"` // by path in the kit's folder; "" is the whole kit
	Trust     string              `json:"trust,omitempty"`
	Priority  int                 `json:"priority,omitempty"`
	Local     bool                `json:"local,omitempty"`     // from the operator's own catalogue repository
	Publisher EntityRef           `json:"publisher,omitempty"` // whose source it is, as the operator's catalogue says
	Listed    bool                `json:"listed,omitempty"`    // a list names its source, and not the operator's catalogue
	Via       []string            `json:"via,omitempty"`       // ids of the catalogues through which it came, nearest first; none: by our own source
	Copy      bool                `json:"copy,omitempty"`      // read from a copy that another catalogue keeps, not from the repository
	// Aliases are the keys that it had before, or by which it answers too, newest first; at most [MaxAliases].
	Aliases []Key `json:"aliases,omitempty"`
	// MovedTo is what a tombstone says of a thing that only changed its key.
	MovedTo Key `json:"movedTo,omitempty"`
}

// RecordKey gives the record's key in the store.
func (r *Record) RecordKey() RecordKey { return RecordKey{r.Kind, r.Key} }

// Via is one way by which a published record came.
type Via struct {
	Source   SourceID  `json:"source"`
	URL      string    `json:"url"`
	Commit   string    `json:"commit,omitempty"`
	LastRead time.Time `json:"lastRead"`
	State    State     `json:"state"`
	Via      []string  `json:"via,omitempty"`  // ids of the catalogues through which it came, nearest first
	Copy     bool      `json:"copy,omitempty"` // read from a copy that another catalogue keeps
	Key      Key       `json:"key,omitempty"`  // under which this way still has it, where that is an earlier one
}

// Entry is one thing as it is published: the record that won, the ways by which it came, and, for a kit, the adoptions
// that all sources tell of, merged.
type Entry struct {
	ID string `json:"id"` // public id in pages and API, never given to another
	Record
	Ways          []Via      `json:"ways"`
	Adoptions     []Adoption `json:"adoptions,omitempty"`
	DeclaredUsers []string   `json:"declaredUsers,omitempty"` // usedBy of publiccode.yml, apart: "dichiarato dal titolare"
	// Evaluations are those of a kit, its own and those told elsewhere, merged.
	Evaluations []Evaluation `json:"evaluations,omitempty"`
	// Variants are the kits whose isBasedOn names this one, in order and at most [MaxVariants].
	Variants []Key `json:"variants,omitempty"`
}

// Known is what the store knows of one source: the previous state that [Apply] starts from.
type Known struct {
	State   SourceState
	Records []Record
	// Unread says that the records were left where they are: enough for a visit that touches none of them, see
	// [SourceState.Untouched].
	Unread bool
}

// Delta is what [Apply] says must be written: the new state of the source, the records that changed, and the texts of
// attachments that were read. All of it is written or nothing. A store keeps a text as long as a record that is not gone has
// an attachment with its bytes that is not kept out.
type Delta struct {
	State SourceState
	Put   []Record
	Texts []Text
}

// Card is the little of a kit that lists and results show.
type Card struct {
	ID          string      `json:"id"`
	Key         Key         `json:"key"`
	Form        Form        `json:"form"`
	Title       string      `json:"title"`
	Summary     string      `json:"summary"`
	Kind        string      `json:"kind,omitempty"`
	Status      string      `json:"status,omitempty"`
	URL         string      `json:"url"`
	Licence     string      `json:"licence,omitempty"`
	Version     string      `json:"version,omitempty"`
	Released    Date        `json:"released,omitempty"`
	Changed     time.Time   `json:"changed,omitzero"` // last commit of its repository
	FirstSeen   time.Time   `json:"firstSeen"`
	Ceding      []EntityRef `json:"ceding,omitempty"`
	CedingNames []string    `json:"cedingNames,omitempty"`
	Topics      []string    `json:"topics,omitempty"`
	Phases      []string    `json:"phases,omitempty"`    // that have at least one document
	Documents   int         `json:"documents"`           // that hold something, see [Document.HasContent]
	Unwritten   int         `json:"unwritten,omitempty"` // that are there and hold nothing yet
	Adopters    int         `json:"adopters"`
	Reviewed    bool        `json:"reviewed"`
	State       State       `json:"state"`
}

// Link says what a body has to do with a kit: it is how an entity's page knows.
type Link struct {
	Entity EntityRef `json:"entity"`
	Role   string    `json:"role"` // "ceding" or "reusing"
	KitID  string    `json:"kitId"`
	Title  string    `json:"title"`
	Name   string    `json:"name,omitempty"` // of the body, as the kit or its history tells it; "" where neither does
	// Imported says that nobody wrote it: it was inferred from the files of a legacy kit.
	Imported bool   `json:"imported,omitempty"`
	Phase    string `json:"phase,omitempty"`  // of a reusing body, derived from its events
	State    string `json:"state,omitempty"`  // idem
	Events   int    `json:"events,omitempty"` // idem
}

// Stats are the numbers of the home page.
type Stats struct {
	Kits, Software, Legacy int
	Documents              int
	Adoptions              int
	Entities               int // with a record
	Named                  int // bodies that kits cede or adopt and that have no record
	Communities            int
	Sources                int       // that are looked at: not those that are off
	Updated                time.Time // newest visit of any source
}

// Add counts one published kit by what its card says.
func (s *Stats) Add(c Card) {
	switch c.Form {
	case FormSoftware:
		s.Software++
	case FormLegacy:
		s.Legacy++
	default:
		s.Kits++
	}
	s.Documents += c.Documents
	s.Adoptions += c.Adopters
}
