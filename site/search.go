package site

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

const (
	facetOpen = 8 // values of a facet shown before "others"
	pagerSide = 2 // pages linked on each side of the current one
)

// searchView is what the page of results shows.
type searchView struct {
	Query   catalog.Query
	Result  catalog.Result
	Base    string // path of the list: /cerca or /kit
	Chips   []chip
	Facets  []facetView
	Sorts   []sortLink
	Pages   []pageLink
	From    int // position of the first kit on the page, from 1
	To      int
	Suggest string // link to the suggested spelling
	Keep    []field
	Without string // link to the same words without filters
	Count   string // how many entries, of which form
}

// chip is a filter in force, with the link that takes it away.
type chip struct{ Facet, Label, Remove string }

// facetView is one way of narrowing, with a link for each value.
type facetView struct {
	Name   string
	Open   bool // a value of it is chosen, or it is among the first
	Values []facetLink
	More   []facetLink
}

type facetLink struct {
	Label, URL string
	Count      int
	Selected   bool
}

type sortLink struct {
	Key, URL string
	Current  bool
}

type pageLink struct {
	N       int // 0 is a gap
	URL     string
	Current bool
}

// field is a hidden field that keeps a filter when the words change.
type field struct{ Name, Value string }

// queryOf reads a query from the address. Names of filters are those of the API.
func queryOf(values url.Values) (catalog.Query, error) {
	q := catalog.Query{Text: strings.TrimSpace(values.Get("q")), Sort: catalog.Sort(values.Get("sort")), Filters: map[catalog.FacetName][]string{}}
	if p := values.Get("page"); p != "" {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 {
			return q, fmt.Errorf("page %q: %w", p, catalog.ErrInvalid)
		}
		q.Page = n
	}
	for _, f := range catalog.FacetNames() {
		for _, v := range values[string(f)] {
			if v != "" && !slices.Contains(q.Filters[f], v) {
				q.Filters[f] = append(q.Filters[f], v)
			}
		}
	}
	return q.Check()
}

// addressOf is the inverse of queryOf: the encoded query, in a fixed order, without what is default.
func addressOf(q catalog.Query) string {
	var parts []string
	put := func(k, v string) { parts = append(parts, url.QueryEscape(k)+"="+url.QueryEscape(v)) }
	if q.Text != "" {
		put("q", q.Text)
	}
	for _, f := range catalog.FacetNames() {
		for _, v := range q.Filters[f] {
			put(string(f), v)
		}
	}
	if q.Sort != catalog.ByRelevance {
		put("sort", string(q.Sort))
	}
	if q.Page > 1 {
		put("page", strconv.Itoa(q.Page))
	}
	return strings.Join(parts, "&")
}

// toggled is q with a value of a facet put in or taken out, back on its first page.
func toggled(q catalog.Query, f catalog.FacetName, value string) catalog.Query {
	out := q
	out.Page = 1
	out.Filters = map[catalog.FacetName][]string{}
	for name, vs := range q.Filters {
		out.Filters[name] = slices.Clone(vs)
	}
	if i := slices.Index(out.Filters[f], value); i >= 0 {
		out.Filters[f] = slices.Delete(out.Filters[f], i, i+1)
	} else {
		out.Filters[f] = append(out.Filters[f], value)
	}
	return out
}

// search is the page of results.
func (s *Site) search(c *gin.Context, lang schema.Lang) error { return s.results(c, lang, "/cerca") }

// kits is the list of all kits; with ?url= it leads to the one that has that address.
func (s *Site) kits(c *gin.Context, lang schema.Lang) error {
	if u := c.Query("url"); u != "" {
		return s.kitByURL(c, lang, u)
	}
	return s.results(c, lang, "/kit")
}

func (s *Site) results(c *gin.Context, lang schema.Lang, base string) error {
	q, err := queryOf(c.Request.URL.Query())
	if err != nil {
		return err
	}
	res, err := s.cfg.Searcher.Search(c.Request.Context(), q)
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	p := s.newPage(lang, base, "search")
	p.Query = addressOf(q)
	p.Search = q.Text
	p.NoIndex = base == "/cerca" || len(q.Filters) > 0 || q.Text != ""
	p.Title, p.Crumbs = p.T("search.title"), []Crumb{{Title: p.T("search.title")}}
	switch {
	case base == "/kit":
		p.Title, p.Crumbs = p.T("kits.title"), []Crumb{{Title: p.T("kits.title")}}
		p.Description = p.T("kits.description")
	case q.Text != "":
		p.Title = p.T("search.titleFor", q.Text)
	}
	p.Data = newSearchView(p, base, q, res)
	return s.send(c, p)
}

