package main

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/schema"
)

// What the crawler gets of a checkout: the names of files in Git, their bytes, and why some did not come, in both languages.
func TestCheckoutFetches(t *testing.T) {
	root := t.TempDir()
	large := strings.Repeat("0123456789", 1000)
	gitrepotest.Init(t, filepath.Join(root, "kit"), map[string]string{"kit.md": "k", "allegati/a è.pdf": "%PDF", "allegati/copia.pdf": "%PDF", "allegati/video.mp4": large})
	r, err := gitrepo.New(gitrepo.Config{Client: http.DefaultClient})
	if err != nil {
		t.Fatal(err)
	}
	g, ask := git{r}, indexer.Ask{URL: gitrepotest.Serve(t, root) + "/kit"}
	h, err := g.List(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	c, err := g.Open(t.Context(), ask, h)
	if err != nil {
		t.Fatal(err)
	}
	if id := gitrepotest.Name("blob", []byte("%PDF")); c.Blob("allegati/a è.pdf") != id || c.Blob("allegati/copia.pdf") != id || c.Blob("assente.pdf") != "" {
		t.Errorf("the names are %q, %q, %q", c.Blob("allegati/a è.pdf"), c.Blob("allegati/copia.pdf"), c.Blob("assente.pdf"))
	}
	var came []string
	f, err := c.Fetch(t.Context(), []string{"allegati/a è.pdf", "allegati/copia.pdf", "allegati/video.mp4", "assente.pdf"}, indexer.FetchLimits{File: 100}, func(path string, data []byte) error {
		came = append(came, path+" "+string(data))
		return nil
	})
	if err != nil || !slices.Equal(came, []string{"allegati/a è.pdf %PDF"}) || f.Requests == 0 || f.Bytes == 0 {
		t.Errorf("%v in %d requests and %d bytes, %v", came, f.Requests, f.Bytes, err)
	}
	if len(f.Missed) != 2 || f.Missed[0].Why != indexer.MissedLarge || f.Missed[1].Why != indexer.MissedLost || f.Missed[1].Path != "assente.pdf" {
		t.Errorf("missed %+v", f.Missed)
	}
	if f, err := c.Fetch(t.Context(), []string{"allegati/video.mp4"}, indexer.FetchLimits{Wire: 1}, nil); err != nil || len(f.Missed) != 1 || f.Missed[0].Why != indexer.MissedBudget {
		t.Errorf("over the budget: %+v, %v", f, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Fetch(ctx, []string{"allegati/video.mp4"}, indexer.FetchLimits{}, nil); err == nil {
		t.Error("an end of ctx is no error")
	}
}

// Every reason is a sentence in both languages, and says what can be done.
func TestWhyAFileDidNotCome(t *testing.T) {
	for _, c := range []struct {
		missed gitrepo.Missed
		why    indexer.MissedWhy
		it, en string
	}{
		{gitrepo.Missed{Why: gitrepo.MissedLost, Err: gitrepo.ErrLost}, indexer.MissedLost, "caricalo di nuovo", "upload it again"},
		{gitrepo.Missed{Why: gitrepo.MissedLost, Err: gitrepo.ErrNotInCommit}, indexer.MissedLost, "correggi il percorso", "correct the path"},
		{gitrepo.Missed{Why: gitrepo.MissedLarge, Err: gitrepo.ErrLimit}, indexer.MissedLarge, "dividilo", "split it"},
		{gitrepo.Missed{Why: gitrepo.MissedBudget, Err: gitrepo.ErrSourceLimit}, indexer.MissedBudget, "una delle prossime", "one of the next"},
		{gitrepo.Missed{Why: gitrepo.MissedBudget, Err: fmt.Errorf("%w: %w", gitrepo.ErrSourceLimit, gitrepo.ErrNoSingle)}, indexer.MissedRefused, "versione 2", "version 2"},
		{gitrepo.Missed{Why: gitrepo.MissedBroken, Err: gitrepo.ErrNoSingle}, indexer.MissedRefused, "versione 2", "version 2"},
		{gitrepo.Missed{Why: gitrepo.MissedBroken, Err: gitrepo.ErrBusy}, indexer.MissedBroken, "troppe richieste", "too many requests"},
		{gitrepo.Missed{Why: gitrepo.MissedBroken, Err: gitrepo.ErrUnreachable}, indexer.MissedBroken, "interrompe la risposta", "breaks off its answer"},
	} {
		c.missed.Path = "a.pdf"
		got := missed(c.missed)
		if got.Path != "a.pdf" || got.Why != c.why || !strings.Contains(got.Reason.In(schema.It), c.it) || !strings.Contains(got.Reason.In(schema.En), c.en) {
			t.Errorf("%s, %v: %+v", c.missed.Why, c.missed.Err, got)
		}
	}
}
