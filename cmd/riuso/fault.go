package main

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/forge"
	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/indexer/peer"
	"github.com/open-community-pa/riuso/schema"
)

// faultOf says what kind of thing went wrong, which decides whose turn it is: the first line that an error is. What is
// about the operator's own network stands before what is about the server, which it hides.
func faultOf(err error) catalog.Fault {
	for _, c := range []struct {
		is    error
		fault catalog.Fault
	}{
		{gitrepo.ErrSourceLimit, catalog.FaultSource},
		{gitrepo.ErrNoSSH, catalog.FaultSource},
		{gitrepo.ErrHostKey, catalog.FaultSetting},
		{outbound.ErrProxy, catalog.FaultSetting},
		{outbound.ErrBlockedAddress, catalog.FaultNetwork},
		{outbound.ErrRedirect, catalog.FaultAddress},
		{outbound.ErrTooSlow, catalog.FaultWait},
		{forge.ErrRateLimited, catalog.FaultWait},
		{gitrepo.ErrBusy, catalog.FaultWait},
		{peer.ErrBusy, catalog.FaultWait},
		{gitrepo.ErrForbidden, catalog.FaultPrivate},
		{forge.ErrForbidden, catalog.FaultToken},
		{peer.ErrForbidden, catalog.FaultToken},
		{gitrepo.ErrEmpty, catalog.FaultContents},
		{gitrepo.ErrLimit, catalog.FaultContents},
		{gitrepo.ErrCorrupt, catalog.FaultContents},
		{gitrepo.ErrSHA256, catalog.FaultContents},
		{gitrepo.ErrUnsupported, catalog.FaultAddress},
		{gitrepo.ErrInvalid, catalog.FaultAddress},
		{gitrepo.ErrAbsent, catalog.FaultGone},
		{forge.ErrAbsent, catalog.FaultGone},
		{peer.ErrAbsent, catalog.FaultGone},
		{forge.ErrNotForge, catalog.FaultSource},
		{peer.ErrNotThis, catalog.FaultSource},
		{forge.ErrTooLarge, catalog.FaultServer},
		{forge.ErrBadAnswer, catalog.FaultServer},
		{peer.ErrTooLarge, catalog.FaultServer},
		{peer.ErrBadAnswer, catalog.FaultServer},
	} {
		if errors.Is(err, c.is) {
			return c.fault
		}
	}
	var branch *gitrepo.NoBranchError
	switch {
	case errors.As(err, &branch):
		return catalog.FaultSource
	case errors.Is(err, gitrepo.ErrNoBranch), errors.Is(err, outbound.ErrTooLarge):
		return catalog.FaultContents
	}
	return connectionFault(err)
}

// connectionFault is that of a connection that was not made, or broke.
func connectionFault(err error) catalog.Fault {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var plain tls.RecordHeaderError
	var alert *net.OpError
	var late net.Error
	var status *gitrepo.StatusError
	switch {
	case errors.As(err, &name) && name.IsNotFound:
		return catalog.FaultAddress
	case errors.Is(err, outbound.ErrTimeout), errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &late) && late.Timeout():
		return catalog.FaultWait
	case errors.As(err, &certificate), errors.As(err, &plain), errors.As(err, &alert) && strings.HasSuffix(alert.Op, " error"),
		errors.Is(err, http.ErrSchemeMismatch), errors.Is(err, syscall.ECONNREFUSED):
		return catalog.FaultServer
	case errors.As(err, &status) && status.Status >= http.StatusInternalServerError:
		return catalog.FaultServer
	}
	return catalog.FaultWait
}

// perhapsForge adds to what is said of a repository that is not there what is often the cause: the address of a whole
// organisation, which has a single name after the host, in a source of the kind kit.
func perhapsForge(address string, err error) error {
	var t *indexer.Trouble
	u, bad := url.Parse(address)
	if bad != nil || u.Host == "" || strings.Contains(strings.Trim(u.Path, "/"), "/") || strings.HasSuffix(u.Path, ".git") || !errors.As(err, &t) ||
		t.Fault != catalog.FaultGone && t.Fault != catalog.FaultPrivate && (!errors.Is(err, gitrepo.ErrUnsupported) || errors.Is(err, gitrepo.ErrSHA256)) {
		return err
	}
	told := *t
	told.Reason = schema.T(t.Reason.It+"; se l'indirizzo è di un'organizzazione, nella fonte va scritto kind: forge",
		t.Reason.En+"; if the address is that of an organisation, the source has to say kind: forge")
	return &told
}

// noAddress is the trouble of a source whose url lacks its beginning: nobody is asked. The address is not repeated: what is
// no address may hold a password.
func noAddress() error {
	return &indexer.Trouble{Outcome: catalog.Failed, Fault: catalog.FaultSource, Err: gitrepo.ErrInvalid,
		Reason: schema.T("all'indirizzo nel file della fonte manca l'inizio: va scritto intero, con https://", "the address in the file of the source lacks its beginning: it has to be written in full, with https://")}
}
