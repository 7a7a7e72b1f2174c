package site

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

// sourceTitle names a source that the catalogue names itself: by its title, or by the id that somebody chose.
func sourceTitle(p *Page, src *catalog.Source) string {
	if src.ID == catalog.CatalogueSource && src.Title == "" {
		return p.T("source.catalogue")
	}
	return cmp.Or(src.Title, string(src.ID))
}

// sourceName names a source on a page. The id of a place that a list names is made of its address and says nothing to
// anybody: without a title it is called by the kit that it gave, when that is one, else by its address.
func (s *Site) sourceName(ctx context.Context, p *Page, st *catalog.SourceState) (string, error) {
	if st.Source.Title != "" || st.Source.Parent == "" {
		return sourceTitle(p, &st.Source), nil
	}
	if len(st.Keys) == 1 && st.Keys[0].Kind == catalog.KindKit {
		e, err := s.cfg.Reader.EntryByKey(ctx, catalog.KindKit, st.Keys[0].Key)
		to, err := found(e, err)("/kit/")
		if err != nil {
			return "", err
		}
		if to != "" {
			return e.Title, nil
		}
	}
	return cmp.Or(bare(asked(st.Source.URL, st.URL)), string(st.Source.ID)), nil
}

// sourcePath is the path of the page of a source, without the prefix of the language.
func sourcePath(id catalog.SourceID) string { return "/fonti/" + url.PathEscape(string(id)) }

// names keeps the names of sources that were looked up for a page.
type names map[catalog.SourceID]string

// nameOfSource names a source of which only the id is known.
func (s *Site) nameOfSource(ctx context.Context, p *Page, known names, id catalog.SourceID) (string, error) {
	if n, ok := known[id]; ok {
		return n, nil
	}
	st, err := s.sourceIfAny(ctx, id)
	if err != nil {
		return "", err
	}
	known[id] = string(id)
	if st != nil {
		if known[id], err = s.sourceName(ctx, p, st); err != nil {
			return "", fmt.Errorf("name of source %q: %w", id, err)
		}
	}
	return known[id], nil
}

// asked gives the address at which a source is asked, as a stranger may read it; where that is not on the web, the address
// that what was read there has.
func asked(source, read string) string { return cmp.Or(outside(source), outside(read)) }

// bare is an address without its scheme.
func bare(address string) string {
	return strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")
}

// knownAs gives the address by which the catalogue knows what a source gives, when a reader would take it for another
// place than the one that is asked; else "".
func knownAs(source, read string) string {
	trimmed := func(a string) string { return strings.TrimSuffix(strings.TrimSuffix(outside(a), "/"), ".git") }
	if from, to := trimmed(source), trimmed(read); from != "" && to != "" && !strings.EqualFold(from, to) {
		return outside(read)
	}
	return ""
}
