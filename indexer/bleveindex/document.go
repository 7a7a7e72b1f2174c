package bleveindex

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/open-community-pa/riuso/catalog"
)

// mappingVersion names the fields, the analysis and the options below. Change it with them: an index of another version is
// rebuilt when the folder is opened. It changes too with what catalog.Parts and catalog.CardOf give: 2 is since they mask
// the data of persons, 3 since a card counts only the documents that hold something, 4 since
// kits are found by their earlier keys (the buckets leads, told and based), 5 since attachments are parts (the buckets
// parttexts, textuse and textused).
const mappingVersion = "5"

// The fields of a document.
const (
	fieldTitle    = "title"     // stems of the part's title
	fieldTitleX   = "title_x"   // its exact words
	fieldCode     = "code"      // its code, as words and as it stands
	fieldKeywords = "keywords"  // stems
	fieldSummary  = "summary"   // stems
	fieldText     = "text"      // stems
	fieldTextX    = "text_x"    // exact words of keywords, summary and text
	fieldKitTitle = "kit_title" // stems of the kit's title
	fieldAcronyms = "acronyms"  // of title, keywords, summary and text
	fieldKit      = "kit"       // public id of the kit
	fieldOwn      = "own"       // facets of the part: "phase=A"
	fieldShared   = "shared"    // facets of the kit: "region=Lombardia"
	fieldOrder    = "order"     // see kitOrder
	fieldLine     = "line"      // under what a part is shown, where that is more than the part: see lineTerm
)

const (
	asText = index.IndexField
	// asPhrase adds positions, for terms of several words
	asPhrase = index.IndexField | index.IncludeTermVectors
	// asValue is read for every match. Not with SkipDVCompression: in Bleve 2.6.1 most documents then have no values once
	// there are several segments.
	asValue = index.IndexField | index.DocValues | index.SkipFreqNorm
)

// lineTerm writes what a part is shown under.
func lineTerm(of catalog.PartRef) string { return string(of.Type) + "/" + of.ID }

// newDocument makes the document of one part. line is what it is shown under, "" where it stands alone.
func newDocument(id string, p *catalog.Part, card *catalog.Card, shared map[catalog.FacetName][]string, line string) *document.Document {
	d := document.NewDocument(id)
	add := func(name, value string, options index.FieldIndexingOptions, a analysis.Analyzer) {
		if value != "" {
			d.AddField(document.NewTextFieldCustom(name, nil, []byte(strings.ToValidUTF8(value, " ")), options, a))
		}
	}
	keywords := strings.Join(p.Keywords, " ; ")
	add(fieldTitle, p.Title, asPhrase, stemmed{})
	add(fieldTitleX, p.Title, asText, exact{})
	add(fieldCode, codeTerm(p.Code), asText, whole{})
	add(fieldKeywords, keywords, asPhrase, stemmed{})
	add(fieldSummary, p.Summary, asPhrase, stemmed{})
	add(fieldText, p.Text, asPhrase, stemmed{})
	add(fieldTextX, keywords+"\n"+p.Summary+"\n"+p.Text, asText, exact{})
	add(fieldKitTitle, card.Title, asText, stemmed{})
	add(fieldAcronyms, p.Title+"\n"+keywords+"\n"+p.Summary+"\n"+p.Text, asText, acronyms{})

	add(fieldKit, card.ID, asValue, whole{})
	add(fieldOrder, kitOrder(card), asValue, whole{})
	add(fieldLine, line, asValue, whole{})
	add(fieldOwn, facetTerm(catalog.FacetType, string(p.Type)), asValue, whole{})
	for _, v := range p.Phase {
		add(fieldOwn, facetTerm(catalog.FacetPhase, v), asValue, whole{})
	}
	for _, v := range p.Ambit {
		add(fieldOwn, facetTerm(catalog.FacetAmbit, v), asValue, whole{})
	}
	for _, name := range slices.Sorted(maps.Keys(shared)) { // in one order, for the digest
		for _, v := range shared[name] {
			add(fieldShared, facetTerm(name, v), asValue, whole{})
		}
	}
	return d
}

// codeTerm is how a code is looked for: "B4.1" and "b 4.1" are one.
func codeTerm(code string) string { return strings.ReplaceAll(fold(strings.TrimSpace(code)), " ", "") }

// facetTerm is a facet's value in the index.
func facetTerm(name catalog.FacetName, value string) string {
	if r := []rune(value); len(r) > catalog.MaxFilterRunes {
		value = string(r[:catalog.MaxFilterRunes])
	}
	return string(name) + "=" + value
}

// rank is what ordering needs to know of a kit: it travels with every document, so that no record is read for a kit that
// is not on the page.
type rank struct {
	form     catalog.Form
	reviewed bool
	date     string // RFC 3339 day, so that text order is time order
	title    string // folded
}

// kitOrder writes a rank: form|reviewed|date|title, with zero bytes between.
func kitOrder(c *catalog.Card) string {
	reviewed := "0"
	if c.Reviewed {
		reviewed = "1"
	}
	title := strings.ReplaceAll(foldText(c.Title), sep, " ")
	return strings.Join([]string{string(c.Form), reviewed, newest(c).UTC().Format(time.DateOnly), title}, sep)
}

// parseRank is the inverse of kitOrder.
func parseRank(term []byte) rank {
	f := strings.SplitN(string(term), sep, 4)
	for len(f) < 4 {
		f = append(f, "")
	}
	reviewed, err := strconv.ParseBool(f[1])
	return rank{form: catalog.Form(f[0]), reviewed: err == nil && reviewed, date: f[2], title: f[3]}
}

// newest is the date by which kits are ordered: of the release, else of the last commit, else of the first visit.
func newest(c *catalog.Card) time.Time {
	if t, ok := c.Released.Time(); ok {
		return t
	}
	if !c.Changed.IsZero() {
		return c.Changed
	}
	return c.FirstSeen
}

// foldText folds a whole text, spaces kept.
func foldText(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = fold(w)
	}
	return strings.Join(words, " ")
}
