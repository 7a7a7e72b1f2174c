package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
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
	n.define(f)
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
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	idx, done, err := p.open(ctx, p.dataDir(*data), logger)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer func() { err = errors.Join(err, done()) }()
	if err := p.fill(ctx, idx, *from, n, logger); err != nil {
		return errors.Join(err, listener.Close())
	}
	handler, err := p.handler(idx, site.Config{Title: *title, Owner: *owner, Contact: *contact, BaseURL: *base, Version: version(), Logger: logger})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	stats, err := idx.Stats(ctx)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	p.errorf(schema.T("riuso: %d kit e %d software su http://%s — Ctrl-C per fermare\n", "riuso: %d kits and %d pieces of software on http://%s — Ctrl-C stops it\n").In(p.lang),
		stats.Kits, stats.Software, listener.Addr())
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

// open gives the index of a data folder, or of a temporary one that done removes.
func (p *program) open(ctx context.Context, dir string, logger *slog.Logger) (idx *bleveindex.Index, done func() error, err error) {
	temp := ""
	if dir == "" {
		if dir, err = os.MkdirTemp("", "riuso-"); err != nil {
			return nil, nil, err
		}
		temp = dir
	}
	remove := func() error {
		if temp == "" {
			return nil
		}
		return os.RemoveAll(temp)
	}
	idx, err = bleveindex.Open(ctx, bleveindex.Config{Dir: dir, Logger: logger})
	if err != nil {
		return nil, nil, errors.Join(err, remove())
	}
	return idx, func() error { return errors.Join(idx.Close(), remove()) }, nil
}

// fill reads the catalogue that was named, or the starter one when there is nothing to show.
func (p *program) fill(ctx context.Context, idx *bleveindex.Index, from string, n network, logger *slog.Logger) error {
	if from == "" {
		stats, err := idx.Stats(ctx)
		if err != nil || stats.Sources > 0 {
			return err
		}
	}
	c, place, err := p.crawler(idx, from, n, crawling{logger: logger})
	if err != nil {
		return err
	}
	_, visit, err := c.Catalogue(ctx, place)
	if err != nil {
		return err
	}
	if visit.Outcome == catalog.Failed || visit.Outcome == catalog.Absent {
		return fmt.Errorf("%s: %s", from, visit.Reason.In(p.lang))
	}
	return nil
}

// handler puts the site together over one index.
func (p *program) handler(idx *bleveindex.Index, cfg site.Config) (http.Handler, error) {
	a, err := api.New(api.Config{Reader: idx, Searcher: idx, Links: links(), BaseURL: cfg.BaseURL, Logger: cfg.Logger, Version: cfg.Version})
	if err != nil {
		return nil, err
	}
	cfg.Reader, cfg.Searcher = idx, idx
	cfg.Mount = append(cfg.Mount, a.Mount)
	return site.New(cfg)
}
