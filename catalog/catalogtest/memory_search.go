package catalogtest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/open-community-pa/riuso/catalog"
)

// Search answers a query by looking at every part: a part matches when all words of the query are in it, accents and case
// aside. There are no stems, synonyms or corrections here.
func (m *Memory) Search(ctx context.Context, q catalog.Query) (catalog.Result, error) {
	q, err := q.Check()
	if err != nil {
		return catalog.Result{}, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	query := words(q.Text)
	nothing := len(query) == 0 && strings.TrimSpace(q.Text) != ""
	counts := map[catalog.FacetName]map[string]int{}
	for _, name := range catalog.FacetNames() {
		counts[name] = map[string]int{}
	}
	var hits []catalog.Hit
	for _, e := range m.live(catalog.KindKit, "", 0) {
		if nothing {
			break
		}
		shared := catalog.Facets(&e, m.body)
		h := catalog.Hit{Card: catalog.CardOf(&e, m.body)}
		has := map[catalog.FacetName]map[string]bool{}
		found := false
		var lines lines
		for _, p := range m.partsOf(&e) {
			score, ok := scoreOf(&p, e.Title, query)
			if !ok {
				continue
			}
			if p.Type == catalog.PartAttachment {
				score *= 0.9
			}
			values := facetsOf(&p, shared, q.Filters)
			for name := range counts {
				if passes(values, q.Filters, name) {
					for _, v := range values[name] {
						if has[name] == nil {
							has[name] = map[string]bool{}
						}
						has[name][v] = true
					}
				}
			}
			if passes(values, q.Filters, "") {
				found = true
				h.Score = max(h.Score, score)
				if len(query) > 0 || (p.Type != catalog.PartKit && partFilter(q)) {
					lines = append(lines, line{p.Line(), partHit(&p, score, query)})
				}
			}
		}
		for name, vs := range has {
			for v := range vs {
				counts[name][v]++
			}
		}
		if found {
			h.Parts = lines.best(len(query) > 0)
			hits = append(hits, h)
		}
	}
	slices.SortFunc(hits, order(q.Sort))
	res := catalog.Result{Total: len(hits), Facets: m.facets(counts, q)}
	from := min((q.Page-1)*q.Size, len(hits))
	res.Hits = hits[from:min(from+q.Size, len(hits))]
	return res, ctx.Err()
}

// partsOf gives the parts of a kit as they are searched.
func (m *Memory) partsOf(e *catalog.Entry) []catalog.Part {
	m.made.mu.Lock()
	defer m.made.mu.Unlock()
	p, ok := m.made.of[e.Key]
	if !ok {
		if m.made.of == nil {
			m.made.of = map[catalog.Key][]catalog.Part{}
		}
		p = catalog.Parts(m.keptOut.Without(e), m.body, m.text)
		m.made.of[e.Key] = p
	}
	return p
}

// facetsOf gives the values of a part: its own, and those of its kit. The overview has the phases and the ambits of all
// documents of its kit: that one of them is of the chosen phase says nothing of its ambit, and the other way round.
func facetsOf(p *catalog.Part, shared, filters map[catalog.FacetName][]string) map[catalog.FacetName][]string {
	out := map[catalog.FacetName][]string{catalog.FacetPhase: p.Phase, catalog.FacetAmbit: p.Ambit, catalog.FacetType: {string(p.Type)}}
	if p.Type == catalog.PartKit {
		if len(filters[catalog.FacetPhase]) > 0 {
			delete(out, catalog.FacetAmbit)
		}
		if len(filters[catalog.FacetAmbit]) > 0 {
			delete(out, catalog.FacetPhase)
		}
	}
	for name, vs := range shared {
		out[name] = vs
	}
	return out
}

// passes says whether values pass all filters but that of one facet.
func passes(values, filters map[catalog.FacetName][]string, but catalog.FacetName) bool {
	for name, chosen := range filters {
		if name != but && len(chosen) > 0 && !slices.ContainsFunc(values[name], func(v string) bool { return slices.Contains(chosen, v) }) {
			return false
		}
	}
	return true
}

func partFilter(q catalog.Query) bool {
	return len(q.Filters[catalog.FacetPhase])+len(q.Filters[catalog.FacetAmbit])+len(q.Filters[catalog.FacetType]) > 0
}

func (m *Memory) facets(counts map[catalog.FacetName]map[string]int, q catalog.Query) []catalog.Facet {
	var out []catalog.Facet
	for _, name := range catalog.FacetNames() {
		for _, v := range q.Filters[name] {
			counts[name][v] += 0
		}
		f := catalog.Facet{Name: name}
		for v, n := range counts[name] {
			f.Values = append(f.Values, catalog.FacetValue{Value: v, Label: catalog.FacetLabel(name, v, m.named), Count: n,
				Selected: slices.Contains(q.Filters[name], v)})
		}
		slices.SortFunc(f.Values, func(a, b catalog.FacetValue) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Label.It, b.Label.It), cmp.Compare(a.Value, b.Value))
		})
		out = append(out, f)
	}
	return out
}

func order(by catalog.Sort) func(a, b catalog.Hit) int {
	newest := func(c *catalog.Card) time.Time {
		if t, ok := c.Released.Time(); ok {
			return t
		}
		if !c.Changed.IsZero() {
			return c.Changed
		}
		return c.FirstSeen
	}
	kitsFirst := func(c *catalog.Card) int {
		if c.Form == catalog.FormKit {
			return 0
		}
		return 1
	}
	return func(a, b catalog.Hit) int {
		name := cmp.Or(cmp.Compare(fold(a.Card.Title), fold(b.Card.Title)), cmp.Compare(a.Card.ID, b.Card.ID))
		date := cmp.Or(newest(&b.Card).Compare(newest(&a.Card)), name)
		switch by {
		case catalog.ByName:
			return name
		case catalog.ByNewest:
			return date
		}
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(kitsFirst(&a.Card), kitsFirst(&b.Card)), date)
	}
}

// scoreOf counts where the words are; ok is false when one is missing.
func scoreOf(p *catalog.Part, kitTitle string, query []string) (score float64, ok bool) {
	title, rest := words(p.Title), words(strings.Join([]string{p.Code, strings.Join(p.Keywords, " "), p.Summary, p.Text, kitTitle}, " "))
	for _, w := range query {
		n := 5*count(title, w) + count(rest, w)
		if n == 0 {
			return 0, false
		}
		score += float64(n)
	}
	return score, true
}

func count(words []string, w string) int {
	n := 0
	for _, x := range words {
		if x == w {
			n++
		}
	}
	return n
}

func words(s string) []string {
	return strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

func partHit(p *catalog.Part, score float64, query []string) catalog.PartHit {
	h := catalog.PartHit{Type: p.Type, ID: p.BaseID(), Title: p.Title, Code: p.Code, Phase: p.Phase, Ambit: p.Ambit, Kind: p.Kind, Score: score, Of: p.Of}
	text := p.Summary + " " + p.Text
	if p.Type == catalog.PartAttachment {
		at := firstOf(p.Text, query)
		h.Page, text = p.PageAt(at), p.Text[at:]
	}
	for _, w := range strings.Fields(text) {
		in := words(w)
		match := len(in) > 0 && slices.Contains(query, in[0])
		h.Snippet = append(h.Snippet, catalog.Fragment{Text: w + " ", Match: match})
		if len(h.Snippet) > 60 {
			break
		}
	}
	return h
}
