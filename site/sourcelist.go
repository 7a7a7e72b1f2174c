package site

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// sourcesPerPage is how many sources one page lists: a catalogue may lead to 20,000.
const sourcesPerPage = 50

// The groups of sources, as ?stato= names them: who looks for their own repository looks for why it is not there.
const (
	sourceAll    = "tutte" // the places of the lists too; without it only those that the catalogue names
	sourceGives  = "con-voci"
	sourceEmpty  = "senza-voci"
	sourceFailed = "non-riuscite"
	sourceHeld   = "in-attesa"
	sourceNever  = "mai-visitate"
	sourceOff    = "spente"
)

// sourceGroup ties a word of the address to a group and the message that names it.
type sourceGroup struct {
	word, key string
	group     catalog.SourceGroup
}

func sourceGroups() []sourceGroup {
	return []sourceGroup{
		{sourceGives, "sources.with", catalog.SourceGiving}, {sourceEmpty, "sources.without", catalog.SourceEmpty},
		{sourceFailed, "sources.failed", catalog.SourceFailing}, {sourceHeld, "sources.held", catalog.SourceHeld},
		{sourceNever, "sources.never", catalog.SourceNever}, {sourceOff, "sources.offs", catalog.SourceOff},
	}
}

// sourceFilter is what the reader of a list of sources asked for.
type sourceFilter struct {
	State string // a word of sourceGroups, sourceAll, or ""
	Kind  string
	Text  string
	Page  int // from 1
}

// sourceFilterOf reads a filter from the address; what makes no sense is [catalog.ErrInvalid].
func sourceFilterOf(c *gin.Context) (f sourceFilter, err error) {
	f = sourceFilter{State: c.Query("stato"), Kind: c.Query("tipo"), Text: strings.TrimSpace(c.Query("q")), Page: 1}
	if f.State != "" && f.State != sourceAll && !slices.ContainsFunc(sourceGroups(), func(g sourceGroup) bool { return g.word == f.State }) {
		return f, fmt.Errorf("sources: stato %q: %w", f.State, catalog.ErrInvalid)
	}
	if n := c.Query("pagina"); n != "" {
		if f.Page, err = strconv.Atoi(n); err != nil || f.Page < 1 || f.Page > 1_000_000 {
			return f, fmt.Errorf("sources: pagina %q: %w", n, catalog.ErrInvalid)
		}
	}
	return f, nil
}

// narrow says whether anything was asked for: then the places of lists are looked through too.
func (f sourceFilter) narrow() bool { return f.State != "" || f.Kind != "" || f.Text != "" }

// address is the inverse of sourceFilterOf: the encoded query without what is default.
func (f sourceFilter) address() string {
	var parts []string
	put := func(k, v string) {
		if v != "" {
			parts = append(parts, k+"="+url.QueryEscape(v))
		}
	}
	put("q", f.Text)
	put("stato", f.State)
	put("tipo", f.Kind)
	if f.Page > 1 {
		put("pagina", strconv.Itoa(f.Page))
	}
	return strings.Join(parts, "&")
}

// sourceList is a page of sources with its filters.
type sourceList struct {
	Filter sourceFilter
	Base   string // path of the page, and of the form
	On     int    // whatever the state that was asked for
	Off    int
	Lines  []sourceLine
	States []stateLink
	Kinds  []stateLink
	Pages  []pageLink
	Result catalog.SourceResult
	From   int // position of the first line, from 1
	To     int
	Keep   []field
}

// stateLink leads to the sources of one group, or of one kind.
type stateLink struct {
	Key, URL string // Key is a message, or a label for kinds
	Count    int
	Current  bool
}

