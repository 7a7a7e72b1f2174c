package main

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// made is a repository of these files, with what else is done to its folder; a file of no text is left out.
func made(name string, files map[string]string, then ...func(t *testing.T, dir string)) func(*testing.T, *ground) string {
	return func(t *testing.T, g *ground) string {
		dir := g.repo(t, name, files)
		for _, f := range then {
			f(t, dir)
		}
		return g.base + "/" + name
	}
}

// runs runs git commands in the folder of a repository.
func runs(commands ...string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		for _, c := range commands {
			gitrepotest.Git(t, dir, strings.Fields(c)...)
		}
	}
}

// treeLine is a line of a tree as Git stores it; git itself would refuse many of those below.
type treeLine struct{ mode, name, id string }

// write puts an object into a repository, sound or not, and gives its name.
func write(t *testing.T, dir, kind string, data []byte) string {
	t.Helper()
	f := filepath.Join(t.TempDir(), "object")
	if err := os.WriteFile(f, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return gitrepotest.Git(t, dir, "hash-object", "-w", "--literally", "-t", kind, f)
}

func writeTree(t *testing.T, dir string, entries ...treeLine) string {
	t.Helper()
	return write(t, dir, "tree", treeBytes(t, entries...))
}

func treeBytes(t *testing.T, entries ...treeLine) []byte {
	t.Helper()
	var b []byte
	for _, e := range entries {
		id, err := hex.DecodeString(e.id)
		if err != nil {
			t.Fatal(err)
		}
		b = append(append(b, e.mode+" "+e.name+"\x00"...), id...)
	}
	return b
}

// root commits the entries, beside those of the last commit, as the tree of the branch.
func root(entries func(t *testing.T, dir, blob string) []treeLine) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		blob := gitrepotest.Git(t, dir, "rev-parse", "HEAD:publiccode.yml")
		tree := writeTree(t, dir, append(entries(t, dir, blob), treeLine{"100644", "publiccode.yml", blob})...)
		commit := gitrepotest.Git(t, dir, "commit-tree", tree, "-p", "HEAD", "-m", "Strano")
		gitrepotest.Git(t, dir, "update-ref", "refs/heads/main", commit)
	}
}

// treeBomb makes folders of ten times the same folder, level upon level: a few hundred bytes, ten thousand million files.
func treeBomb(t *testing.T, dir, blob string) []treeLine {
	const levels, width = 10, 10
	list := func(mode, id string) (out []treeLine) {
		for i := range width {
			out = append(out, treeLine{mode, fmt.Sprint("d", i), id})
		}
		return out
	}
	id := writeTree(t, dir, list("100644", blob)...)
	for range levels - 1 {
		id = writeTree(t, dir, list("40000", id)...)
	}
	return []treeLine{{"40000", "d", id}}
}

// pathBomb makes one long path to a folder of many files: each file costs some bytes in the pack and the whole path in
// memory.
func pathBomb(files int) func(t *testing.T, dir, blob string) []treeLine {
	return func(t *testing.T, dir, blob string) []treeLine {
		const levels = 60
		var leaves []treeLine
		for i := range files {
			leaves = append(leaves, treeLine{"100644", fmt.Sprintf("%06d", i), blob})
		}
		id := writeTree(t, dir, leaves...)
		for range levels - 1 {
			id = writeTree(t, dir, treeLine{"40000", strings.Repeat("d", 60), id})
		}
		return []treeLine{{"40000", "d", id}}
	}
}

// many makes a repository of so many files in folders of a thousand, without writing them to a disk.
func many(files int) func(t *testing.T, dir, blob string) []treeLine {
	return func(t *testing.T, dir, blob string) (out []treeLine) {
		const each = 1000
		for from := 0; from < files; from += each {
			var leaves []treeLine
			for i := range min(each, files-from) {
				leaves = append(leaves, treeLine{"100644", fmt.Sprintf("f%06d.txt", from+i), blob})
			}
			out = append(out, treeLine{"40000", fmt.Sprintf("d%04d", from/each), writeTree(t, dir, leaves...)})
		}
		return out
	}
}

// overLimits is the sentence for a repository that is too much for a visit.
const overLimits = "il repository supera i limiti di una visita: ha troppi file, o file troppo grandi; tieni il kit in un repository suo"

