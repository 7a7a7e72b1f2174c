package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// kits are single repositories as sources: those of the shared corpus at their public addresses, read here, and where
// there is none a handful of our own, for which instead says why. What the corpus gives is counted, not prescribed.
func (g *ground) kits(ctx context.Context, shared, cache string) (places []place, instead string, err error) {
	if shared != "" {
		corpus := filepath.Join(shared, "corpus")
		_, err := os.Stat(filepath.Join(corpus, "manifest.tsv"))
		if err == nil {
			places, err = g.corpus(ctx, corpus, filepath.Join(cache, "repos"))
			return places, "", err
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, "", err
		}
		instead = fmt.Sprintf("no corpus at %s: RIUSO_SHARED names the folder that holds it", corpus)
	}
	const public = "https://git.ente.example/ente/"
	for _, k := range []struct{ id, title string }{{"mense", "Mense scolastiche"}, {"sosta", "Sosta e permessi"}, {"alberi", "Il catasto degli alberi"}, {"sale", "Prenotazione delle sale"}} {
		if _, err := g.Repository(ctx, "ente/"+k.id, software(k.title, public+k.id)); err != nil {
			return nil, "", err
		}
		places = append(places, place{id: k.id, title: k.title, kind: "kit", url: public + k.id, part: alone, outcome: catalog.Full, records: 1})
	}
	g.Routes = append(g.Routes, public+"="+g.Git+"/ente/")
	return places, instead, nil
}

func (g *ground) corpus(ctx context.Context, from, to string) ([]place, error) {
	repos, err := gitrepotest.Corpus(ctx, from, to)
	if err != nil {
		return nil, err
	}
	at, err := g.ServeGit(to)
	if err != nil {
		return nil, err
	}
	g.Routes = append(g.Routes, "https://github.com/="+at+"/")
	places := make([]place, 0, len(repos))
	for _, r := range repos {
		places = append(places, place{id: r.ID(), title: r.Name, kind: "kit", url: "https://github.com/" + r.Name, part: alone, outcome: catalog.Full, records: anyNumber, open: true})
	}
	return places, nil
}
