package catalog

import (
	"fmt"
	"slices"

	"github.com/open-community-pa/riuso/schema"
)

// FacetName is a way of narrowing a search. Names are those of the API's parameters.
type FacetName string

const (
	FacetForm       FacetName = "form"
	FacetKind       FacetName = "kind"
	FacetPhase      FacetName = "phase"
	FacetAmbit      FacetName = "ambit"
	FacetType       FacetName = "type" // of the part: document, template, service…
	FacetEntity     FacetName = "entity"
	FacetEntityType FacetName = "entityType"
	FacetRegion     FacetName = "region"
	FacetLicence    FacetName = "licence"
	FacetStatus     FacetName = "status"
	FacetAdopter    FacetName = "adopter"
	FacetTopic      FacetName = "topic"
)

// FacetNames lists the facets in the order in which they are shown.
var facetNames = [...]FacetName{FacetForm, FacetPhase, FacetAmbit, FacetType, FacetKind, FacetTopic, FacetEntity, FacetEntityType,
	FacetRegion, FacetAdopter, FacetLicence, FacetStatus}

// FacetNames gives the facets in the order in which they are shown.
func FacetNames() []FacetName { return append([]FacetName(nil), facetNames[:]...) }

// The bounds of a query (house rule 5).
const (
	MaxQueryRunes  = 300
	DefaultSize    = 20
	MaxSize        = 100
	MaxPage        = 1000
	MaxFilters     = 50
	MaxFilterRunes = 200
)

// Sort is the order of the results.
type Sort string

const (
	ByRelevance Sort = ""
	ByNewest    Sort = "newest"
	ByName      Sort = "name"
)

// Query is a search. An empty Text matches everything; values of one facet are alternatives, facets restrict each other.
type Query struct {
	Text    string
	Filters map[FacetName][]string
	Page    int // from 1
	Size    int
	Sort    Sort
}

// Check fills in defaults and refuses what is out of bounds with [ErrInvalid].
func (q Query) Check() (Query, error) {
	if q.Page == 0 {
		q.Page = 1
	}
	if q.Size == 0 {
		q.Size = DefaultSize
	}
	if q.Page < 1 || q.Page > MaxPage {
		return q, fmt.Errorf("page must be between 1 and %d: %w", MaxPage, ErrInvalid)
	}
	if q.Size < 1 || q.Size > MaxSize {
		return q, fmt.Errorf("size must be between 1 and %d: %w", MaxSize, ErrInvalid)
	}
	switch q.Sort {
	case ByRelevance, ByNewest, ByName:
	default:
		return q, fmt.Errorf("unknown sort %q: %w", q.Sort, ErrInvalid)
	}
	if r := []rune(q.Text); len(r) > MaxQueryRunes {
		q.Text = string(r[:MaxQueryRunes])
	}
	n := 0
	for name, vs := range q.Filters {
		known := false
		for _, f := range facetNames {
			known = known || f == name
		}
		if !known {
			return q, fmt.Errorf("unknown facet %q: %w", name, ErrInvalid)
		}
		for _, v := range vs {
			if n++; n > MaxFilters || len([]rune(v)) > MaxFilterRunes {
				return q, fmt.Errorf("too many or too long filters: %w", ErrInvalid)
			}
		}
	}
	return q, nil
}

// Result is the answer to a query. Total counts kits, not parts.
type Result struct {
	Total  int
	Hits   []Hit
	Facets []Facet
	// Suggestion is another spelling that would find something, when this one found nothing.
	Suggestion string
}

// Hit is one kit with its parts that match best.
type Hit struct {
	Card  Card
	Score float64
	Parts []PartHit
}

// PartHit is one part of a kit that matches.
type PartHit struct {
	Type    PartType
	ID      string
	Title   string
	Code    string
	Phase   []string
	Ambit   []string
	Kind    string
	Score   float64
	Snippet []Fragment
	Page    int     // of an attachment, on which the snippet stands; 0 where it is not of a page
	Of      PartRef // what an attachment hangs on, zero where it is the kit itself
}

// Or gives the one of two hits of one line (see [Part.Line]) that is shown, with the score of h, which is the better one: where h
// is not an attachment and its snippet has no word of the query, and that of the attachment has, it is the attachment,
// which says on which page.
func (h PartHit) Or(attachment PartHit) PartHit {
	if h.Type == PartAttachment || h.marked() || !attachment.marked() {
		return h
	}
	attachment.Score = h.Score
	return attachment
}

func (h *PartHit) marked() bool {
	return slices.ContainsFunc(h.Snippet, func(f Fragment) bool { return f.Match })
}

// Fragment is a piece of text; Match says that it is what was searched for. Text is plain: whoever shows it escapes it.
type Fragment struct {
	Text  string
	Match bool
}

// Facet counts kits by value, with the query and the other facets' filters, its own left out.
type Facet struct {
	Name   FacetName
	Values []FacetValue // by count, then label; chosen ones always among them
}

// FacetValue is one value with the number of kits that have it.
type FacetValue struct {
	Value    string
	Label    schema.Text
	Count    int
	Selected bool
}
