package main

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"sync"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/site/hooks"
)

// keeping is what the flags of serve say of keeping the catalogue up to date.
type keeping struct {
	every          time.Duration
	crawling       crawling
	hooks          map[string][]string // secrets, by forge
	announce       string              // address
	announceSecret string
}

func (p *program) defineKeeping(f *flag.FlagSet, k *keeping, n *network) {
	f.DurationVar(&k.every, "crawl-every", 0, "")
	f.StringVar(&k.announce, "announce", "", "")
	f.Func("announce-secret-file", "", func(file string) (err error) {
		k.announceSecret, err = p.readAnnounceSecret(file)
		return err
	})
	f.Func("hook-secret-file", "", func(file string) (err error) {
		k.hooks, err = p.readHookSecrets(file)
		return err
	})
	p.defineCrawling(f, &k.crawling, n)
}

// minEvery is [catalog.MinInterval] as it is written on the command line.
const minEvery = "5m"

// checkKeeping refuses what makes no sense together.
func (p *program) checkKeeping(k *keeping, from string) error {
	switch {
	case k.every < 0 || (k.every > 0 && k.every < catalog.MinInterval):
		return usageError{p.said(catalog.ErrInvalid, "--crawl-every è almeno %s: scrivi per esempio --crawl-every 6h", "--crawl-every is at least %s: write, say, --crawl-every 6h", minEvery)}
	case k.every == 0 && (k.hooks != nil || k.announce != ""):
		return usageError{errors.New(schema.T("--hook-secret-file e --announce servono a chi visita le fonti: aggiungi --crawl-every, per esempio --crawl-every 24h", "--hook-secret-file and --announce are for who visits the sources: add --crawl-every, as in --crawl-every 24h").In(p.lang))}
	case k.every > 0 && from == "":
		return usageError{errors.New(schema.T("--crawl-every vuole anche --catalog: la cartella o l'indirizzo del catalogo da tenere aggiornato", "--crawl-every needs --catalog, too: the folder or address of the catalogue to be kept up to date").In(p.lang))}
	}
	return p.checkCrawling(&k.crawling)
}

// hooks makes what forges tell of pushes.
func (k *keeper) hooks(secrets map[string][]string) (*hooks.Hooks, error) {
	return hooks.New(hooks.Config{Logger: k.logger, Secrets: func(forge string) []string { return secrets[forge] },
		Pushed: func(ctx context.Context, p hooks.Push) error { return k.Pushed(ctx, p.URLs, p.Owners) }})
}

// keeper visits sources beside a site.
type keeper struct {
	*indexer.Keeper
	running sync.WaitGroup
	stop    context.CancelFunc
	logger  *slog.Logger
}

// keep starts a keeper; end stops it and waits until what it was storing is stored.
func (p *program) keep(ctx context.Context, idx *bleveindex.Index, from, base string, n network, k keeping) (*keeper, error) {
	a, err := p.announcer(&k, &n)
	if err != nil {
		return nil, err
	}
	k.crawling.stored = announcing(k.crawling.logger, base, sending(ctx, a))
	c, place, err := p.crawler(idx, from, n, k.crawling)
	if err != nil {
		return nil, err
	}
	kept, err := indexer.NewKeeper(indexer.KeeperConfig{Crawler: c, Place: place, Every: k.every, Stopped: p.visitsStopped(k.crawling.logger)})
	if err != nil {
		return nil, usageError{err}
	}
	work, stop := context.WithCancel(ctx)
	out := &keeper{Keeper: kept, stop: stop, logger: k.crawling.logger}
	telling, told := context.WithCancel(context.WithoutCancel(ctx)) // until the last visit was stored
	if a != nil {
		out.running.Go(func() { a.Run(telling) })
	}
	out.running.Go(func() {
		defer told()
		if err := kept.Run(work); err != nil {
			out.logger.Error(schema.T("le visite sono ferme: il sito mostra ciò che è già stato letto", "visits have stopped: the site shows what was read before").In(p.lang), "err", err)
		}
	})
	return out, nil
}

func (k *keeper) end() {
	k.stop()
	k.running.Wait()
}

// visitsStopped says in the log that the disk holds the visits up, and when it no longer does.
func (p *program) visitsStopped(logger *slog.Logger) func(*catalog.StorageError) {
	return func(e *catalog.StorageError) {
		if e == nil {
			logger.Warn(schema.T("le visite riprendono: sul disco c'è di nuovo posto", "visits go on: the disk takes what is brought again").In(p.lang))
			return
		}
		logger.Error(schema.T("le visite sono sospese, il sito mostra ciò che è già stato letto: ", "visits are suspended, the site shows what was read before: ").In(p.lang) + e.Text().In(p.lang))
	}
}