func TestHostileRepositories(t *testing.T) {
	g := newGround(t)
	long := strings.Repeat("lungo", 2000)
	for _, p := range []hostilePlace{
		{name: "empty", outcome: catalog.Failed, reason: "il repository è vuoto: non ha ancora un commit",
			start: func(t *testing.T, g *ground) string {
				gitrepotest.Init(t, filepath.Join(g.root, "vuoto"), nil)
				return g.base + "/vuoto"
			}},
		{name: "no default branch", outcome: catalog.Failed, reason: "il repository non ha un ramo predefinito: sceglilo nelle sue impostazioni",
			start: made("senzaramo", nil, runs("branch lavori", "symbolic-ref HEAD refs/heads/altro"))},
		{name: "HEAD of another branch than the only one", outcome: catalog.Full, records: 1, start: made("unramo", nil, runs("symbolic-ref HEAD refs/heads/altro"))},
		{name: "detached HEAD", outcome: catalog.Full, records: 1, start: made("staccato", nil, runs("checkout --quiet --detach"))},
		{name: "SHA-256", outcome: catalog.Failed, reason: "il repository usa SHA-256, che questo programma non legge: serve un repository Git comune (SHA-1)",
			start: func(t *testing.T, g *ground) string {
				dir := filepath.Join(g.root, "sha256")
				if err := os.Mkdir(dir, 0o755); err != nil {
					t.Fatal(err)
				}
				runs("init --quiet --object-format=sha256", "commit --quiet --allow-empty --message x")(t, dir)
				return g.base + "/sha256"
			}},
		{name: "shallow", outcome: catalog.Full, records: 1,
			start: func(t *testing.T, g *ground) string {
				from := gitrepotest.New(t, map[string]string{"publiccode.yml": descriptorOf(g.base + "/superficiale")})
				gitrepotest.Commit(t, from, "Seconda", map[string]string{"README.md": "# Due\n"})
				gitrepotest.Git(t, g.root, "clone", "--quiet", "--bare", "--depth=1", "file://"+from, "superficiale")
				return g.base + "/superficiale"
			}},
		{name: "paths that nobody may write", outcome: catalog.Full, records: 1,
			start: made("percorsi", nil, root(func(_ *testing.T, _, blob string) []treeLine {
				return []treeLine{{"100644", "..", blob}, {"100644", ".git", blob}, {"100644", "a\\b.md", blob}, {"100644", "\xff\xfe.md", blob},
					{"100644", "riga\nnuova.md", blob}, {"100644", "doppio.md", blob}, {"100644", "doppio.md", blob}, {"100644", long + ".md", blob}}
			})),
			finds: []string{
				"..:0 V05 file non letto: ha un nome che non si può usare", ".git:0 V05 file non letto: ha un nome", "a\\b.md:0 V05 file non letto: ha un nome",
				"�.md:0 V05 file non letto: ha un nome", "riga�nuova.md:0 V05 file non letto: ha un nome", "doppio.md:0 V05 file non letto: ha un nome",
				long[:300] + "…:0 V05 file non letto: ha un percorso troppo lungo",
			}},
		{name: "case-colliding paths", outcome: catalog.Full, records: 1,
			start: made("maiuscole", nil, root(func(_ *testing.T, _, blob string) []treeLine {
				return []treeLine{{"100644", "DOCS.md", blob}, {"100644", "docs.md", blob}}
			})),
			finds: []string{"DOCS.md:0 V05 un altro file ha lo stesso nome", "docs.md:0 V05 un altro file ha lo stesso nome"}},
		{name: "links and modules that lead outside", outcome: catalog.Full, records: 1,
			start: made("collegamenti", map[string]string{".gitmodules": "[submodule \"fuori\"]\n\tpath = fuori\n\turl = file:///etc\n"}, func(t *testing.T, dir string) {
				link := write(t, dir, "blob", []byte("../../../../etc/passwd"))
				head := gitrepotest.Git(t, dir, "rev-parse", "HEAD")
				gitrepotest.Git(t, dir, "update-index", "--add", "--cacheinfo", "120000,"+link+",docs/segreto.md")
				gitrepotest.Git(t, dir, "update-index", "--add", "--cacheinfo", "160000,"+head+",fuori")
				gitrepotest.CommitIndex(t, dir, "Collegamenti")
			}),
			finds: []string{"docs/segreto.md:0 V05 file non letto: è un collegamento simbolico", "fuori:0 V05 file non letto: è un sottomodulo"}},
		{name: "many files", outcome: catalog.Full, records: 1, bytes: 1 << 20, memory: 64 << 20, start: made("tanti", nil, root(many(5000)))},
		{name: "more files than a visit takes", outcome: catalog.Failed, reason: overLimits, bytes: 1 << 20, memory: 64 << 20, limits: gitrepo.Limits{Files: 1000}, start: made("troppi", nil, root(many(5000)))},
		{name: "folders of folders of folders", outcome: catalog.Failed, reason: overLimits, memory: 200 << 20, start: made("alberi", nil, root(treeBomb))},
		{name: "one long path to many files", outcome: catalog.Failed, reason: overLimits, bytes: 1 << 20, memory: 64 << 20, limits: gitrepo.Limits{Memory: 16 << 20}, start: made("percorso", nil, root(pathBomb(20_000)))},
	} {
		t.Run(p.name, func(t *testing.T) { g.visit(t, p) })
	}
}

