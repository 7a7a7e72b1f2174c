package main

import (
	"net"

	"github.com/open-community-pa/riuso/internal/demo"
	"github.com/open-community-pa/riuso/schema"
)

// ground is where the federation stands.
type ground struct{ *demo.Ground }

func newGround(lang schema.Lang) (*ground, error) {
	g, err := demo.New(lang)
	if err != nil {
		return nil, err
	}
	g.Flags = []string{"--timeout", visitTime.String(), "--ipa-codes", g.Path("ipa.txt")}
	return &ground{g}, nil
}

// silent is an address that takes connections and never answers, or, when it is off, takes none.
func (g *ground) silent(off bool) (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	if off {
		return "http://" + l.Addr().String(), l.Close()
	}
	g.AtEnd(func() { _ = l.Close() }) // nothing was ever read from it
	return "http://" + l.Addr().String(), nil
}
