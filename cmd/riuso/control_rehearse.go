package main

import (
	"context"
	"slices"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/schema"
)

// rehearsal makes a crawl that writes nothing and says what it would change.
type rehearsal func(ctx context.Context, o controlOrder) (indexer.Listing, indexer.Report, []indexer.Change, error)

// rehearsing makes the dry runs of a site that visits its sources: with its own settings, so that they show what its own
// visits would do, over what it has, and beside its visits, which know nothing of them.
func (p *program) rehearsing(store indexer.Store, from string, n network, o crawling) rehearsal {
	o.stored, o.progress = nil, nil
	return func(ctx context.Context, what controlOrder) (indexer.Listing, indexer.Report, []indexer.Change, error) {
		r := indexer.NewRehearsal(store)
		c, place, err := p.crawler(r, from, n, o)
		if err != nil {
			return indexer.Listing{}, indexer.Report{}, nil, err
		}
		x := order{confirm: what.Confirm}
		for _, id := range what.Only {
			x.words = append(x.words, string(id))
		}
		place.Confirmed = what.Confirm && slices.Contains(what.Only, catalog.CatalogueSource)
		l, err := c.Catalogue(ctx, place)
		if err != nil || l.Visit.Outcome == catalog.Failed || l.Visit.Outcome == catalog.Absent {
			return l, indexer.Report{}, nil, err
		}
		rep, err := p.visits(ctx, c, l, x)
		return l, rep, r.Changes(), err
	}
}

// servedWithoutVisits says that a site has the data folder and makes no visits.
func servedWithoutVisits() schema.Text {
	return schema.T("la cartella dei dati è già in uso: la mostra un sito che non visita le fonti. Riapri il sito con --catalog e --crawl-every, per esempio --crawl-every 24h, e le visite le farà lui; oppure fermalo e ripeti questo comando",
		"the data folder is in use: a site that does not visit its sources shows it. Open the site again with --catalog and --crawl-every, as in --crawl-every 24h, and it will make the visits; or stop it and give this command again")
}

// crawlingElsewhere says that a crawl has the data folder.
func crawlingElsewhere() schema.Text {
	return schema.T("la cartella dei dati è già in uso: vi lavora un altro crawl. Aspetta che finisca e ripeti questo comando",
		"the data folder is in use: another crawl is at work there. Wait until it ends and give this command again")
}
