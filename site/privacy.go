package site

import (
	"context"
	"github.com/open-community-pa/riuso/schema/privacy"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

// discreet is the reader of all pages: what it gives holds nothing of a person (see [catalog.Masked]), so that no
// handler and no template has to think of it, and none can forget.
type discreet struct{ Reader }

// Entry gives the entry of that id as pages may show it; errors are the reader's, here and below.
func (d discreet) Entry(ctx context.Context, kind catalog.Kind, id string) (*catalog.Entry, error) {
	e, err := d.Reader.Entry(ctx, kind, id)
	return catalog.Masked(e), err
}

// EntryByKey gives the entry of that key as pages may show it.
func (d discreet) EntryByKey(ctx context.Context, kind catalog.Kind, key catalog.Key) (*catalog.Entry, error) {
	e, err := d.Reader.EntryByKey(ctx, kind, key)
	return catalog.Masked(e), err
}

// Entries gives a page of entries, at most limit, as pages may show them.
func (d discreet) Entries(ctx context.Context, kind catalog.Kind, after string, limit int) ([]catalog.Entry, error) {
	es, err := d.Reader.Entries(ctx, kind, after, limit)
	return catalog.Masked(es), err
}

// Cards gives a page of cards, at most limit, as pages may show them.
func (d discreet) Cards(ctx context.Context, after string, limit int) ([]catalog.Card, error) {
	cs, err := d.Reader.Cards(ctx, after, limit)
	return catalog.Masked(cs), err
}

// Links gives the links of a body as pages may show them.
func (d discreet) Links(ctx context.Context, body catalog.EntityRef) ([]catalog.Link, error) {
	ls, err := d.Reader.Links(ctx, body)
	return catalog.Masked(ls), err
}

// Source gives the state of a source as pages may show it.
func (d discreet) Source(ctx context.Context, id catalog.SourceID) (catalog.SourceState, error) {
	s, err := d.Reader.Source(ctx, id)
	return catalog.Masked(s), err
}

// Sources gives the states of all sources as pages may show them.
func (d discreet) Sources(ctx context.Context) ([]catalog.SourceState, error) {
	ss, err := d.Reader.Sources(ctx)
	return catalog.Masked(ss), err
}

// FindSources gives a page of sources as pages may show them.
func (d discreet) FindSources(ctx context.Context, q catalog.SourceQuery) (catalog.SourceResult, error) {
	r, err := d.Reader.FindSources(ctx, q)
	return catalog.Masked(r), err
}

// discreetSearcher does the same for the results of searches.
type discreetSearcher struct{ Searcher }

// Search gives what the search found as pages may show it; errors are the searcher's.
func (d discreetSearcher) Search(ctx context.Context, q catalog.Query) (catalog.Result, error) {
	res, err := d.Searcher.Search(ctx, q)
	return catalog.Masked(res), err
}

// officeMailbox gives address when a link may lead to it: it is one mail address and nothing more, and not a person's.
func officeMailbox(address string) string {
	local, domain, ok := strings.Cut(address, "@")
	plain := func(s string) bool {
		return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("._+-", r)
		})
	}
	if !ok || !plain(local) || !plain(domain) || !strings.Contains(domain, ".") || privacy.PersonalMail(address) {
		return ""
	}
	return address
}

// authorsView are the authors of a document: bodies and firms by name, of the others how many they are.
type authorsView struct {
	Shown  []string
	Others int
}

// authorsOf sorts authors with the help of the names of the bodies that the page knows.
func authorsOf(p *Page, authors []string) authorsView {
	var known []string
	for _, b := range p.bodies {
		known = append(known, b.Name)
	}
	shown, others := catalog.Organisations(authors, known...)
	return authorsView{shown, others}
}
