package catalog

import (
	"time"

	"github.com/open-community-pa/riuso/schema"
)

// Outcome is how a visit ended. "The place is broken" is an outcome; "we are broken" is a Go error and no visit.
type Outcome string

const (
	Full      Outcome = "full"      // all of the place was seen: what is not there is not there
	Unchanged Outcome = "unchanged" // the place says that it is as it was; nothing was read
	Partial   Outcome = "partial"   // some of it was seen: what was not seen says nothing
	Absent    Outcome = "absent"    // the place answers that there is no such thing
	Failed    Outcome = "failed"    // the place did not answer, or what it answered could not be read
)

// Visit is one look at one source.
type Visit struct {
	Source   Source           // what the operator wrote of it
	At       time.Time        // when it ended
	Outcome  Outcome          //
	Reason   schema.Text      // why it is not full; shown to the publisher
	URL      string           // canonical URL of the repository that answered
	Commit   string           // HEAD that was read, "" where there is no Git
	Mark     string           // what the place answers when asked whether it changed; "" if it cannot be asked
	Changed  time.Time        // date of that commit, zero where not known
	Branch   string           // default branch
	Tree     *Tree            // what was understood; nil unless Full or Partial
	Findings []schema.Finding // of the visit itself (skipped files, limits); the Tree carries its own
	History  map[string][]Change
	Texts    []Text // of attachments of the Tree: those that were read in this visit; others stay as they are known
	Duration time.Duration
	Bytes    int64  // received from the place
	Requests int    // made to the place
	Way      string // how it was fetched; [WayCopy]: a copy that another catalogue keeps, not the repository
	// Moved is the canonical URL to which the place sent us on (a forge's answer to a repository that was renamed or
	// transferred), "" when it answered where it was asked.
	Moved string
	// Via are the catalogues through which what was seen was told, nearest first; nil: those of Source.
	Via     []string
	Listed  *Listed   // what the list that names the place said of it; nil where there is none, or it was not asked
	Listing *Listing  // what the place itself names; nil unless it is a list
	RetryAt time.Time // when the place asked to be visited again; zero where it did not
	Fault   Fault     // what kind of thing went wrong; "" where nothing did
	// Bodies marks by which names of bodies the texts of a legacy kit were understood; "" where none was.
	Bodies string
	// Confirmed is the operator's word that this visit is right even if it takes away much (see [Policy]).
	Confirmed bool
}

// WayCopy is the [Visit.Way] of what was read from a copy in another catalogue because the repository was not looked at.
const WayCopy = "copy"

// Change is one commit that touched a record: when and what, never who.
type Change struct {
	Commit  string    `json:"commit"`
	Time    time.Time `json:"time"`
	Message string    `json:"message"`
}

// Tree is what [Read] understood of one commit of one repository.
type Tree struct {
	Catalogue   *Catalogue
	Kits        []Kit // the one of the root, those of kits/, and those of other folders with a publiccode.yml
	Entities    []Entity
	Communities []Community
	Events      []Event
	Sources     []Source
	Adoptions   []Adoption   // of kits that live elsewhere
	Evaluations []Evaluation // in the catalogue's own folder
	Findings    []schema.Finding
	// CopyOf are the addresses that descriptors of this tree name as their home and that are not this repository's (V01):
	// who can ask them may find that one is this repository after all, see [ReadOptions.Aliases].
	CopyOf []string
	// Partial says that not all of the tree was read (a limit was reached, a file or folder could not be had): what is
	// not in it may still be there, so the visit is not a whole one. A finding says why.
	Partial bool
	// Unread are the files and folders, by path from the root, that are there and whose content could not be had, whole or
	// in part: see [Apply] for what a partial visit keeps. Each once, in order.
	Unread []string
	// Unlisted says that there are more files than were looked at: what is not in the tree may be in one of them.
	Unlisted bool
}

// VisitSummary is what is kept of a visit.
type VisitSummary struct {
	At       time.Time     `json:"at"`
	Outcome  Outcome       `json:"outcome"`
	Reason   schema.Text   `json:"reason,omitzero"`
	Commit   string        `json:"commit,omitempty"`
	Duration time.Duration `json:"duration"` // nanoseconds
	Bytes    int64         `json:"bytes"`
	Requests int           `json:"requests"`
	Records  int           `json:"records"` // seen, or of an unchanged place known
	Errors   int           `json:"errors"`
	Warnings int           `json:"warnings"`
	Way      string        `json:"way,omitempty"`
	Fault    Fault         `json:"fault,omitempty"` // what kind of thing went wrong, see [SourceState.Remedy]
}

// Read says whether the visit saw what the place holds, or that it is as before: else its numbers tell nothing.
func (v VisitSummary) Read() bool {
	return v.Outcome == Full || v.Outcome == Partial || v.Outcome == Unchanged
}

// SourceState is all that is known of one source.
type SourceState struct {
	Source   Source         `json:"source"`
	URL      string         `json:"url,omitempty"`
	Moved    string         `json:"moved,omitempty"`   // where the place sent the last visit that read it, see [Visit.Moved]
	Commit   string         `json:"commit,omitempty"`  // of the last full visit
	Mark     string         `json:"mark,omitempty"`    // of it too: the same answer means unchanged
	Rules    string         `json:"rules,omitempty"`   // version of the reading rules at that visit
	Bodies   string         `json:"bodies,omitempty"`  // see [Visit.Bodies]
	Visits   []VisitSummary `json:"visits,omitempty"`  // newest first, at most Policy.KeepVisits
	LastSeen time.Time      `json:"lastSeen,omitzero"` // last visit that found the place as it should be
	LastRead time.Time      `json:"lastRead,omitzero"` // last full or partial visit
	Stale    time.Time      `json:"stale,omitzero"`    // since when visits fail; zero when the last one did not
	Missing  time.Time      `json:"missing,omitzero"`  // since when the place says that it is not there
	Held     *Hold          `json:"held,omitempty"`
	Keys     []RecordKey    `json:"keys,omitempty"` // what the source has given and is not gone
	// NoneMissing says that no record of the source is missing: while that is so, time alone changes none of them.
	NoneMissing bool             `json:"noneMissing,omitempty"`
	Findings    []schema.Finding `json:"findings,omitempty"`
	// Exclusions are those that the catalogue at this source asks for; those of [CatalogueSource] hold here, see [KeptOut].
	Exclusions []Exclusion `json:"exclusions,omitempty"`
	Removed    bool        `json:"removed,omitempty"`  // the source is no longer in the catalogue's list
	Listed     *Listed     `json:"listed,omitempty"`   // what the list that names it last said of it
	ReadAs     *Listed     `json:"readAs,omitempty"`   // what that list said when the place was last read or found unchanged; nil: it must be asked
	Listing    *Listing    `json:"listing,omitempty"`  // what it names, when it is a list
	NotBefore  time.Time   `json:"notBefore,omitzero"` // the place asked not to be visited earlier
}

// Last gives the newest visit, or the zero summary.
func (s *SourceState) Last() VisitSummary {
	if len(s.Visits) == 0 {
		return VisitSummary{}
	}
	return s.Visits[0]
}

// Untouched says whether a visit with this outcome leaves all records of the source as they are, so that it can be applied
// without them.
func (s *SourceState) Untouched(o Outcome) bool {
	return o == Failed || o == Unchanged && s.NoneMissing
}

// Hold says that a visit would take away too much and waits to be confirmed by a second one or by the operator.
type Hold struct {
	At     time.Time   `json:"at"`
	Commit string      `json:"commit,omitempty"`
	Keys   []RecordKey `json:"keys"` // what would go
}
