package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/schema"
)

// fewIDs is how many sources a line of the report names.
const fewIDs = 10

// few names the first sources of a list.
func few(ids []catalog.SourceID) string {
	words := make([]string, 0, fewIDs+1)
	for i, id := range ids {
		if i == fewIDs {
			words = append(words, "…")
			break
		}
		words = append(words, string(id))
	}
	return strings.Join(words, ", ")
}

// report says what a crawl did: a line for the catalogue, one for each source that did not go well, and one for the whole.
func (p *program) report(l indexer.Listing, rep indexer.Report, x order) error {
	if x.asJSON {
		return p.reportJSON(l, rep, x.changes)
	}
	var b strings.Builder
	fmt.Fprintf(&b, schema.T("catalogo: %s, %s, %s", "catalogue: %s, %s, %s").In(p.lang), wordsOfOutcome(l.Visit.Outcome).catalogue.In(p.lang),
		p.count(l.Visit.Errors, schema.T("errore", "error"), schema.T("errori", "errors")), p.count(l.Visit.Warnings, schema.T("avviso", "warning"), schema.T("avvisi", "warnings")))
	if why := l.Visit.Reason.In(p.lang); why != "" {
		fmt.Fprintf(&b, "; %s", why)
	}
	b.WriteByte('\n')
	if len(l.Kept) > 0 {
		fmt.Fprintf(&b, schema.T("fonti non più elencate e non tolte: %s (%s)\n", "sources no longer listed and not taken out: %s (%s)\n").In(p.lang), few(l.Kept), l.Why.In(p.lang))
	}
	var rows [][]string
	none := schema.T("senza voci", "no entries")
	empty := 0
	for _, s := range rep.Sources {
		if why := s.Why.In(p.lang); why != "" {
			word := wordsOfOutcome(s.Summary.Outcome).one
			if s.Summary.Outcome == catalog.Full && s.Summary.Records == 0 && s.Summary.Reason.IsZero() { // read well, and for nothing
				word = none
				empty++
			}
			rows = append(rows, []string{word.In(p.lang), string(s.ID), strings.TrimPrefix(s.URL+": ", ": ") + why})
		}
	}
	columns(&b, rows)
	fmt.Fprintf(&b, schema.T("%s in %s", "%s in %s").In(p.lang), p.count(len(rep.Sources), schema.T("fonte", "source"), schema.T("fonti", "sources")), rep.Duration.Round(time.Millisecond))
	for _, o := range []catalog.Outcome{catalog.Full, catalog.Unchanged, catalog.Partial, catalog.Absent, catalog.Failed} {
		if n := rep.Visits[o]; n > 0 {
			w := wordsOfOutcome(o)
			b.WriteString(", " + p.count(n, w.one, w.many))
		}
	}
	for _, extra := range []struct {
		n         int
		one, many schema.Text
	}{
		{empty, none, none},
		{rep.Held, schema.T("in attesa di conferma", "held"), schema.T("in attesa di conferma", "held")},
		{rep.Disabled, schema.T("spenta", "switched off"), schema.T("spente", "switched off")},
		{len(l.Removed) + rep.Removed, schema.T("tolta", "removed"), schema.T("tolte", "removed")},
		{len(rep.Later), schema.T("rimandata, perché il suo server chiede di aspettare", "put off, because its server asks to wait"),
			schema.T("rimandate, perché il loro server chiede di aspettare", "put off, because their server asks to wait")},
	} {
		if extra.n > 0 {
			b.WriteString(", " + p.count(extra.n, extra.one, extra.many))
		}
	}
	b.WriteByte('\n')
	if x.confirm && nothingHeld(l, rep, x) {
		b.WriteString(schema.T("non c'era nulla da confermare: nessuna voce aspettava\n", "there was nothing to confirm: no entry was waiting\n").In(p.lang))
	}
	for _, idle := range rep.Idle {
		if x.dryRun { // nothing was written, so nothing was learned
			break
		}
		fmt.Fprintf(&b, schema.T("esclusione che non toglie nulla: %s. Nessun file letto finora ha questo percorso: copia la riga dalla pagina del file\n",
			"an exclusion that keeps out nothing: %s. No file that was read so far has this path: copy the line from the page of the file\n").In(p.lang), idle)
	}
	if x.dryRun {
		p.rehearsed(&b, x.changes)
	}
	return p.print(b.String())
}

