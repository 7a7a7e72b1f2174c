package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/forge"
	"github.com/open-community-pa/riuso/indexer/forge/forgetest"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// forgeRepo is a repository on a forge.
type forgeRepo struct {
	forgetest.Repo
	title string
	kit   bool   // with a kit.md
	bare  bool   // without a publiccode.yml
	of    string // the address in its publiccode.yml; "" is its own
}

// onForge is an owner with repositories on a forge, by its address.
type onForge struct{ at string }

// repo gives the address of one of its repositories.
func (f onForge) repo(name string) string { return f.at + "/" + name }

// unnamed is the key of the forge that is no source; it speaks as Gitea does.
const unnamed forge.Kind = "gitea-2"

// forge starts a forge whose repositories can be cloned. What is empty, private or disabled is listed only.
func (g *ground) forge(ctx context.Context, kind forge.Kind, owner string, repos ...forgeRepo) (onForge, error) {
	f := onForge{}
	speaks := kind
	if kind == unnamed {
		speaks = forge.Gitea
	}
	s := forgetest.New(speaks, owner, nil)
	f.at = g.Serve(s) + "/" + owner
	root := g.Path("forges", string(kind))
	for _, r := range repos {
		r.Pushed = gitrepotest.Start()
		s.Put(r.Repo)
		if r.Empty || r.Private || r.Disabled {
			continue
		}
		url := r.of
		if url == "" {
			url = f.repo(r.Name)
		}
		files := software(r.title, url)
		switch {
		case r.bare:
			files = map[string]string{"README.md": "# " + r.title + "\n"}
		case r.kit:
			files = practice(filepath.Base(r.Name), r.title, url)
		}
		err := gitrepotest.Write(ctx, filepath.Join(root, owner, filepath.FromSlash(r.Name)), gitrepotest.Revision{Message: "Prima stesura", Files: files})
		if err != nil {
			return f, err
		}
	}
	if err := os.MkdirAll(root, 0o755); err != nil {
		return f, err
	}
	h, err := gitrepotest.Handler(root)
	if err != nil {
		return f, err
	}
	s.Git(h)
	return f, nil
}

func named(name, title string) forgeRepo {
	return forgeRepo{Repo: forgetest.Repo{Name: name}, title: title}
}

// forges are the three forges, and the places that they are.
func (g *ground) forges(ctx context.Context) (all map[forge.Kind]onForge, places []place, err error) {
	archived, copied, practice, bare := named("tributi", "Tributi locali"), named("copia-del-protocollo", "Protocollo informatico"), named("kit-sportello", "Kit dello sportello unico"), named("sito", "Il sito del Comune")
	archived.Archived, practice.kit, bare.bare = true, true, true
	copied.Fork, copied.Parent, copied.of = true, "altri/protocollo", "https://git.altri.example/altri/protocollo"
	empty, private, disabled := named("vuoto", ""), named("riservato", ""), named("spento", "")
	empty.Empty, private.Private, disabled.Disabled = true, true, true
	all = map[forge.Kind]onForge{}
	for _, f := range []struct {
		kind  forge.Kind
		owner string
		title string
		repos []forgeRepo
		named map[catalog.Outcome]int
	}{
		{forge.GitHub, "regione-esempio", "Una regione, su GitHub", []forgeRepo{named("pagamenti", "Pagamenti spontanei"), archived, copied, practice, bare, empty, private, disabled},
			map[catalog.Outcome]int{catalog.Full: 5}},
		{forge.GitLab, "provincia-esempio", "Una provincia, su GitLab, con un sottogruppo", []forgeRepo{named("strade", "Catasto delle strade"), named("uffici/kit-gare", "Gare in comune"), private},
			map[catalog.Outcome]int{catalog.Full: 2}},
		{forge.Gitea, "comune-esempio", "Un comune, su Gitea", []forgeRepo{named("anagrafe", "Anagrafe comunale"), named("cimiteri", "Servizi cimiteriali"), empty},
			map[catalog.Outcome]int{catalog.Full: 2}},
		{unnamed, "unione-esempio", "", []forgeRepo{named("mezzi", "Parco mezzi"), named("turni", "Turni della polizia locale")}, nil},
	} {
		at, err := g.forge(ctx, f.kind, f.owner, f.repos...)
		if err != nil {
			return nil, nil, err
		}
		all[f.kind] = at
		if f.title == "" {
			continue // nobody but the list of publishers names it
		}
		places = append(places, place{id: "forge-" + string(f.kind), title: f.title, kind: "forge", url: at.at, outcome: catalog.Full, named: f.named})
	}
	return all, places, nil
}
