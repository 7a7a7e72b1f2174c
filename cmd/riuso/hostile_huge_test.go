package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// hugeFile is the size of the one file of 2 GB, in bytes.
const hugeFile = 2 << 30

// grown makes a repository with a file of so many bytes taken from a reader, without holding it in memory. filter says
// whether the server lets a client leave it out; settings are commands for git.
func grown(name, file string, from io.Reader, size int64, filter bool, settings ...string) func(*testing.T, *ground) string {
	return made(name, nil, func(t *testing.T, dir string) {
		gitrepotest.AllowFilter(t, dir, filter)
		runs(settings...)(t, dir)
		f, err := os.Create(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		if _, err = io.Copy(f, io.LimitReader(from, size)); err == nil {
			err = f.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		gitrepotest.Commit(t, dir, "Grande", nil)
	})
}

// noise gives bytes that do not compress, the same at each run.
func noise() io.Reader { return rand.NewChaCha8([32]byte{}) }

// past gives a repository so many commits, the kit in the last of them.
func past(commits int) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		var in bytes.Buffer
		for i := range commits {
			text := fmt.Sprintf("riga %d\n", i)
			fmt.Fprintf(&in, "commit refs/heads/main\ncommitter Ufficio <ufficio@comune.example> %d +0000\ndata 2\nX\n", 1_700_000_000+i)
			if i == 0 {
				fmt.Fprint(&in, "from refs/heads/main^0\n")
			}
			fmt.Fprintf(&in, "M 100644 inline docs/%d.md\ndata %d\n%s\n", i%50, len(text), text)
		}
		cmd := exec.CommandContext(t.Context(), "git", "fast-import", "--quiet")
		cmd.Dir, cmd.Stdin = dir, &in
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
}

// The largest places, with the limits of every day. `make torture`, which prints the time and the peak of each.
func TestHugePlaces(t *testing.T) {
	if os.Getenv("RIUSO_TORTURE") == "" {
		return // minutes of work and gigabytes of disk: make torture
	}
	g := newGround(t)
	const part = "una parte dei file non è stata letta: i rilievi dicono quali"
	const asItIs = "config core.compression 0" // noise does not get smaller: nobody need try for minutes
	bomb := inflating(gitrepotest.TypeBlob, 5<<10)(t)
	ready := func(*testing.T) []gitrepotest.Object { return bomb }
	const usual, large = 96 << 20, 448 << 20 // of heap: a visit that stays small, and one that meets its limit of memory
	for _, p := range []hostilePlace{
		{name: "100,000 files", outcome: catalog.Full, records: 1, bytes: 8 << 20, memory: usual, start: made("centomila", nil, root(many(100_000)))},
		{name: "300,000 files", outcome: catalog.Failed, reason: overLimits, bytes: 24 << 20, memory: large, start: made("trecentomila", nil, root(many(300_000)))},
		{name: "a file of 2 GB beside the kit", outcome: catalog.Full, records: 1, memory: usual, start: grown("video", "video.bin", noise(), hugeFile, true, asItIs)},
		{name: "a file of 2 GB that cannot be left out", outcome: catalog.Failed, reason: overLimits, bytes: 1<<30 + 1<<20, memory: usual,
			start: grown("video2", "video.bin", noise(), hugeFile, false, asItIs)},
		{name: "a README of 2 GB of nothing", outcome: catalog.Partial, reason: part, records: 1, bytes: 4 << 20, memory: usual,
			start: grown("gonfio", "README.md", zeros{}, hugeFile, true), finds: []string{"README.md:0 V05 file non letto: è troppo grande"}},
		{name: "a README of 2 GB of nothing, that cannot be left out", outcome: catalog.Partial, reason: part, records: 1, bytes: 16 << 20, memory: usual,
			start: grown("gonfio2", "README.md", zeros{}, hugeFile, false), finds: []string{"README.md:0 V05 file non letto: è troppo grande"}},
		{name: "5 GB in a pack of 5 MB, by parts", outcome: catalog.Failed, reason: overLimits, bytes: 8 << 20, memory: usual, start: pack(true, "", ready)},
		{name: "5 GB in a pack of 5 MB, whole", outcome: catalog.Failed, reason: overLimits, bytes: 8 << 20, memory: usual, start: pack(false, "", ready)},
		{name: "two million empty objects, by parts", outcome: catalog.Failed, reason: overLimits, bytes: 24 << 20, memory: large, start: pack(true, "", crowd(2_000_000))},
		{name: "two million empty objects, whole", outcome: catalog.Failed, reason: overLimits, bytes: 24 << 20, memory: large, start: pack(false, "", crowd(2_000_000))},
		{name: "a thousand deltas of 40 MB each", outcome: catalog.Failed, reason: overLimits, bytes: 4 << 20, memory: large, start: pack(true, "", repeating("tree", gitrepotest.TypeTree, 1000, 640))},
		{name: "a thousand blobs of 2 MB by deltas, whole", outcome: catalog.Full, records: 1, bytes: 4 << 20, memory: large, start: pack(false, "", repeating("blob", gitrepotest.TypeBlob, 1000, 32))},
		{name: "a long path to 240,000 files", outcome: catalog.Failed, reason: overLimits, bytes: 4 << 20, memory: large, start: made("sentiero", nil, root(pathBomb(240_000)))},
		{name: "a past of 100,000 commits", outcome: catalog.Full, records: 1, bytes: 80 << 20, memory: large, start: made("antico", map[string]string{"kit.md": kitText}, past(100_000))},
	} {
		t.Run(p.name, func(t *testing.T) { g.visit(t, p) })
	}
}

// Eight bombs at once, each of which would take all the memory that a visit may, and the good one beside them: they held
// 930 MB together. `make torture`.
func TestHugePlacesAtOnce(t *testing.T) {
	if os.Getenv("RIUSO_TORTURE") == "" {
		return // gigabytes of memory: make torture
	}
	const bombs, most = 8, 600 << 20
	g := newGround(t)
	r, err := gitrepo.New(gitrepo.Config{Client: g.client(t, nil), TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	store := catalogtest.NewMemory()
	c, err := indexer.New(indexer.Config{Git: git{reader: r}, Store: store, Workers: bombs + 1})
	if err != nil {
		t.Fatal(err)
	}
	objects := repeating("tree", gitrepotest.TypeTree, 1000, 640)(t)
	sources := g.sources("")[1:]
	for i := range bombs {
		address := pack(true, "", func(*testing.T) []gitrepotest.Object { return objects })(t, g)
		sources = append(sources, catalog.Source{ID: catalog.SourceID(fmt.Sprint("bomba", i)), Kind: "kit", URL: address})
	}
	var rep indexer.Report
	peak := heapDuring(func() { rep, err = c.Crawl(t.Context(), sources) })
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s, %d MB of heap at the peak", rep.Duration.Round(time.Millisecond), peak>>20)
	if rep.Visits[catalog.Failed] != bombs || peak > most {
		t.Errorf("%d bombs failed, %d MB of heap, %d allowed", rep.Visits[catalog.Failed], peak>>20, most>>20)
	}
	g.good(t, store)
}
