package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
)

func TestOwnTrouble(t *testing.T) {
	for _, c := range []struct {
		err    error
		it, en string
	}{
		{&gitrepo.NoBranchError{Branch: "rilasci", Have: []string{"main", "dev"}}, "«rilasci» non c'è: nel repository ci sono main, dev;", `"rilasci": the repository has main, dev;`},
		{&gitrepo.NoBranchError{Branch: "x", Have: []string{"main"}, More: 7}, "main, …;", "main, …;"},
		{gitrepo.ErrSourceLimit, "maxRepoMB", "maxRepoMB"},
		{gitrepo.ErrHostKey, "chiave ssh", "ssh key"},
		{gitrepo.ErrNoSSH, "quello https", "the one of https"},
		{outbound.ErrProxy, "proxy di questa rete", "proxy of this network"},
	} {
		var told *indexer.Trouble
		err := trouble(fmt.Errorf("https://git.example.it/x: %w: %w", gitrepo.ErrUnreachable, c.err))
		if !errors.As(err, &told) || !strings.Contains(told.Reason.In(schema.It), c.it) || !strings.Contains(told.Reason.In(schema.En), c.en) {
			t.Errorf("%v: %v", c.err, err)
		}
	}
}

// Until when a busy server is to be left alone reaches the visit: what the server says, in seconds or as a date, and where
// it is silent what the client makes of it, longer when it was busy before.
func TestABusyServerSaysWhen(t *testing.T) {
	said := ""
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if said != "" {
			w.Header().Set("Retry-After", said)
		}
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	defer s.Close()
	n := network{}
	f := (&program{}).flags("crawl")
	(&program{getenv: func(string) string { return "" }}).defineNetwork(f, &n)
	if err := f.Parse([]string{"--allow-net", "127.0.0.1/32"}); err != nil {
		t.Fatal(err)
	}
	r, err := n.reader(0, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		said string
		want time.Duration
	}{
		{"600", 10 * time.Minute}, {time.Now().Add(2 * time.Hour).UTC().Format(http.TimeFormat), 2 * time.Hour}, {"", outbound.FirstPause}, {"domani", outbound.FirstPause},
	} {
		said = c.said
		_, err := git{r}.List(t.Context(), indexer.Ask{URL: s.URL + "/kit"})
		var told *indexer.Trouble
		if !errors.As(err, &told) {
			t.Fatalf("%q: %v", c.said, err)
		}
		if wait := time.Until(told.RetryAt); wait > c.want || wait < c.want-10*time.Second {
			t.Errorf("%q: %s, want %s", c.said, wait, c.want)
		}
	}
}
