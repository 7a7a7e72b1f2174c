package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/legacy"
	"github.com/open-community-pa/riuso/catalog/starter"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/schema"
)

// defaultData is the data folder of a crawl that names none.
const defaultData = "riuso-data"

// crawling is what the flags of visits say beside where they go.
type crawling struct {
	logger           *slog.Logger
	workers, perHost int
	timeout          time.Duration
	ipaCodes         string // a file
	ipaCode          func(string) bool
	bodies           legacy.Bodies // by their names
	progress         func(indexer.Progress)
	stored           func(before, after catalog.SourceState)
}

// defineCrawling defines the flags of whatever visits sources.
func (p *program) defineCrawling(f *flag.FlagSet, o *crawling, n *network) {
	f.IntVar(&o.workers, "workers", indexer.DefaultWorkers, "")
	f.IntVar(&o.perHost, "per-host", indexer.DefaultPerHost, "")
	f.DurationVar(&o.timeout, "timeout", indexer.DefaultVisitTimeout, "")
	f.StringVar(&o.ipaCodes, "ipa-codes", "", "")
	p.defineNetwork(f, n)
}

// check reads what the flags name and refuses what makes no sense.
func (p *program) checkCrawling(o *crawling) (err error) {
	if o.workers < 1 || o.workers > indexer.MaxWorkers || o.perHost < 1 || o.timeout <= 0 {
		return usageError{p.said(catalog.ErrInvalid, "--workers va da 1 a %d; --per-host e --timeout sono più di zero", "--workers goes from 1 to %d; --per-host and --timeout are above zero", indexer.MaxWorkers)}
	}
	o.ipaCode, o.bodies, err = readBodies(o.ipaCodes)
	return err
}

// order is what one crawl is to do.
type order struct {
	from, data              string
	asJSON, dryRun, confirm bool
	words                   []string         // sources, as they were named
	changes                 []indexer.Change // that a dry run found
}

// crawl visits the sources of a catalogue.
func (p *program) crawl(ctx context.Context, args []string) (err error) {
	f := p.flags("crawl")
	var x order
	f.StringVar(&x.from, "catalog", "", "")
	f.StringVar(&x.data, "data", "", "")
	f.BoolVar(&x.asJSON, "json", false, "")
	f.BoolVar(&x.dryRun, "dry-run", false, "")
	f.BoolVar(&x.confirm, "confirm", false, "")
	logForm := f.String("log", "text", "")
	var o crawling
	var n network
	p.defineCrawling(f, &o, &n)
	if x.words, err = p.parse(f, args); err != nil {
		return err
	}
	if x.from == "" {
		return usageError{errors.New(schema.T("manca --catalog: la cartella o l'indirizzo del catalogo", "--catalog is missing: the folder or address of the catalogue").In(p.lang))}
	}
	if x.confirm && len(x.words) == 0 {
		return usageError{errors.New(schema.T("--confirm vuole il nome della fonte che si conferma; «catalogue» è il catalogo stesso", "--confirm takes the name of the source that is confirmed; \"catalogue\" is the catalogue itself").In(p.lang))}
	}
	if err := p.checkCrawling(&o); err != nil {
		return err
	}
	if o.logger, err = p.logger(*logForm); err != nil {
		return err
	}
	x.data = cmp.Or(p.dataDir(x.data), defaultData)
	dir := x.data
	if x.dryRun && neverFilled(dir) {
		dir = "" // what is not there is not made: nothing is known, and nothing stays
	}
	idx, done, err := p.open(ctx, dir, o.logger)
	if errors.Is(err, catalog.ErrBusy) {
		return p.handOver(ctx, x, err)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	if dir != "" {
		end := openControl(ctx, dir, &control{busy: crawlingElsewhere(), backup: idx.Backup}, o.logger)
		defer func() { err = errors.Join(err, end()) }()
	}
	bar := newProgress(p.stderr, p.lang)
	o.progress = bar.show
	var store indexer.Store = idx
	var rehearsal *indexer.Rehearsal
	if x.dryRun {
		rehearsal = indexer.NewRehearsal(idx)
		store = rehearsal
	}
	c, place, err := p.crawler(store, x.from, n, o)
	if err != nil {
		return err
	}
	place.Confirmed = x.confirm && slices.Contains(x.words, string(catalog.CatalogueSource))
	read := p.wait(readingCatalogue())
	l, err := c.Catalogue(ctx, place)
	read()
	if err != nil {
		return err
	}
	if l.Visit.Outcome == catalog.Failed || l.Visit.Outcome == catalog.Absent {
		return p.noCatalogue(x, l)
	}
	rep, err := p.visits(ctx, c, l, x)
	bar.end()
	if rehearsal != nil {
		x.changes = rehearsal.Changes()
	}
	return p.ended(l, rep, x, err)
}

// stopped says what remains of a crawl that was stopped.
func (x *order) stopped() schema.Text {
	if x.dryRun {
		return schema.T("fermato: la prova non è finita, e non ha scritto nulla", "stopped: the dry run is not finished, and has written nothing")
	}
	return schema.T("fermato: ciò che era già stato letto è salvo", "stopped: what had been read is kept")
}

// visits makes the visits of a crawl: of all sources, of those that are named, or of none when only the catalogue is.
func (p *program) visits(ctx context.Context, c *indexer.Crawler, l indexer.Listing, x order) (indexer.Report, error) {
	only := p.named(x)
	switch {
	case len(x.words) > 0 && len(only) == 0:
		return indexer.Report{}, nil
	case x.confirm:
		return c.Confirm(ctx, l.Sources, only...)
	}
	return c.Crawl(ctx, l.Sources, only...)
}

// noCatalogue says why there is nothing to visit.
func (p *program) noCatalogue(x order, l indexer.Listing) error {
	err := p.said(errCatalogue, "%s: %s", "%s: %s", x.from, l.Visit.Reason.In(p.lang))
	if x.asJSON {
		return errors.Join(err, p.reportJSON(l, indexer.Report{}, nil))
	}
	return err
}

// ended reports on a crawl that ended, well or not.
func (p *program) ended(l indexer.Listing, rep indexer.Report, x order, err error) error {
	var unknown *indexer.UnknownSource
	switch {
	case errors.Is(err, context.Canceled):
		p.hint(x.stopped())
		return errors.Join(p.report(l, rep, x), errFindings)
	case errors.As(err, &unknown):
		return p.said(catalog.ErrNotFound, "la fonte «%s» non è nel catalogo", "the source %q is not in the catalogue", unknown.ID)
	}
	if err = errors.Join(err, p.report(l, rep, x)); err == nil && !rep.Good() {
		return p.said(errNoSource, "nessuna fonte si è potuta leggere", "no source could be read")
	}
	return err
}

// named gives the ids of the sources that the command line names, but for the catalogue itself.
func (p *program) named(x order) []catalog.SourceID {
	var only []catalog.SourceID
	for _, w := range x.words {
		if id := catalog.SourceID(w); id != catalog.CatalogueSource {
			only = append(only, id)
		}
	}
	return only
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
	files, err := attachments(store, o.bodies)
	if err != nil {
		return nil, place, err
	}
	c, err := indexer.New(indexer.Config{Git: git{reader}, Listers: listers, Store: store, IPACode: o.ipaCode, Attachments: files, Workers: o.workers, PerHost: o.perHost,
		VisitTimeout: o.timeout, Logger: o.logger, Progress: o.progress, Stored: o.stored})
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
	tree := root.FS()
	return indexer.Place{FS: tree, Files: func() *indexer.Checkout { return onDisk(tree) }}, true, nil
}
