package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"syscall"

	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// judge turns what a server answered, or why it did not, into what is said of the address. What only tells of the place
// from which was asked is a warning; the rest is an error, as it is for the reference parser.
func judge(status int, err error) answer {
	why, ours := wordsOf(status, err)
	switch {
	case why.IsZero():
		return noFinding
	case ours:
		return one(publiccode.Reference.NotAsked, why)
	}
	return one(publiccode.Reference.NotAnswering, why)
}

// wordsOf says what a server answered, or why it did not; nothing when it is well. ours is true of what only tells of the
// place from which was asked: no network, a private address, too many requests.
func wordsOf(status int, err error) (why schema.Text, ours bool) {
	if err == nil {
		return wordsOfStatus(status)
	}
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var plain tls.RecordHeaderError
	var alert tls.AlertError
	switch {
	case errors.Is(err, outbound.ErrBlockedAddress):
		return schema.T("porta a una rete privata", "it leads to a private network"), true
	case errors.Is(err, outbound.ErrRedirect):
		return schema.T("il server rimanda altrove troppe volte, o da https a http", "the server redirects too many times, or from https to http"), false
	case errors.Is(err, outbound.ErrScheme):
		return schema.T("non è un indirizzo http o https senza nome e password", "it is not an http or https address without name and password"), false
	case errors.Is(err, outbound.ErrTimeout), errors.Is(err, outbound.ErrTooSlow), errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), timedOut(err):
		return schema.T("il server non risponde in tempo", "the server does not answer in time"), false
	case errors.Is(err, outbound.ErrTooLarge):
		return schema.T("la risposta è troppo grande", "the answer is too large"), true
	case errors.As(err, &name) && name.IsNotFound:
		return schema.T("nessun server ha questo nome: è sbagliato, o da qui non c'è rete", "no server has this name: it is wrong, or there is no network here"), false
	case errors.As(err, &name):
		return schema.T("da qui il nome del server non si risolve", "the name of the server cannot be resolved from here"), true
	case errors.As(err, &certificate):
		return badCertificate(certificate.Err), false
	case errors.As(err, &plain), errors.As(err, &alert):
		return schema.T("il server non parla https come dovrebbe", "the server does not speak https as it should"), false
	case errors.Is(err, syscall.ECONNREFUSED):
		return schema.T("il server rifiuta la connessione", "the server refuses the connection"), false
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return schema.T("da qui il server non si raggiunge", "the server cannot be reached from here"), true
	}
	return schema.T("il server chiude la connessione o risponde in modo non valido", "the server closes the connection or gives an answer that is not valid"), false
}

func timedOut(err error) bool {
	var e net.Error
	return errors.As(err, &e) && e.Timeout()
}

// badCertificate says what is wrong with a certificate.
func badCertificate(err error) schema.Text {
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return schema.T("il certificato https è scaduto", "the https certificate has expired")
	case errors.As(err, &host):
		return schema.T("il certificato https è di un altro server", "the https certificate is that of another server")
	}
	return schema.T("il certificato https non è di un'autorità riconosciuta", "the https certificate is not from a known authority")
}

// wordsOfStatus takes 2xx and, where a server redirects without saying where to, 3xx.
func wordsOfStatus(status int) (why schema.Text, ours bool) {
	switch {
	case status >= 200 && status < 400:
		return schema.Text{}, false
	case status == http.StatusTooManyRequests:
		return schema.T("il server chiede di tornare più tardi", "the server asks to come back later"), true
	}
	meaning := schema.T("richiesta rifiutata", "request refused")
	switch {
	case status == http.StatusNotFound, status == http.StatusGone:
		meaning = schema.T("qui non c'è nulla", "there is nothing here")
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		meaning = schema.T("l'accesso non è pubblico", "access is not public")
	case status >= 500:
		meaning = schema.T("il server ha un guasto", "the server has a fault")
	}
	return schema.T(fmt.Sprintf("il server risponde %d, %s", status, meaning.It), fmt.Sprintf("the server answers %d, %s", status, meaning.En)), false
}
