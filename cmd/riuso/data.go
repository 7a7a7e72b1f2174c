package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
)

// dataDir gives the data folder that the flag or the environment names.
func (p *program) dataDir(flagged string) string {
	if flagged != "" {
		return flagged
	}
	return p.getenv("RIUSO_DATA")
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
	defer p.wait(openingData())()
	idx, err = bleveindex.Open(ctx, bleveindex.Config{Dir: dir, Logger: logger})
	if err != nil {
		return nil, nil, errors.Join(err, remove())
	}
	return idx, func() error { return errors.Join(idx.Close(), remove()) }, nil
}

// inUse names the generation that a data folder uses: a folder without it has never been written to.
const inUse = "CURRENT"

// filled gives an error that says so when a data folder holds no catalogue yet. It writes nothing.
func (p *program) filled(dir string) error {
	if _, err := os.Stat(dir); err != nil {
		return err
	}
	_, err := os.Stat(filepath.Join(dir, inUse))
	if errors.Is(err, fs.ErrNotExist) {
		return p.empty(dir)
	}
	return err
}

// neverFilled says whether a data folder is not there, or has never been written to.
func neverFilled(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, inUse))
	return errors.Is(err, fs.ErrNotExist)
}

func (p *program) empty(dir string) error {
	return p.said(errEmpty, "la cartella %s non ha ancora un catalogo", "the folder %s has no catalogue yet", dir)
}

// fill reads the catalogue that was named, or the starter one.
func (p *program) fill(ctx context.Context, idx *bleveindex.Index, from string, n network, o crawling) error {
	defer p.wait(readingCatalogue())()
	c, place, err := p.crawler(idx, from, n, o)
	if err != nil {
		return err
	}
	l, err := c.Catalogue(ctx, place)
	if err != nil {
		return err
	}
	if l.Visit.Outcome == catalog.Failed || l.Visit.Outcome == catalog.Absent {
		return p.said(errCatalogue, "%s: %s", "%s: %s", from, l.Visit.Reason.In(p.lang))
	}
	return nil
}

// servesAsItIs says whether a site is opened although its catalogue was not read: when the disk took nothing, over what is
// there already.
func (p *program) servesAsItIs(ctx context.Context, idx *bleveindex.Index, logger *slog.Logger, err error) bool {
	var disk *catalog.StorageError
	if !errors.As(err, &disk) {
		return false
	}
	stats, none := idx.Stats(ctx)
	if none != nil || stats.Sources == 0 {
		return false
	}
	logger.ErrorContext(ctx, disk.Text().In(p.lang))
	return true
}
