package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/starter"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/schema"
)

// defaultData is the data folder of a crawl that names none.
const defaultData = "riuso-data"

// crawling is what the flags of a crawl say beside where it goes.
type crawling struct {
	logger           *slog.Logger
	workers, perHost int
	timeout          time.Duration
	ipaCode          func(string) bool
	progress         func(indexer.Progress)
}

// crawl visits the sources of a catalogue.
func (p *program) crawl(ctx context.Context, args []string) (err error) {
	f := p.flags("crawl")
	from := f.String("catalog", "", "")
	data := f.String("data", "", "")
	logForm := f.String("log", "text", "")
	asJSON := f.Bool("json", false, "")
	o := crawling{}
	f.IntVar(&o.workers, "workers", 0, "")
	f.IntVar(&o.perHost, "per-host", 0, "")
	f.DurationVar(&o.timeout, "timeout", 0, "")
	var n network
	n.define(f)
	f.StringVar(&n.ipaCodes, "ipa-codes", "", "")
	words, err := p.parse(f, args)
	if err != nil {
		return err
	}
	if *from == "" {
		return usageError{errors.New(schema.T("manca --catalog: la cartella o l'indirizzo del catalogo", "--catalog is missing: the folder or address of the catalogue").In(p.lang))}
	}
	if o.logger, err = p.logger(*logForm); err != nil {
		return err
	}
	if o.ipaCode, err = readCodes(n.ipaCodes); err != nil {
		return err
	}
	bar := newProgress(p.stderr, p.lang)
	o.progress = bar.show
	idx, done, err := p.open(ctx, cmp.Or(p.dataDir(*data), defaultData), o.logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	c, place, err := p.crawler(idx, *from, n, o)
	if err != nil {
		return err
	}
	sources, visit, err := c.Catalogue(ctx, place)
	if err != nil {
		return err
	}
	if visit.Outcome == catalog.Failed || visit.Outcome == catalog.Absent {
		return fmt.Errorf("%s: %s", *from, visit.Reason.In(p.lang))
	}
	only := make([]catalog.SourceID, len(words))
	for i, w := range words {
		only[i] = catalog.SourceID(w)
	}
	rep, err := c.Crawl(ctx, sources, only...)
	bar.end()
	if errors.Is(err, context.Canceled) {
		p.hint(schema.T("fermato: ciò che era già stato letto è salvo", "stopped: what had been read is kept"))
		return errors.Join(p.report(rep, *asJSON), errFindings)
	}
	return errors.Join(err, p.report(rep, *asJSON))
}

// crawler ties the store, the reader of repositories and the place of the catalogue.
func (p *program) crawler(store indexer.Store, from string, n network, o crawling) (*indexer.Crawler, indexer.Place, error) {
	place, local, err := placeOf(from)
	if err != nil {
		return nil, place, err
	}
	g, err := newGit(n, o.perHost, local)
	if err != nil {
		return nil, place, usageError{err}
	}
	c, err := indexer.New(indexer.Config{Git: g, Store: store, IPACode: o.ipaCode, Workers: o.workers, PerHost: o.perHost,
		VisitTimeout: o.timeout, Logger: o.logger, Progress: o.progress})
	if err != nil {
		return nil, place, usageError{err}
	}
	return c, place, nil
}

// placeOf says where a catalogue is: nowhere is the starter one, an address is a repository, a folder is one when Git
// says so and else is read as it stands. Sources of a catalogue on this machine may be on this machine, too.
func placeOf(from string) (p indexer.Place, local bool, err error) {
	if from == "" {
		return indexer.Place{FS: starter.FS()}, false, nil
	}
	if strings.Contains(from, "://") {
		return indexer.Place{URL: from}, strings.HasPrefix(from, "file://"), nil
	}
	dir, err := filepath.Abs(from)
	if err != nil {
		return p, true, err
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return p, true, fmt.Errorf("%s: %w", from, cmp.Or(err, errors.New("not a folder")))
	}
	for _, sign := range []string{".git", "HEAD"} {
		if _, err := os.Stat(filepath.Join(dir, sign)); err == nil {
			return indexer.Place{URL: dir}, true, nil
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return p, true, err
	}
	return indexer.Place{FS: root.FS()}, true, nil
}

// report says what a crawl did: a line for the whole, and one for each source that did not go well.
func (p *program) report(rep indexer.Report, asJSON bool) error {
	if asJSON {
		return p.reportJSON(rep)
	}
	var b strings.Builder
	for _, s := range rep.Sources {
		if why := s.Why.In(p.lang); why != "" {
			fmt.Fprintf(&b, "%s\t%s\t%s: %s\n", s.Summary.Outcome, s.ID, s.URL, why)
		}
	}
	fmt.Fprintf(&b, schema.T("%d fonti in %s:", "%d sources in %s:").In(p.lang), len(rep.Sources), rep.Duration.Round(time.Millisecond))
	for _, o := range []catalog.Outcome{catalog.Full, catalog.Unchanged, catalog.Partial, catalog.Absent, catalog.Failed} {
		if n := rep.Visits[o]; n > 0 {
			fmt.Fprintf(&b, " %d %s", n, o)
		}
	}
	for _, extra := range []struct {
		n    int
		word schema.Text
	}{
		{rep.Held, schema.T("in attesa di conferma", "held")},
		{rep.Disabled, schema.T("spente", "switched off")},
		{rep.Removed, schema.T("tolte", "removed")},
	} {
		if extra.n > 0 {
			fmt.Fprintf(&b, " %d %s", extra.n, extra.word.In(p.lang))
		}
	}
	b.WriteByte('\n')
	return p.print(b.String())
}

func (p *program) reportJSON(rep indexer.Report) error {
	type line struct {
		Source   catalog.SourceID `json:"source"`
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
	out := struct {
		Visits   map[catalog.Outcome]int `json:"visits"`
		Disabled int                     `json:"disabled"`
		Removed  int                     `json:"removed"`
		Held     int                     `json:"held"`
		Seconds  float64                 `json:"seconds"`
		Sources  []line                  `json:"sources"`
	}{rep.Visits, rep.Disabled, rep.Removed, rep.Held, rep.Duration.Seconds(), []line{}}
	for _, s := range rep.Sources {
		v := s.Summary
		out.Sources = append(out.Sources, line{s.ID, s.URL, v.Outcome, s.Why.In(p.lang), v.Records, v.Errors, v.Warnings, v.Bytes, v.Requests, v.Duration.Seconds()})
	}
	enc := json.NewEncoder(p.stdout)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
