package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/schema"
)

// damaged are repositories that cannot be read, or that are nobody's entry.
func (g *ground) damaged(ctx context.Context, add adder) error {
	at := func(name string) string { return g.Git + "/guasti/" + name }
	if err := gitrepotest.Write(ctx, g.Path("git", "guasti", "vuoto")); err != nil {
		return err
	}
	add("kit", "o-vuoto", "Un repository vuoto", at("vuoto"), catalog.Failed, schema.T("il repository è vuoto", "the repository is empty"))
	for name, files := range map[string]map[string]string{
		"senza-ramo":  software("Senza ramo", at("senza-ramo")),
		"di-altri":    software("Di altri", "https://git.altri.example/altri/programma"),
		"senza":       {"README.md": "# Un repository qualunque\n"},
		"illeggibile": {"publiccode.yml": "publiccodeYmlVersion: \"0\"\nname: [\n", "README.md": "# Illeggibile\n"},
	} {
		if _, err := g.Repository(ctx, "guasti/"+name, files); err != nil {
			return err
		}
	}
	for _, c := range [][]string{{"branch", "lavori", "main"}, {"branch", "bozza", "main"}, {"branch", "-D", "main"}, {"symbolic-ref", "HEAD", "refs/heads/altro"}} {
		if err := g.Run(ctx, "guasti/senza-ramo", c...); err != nil {
			return err
		}
	}
	add("kit", "o-senza-ramo", "Nessun ramo predefinito", at("senza-ramo"), catalog.Failed, schema.T("il repository non ha un ramo predefinito", "the repository has no default branch"))
	add("kit", "o-di-altri", "Una copia: il suo url è di un altro", at("di-altri"), catalog.Full, schema.T("git.altri.example", "git.altri.example"))
	add("kit", "o-senza", "Un repository senza kit né software", at("senza"), catalog.Full, schema.T("publiccode.yml", "publiccode.yml"))
	add("kit", "o-illeggibile", "Un publiccode.yml illeggibile", at("illeggibile"), catalog.Full, schema.T("publiccode.yml", "publiccode.yml"))
	for _, c := range [][]string{{"init", "--quiet", "--object-format=sha256", "-b", "main"}, {"commit", "--quiet", "--allow-empty", "--message", "Prima"}} {
		if err := g.Run(ctx, "guasti/sha256", c...); err != nil {
			return err
		}
	}
	add("kit", "o-sha256", "Un repository SHA-256", at("sha256"), catalog.Failed, schema.T("il repository usa SHA-256", "the repository uses SHA-256"))
	return g.packs(add)
}

// packs are servers that send packs that git would never write.
func (g *ground) packs(add adder) error {
	broken, err := g.pack(nil, func(b []byte) { b[len(b)/2] ^= 0xff })
	if err != nil {
		return err
	}
	add("kit", "o-danneggiato", "Un pacchetto con un byte girato", broken, catalog.Failed, schema.T("i dati del repository sono danneggiati", "the data of the repository is damaged"))
	const times = 4000 // of 64 KiB, by one byte each
	base := make([]byte, 1<<16)
	bomb, err := g.pack([]gitrepotest.Object{{Type: gitrepotest.TypeTree, Data: base},
		{Type: gitrepotest.TypeRefDelta, Base: gitrepotest.Name("tree", base), Data: gitrepotest.Repeat(times)}}, nil)
	if err != nil {
		return err
	}
	add("kit", "o-bomba", "Un pacchetto piccolo che diventa 250 MB", bomb, catalog.Failed, schema.T("il repository supera i limiti di una visita", "the repository is over the limits of a visit"))
	return nil
}

// pack serves one commit with these objects beside it, as one pack that is changed before it is sent.
func (g *ground) pack(more []gitrepotest.Object, change func([]byte)) (string, error) {
	text := []byte(descriptor("Un pacchetto", "https://git.ente.example/ente/pacchetto"))
	blob, err := hex.DecodeString(gitrepotest.Name("blob", text))
	if err != nil {
		return "", err
	}
	tree := append([]byte("100644 publiccode.yml\x00"), blob...)
	commit := fmt.Appendf(nil, "tree %s\nauthor %[2]s <%[3]s> %[4]d +0000\ncommitter %[2]s <%[3]s> %[4]d +0000\n\nPrima\n",
		gitrepotest.Name("tree", tree), gitrepotest.Office, gitrepotest.Mail, gitrepotest.Start().Unix())
	objects := []gitrepotest.Object{{Type: gitrepotest.TypeCommit, Data: commit}, {Type: gitrepotest.TypeTree, Data: tree}, {Type: gitrepotest.TypeBlob, Data: text}}
	m := &maker{}
	b := gitrepotest.Pack(m, append(objects, more...)...)
	if change != nil {
		change(b)
	}
	return g.Serve(gitrepotest.PackHandler(m, gitrepotest.Name("commit", commit), b, true)) + "/ente/pacchetto", m.failed()
}

// maker is what the making of packs has in place of a test: it keeps what went wrong.
type maker struct {
	mu  sync.Mutex
	err error
}

func (m *maker) Helper() {}

func (m *maker) Fatal(args ...any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.err = errors.New(fmt.Sprint(args...))
}

// Log is told of clients that went away, as they do when they have seen enough.
func (m *maker) Log(...any) {}

func (m *maker) failed() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.err
}
