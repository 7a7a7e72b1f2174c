package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/forge"
	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/indexer/peer"
)

func TestFaultOf(t *testing.T) {
	for _, c := range []struct {
		err  error
		want catalog.Fault
	}{
		{gitrepo.ErrForbidden, catalog.FaultPrivate},
		{forge.ErrForbidden, catalog.FaultToken},
		{peer.ErrForbidden, catalog.FaultToken},
		{outbound.ErrBlockedAddress, catalog.FaultNetwork},
		{outbound.ErrProxy, catalog.FaultSetting},
		{gitrepo.ErrHostKey, catalog.FaultSetting},
		{gitrepo.ErrNoSSH, catalog.FaultSource},
		{gitrepo.ErrSourceLimit, catalog.FaultSource},
		{gitrepo.ErrLimit, catalog.FaultContents},
		{&gitrepo.NoBranchError{Branch: "x"}, catalog.FaultSource},
		{gitrepo.ErrNoBranch, catalog.FaultContents},
		{gitrepo.ErrUnsupported, catalog.FaultAddress},
		{gitrepo.ErrAbsent, catalog.FaultGone},
		{peer.ErrBadAnswer, catalog.FaultServer},
		{forge.ErrRateLimited, catalog.FaultWait},
		{&peer.Later{}, catalog.FaultWait},
		{&net.DNSError{IsNotFound: true}, catalog.FaultAddress},
		{&net.DNSError{IsTimeout: true}, catalog.FaultWait},
		{&tls.CertificateVerificationError{Err: x509.HostnameError{}}, catalog.FaultServer},
		{syscall.ECONNREFUSED, catalog.FaultServer},
		{context.DeadlineExceeded, catalog.FaultWait},
		{errors.New("anything"), catalog.FaultWait},
	} {
		err := fmt.Errorf("https://git.example.it/x: %w: %w", gitrepo.ErrUnreachable, c.err)
		if got := faultOf(err); got != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
		var told *indexer.Trouble
		if !errors.As(trouble(err), &told) || told.Fault != c.want {
			t.Errorf("%v: the visit has %q", c.err, told.Fault)
		}
	}
}

// The address of an organisation in a source of the kind kit answers as a repository that is not there, or not public.
func TestAnOrganisationIsNoRepository(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
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
	var told *indexer.Trouble
	if _, err := (git{r}).List(t.Context(), indexer.Ask{URL: "git.example.it/ente/kit", Trusted: true}); !errors.As(err, &told) || told.Fault != catalog.FaultSource {
		t.Errorf("an address without a scheme: %v", err)
	}
	for path, want := range map[string]bool{"/ente": true, "/ente/": true, "/ente/kit": false} {
		_, err := git{r}.List(t.Context(), indexer.Ask{URL: s.URL + path})
		var told *indexer.Trouble
		if !errors.As(err, &told) || told.Outcome != catalog.Absent || strings.Contains(told.Reason.It, "kind: forge") != want {
			t.Errorf("%s: %+v", path, told)
		}
	}
}
