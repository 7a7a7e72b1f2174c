package main

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/starter"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/indexer/peer/peertest"
	"github.com/open-community-pa/riuso/schema"
)

// ownID is the id of the catalogue that is crawled, ownName the name of its repository.
const (
	ownID   = "federazione-di-prova"
	ownName = "noi/catalogo"
)

// publishers serves a publishers.yml that names an owner on a forge, a repository of a forge that is a source, and kits.
func (g *ground) publishers(comune, unione onForge, kits []string) place {
	f := &peertest.File{Validators: true}
	text := fmt.Sprintf("- id: c_h501\n  name: Comune di Esempio\n  orgs: []\n  repos: [%s]\n- id: p_bs\n  name: Unione di Esempio\n  orgs: [%s]\n  repos: %s\n",
		comune.repo("anagrafe"), unione.at, "["+strings.Join(kits, ", ")+"]")
	f.Set(text, gitrepotest.Start())
	return place{id: "editori", title: "Un elenco di editori", kind: "publishers", url: g.Serve(f) + "/publishers.yml", outcome: catalog.Full,
		named: map[catalog.Outcome]int{catalog.Full: 1 + 1 + 2 + len(kits)}}
}

// api serves the Developers Italia API: an entry that a forge has, too, one whose repository is gone, one that was put
// aside, and whatever kits there are.
func (g *ground) api(comune onForge, kits []string) place {
	api := &peertest.API{}
	software := []peertest.Software{
		{URL: comune.repo("anagrafe"), PublicCode: descriptor("Anagrafe, una copia vecchia", comune.repo("anagrafe")), Active: true},
		{URL: comune.repo("scomparso"), PublicCode: descriptor("Programma scomparso", comune.repo("scomparso")), Active: true},
		{URL: comune.repo("accantonato"), PublicCode: descriptor("Programma accantonato", comune.repo("accantonato"))},
	}
	for _, k := range kits {
		software = append(software, peertest.Software{URL: k, PublicCode: descriptor("Una copia vecchia", k), Active: true})
	}
	for i := range software {
		s := &software[i]
		s.ID, s.Aliases = fmt.Sprintf("00000000-0000-4000-8000-%012d", i), []string{}
		s.CreatedAt = gitrepotest.Start().Add(time.Duration(i) * time.Hour)
		s.UpdatedAt = s.CreatedAt
	}
	api.Set(software, nil, nil)
	return place{id: "api", title: "Un catalogo con l'API di Developers Italia", kind: "developers-italia-api", url: g.Serve(api) + "/v1", outcome: catalog.Full,
		named: map[catalog.Outcome]int{catalog.Full: 2 + len(kits)}, says: schema.T("si mostra la copia", "the copy")}
}

// other is another riuso catalogue, with kits, stories, bodies and communities of its own, that names a forge of ours, a
// repository, and us. We have it as a source, and it has us.
func (g *ground) other(ctx context.Context, path string, comune onForge) (place, error) {
	const name = "loro/catalogo"
	url, ours := g.Git+"/"+name, g.Git+"/"+ownName
	theirs, err := g.Repository(ctx, "loro/biblioteche", software("Rete delle biblioteche", g.Git+"/loro/biblioteche"))
	if err != nil {
		return place{}, err
	}
	files := map[string]string{}
	if err := readAll(starter.FS(), files); err != nil {
		return place{}, err
	}
	for name, text := range files {
		files[name] = strings.ReplaceAll(text, "https://github.com/open-community-pa/riuso", url)
	}
	files["catalogue.md"] = strings.NewReplacer("id: catalogo-iniziale", "id: altro-catalogo", "title: Catalogo iniziale dei kit del riuso", "title: Un altro catalogo").Replace(files["catalogue.md"])
	files["sources/forge.md"] = sourceText("forge", "Un comune", "forge", comune.at)
	files["sources/biblioteche.md"] = sourceText("biblioteche", "Biblioteche", "kit", theirs)
	files["sources/noi.md"] = sourceText("noi", "Il catalogo che ci nomina", "catalogue", ours)
	if _, err := g.Repository(ctx, name, files); err != nil {
		return place{}, err
	}
	// What it reads of us: a body, a kit, a forge, and that we name it, too.
	if _, err := g.Repository(ctx, ownName, ownCatalogue(ours, sourceText("comune", "Un comune", "forge", comune.at), sourceText("altro", "L'altro", "catalogue", url))); err != nil {
		return place{}, err
	}
	at, _, err := g.Site(ctx, path, "127.0.0.1:0", g.Path("altro"), g.Keeping(url)...)
	if err != nil {
		return place{}, err
	}
	if _, err := g.Crawl(ctx, path, url, g.Path("altro")); err != nil { // beside the site, which does it
		return place{}, fmt.Errorf("the other catalogue: %w", err)
	}
	return place{id: "altro", title: "Un altro riuso, che a sua volta nomina noi", kind: "catalogue", url: at, outcome: catalog.Full, records: anyNumber,
		named: map[catalog.Outcome]int{catalog.Full: 3}}, nil
}

// ownCatalogue is the catalogue that is crawled, with its sources: a body and a kit that it has itself.
func ownCatalogue(url string, sources ...string) map[string]string {
	files := map[string]string{
		"catalogue.md":       catalogueText(ownID, "Una federazione di prova", url),
		"entities/c_h501.md": "---\ntype: entity\nid: c_h501\nname: Comune di Esempio\nentityType: municipality\nipa: c_h501\nprovince: RM\nregion: Lazio\nsource: Inventato per la prova\n---\n",
	}
	for name, text := range practice("kit-ospitato", "Un kit ospitato", url) {
		files["kits/kit-ospitato/"+name] = text
	}
	for i, s := range sources {
		_, rest, _ := strings.Cut(s, "\nid: ")
		id, _, ok := strings.Cut(rest, "\n")
		if !ok {
			id = fmt.Sprint(i)
		}
		files["sources/"+id+".md"] = s
	}
	return files
}

// readAll reads the files of a tree.
func readAll(from fs.FS, into map[string]string) error {
	return fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(from, name)
		into[name] = string(b)
		return err
	})
}