func newSearchView(p *Page, base string, q catalog.Query, res catalog.Result) searchView {
	link := func(q catalog.Query) string {
		u := p.URL(base)
		if a := addressOf(q); a != "" {
			u += "?" + a
		}
		return u
	}
	v := searchView{Query: q, Result: res, Base: p.URL(base)}
	if res.Total > 0 {
		v.From = (q.Page-1)*q.Size + 1
		v.To = min(v.From+len(res.Hits)-1, res.Total)
	}
	labels := map[catalog.FacetName]map[string]string{}
	for _, f := range res.Facets {
		fv := facetView{Name: string(f.Name), Open: len(v.Facets) < 3}
		labels[f.Name] = map[string]string{}
		values := slices.Clone(f.Values)
		if f.Name == catalog.FacetPhase {
			slices.SortFunc(values, func(a, b catalog.FacetValue) int { return strings.Compare(a.Value, b.Value) })
		}
		for i, val := range values {
			labels[f.Name][val.Value] = val.Label.In(p.Lang)
			label := val.Label.In(p.Lang)
			if f.Name == catalog.FacetPhase {
				label = val.Value + " · " + label // as everywhere else, the letter comes first
			}
			l := facetLink{Label: label, URL: link(toggled(q, f.Name, val.Value)), Count: val.Count, Selected: val.Selected}
			fv.Open = fv.Open || val.Selected
			if i < facetOpen || val.Selected {
				fv.Values = append(fv.Values, l)
			} else {
				fv.More = append(fv.More, l)
			}
		}
		if len(f.Values) > 0 {
			v.Facets = append(v.Facets, fv)
		}
	}
	for _, f := range catalog.FacetNames() {
		for _, val := range q.Filters[f] {
			label := labels[f][val]
			if label == "" {
				label = val
			}
			v.Chips = append(v.Chips, chip{Facet: string(f), Label: label, Remove: link(toggled(q, f, val))})
			v.Keep = append(v.Keep, field{string(f), val})
		}
	}
	for _, by := range []catalog.Sort{catalog.ByRelevance, catalog.ByNewest, catalog.ByName} {
		sorted := q
		sorted.Sort, sorted.Page = by, 1
		v.Sorts = append(v.Sorts, sortLink{Key: "sort." + sortKey(by), URL: link(sorted), Current: by == q.Sort})
	}
	if res.Suggestion != "" {
		other := q
		other.Text, other.Page = res.Suggestion, 1
		v.Suggest = link(other)
	}
	bare := q
	bare.Filters, bare.Page = nil, 1
	v.Without = link(bare)
	v.Pages = pager(q, res.Total, link)
	v.Count = countOf(p, q, res)
	return v
}

// countOf says how many entries were found: kits alone are "12 kit"; where there is software among them each form is counted.
func countOf(p *Page, q catalog.Query, res catalog.Result) string {
	kits, software := 0, 0
	for _, f := range res.Facets {
		for _, v := range f.Values {
			switch chosen := q.Filters[catalog.FacetForm]; {
			case f.Name != catalog.FacetForm || len(chosen) > 0 && !slices.Contains(chosen, v.Value):
			case v.Value == string(catalog.FormSoftware):
				software += v.Count
			default:
				kits += v.Count
			}
		}
	}
	switch {
	case kits+software != res.Total: // the facets do not tell
		return p.msgs.count("count.entries", res.Total)
	case software == 0:
		return p.msgs.count("count.kits", kits)
	}
	return p.msgs.count("count.entries", res.Total) + ": " + p.msgs.count("count.kits", kits) + ", " + p.msgs.count("count.software", software)
}

func sortKey(by catalog.Sort) string {
	if by == catalog.ByRelevance {
		return "relevance"
	}
	return string(by)
}

// pager links the first and last page and those around the current one; a gap has number 0.
func pager(q catalog.Query, total int, link func(catalog.Query) string) []pageLink {
	last := min((total+q.Size-1)/q.Size, catalog.MaxPage)
	if last < 2 {
		return nil
	}
	var out []pageLink
	for n := 1; n <= last; n++ {
		if n != 1 && n != last && (n < q.Page-pagerSide || n > q.Page+pagerSide) {
			if out[len(out)-1].N != 0 {
				out = append(out, pageLink{})
			}
			continue
		}
		at := q
		at.Page = n
		out = append(out, pageLink{N: n, URL: link(at), Current: n == q.Page})
	}
	return out
}

// kitByURL leads from the address of a repository to the page of its kit.
func (s *Site) kitByURL(c *gin.Context, lang schema.Lang, raw string) error {
	e, err := s.cfg.Reader.EntryByKey(c.Request.Context(), catalog.KindKit, kitKey(raw))
	if err != nil {
		return fmt.Errorf("kit with url %q: %w", raw, err)
	}
	c.Redirect(http.StatusFound, localPath(lang, "/kit/"+url.PathEscape(e.ID)))
	return nil
}

// kitKey makes the key of a kit of an address as people paste it, "//folder" behind the repository's for a hosted kit.
func kitKey(raw string) catalog.Key {
	if scheme, rest, ok := strings.Cut(strings.TrimSpace(raw), "://"); ok {
		if repo, folder, ok := strings.Cut(rest, "//"); ok {
			return catalog.Key(publiccode.NormalizeURL(scheme+"://"+repo) + "//" + strings.Trim(folder, "/"))
		}
	}
	return catalog.Key(publiccode.NormalizeURL(raw))
}
