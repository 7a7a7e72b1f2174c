package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/site"
	"github.com/open-community-pa/riuso/site/api"
)

// searchSize is how many results the terminal shows when nothing is said.
const searchSize = 10

// search asks the index of a data folder, or of the starter catalogue.
func (p *program) search(ctx context.Context, args []string) (err error) {
	f := p.flags("search")
	data := f.String("data", "", "")
	asJSON := f.Bool("json", false, "")
	logForm := f.String("log", "text", "")
	q := catalog.Query{Filters: map[catalog.FacetName][]string{}}
	f.IntVar(&q.Page, "page", 1, "")
	f.IntVar(&q.Size, "size", searchSize, "")
	f.Func("filter", "", func(s string) error {
		name, value, ok := strings.Cut(s, "=")
		if !ok || value == "" {
			return fmt.Errorf(schema.T("«%s» non è NOME=VALORE: scrivi per esempio phase=B", "%q is not NAME=VALUE: write, say, phase=B").In(p.lang), s)
		}
		if !slices.Contains(catalog.FacetNames(), catalog.FacetName(name)) {
			return fmt.Errorf(schema.T("il filtro «%s» non esiste: ci sono %v", "there is no filter %q: there are %v").In(p.lang), name, catalog.FacetNames())
		}
		q.Filters[catalog.FacetName(name)] = append(q.Filters[catalog.FacetName(name)], value)
		return nil
	})
	words, err := p.parse(f, args)
	if err != nil {
		return err
	}
	q.Text = strings.Join(words, " ")
	if q, err = q.Check(); err != nil {
		return usageError{p.said(err, "--page va da 1 a %d, --size da 1 a %d, i filtri sono al massimo %d", "--page goes from 1 to %d, --size from 1 to %d, there are %d filters at most", catalog.MaxPage, catalog.MaxSize, catalog.MaxFilters)}
	}
	logger, err := p.logger(*logForm)
	if err != nil {
		return err
	}
	dir := p.dataDir(*data)
	if dir != "" {
		if err := p.filled(dir); err != nil {
			return err
		}
	}
	idx, done, err := p.open(ctx, dir, logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	if dir == "" {
		err = p.fill(ctx, idx, "", network{}, crawling{logger: logger})
	} else if stats, serr := idx.Stats(ctx); serr != nil {
		err = serr
	} else if stats.Sources == 0 {
		err = p.empty(dir)
	}
	if err != nil {
		return err
	}
	if *asJSON {
		a, err := api.New(api.Config{Reader: idx, Searcher: idx, Links: links(), Version: version()})
		if err != nil {
			return err
		}
		out, err := a.SearchJSON(ctx, q, p.lang)
		if err != nil {
			return err
		}
		return p.print(string(out))
	}
	res, err := idx.Search(ctx, q)
	if err != nil {
		return err
	}
	return p.results(q, res)
}

// links tells the API where the pages are.
func links() api.Links {
	return api.Links{Kit: site.KitPath, Part: site.PartPath, Entity: site.EntityPath, Source: site.SourcePath, Attachment: site.AttachmentPath, File: site.FileURL}
}

// results prints what was found, and gives errFindings when nothing was.
func (p *program) results(q catalog.Query, res catalog.Result) error {
	if res.Total == 0 {
		msg := schema.T("nessun risultato", "nothing found").In(p.lang)
		if res.Suggestion != "" {
			msg += fmt.Sprintf(schema.T("; forse cercavi «%s»", "; did you mean %q").In(p.lang), res.Suggestion)
		}
		return errors.Join(p.print(msg+"\n"), errFindings)
	}
	var b strings.Builder
	for i, h := range res.Hits {
		c := h.Card
		fmt.Fprintf(&b, "%d. %s", (q.Page-1)*q.Size+i+1, c.Title)
		if len(c.CedingNames) > 0 {
			fmt.Fprintf(&b, " — %s", strings.Join(c.CedingNames, ", "))
		}
		fmt.Fprintf(&b, "\n   %s\n", c.URL)
		if c.Summary != "" {
			fmt.Fprintf(&b, "   %s\n", c.Summary)
		}
		for _, part := range h.Parts {
			title := part.Title
			if part.Code != "" {
				title = part.Code + " " + title
			}
			if part.Page > 0 {
				title += fmt.Sprintf(schema.T(", pagina %d", ", page %d").In(p.lang), part.Page)
			}
			fmt.Fprintf(&b, "   · %s: %s\n", catalog.PartTypeLabel(part.Type).In(p.lang), title)
			if text := fragments(part.Snippet); text != "" {
				fmt.Fprintf(&b, "     %s\n", text)
			}
		}
	}
	b.WriteString(p.count(res.Total, schema.T("risultato", "result"), schema.T("risultati", "results")) + "\n")
	return p.print(b.String())
}

// fragments joins the pieces of a snippet on one line.
func fragments(fs []catalog.Fragment) string {
	var b strings.Builder
	for _, f := range fs {
		b.WriteString(f.Text)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
