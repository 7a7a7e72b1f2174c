package catalog

import (
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// Header is what every part of a kit carries: where it stands and where its facts come from.
type Header struct {
	Path   string `json:"path,omitempty" kit:"-"` // file in the kit's folder, slash-separated
	Type   string `json:"type,omitempty"`         // "document", "template", …
	Source string `json:"source,omitempty"`       // the public document that the facts come from
	Body   string `json:"body,omitempty" kit:"-"` // Markdown after the front matter
	// Why says of a part that was understood by itself, and not written, why it stands where it stands.
	Why []schema.Text `json:"why,omitempty" kit:"-"`
}

// Document is one document of a kit (kit format §4).
type Document struct {
	Header
	ID              string       `json:"id,omitempty"`
	Code            string       `json:"code,omitempty"`
	Part            string       `json:"part,omitempty"`
	Title           string       `json:"title,omitempty"`
	Summary         string       `json:"summary,omitempty"`
	Phase           []string     `json:"phase,omitempty"`
	Ambit           []string     `json:"ambit,omitempty"`
	Kind            string       `json:"kind,omitempty"`
	Version         string       `json:"version,omitempty"`
	Date            Date         `json:"date,omitempty"`
	Updated         Date         `json:"updated,omitempty"`
	Status          string       `json:"status,omitempty"`
	ProjectAction   string       `json:"projectAction,omitempty"`
	OutputID        string       `json:"outputId,omitempty"`
	Authors         []string     `json:"authors,omitempty"` // bodies and firms, never persons
	Adaptable       *bool        `json:"adaptable,omitempty"`
	Answers         []string     `json:"answers,omitempty"`
	Audience        []string     `json:"audience,omitempty"`
	Steps           []Step       `json:"steps,omitempty"`
	Attachments     []Attachment `json:"attachments,omitempty"`
	RelatedServices []Ref        `json:"relatedServices,omitempty"`
	LegalRefs       []LegalRef   `json:"legalRefs,omitempty"`
	Tags            []string     `json:"tags,omitempty"`
	Objectives      []string     `json:"objectives,omitempty"`
	Perimeter       []string     `json:"perimeter,omitempty"`
	Tasks           []string     `json:"tasks,omitempty"`
	Bodies          []Body       `json:"bodies,omitempty"`
	Related         []Ref        `json:"related,omitempty"` // templates, tariffs, checklists that it speaks of
}

// HasContent says whether a document holds more than its front matter's names and dates: a text that is not only comments,
// a file, steps, or one of its lists. What has none fills no cell of the matrix.
func (d *Document) HasContent() bool {
	return len(d.Attachments)+len(d.Steps)+len(d.Objectives)+len(d.Perimeter)+len(d.Tasks)+len(d.Bodies) > 0 || !onlyComments(d.Body)
}

// onlyComments says that nothing of a Markdown text would be seen.
func onlyComments(body string) bool {
	for {
		body = strings.TrimSpace(body)
		rest, ok := strings.CutPrefix(body, "<!--")
		if !ok {
			return body == ""
		}
		_, after, closed := strings.Cut(rest, "-->")
		if !closed {
			return true
		}
		body = after
	}
}

// Step is one step of a process.
type Step struct {
	N        int    `json:"n,omitempty"`
	Actor    string `json:"actor,omitempty"`
	Action   string `json:"action,omitempty"`
	Act      string `json:"act,omitempty"`
	Template Ref    `json:"template,omitempty"`
	DueDays  int    `json:"dueDays,omitempty"`
	Note     string `json:"note,omitempty"`
}

// LegalRef is a law: a Normattiva URN with the words that people use for it.
type LegalRef struct {
	URN   string `json:"urn,omitempty"`
	Label string `json:"label,omitempty"`
}

// Template is a model act or a form (kit format §5).
type Template struct {
	Header
	ID           string        `json:"id,omitempty"`
	Code         string        `json:"code,omitempty"`
	Title        string        `json:"title,omitempty"`
	Summary      string        `json:"summary,omitempty"`
	Kind         string        `json:"kind,omitempty"`
	Phase        []string      `json:"phase,omitempty"`
	Ambit        []string      `json:"ambit,omitempty"`
	Status       string        `json:"status,omitempty"`
	Version      string        `json:"version,omitempty"`
	Updated      Date          `json:"updated,omitempty"`
	Audience     *ForWhom      `json:"audience,omitempty"`
	SignedBy     []string      `json:"signedBy,omitempty"`
	Validity     *Validity     `json:"validity,omitempty"`
	Placeholders []Placeholder `json:"placeholders,omitempty"`
	Clauses      []Clause      `json:"clauses,omitempty"`
	LegalRefs    []LegalRef    `json:"legalRefs,omitempty"`
	Appoints     []string      `json:"appoints,omitempty"`
	Services     []Ref         `json:"services,omitempty"`
	Costs        Ref           `json:"costs,omitempty"`
	Document     Ref           `json:"document,omitempty"` // the document that presents it
	Attachments  []Attachment  `json:"attachments,omitempty"`
	Structure    *bool         `json:"structureOnly,omitempty"` // true: structure and minimum contents, not the body's text
	Tags         []string      `json:"tags,omitempty"`
}

// ForWhom says which bodies a version of an act is for.
type ForWhom struct {
	EntityTypes []string `json:"entityTypes,omitempty"`
}

// Validity is a span of days, both included; an empty To means that it is still valid.
type Validity struct {
	From Date `json:"from,omitempty"`
	To   Date `json:"to,omitempty"`
}

// Placeholder is a field of an act that the adopting body fills.
type Placeholder struct {
	Key      string `json:"key,omitempty"`
	Label    string `json:"label,omitempty"`
	Type     string `json:"type,omitempty"`
	Required *bool  `json:"required,omitempty"`
	Source   string `json:"source,omitempty"`
	Note     string `json:"note,omitempty"`
}

// Clause is one article of an act.
type Clause struct {
	Title    string `json:"title,omitempty"`
	Number   string `json:"number,omitempty"`
	Heading  string `json:"heading,omitempty"`
	Optional *bool  `json:"optional,omitempty"`
	Note     string `json:"note,omitempty"`
}