// nothingHeld says that nothing waited for the word of who confirms: what waits is always read again, so that it never
// comes out unchanged.
func nothingHeld(l indexer.Listing, rep indexer.Report, x order) bool {
	if slices.Contains(x.words, string(catalog.CatalogueSource)) && l.Visit.Outcome != catalog.Unchanged {
		return false
	}
	return len(rep.Later) == 0 && rep.Visits[catalog.Unchanged] == len(rep.Sources)
}

// rehearsed says what a dry run would have changed.
func (p *program) rehearsed(b *strings.Builder, changes []indexer.Change) {
	b.WriteString(schema.T("prova: non è stato scritto nulla; ", "dry run: nothing was written; ").In(p.lang))
	if len(changes) == 1 {
		b.WriteString(schema.T("cambierebbe 1 voce\n", "1 entry would change\n").In(p.lang))
	} else {
		fmt.Fprintf(b, schema.T("cambierebbero %d voci\n", "%d entries would change\n").In(p.lang), len(changes))
	}
	var rows [][]string
	for _, c := range changes {
		mark := schema.T("cambia", "changes")
		switch {
		case c.Before == "" && c.After == catalog.Live:
			mark = schema.T("nuova", "new")
		case c.After == catalog.Missing:
			mark = schema.T("mancherebbe", "would be missing")
		case c.After == catalog.Gone:
			mark = schema.T("tolta", "taken out")
		case c.Before != catalog.Live && c.After == catalog.Live:
			mark = schema.T("tornata", "back")
		}
		rows = append(rows, []string{mark.In(p.lang), string(c.Source), string(c.Kind), c.Title})
	}
	columns(b, rows)
}

func (p *program) reportJSON(l indexer.Listing, rep indexer.Report, changes []indexer.Change) error {
	type line struct {
		Source   catalog.SourceID `json:"source"`
		Kind     string           `json:"kind"`
		URL      string           `json:"url"`
		Outcome  catalog.Outcome  `json:"outcome"`
		Reason   string           `json:"reason,omitempty"`
		Records  int              `json:"records"`
		Errors   int              `json:"errors"`
		Warnings int              `json:"warnings"`
		Bytes    int64            `json:"bytes"`
		Requests int              `json:"requests"`
		Seconds  float64          `json:"seconds"`
	}
	type catalogue struct {
		Outcome  catalog.Outcome    `json:"outcome"`
		Reason   string             `json:"reason,omitempty"`
		Records  int                `json:"records"`
		Errors   int                `json:"errors"`
		Warnings int                `json:"warnings"`
		Held     bool               `json:"held"`
		Kept     []catalog.SourceID `json:"kept,omitempty"` // no longer listed, and not taken out
		KeptWhy  string             `json:"keptWhy,omitempty"`
		Seconds  float64            `json:"seconds"`
	}
	c := l.Visit
	out := struct {
		Catalogue catalogue               `json:"catalogue"`
		Visits    map[catalog.Outcome]int `json:"visits"`
		Disabled  int                     `json:"disabled"`
		Removed   int                     `json:"removed"`
		Held      int                     `json:"held"`
		Later     []catalog.SourceID      `json:"later,omitempty"`          // not visited: their server asks to wait
		Idle      []string                `json:"idleExclusions,omitempty"` // exclusions of files that name none
		Changes   []indexer.Change        `json:"changes,omitempty"`        // of a dry run
		Seconds   float64                 `json:"seconds"`
		Sources   []line                  `json:"sources"`
	}{
		catalogue{c.Outcome, c.Reason.In(p.lang), c.Records, c.Errors, c.Warnings, l.Held, l.Kept, l.Why.In(p.lang), c.Duration.Seconds()},
		rep.Visits, rep.Disabled, len(l.Removed) + rep.Removed, rep.Held, rep.Later, rep.Idle, changes, rep.Duration.Seconds(), []line{},
	}
	for _, s := range rep.Sources {
		v := s.Summary
		out.Sources = append(out.Sources, line{s.ID, s.Kind, s.URL, v.Outcome, s.Why.In(p.lang), v.Records, v.Errors, v.Warnings, v.Bytes, v.Requests, v.Duration.Seconds()})
	}
	enc := json.NewEncoder(p.stdout)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
