package main

import (
	"bufio"
	"bytes"
	"context"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// A crawl that is killed leaves a catalogue that serves, and a next crawl that finishes. The moments are events of the
// crawl, the n-th visit that it logs: always the same two here, fifty random ones in `make torture`.
func TestKillCrawl(t *testing.T) {
	moments := []int{7, 61}
	if os.Getenv("RIUSO_TORTURE") != "" {
		r := rand.New(rand.NewPCG(1, uint64(os.Getpid())))
		for range 50 {
			moments = append(moments, 1+r.IntN(126))
		}
	}
	if _, err := os.Stat(sharedDir()); err != nil {
		if os.Getenv("RIUSO_TEST_STRICT") != "" {
			t.Fatal("the shared data is not here: set RIUSO_SHARED")
		}
		t.Skip("the shared data is not here: set RIUSO_SHARED")
	}
	root := t.TempDir()
	repos, err := gitrepotest.Corpus(t.Context(), filepath.Join(sharedDir(), "corpus"), filepath.Join(root, "repos"))
	if err != nil {
		t.Fatal(err)
	}
	if err := gitrepotest.CorpusCatalogue(repos, filepath.Join(root, "catalogue")); err != nil {
		t.Fatal(err)
	}
	h, err := gitrepotest.Handler(filepath.Join(root, "repos"))
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	defer s.Close()
	crawl := func(data string) *exec.Cmd {
		return exec.CommandContext(t.Context(), "riuso", "crawl", "--catalog", filepath.Join(root, "catalogue"), "--data", data,
			"--mirror", "https://github.com/="+s.URL+"/", "--log", "json", "--json")
	}
	for _, n := range moments {
		data := filepath.Join(t.TempDir(), "data")
		killAt(t, crawl(data), n)
		kits := countKits(t, data)
		t.Logf("killed at visit %d: %d entries are there", n, kits)
		out, err := crawl(data).Output()
		if err != nil {
			t.Fatalf("after a kill at visit %d the next crawl fails: %v", n, err)
		}
		if !bytes.Contains(out, []byte(`"visits"`)) {
			t.Errorf("no report: %s", out)
		}
		if all := countKits(t, data); all < kits || all < 60 {
			t.Errorf("after a kill at visit %d and a whole crawl: %d entries, %d before", n, all, kits)
		}
	}
}

// killAt runs a crawl and ends it with SIGKILL when it logs its n-th visit.
func killAt(t *testing.T, cmd *exec.Cmd, n int) {
	t.Helper()
	logs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(logs)
	lines.Buffer(nil, 1<<20)
	for seen := 0; seen < n && lines.Scan(); {
		if strings.Contains(lines.Text(), `"msg":"visit"`) {
			seen++
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Fatalf("the crawl ended by itself before visit %d", n)
	}
}

// countKits opens a data folder as the site does, searches it, and checks that what is found can be read.
func countKits(t *testing.T, data string) int {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	idx, err := bleveindex.Open(ctx, bleveindex.Config{Dir: data})
	if err != nil {
		t.Fatalf("the data folder does not open: %v", err)
	}
	defer func() {
		if err := idx.Close(); err != nil {
			t.Error(err)
		}
	}()
	res, err := idx.Search(ctx, catalog.Query{Size: catalog.MaxSize})
	if err != nil {
		t.Fatal(err)
	}
	for _, hit := range res.Hits {
		if _, err := idx.Entry(ctx, catalog.KindKit, hit.Card.ID); err != nil {
			t.Errorf("found but not there: %v", err)
		}
	}
	st, err := idx.Stats(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if n := st.Kits + st.Software + st.Legacy; n != res.Total {
		t.Errorf("%d entries in the store, %d in the index", n, res.Total)
	}
	return res.Total
}
