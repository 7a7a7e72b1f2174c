package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/site"
	"github.com/open-community-pa/riuso/site/api"
)

// shutdownTime is how long requests under way may take when the program is told to stop.
const shutdownTime = 10 * time.Second

// serve opens the site of a data folder, or of the starter catalogue.
func (p *program) serve(ctx context.Context, args []string) (err error) {
	f := p.flags("serve")
	addr := f.String("addr", "127.0.0.1:8080", "")
	data := f.String("data", "", "")
	from := f.String("catalog", "", "")
	base := f.String("base-url", "", "")
	title := f.String("title", "", "")
	owner := f.String("owner", "", "")
	contact := f.String("contact", "", "")
	logForm := f.String("log", "text", "")
	var n network
	var k keeping
	p.defineKeeping(f, &k, &n)
	words, err := p.parse(f, args)
	if err != nil {
		return err
	}
	if len(words) > 0 {
		return usageError{fmt.Errorf(schema.T("serve non vuole altre parole: «%s»", "serve takes no other words: %q").In(p.lang), words[0])}
	}
	logger, err := p.logger(*logForm)
	if err != nil {
		return err
	}
	k.crawling.logger = logger
	if err := errors.Join(p.checkKeeping(&k, *from), p.checkBase(*base)); err != nil {
		return err
	}
	listener, err := p.listenOn(*addr)
	if err != nil {
		return err
	}
	dir := p.dataDir(*data)
	idx, done, err := p.open(ctx, dir, logger)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer func() { err = errors.Join(err, done()) }()
	if dir == "" || *from != "" {
		if err := p.fill(ctx, idx, *from, n, k.crawling); err != nil && !p.servesAsItIs(ctx, idx, logger, err) {
			return errors.Join(err, listener.Close())
		}
	}
	if *title == "" && (dir != "" || *from != "") { // the starter catalogue is nobody's: its site has the name of the program
		if *title, err = ownTitle(ctx, idx); err != nil {
			return errors.Join(err, listener.Close())
		}
	}
	cfg := site.Config{Title: *title, Owner: *owner, Contact: *contact, BaseURL: *base, Version: version(), Logger: logger, CrawlEvery: k.every}
	orders := &control{busy: servedWithoutVisits(), backup: idx.Backup}
	var trouble func() error
	if k.every > 0 {
		kept, err := p.keep(ctx, idx, *from, *base, n, k)
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		defer kept.end()
		orders.keeper, orders.from, trouble = kept.Keeper, *from, kept.Trouble
		orders.rehearse = p.rehearsing(idx, *from, n, k.crawling)
		h, err := kept.hooks(k.hooks)
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		cfg.Visitor, cfg.Mount = kept, append(cfg.Mount, h.Mount)
	}
	if dir != "" {
		end := openControl(ctx, dir, orders, logger)
		defer func() { err = errors.Join(err, end()) }()
	}
	handler, err := p.handler(idx, cfg, trouble)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	stats, err := idx.Stats(ctx)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	// The first question about sources reads them all: better now than while somebody waits for a page.
	if _, err := idx.FindSources(ctx, catalog.SourceQuery{Size: 1}); err != nil {
		return errors.Join(err, listener.Close())
	}
	if stats.Sources == 0 {
		p.errorf(schema.T("riuso: la cartella %s non ha ancora un catalogo: riuso crawl --catalog CATALOGO --data %s\n", "riuso: the folder %s has no catalogue yet: riuso crawl --catalog CATALOGUE --data %s\n").In(p.lang), dir, dir)
	}
	p.errorf(schema.T("riuso: %d kit e %d software su http://%s — Ctrl-C per fermare\n", "riuso: %d kits and %d pieces of software on http://%s — Ctrl-C stops it\n").In(p.lang),
		stats.Kits+stats.Legacy, stats.Software, listener.Addr())
	return listen(ctx, site.Server(handler, *addr), listener)
}

// listen serves until ctx ends, then lets the requests under way finish.
func listen(ctx context.Context, s *http.Server, l net.Listener) error {
	stopped := make(chan error, 1)
	go func() { stopped <- s.Serve(l) }()
	select {
	case err := <-stopped:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	err := s.Shutdown(last)
	if served := <-stopped; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// handler puts the site together over one index.
func (p *program) handler(idx *bleveindex.Index, cfg site.Config, trouble func() error) (http.Handler, error) {
	a, err := api.New(api.Config{Reader: idx, Searcher: idx, Links: links(), BaseURL: cfg.BaseURL, Logger: cfg.Logger, Version: cfg.Version, CrawlEvery: cfg.CrawlEvery, Visits: trouble})
	if err != nil {
		return nil, err
	}
	cfg.Reader, cfg.Searcher = idx, idx
	cfg.Mount = append(cfg.Mount, a.Mount)
	return site.New(cfg)
}
