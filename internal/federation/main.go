package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/indexer/forge"
	"github.com/open-community-pa/riuso/internal/demo"
	"github.com/open-community-pa/riuso/schema"
)

// visitTime is the longest that one visit may take: longer than what a dripping server is suffered, so that each of the
// two ways to be late is seen.
const visitTime = 20 * time.Second

// options say what is shown.
type options struct {
	program string // bin/riuso
	shared  string // the folder with the corpus; "": repositories of our own
	cache   string // where the repositories of the corpus are kept between runs
	few     bool   // without what only time ends
	serve   string // address of the site that is left open; "": none
	lang    schema.Lang
}

// errDifferent: a place did not come to what it must.
var errDifferent = errors.New("not every place ended as it must")

func main() {
	o := flags()
	demo.Main("federation", func(ctx context.Context) error { return run(ctx, o, os.Stdout) })
}

func flags() options {
	o := options{shared: demo.Shared(), lang: demo.Lang()}
	flag.StringVar(&o.program, "riuso", filepath.Join("bin", "riuso"), "the program")
	flag.StringVar(&o.cache, "cache", filepath.Join(".cache", "corpus"), "folder where the repositories of the corpus are kept")
	flag.BoolVar(&o.few, "few", false, "without the places that only time ends")
	flag.StringVar(&o.serve, "serve", "", "leave the site of the result open at this address, say 127.0.0.1:8080")
	flag.Parse()
	return o
}

// run builds the federation, crawls it twice, prints what came of it and checks it.
func run(ctx context.Context, o options, w io.Writer) (err error) {
	start := time.Now()
	g, err := newGround(o.lang)
	if err != nil {
		return err
	}
	defer g.Close()
	if o.program, err = filepath.Abs(o.program); err != nil {
		return err
	}
	say := func(it, en string, args ...any) { fmt.Fprintln(w, schema.Tf(it, en, args...).In(o.lang)) }
	places, err := g.places(ctx, o, say)
	if err != nil {
		return err
	}
	sources := make([]string, 0, len(places))
	for i := range places {
		sources = append(sources, sourceText(places[i].id, places[i].title, places[i].kind, places[i].url))
	}
	folder, data := g.Path("catalogo"), g.Path("data")
	if err := demo.Write(folder, ownCatalogue(g.Git+"/"+ownName, sources...)); err != nil {
		return err
	}
	say("%d fonti sono pronte dopo %.1f s: si visitano due volte", "%d sources are ready after %.1f s: they are visited twice", len(places), time.Since(start).Seconds())
	first, err := g.Crawl(ctx, o.program, folder, data)
	if err != nil {
		return err
	}
	second, err := g.Crawl(ctx, o.program, folder, data)
	if err != nil {
		return err
	}
	if err := errors.Join(table(w, o.lang, places, first, second), totals(w, o.lang, first, second)); err != nil {
		return err
	}
	var wrong []string
	for i := range places {
		wrong = append(wrong, places[i].differences(first, second, o.lang)...)
	}
	ways, entries, err := g.ways(ctx, o.program, data)
	if err != nil {
		return err
	}
	slices.Sort(ways)
	say("\n%d voci nel catalogo; «%s» è una sola, arrivata da %s.", "\n%d entries in the catalogue; %q is one, and came by %s.", entries, manyWays, strings.Join(ways, ", "))
	if want := []string{"altro", "api", "editori", "forge-gitea"}; !slices.Equal(ways, want) {
		wrong = append(wrong, fmt.Sprintf("%s: came by %q, must come by %q", manyWays, ways, want))
	}
	if len(wrong) > 0 {
		fmt.Fprintln(w, "\n"+strings.Join(wrong, "\n"))
		err = fmt.Errorf("%w: %d differences", errDifferent, len(wrong))
	} else {
		say("\nOgni posto è finito come doveva. In tutto %.1f s.", "\nEvery place ended as it must. %.1f s in all.", time.Since(start).Seconds())
	}
	if o.serve == "" {
		return err
	}
	at, _, failed := g.Site(ctx, o.program, o.serve, data, g.Keeping(folder)...)
	if failed != nil {
		return errors.Join(err, failed)
	}
	g.whereabouts(say, places, folder, data)
	say("Il catalogo è su %s/fonti; Ctrl-C ferma tutto.", "The catalogue is at %s/fonti; Ctrl-C stops everything.", at)
	<-ctx.Done()
	return err
}

// places starts what is to be visited.
func (g *ground) places(ctx context.Context, o options, say func(it, en string, args ...any)) ([]place, error) {
	if err := demo.Write(g.Dir, map[string]string{"ipa.txt": "c_h501\np_bs\npcm\n"}); err != nil {
		return nil, err
	}
	forges, places, err := g.forges(ctx)
	if err != nil {
		return nil, err
	}
	kits, instead, err := g.kits(ctx, o.shared, o.cache)
	if err != nil {
		return nil, err
	}
	if instead != "" {
		say("Al posto del corpus, %d repository propri (%s).", "In place of the corpus, %d repositories of its own (%s).", len(kits), instead)
	}
	shared := []string{kits[0].url, kits[len(kits)-1].url} // by several ways
	comune := forges[forge.Gitea]
	places = append(places, g.publishers(comune, forges[unnamed], shared), g.api(comune, shared))
	other, err := g.other(ctx, o.program, comune)
	if err != nil {
		return nil, err
	}
	places = append(places, other)
	bad, err := g.hostilePlaces(ctx, o.few)
	if err != nil {
		return nil, err
	}
	return append(append(places, kits...), bad...), nil
}
