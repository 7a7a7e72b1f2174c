package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
)

// trouble says what an error of gitrepo means for a visit, in a sentence that a publisher understands: what is wrong and,
// where something can be done, what. The error itself stays in the log.
func trouble(err error) error {
	t := &indexer.Trouble{Outcome: catalog.Failed, Fault: faultOf(err), Err: err}
	t.Bytes, t.Requests = gitrepo.Cost(err)
	var later interface{ RetryAt() time.Time }
	if errors.As(err, &later) {
		t.RetryAt = later.RetryAt()
	}
	if why, ok := ownTrouble(err); ok {
		t.Reason = why
		return t
	}
	if why, ok := networkTrouble(err); ok {
		t.Reason = why
		return t
	}
	tooMuch := schema.T("il repository supera i limiti di una visita: ha troppi file, o file troppo grandi; tieni il kit in un repository suo", "the repository is over the limits of a visit: it has too many files, or files that are too large; keep the kit in a repository of its own")
	for _, c := range []struct {
		is     error
		reason schema.Text
	}{
		{gitrepo.ErrForbidden, schema.T("il server chiede credenziali: il repository non è pubblico, o l'indirizzo è sbagliato", "the server asks for credentials: the repository is not public, or the address is wrong")},
		{gitrepo.ErrEmpty, schema.T("il repository è vuoto: non ha ancora un commit", "the repository is empty: it has no commit yet")},
		{gitrepo.ErrNoBranch, schema.T("il repository non ha un ramo predefinito: sceglilo nelle sue impostazioni", "the repository has no default branch: choose one in its settings")},
		{gitrepo.ErrLimit, tooMuch},
		{outbound.ErrTooLarge, tooMuch},
		{gitrepo.ErrCorrupt, schema.T("i dati del repository sono danneggiati: chi lo gestisce provi «git fsck»", "the data of the repository is damaged: whoever runs it should try \"git fsck\"")},
		{gitrepo.ErrSHA256, schema.T("il repository usa SHA-256, che questo programma non legge: serve un repository Git comune (SHA-1)", "the repository uses SHA-256, which this program does not read: an ordinary Git repository (SHA-1) is needed")},
		{gitrepo.ErrUnsupported, schema.T("all'indirizzo non c'è un repository Git che si possa leggere: scrivi quello con cui lo si clona in https", "there is no Git repository at the address that can be read: write the one by which it is cloned over https")},
		{gitrepo.ErrInvalid, schema.T("l'indirizzo non si può visitare: scrivi quello https del repository, senza nome e password", "the address cannot be visited: write the https one of the repository, without name and password")},
	} {
		if errors.Is(err, c.is) {
			t.Reason = c.reason
			return t
		}
	}
	if errors.Is(err, gitrepo.ErrAbsent) {
		t.Outcome = catalog.Absent
		t.Reason = schema.T("il repository non esiste o non è più pubblico", "the repository does not exist or is no longer public")
		return t
	}
	t.Reason = statusTrouble(err)
	return t
}

// networkTrouble says what kept the answer from coming; ok is false when it came.
func networkTrouble(err error) (why schema.Text, ok bool) {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var plain tls.RecordHeaderError
	var alert *net.OpError // of crypto/tls: an alert that was received or sent has this form
	var late net.Error
	switch {
	case errors.Is(err, outbound.ErrBlockedAddress):
		why = schema.T("l'indirizzo porta a una rete privata, che non si visita: serve un indirizzo pubblico", "the address leads to a private network, which is not visited: a public address is needed")
	case errors.Is(err, outbound.ErrRedirect):
		why = schema.T("il server rimanda ad altri indirizzi senza fine, o da https a http: scrivi l'indirizzo a cui il repository sta davvero", "the server redirects to other addresses without end, or from https to http: write the address at which the repository really is")
	case errors.Is(err, outbound.ErrTooSlow):
		why = schema.T("il server risponde troppo lentamente: si riprova alla prossima visita", "the server answers too slowly: the next visit tries again")
	case errors.As(err, &name) && name.IsNotFound:
		why = schema.T("nessun server ha questo nome: controlla l'indirizzo", "no server has this name: check the address")
	case errors.As(err, &name):
		why = schema.T("il nome del server non si riesce a risolvere: si riprova alla prossima visita", "the name of the server cannot be resolved: the next visit tries again")
	case errors.Is(err, outbound.ErrTimeout), errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &late) && late.Timeout():
		why = schema.T("il server non risponde in tempo: si riprova alla prossima visita", "the server does not answer in time: the next visit tries again")
	case errors.As(err, &certificate):
		why = certificateTrouble(certificate.Err)
	case errors.As(err, &plain), errors.As(err, &alert) && strings.HasSuffix(alert.Op, " error"), errors.Is(err, http.ErrSchemeMismatch):
		why = schema.T("il server non parla https come dovrebbe: chi lo gestisce controlli la configurazione, o scrivi l'indirizzo giusto", "the server does not speak https as it should: whoever runs it should check its settings, or write the right address")
	case errors.Is(err, syscall.ECONNREFUSED):
		why = schema.T("il server rifiuta la connessione: è spento, o l'indirizzo è sbagliato", "the server refuses the connection: it is off, or the address is wrong")
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		why = schema.T("il server non si raggiunge: si riprova alla prossima visita", "the server cannot be reached: the next visit tries again")
	default:
		return why, false
	}
	return why, true
}

// certificateTrouble says what is wrong with a certificate and who mends it.
func certificateTrouble(err error) schema.Text {
	why := badCertificate(err)
	var authority x509.UnknownAuthorityError
	if errors.As(err, &authority) {
		return schema.T(why.It+", o manca quello intermedio: chi gestisce il server lo installi", why.En+", or the intermediate one is missing: whoever runs the server should install it")
	}
	return schema.T(why.It+": chi gestisce il server lo rinnovi", why.En+": whoever runs the server should renew it")
}

// statusTrouble says what an answer that is no repository means, and when it is worth asking again.
func statusTrouble(err error) schema.Text {
	var status *gitrepo.StatusError
	switch asked := errors.As(err, &status); {
	case asked && errors.Is(err, gitrepo.ErrBusy) && !status.RetryAt().IsZero():
		when := schema.Moment(status.RetryAt()) // not in how many minutes: the sentence is read hours later, too
		return schema.T("il server riceve troppe richieste e chiede di tornare dopo le "+when.It, "the server gets too many requests and asks to come back after "+when.En)
	case errors.Is(err, gitrepo.ErrBusy):
		return schema.T("il server riceve troppe richieste e chiede di tornare più tardi", "the server gets too many requests and asks to come back later")
	case asked && status.Status >= http.StatusInternalServerError:
		return schema.Tf("il server ha un guasto (errore %d): si riprova alla prossima visita", "the server has a fault (error %d): the next visit tries again", status.Status)
	case errors.Is(err, gitrepo.ErrUnreachable):
		return schema.T("il server interrompe la risposta, o risponde in modo non valido: si riprova alla prossima visita", "the server breaks off its answer, or answers in a way that is not valid: the next visit tries again")
	}
	return schema.T("il repository non si riesce a leggere: si riprova alla prossima visita", "the repository cannot be read: the next visit tries again")
}