// listSources makes a page of the sources that the catalogue names, or of the places that a list leads to, at base. Whoever
// asks for nothing sees the first step of the way only; whoever narrows looks through all that lies below.
func (s *Site) listSources(c *gin.Context, p *Page, base string, under catalog.SourceID, own *catalog.SourceState) (sourceList, error) {
	f, err := sourceFilterOf(c)
	v := sourceList{Filter: f, Base: p.URL(base)}
	if err != nil {
		return v, err
	}
	q := catalog.SourceQuery{Text: f.Text, Kind: f.Kind, Under: under, Size: sourcesPerPage, From: (f.Page - 1) * sourcesPerPage}
	for _, g := range sourceGroups() {
		if g.word == f.State {
			q.Group = g.group
		}
	}
	whole := q
	if !f.narrow() {
		q.Top, q.Parent = under == "", under
	}
	find := s.cfg.Reader.FindSources
	if v.Result, err = find(c.Request.Context(), q); err != nil {
		return v, err
	}
	all := v.Result
	if !f.narrow() {
		whole.Size, whole.From = 1, 0
		if all, err = find(c.Request.Context(), whole); err != nil {
			return v, err
		}
	}
	if last := (v.Result.Total + sourcesPerPage - 1) / sourcesPerPage; f.Page > max(last, 1) {
		return v, fmt.Errorf("sources: pagina %d of %d: %w", f.Page, last, catalog.ErrNotFound)
	}
	v.Off = all.Groups[catalog.SourceOff]
	v.On = all.Any - v.Off
	known := names{}
	for i := range v.Result.Cards {
		card := &v.Result.Cards[i]
		line := sourceLine{SourceCard: card, Below: v.Result.Below[card.Source.ID], InList: card.Source.Parent != under}
		if err := s.nameLine(c.Request.Context(), p, known, &line); err != nil {
			return v, err
		}
		line.Why = line.why(p)
		if why := excludedBy(own, card.URL, card.Source.URL); why != "" {
			line.Why = schema.T(p.T("source.excluded")+" "+why, p.T("source.excluded")+" "+why)
		}
		v.Lines = append(v.Lines, line)
	}
	if len(v.Lines) > 0 {
		v.From = q.From + 1
		v.To = q.From + len(v.Lines)
	}
	anchor := ""
	if under != "" { // its places stand far down the page of a list
		anchor = "#places"
	}
	link := func(f sourceFilter) string {
		if a := f.address(); a != "" {
			return v.Base + "?" + a + anchor
		}
		return v.Base + anchor
	}
	v.links(all, link)
	for _, at := range pages((v.Result.Total+sourcesPerPage-1)/sourcesPerPage, f.Page) {
		to := f
		to.Page = at
		v.Pages = append(v.Pages, pageLink{N: at, URL: link(to), Current: at == f.Page})
	}
	if f.narrow() || f.Page > 1 {
		p.Query, p.NoIndex = f.address(), true
	}
	for _, k := range []field{{"stato", f.State}, {"tipo", f.Kind}} {
		if k.Value != "" {
			v.Keep = append(v.Keep, k)
		}
	}
	return v, nil
}

// nameLine names a source of a list and the list that it comes from. What a card does not know is looked up: a page has
// sourcesPerPage lines.
func (s *Site) nameLine(ctx context.Context, p *Page, known names, l *sourceLine) (err error) {
	l.Name = sourceTitle(p, &l.Source)
	if l.Source.Title == "" && l.Source.Parent != "" {
		if l.Name, err = s.nameOfSource(ctx, p, known, l.Source.ID); err != nil {
			return err
		}
	}
	if l.InList && l.Source.Parent != "" {
		l.Parent, err = s.nameOfSource(ctx, p, known, l.Source.Parent)
	}
	return err
}

// links lays out the ways of narrowing, each with the number of what it would show.
func (v *sourceList) links(all catalog.SourceResult, link func(sourceFilter) string) {
	to := v.Filter
	to.Page = 1
	state := func(word, key string, n int) {
		at := to
		at.State = word
		v.States = append(v.States, stateLink{Key: key, URL: link(at), Count: n, Current: v.Filter.State == word})
	}
	switch nested := v.Result.Total < all.Any || v.Filter.narrow(); {
	case v.Filter.narrow():
		state(sourceAll, "sources.all", all.Any)
	case nested:
		state("", "sources.top", v.Result.Total)
		state(sourceAll, "sources.deep", all.Any)
	default:
		state("", "sources.all", all.Any)
	}
	for _, g := range sourceGroups() {
		if n := all.Groups[g.group]; n > 0 || v.Filter.State == g.word {
			state(g.word, g.key, n)
		}
	}
	if len(all.Kinds) < 2 && v.Filter.Kind == "" {
		return
	}
	at := to
	at.Kind = ""
	sum := 0
	for _, n := range all.Kinds {
		sum += n
	}
	v.Kinds = []stateLink{{URL: link(at), Count: sum, Current: v.Filter.Kind == ""}}
	for _, k := range sortedInts(all.Kinds) {
		at.Kind = k
		v.Kinds = append(v.Kinds, stateLink{Key: k, URL: link(at), Count: all.Kinds[k], Current: v.Filter.Kind == k})
	}
}

// sortedInts gives the names in a map, those with the largest numbers first.
func sortedInts(m map[string]int) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if m[a] != m[b] {
			return m[b] - m[a]
		}
		return strings.Compare(a, b)
	})
	return keys
}

// pages gives the numbers to be linked: the first, the last and those around the current one, with 0 for a gap; none when
// there is one page.
func pages(last, current int) []int {
	if last < 2 {
		return nil
	}
	var out []int
	for n := 1; n <= last; n++ {
		switch {
		case n == 1, n == last, n >= current-pagerSide && n <= current+pagerSide:
			out = append(out, n)
		case out[len(out)-1] != 0:
			out = append(out, 0)
		}
	}
	return out
}
