package api

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// searchAnswer is the answer to a search. Total counts kits.
type searchAnswer struct {
	Total      int                     `json:"total"`
	Results    []searchHit             `json:"results"`
	Facets     map[string][]facetValue `json:"facets"`
	Suggestion string                  `json:"suggestion,omitempty"` // another spelling that would find something
}

type searchHit struct {
	Kit   kitName    `json:"kit"`
	Score float64    `json:"score"`
	Parts []partName `json:"parts"`
}

type kitName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	URL  string `json:"url"`
}

type partName struct {
	Type    catalog.PartType `json:"type"`
	ID      string           `json:"id"`
	Title   string           `json:"title"`
	URL     string           `json:"url"`
	Page    int              `json:"page,omitempty"` // of an attachment, on which the snippet stands
	Of      string           `json:"of,omitempty"`   // title of what an attachment hangs on
	Snippet string           `json:"snippet"`        // HTML: text, and mark elements around what was searched for
}

type facetValue struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

func (a *API) search(ctx context.Context, rq *request) (any, error) {
	q, err := rq.query()
	if err != nil {
		return nil, err
	}
	return a.find(ctx, rq, q)
}

// SearchJSON gives the answer of /api/v1/search to a query, indented, for a program that has no server. Addresses of
// pages are paths unless Config.BaseURL is set.
func (a *API) SearchJSON(ctx context.Context, q catalog.Query, lang schema.Lang) ([]byte, error) {
	out, err := a.find(ctx, &request{base: a.cfg.BaseURL, lang: lang, links: a.cfg.Links}, q)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err = enc.Encode(catalog.Masked(out))
	return b.Bytes(), err
}

func (a *API) find(ctx context.Context, rq *request, q catalog.Query) (*searchAnswer, error) {
	start := a.cfg.Now()
	res, err := a.cfg.Searcher.Search(ctx, q)
	a.metrics.searched(a.cfg.Now().Sub(start), err)
	if err != nil {
		return nil, err
	}
	out := &searchAnswer{Total: res.Total, Results: []searchHit{}, Facets: map[string][]facetValue{}, Suggestion: res.Suggestion}
	for _, h := range res.Hits {
		hit := searchHit{Kit: kitName{h.Card.ID, h.Card.Title, rq.kitURL(h.Card.ID)}, Score: h.Score, Parts: []partName{}}
		for _, p := range h.Parts {
			hit.Parts = append(hit.Parts, partName{p.Type, p.ID, p.Title, rq.hitURL(h.Card.ID, p), p.Page, p.Of.Title, snippet(p.Snippet)})
		}
		out.Results = append(out.Results, hit)
	}
	for _, f := range res.Facets {
		values := []facetValue{}
		for _, v := range f.Values {
			label := v.Label.In(rq.lang)
			if label == "" {
				label = v.Value
			}
			values = append(values, facetValue{v.Value, label, v.Count})
		}
		out.Facets[string(f.Name)] = values
	}
	return out, nil
}

// query reads a search: every facet is a parameter of its own, repeated or with commas.
func (rq *request) query() (catalog.Query, error) {
	q := catalog.Query{Text: rq.values.Get("q"), Sort: catalog.Sort(rq.values.Get("sort")), Filters: map[catalog.FacetName][]string{}}
	var err error
	if q.Page, err = rq.number("page", 1, catalog.MaxPage); err != nil {
		return q, err
	}
	if q.Size, err = rq.number("size", catalog.DefaultSize, catalog.MaxSize); err != nil {
		return q, err
	}
	if q.Sort == "relevance" {
		q.Sort = catalog.ByRelevance
	}
	switch q.Sort {
	case catalog.ByRelevance, catalog.ByNewest, catalog.ByName:
	default:
		return q, invalid(schema.Tf("Il parametro sort può valere relevance, %s o %s.", "The parameter sort may be relevance, %s or %s.",
			catalog.ByNewest, catalog.ByName), "sort")
	}
	if n := len([]rune(q.Text)); n > catalog.MaxQueryRunes {
		return q, invalid(schema.Tf("Il parametro q supera %d caratteri.", "The parameter q is longer than %d characters.", catalog.MaxQueryRunes), "q")
	}
	n := 0
	for _, f := range catalog.FacetNames() {
		for _, v := range rq.values[string(f)] {
			for one := range strings.SplitSeq(v, ",") {
				if one = strings.TrimSpace(one); one == "" {
					continue
				}
				if n++; n > catalog.MaxFilters || len([]rune(one)) > catalog.MaxFilterRunes {
					return q, invalid(schema.Tf("Troppi filtri (al massimo %d) o un filtro troppo lungo (al massimo %d caratteri).",
						"Too many filters (%d at most) or one that is too long (%d characters at most).", catalog.MaxFilters, catalog.MaxFilterRunes), string(f))
				}
				q.Filters[f] = append(q.Filters[f], one)
			}
		}
	}
	return q.Check()
}

// snippet makes HTML of the fragments of a text.
func snippet(fs []catalog.Fragment) string {
	var b strings.Builder
	for _, f := range fs {
		if f.Match {
			b.WriteString("<mark>" + html.EscapeString(f.Text) + "</mark>")
		} else {
			b.WriteString(html.EscapeString(f.Text))
		}
	}
	return b.String()
}
