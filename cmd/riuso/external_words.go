package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"os"
	"syscall"

	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// judge turns what a server answered, or why it did not, into what is said of the address. What only tells of the place
// from which was asked (no network, a private address, too many requests) is a warning; the rest is an error, as it is
// for the reference parser.
func judge(status int, err error) answer {
	if err == nil {
		return judgeStatus(status)
	}
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var plain tls.RecordHeaderError
	var alert tls.AlertError
	switch {
	case errors.Is(err, outbound.ErrBlockedAddress):
		return one(publiccode.Reference.NotAsked, schema.T("porta a una rete privata", "it leads to a private network"))
	case errors.Is(err, outbound.ErrRedirect):
		return one(publiccode.Reference.NotAnswering, schema.T("il server rimanda altrove troppe volte, o da https a http", "the server redirects too many times, or from https to http"))
	case errors.Is(err, outbound.ErrScheme):
		return one(publiccode.Reference.NotAnswering, schema.T("contiene un nome o una password", "it has a name or a password in it"))
	case errors.Is(err, outbound.ErrTimeout), errors.Is(err, outbound.ErrTooSlow), errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), timedOut(err):
		return one(publiccode.Reference.NotAnswering, schema.T("il server non risponde in tempo", "the server does not answer in time"))
	case errors.Is(err, outbound.ErrTooLarge):
		return one(publiccode.Reference.NotAsked, schema.T("la risposta è troppo grande", "the answer is too large"))
	case errors.As(err, &name) && name.IsNotFound:
		return one(publiccode.Reference.NotAnswering, schema.T("il server con questo nome non esiste", "there is no server of this name"))
	case errors.As(err, &name):
		return one(publiccode.Reference.NotAsked, schema.T("da qui il nome del server non si risolve", "the name of the server cannot be resolved from here"))
	case errors.As(err, &certificate):
		return one(publiccode.Reference.NotAnswering, badCertificate(certificate.Err))
	case errors.As(err, &plain), errors.As(err, &alert):
		return one(publiccode.Reference.NotAnswering, schema.T("il server non parla https come dovrebbe", "the server does not speak https as it should"))
	case errors.Is(err, syscall.ECONNREFUSED):
		return one(publiccode.Reference.NotAnswering, schema.T("il server rifiuta la connessione", "the server refuses the connection"))
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return one(publiccode.Reference.NotAsked, schema.T("da qui il server non si raggiunge", "the server cannot be reached from here"))
	}
	return one(publiccode.Reference.NotAnswering, schema.T("il server chiude la connessione o risponde in modo non valido", "the server closes the connection or gives an answer that is not valid"))
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

// judgeStatus takes 2xx and, where a server redirects without saying where to, 3xx.
func judgeStatus(status int) answer {
	switch {
	case status >= 200 && status < 400:
		return noFinding
	case status == http.StatusTooManyRequests:
		return one(publiccode.Reference.NotAsked, schema.T("il server chiede di tornare più tardi", "the server asks to come back later"))
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
	return one(publiccode.Reference.NotAnswering, schema.Tf("il server risponde %[1]d, %[2]s", "the server answers %[1]d, %[3]s", status, meaning.It, meaning.En))
}
