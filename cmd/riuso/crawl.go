package main

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
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
	p.defineNetwork(f, &n)
	f.StringVar(&n.ipaCodes, "ipa-codes", "", "")
	words, err := p.parse(f, args)
	if err != nil {
		return err
	}
	if *from == "" {
		return usageError{errors.New(schema.T("manca --catalog: la cartella o l'indirizzo del catalogo", "--catalog is missing: the folder or address of the catalogue").In(p.lang))}
	}
	if o.workers < 0 || o.workers > indexer.MaxWorkers || o.perHost < 0 || o.timeout < 0 {
		return usageError{p.said(catalog.ErrInvalid, "--workers va da 1 a %d; --per-host e --timeout non sono negativi", "--workers goes from 1 to %d; --per-host and --timeout are not negative", indexer.MaxWorkers)}
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
	read := p.wait(readingCatalogue())
	l, err := c.Catalogue(ctx, place)
	read()
	if err != nil {
		return err
	}
	if l.Visit.Outcome == catalog.Failed || l.Visit.Outcome == catalog.Absent {
		err := p.said(errCatalogue, "%s: %s", "%s: %s", *from, l.Visit.Reason.In(p.lang))
		if *asJSON {
			return errors.Join(err, p.reportJSON(l, indexer.Report{}))
		}
		return err
	}
	only, err := p.named(l, words)
	if err != nil {
		return err
	}
	rep, err := c.Crawl(ctx, l.Sources, only...)
	bar.end()
	if errors.Is(err, context.Canceled) {
		p.hint(schema.T("fermato: ciò che era già stato letto è salvo", "stopped: what had been read is kept"))
		return errors.Join(p.report(l, rep, *asJSON), errFindings)
	}
	if err = errors.Join(err, p.report(l, rep, *asJSON)); err == nil && !rep.Good() {
		return p.said(errNoSource, "nessuna fonte si è potuta leggere", "no source could be read")
	}
	return err
}

// named gives the ids of the sources that the command line names, all of which must be in the list.
func (p *program) named(l indexer.Listing, words []string) ([]catalog.SourceID, error) {
	var only []catalog.SourceID
	for _, w := range words {
		id := catalog.SourceID(w)
		if !slices.ContainsFunc(l.Sources, func(s catalog.Source) bool { return s.ID == id }) {
			return nil, p.said(catalog.ErrNotFound, "la fonte «%s» non è nel catalogo", "the source %q is not in the catalogue", w)
		}
		only = append(only, id)
	}
	return only, nil
}

// crawler ties the store, the reader of repositories and the place of the catalogue.
func (p *program) crawler(store indexer.Store, from string, n network, o crawling) (*indexer.Crawler, indexer.Place, error) {
	place, local, err := p.placeOf(from)
	if err != nil {
		return nil, place, err
	}
	reader, err := n.reader(o.perHost, local)
	if err != nil {
		return nil, place, usageError{err}
	}
	listers, err := n.listers(o.perHost, o.ipaCode)
	if err != nil {
		return nil, place, usageError{err}
	}
	c, err := indexer.New(indexer.Config{Git: git{reader}, Listers: listers, Store: store, IPACode: o.ipaCode, Workers: o.workers, PerHost: o.perHost,
		VisitTimeout: o.timeout, Logger: o.logger, Progress: o.progress})
	if err != nil {
		return nil, place, usageError{err}
	}
	return c, place, nil
}

// placeOf says where a catalogue is: nowhere is the starter one, an address is a repository, a folder is one when Git
// says so and else is read as it stands. Sources of a catalogue on this machine may be on this machine, too.
func (p *program) placeOf(from string) (at indexer.Place, local bool, err error) {
	if from == "" {
		return indexer.Place{FS: starter.FS()}, false, nil
	}
	if strings.Contains(from, "://") {
		return indexer.Place{URL: from}, strings.HasPrefix(from, "file://"), nil
	}
	dir, err := filepath.Abs(from)
	if err != nil {
		return at, true, err
	}
	if info, err := os.Stat(dir); err != nil {
		return at, true, err
	} else if !info.IsDir() {
		return at, true, p.said(errCatalogue, "%s: non è una cartella", "%s: is not a folder", from)
	}
	for _, sign := range []string{".git", "HEAD"} {
		if _, err := os.Stat(filepath.Join(dir, sign)); err == nil {
			return indexer.Place{URL: dir}, true, nil
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return at, true, err
	}
	return indexer.Place{FS: root.FS()}, true, nil
}