// crawls makes one crawl after the other of the same place, and gives how each visit of it ended.
func crawls(t *testing.T, g *ground, p hostilePlace, address string) (store *catalogtest.Memory, visit func() catalog.VisitSummary) {
	t.Helper()
	store = catalogtest.NewMemory()
	c := g.crawler(t, p, address, store, &wire{good: g.base + "/" + string(goodID) + "/"})
	return store, func() catalog.VisitSummary {
		t.Helper()
		var rep indexer.Report
		rep, err := c.Crawl(t.Context(), g.sources(address))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range rep.Sources {
			if s.ID == goodID && s.Summary.Outcome != catalog.Full && s.Summary.Outcome != catalog.Unchanged {
				t.Errorf("the good source: %s", s.Summary.Outcome)
			}
		}
		st, err := store.Source(t.Context(), hostileID)
		if err != nil {
			t.Fatal(err)
		}
		return st.Last()
	}
}

// A history that is rewritten is read as it now is: what it says now, nothing of before, and the entry stays the same one.
func TestHostileForcePush(t *testing.T) {
	g := newGround(t)
	address := made("riscritto", nil)(t, g)
	dir := filepath.Join(g.root, "riscritto")
	gitrepotest.Commit(t, dir, "Seconda", map[string]string{"docs/vecchio.md": "# Vecchio\n"})
	store, visit := crawls(t, g, hostilePlace{}, address)
	first := visit()
	gitrepotest.Git(t, dir, "checkout", "--quiet", "--orphan", "nuovo")
	gitrepotest.Commit(t, dir, "Daccapo", map[string]string{"docs/vecchio.md": gitrepotest.Removed, "docs/nuovo.md": "# Nuovo\n"})
	runs("branch --force main nuovo", "symbolic-ref HEAD refs/heads/main", "branch -D nuovo", "reflog expire --expire=now --all", "gc --quiet --prune=now")(t, dir)
	second := visit()
	if first.Outcome != catalog.Full || second.Outcome != catalog.Full || first.Commit == second.Commit {
		t.Errorf("%+v, then %+v", first, second)
	}
	e, err := store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(publiccode.NormalizeURL(address)))
	if err != nil {
		t.Fatal(err)
	}
	if e.State != catalog.Live || len(e.Kit.Pages) != 1 || e.Kit.Pages[0].Title != "Nuovo" {
		t.Errorf("%s, pages %+v", e.State, e.Kit.Pages)
	}
}

// A repository that is deleted is missing, not lost; made again at the same address it is the same entry, without a
// mark of what happened between.
func TestHostileDeletedThenMadeAgain(t *testing.T) {
	g := newGround(t)
	address := made("rinato", nil)(t, g)
	dir := filepath.Join(g.root, "rinato")
	key := catalog.Key(publiccode.NormalizeURL(address))
	store, visit := crawls(t, g, hostilePlace{}, address)
	id := ""
	for _, step := range []struct {
		change  func()
		outcome catalog.Outcome
		state   catalog.State
		reason  string
	}{
		{func() {}, catalog.Full, catalog.Live, ""},
		{func() {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}, catalog.Absent, catalog.Missing, "il repository non esiste o non è più pubblico; se l'indirizzo è di un'organizzazione, nella fonte va scritto kind: forge"},
		{func() { gitrepotest.Init(t, dir, nil) }, catalog.Failed, catalog.Missing, "il repository è vuoto: non ha ancora un commit"},
		{func() {
			gitrepotest.Commit(t, dir, "Di nuovo", map[string]string{"publiccode.yml": descriptorOf(address), "README.md": "# Di nuovo\n"})
		}, catalog.Full, catalog.Live, ""},
		{func() {}, catalog.Unchanged, catalog.Live, ""},
	} {
		step.change()
		v := visit()
		e, err := store.EntryByKey(t.Context(), catalog.KindKit, key)
		if err != nil {
			t.Fatal(err)
		}
		if v.Outcome != step.outcome || v.Reason.It != step.reason || e.State != step.state {
			t.Errorf("%s, %q, entry %s; want %s, %q, %s", v.Outcome, v.Reason.It, e.State, step.outcome, step.reason, step.state)
		}
		if id == "" {
			id = e.ID
		} else if e.ID != id {
			t.Errorf("the entry is %s, it was %s", e.ID, id)
		}
	}
}
