package main

import (
	"context"
	"strings"

	"github.com/open-community-pa/riuso/internal/demo"
)

// manyWays is the entry that comes by a forge, a list of publishers, an API and another catalogue; it must be one.
const manyWays = "anagrafe-comunale"

// ways gives the sources by which that entry came, each without what stands behind the list, and how many entries there are.
func (g *ground) ways(ctx context.Context, path, data string) (sources []string, entries int, err error) {
	at, stop, err := g.Site(ctx, path, "127.0.0.1:0", data)
	if err != nil {
		return nil, 0, err
	}
	defer stop()
	var kit struct {
		Provenance struct {
			Ways []struct{ Source string }
		}
	}
	if err := demo.Ask(ctx, at+"/api/v1/kits/"+manyWays, &kit); err != nil {
		return nil, 0, err
	}
	for _, w := range kit.Provenance.Ways {
		list, _, _ := strings.Cut(w.Source, "--")
		sources = append(sources, list)
	}
	var all struct{ Kits int }
	err = demo.Ask(ctx, at+"/healthz", &all)
	return sources, all.Kits, err
}
