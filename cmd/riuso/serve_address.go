package main

import (
	"errors"
	"net"
	"net/url"
	"strings"
	"syscall"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// listenOn opens the address of --addr; what is no address, or none of this machine, is a mistake on the command line.
func (p *program) listenOn(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	var form *net.AddrError
	var name *net.DNSError
	switch {
	case errors.As(err, &form):
		err = usageError{p.said(err, "--addr: «%s» non è un indirizzo con la sua porta: scrivi per esempio 127.0.0.1:8080, o :8080 per tutti gli indirizzi di questa macchina",
			"--addr: %q is no address with its port: write, say, 127.0.0.1:8080, or :8080 for all addresses of this machine", addr)}
	case errors.As(err, &name) || errors.Is(err, syscall.EADDRNOTAVAIL):
		err = usageError{p.said(err, "--addr: «%s» non è un indirizzo di questa macchina: scrivi per esempio 127.0.0.1:8080, o :8080 per tutti i suoi indirizzi",
			"--addr: %q is no address of this machine: write, say, 127.0.0.1:8080, or :8080 for all its addresses", addr)}
	case errors.Is(err, syscall.EACCES):
		err = p.said(err, "--addr: il sistema non permette a questo utente la porta di «%s»: scegline una sopra 1023, per esempio 127.0.0.1:8080",
			"--addr: the system does not give this user the port of %q: choose one above 1023, as in 127.0.0.1:8080", addr)
	}
	return l, err
}

// checkBase refuses a public address that pages could not be linked with.
func (p *program) checkBase(base string) error {
	if base == "" {
		return nil
	}
	u, err := url.Parse(base)
	if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil && u.RawQuery == "" && u.Fragment == "" && strings.Trim(u.Path, "/") == "" {
		return nil
	}
	return usageError{p.said(catalog.ErrInvalid, "--base-url: «%s» non è l'indirizzo intero di un sito, senza percorso: scrivi per esempio --base-url https://riuso.example.it",
		"--base-url: %q is not the whole address of a site, without a path: write, say, --base-url https://riuso.example.it", base)}
}

// shownAddress gives of an address what may be repeated on a terminal: the rest may hold a secret.
func shownAddress(raw string, l schema.Lang) string {
	if u, err := url.Parse(raw); err == nil && u.Scheme != "" && u.Hostname() != "" {
		return u.Scheme + "://" + u.Host
	}
	host, _, _ := strings.Cut(raw, "/")
	if strings.ContainsAny(host, "@?#=& ") || !strings.Contains(host, ".") {
		return schema.T("ciò che hai dato", "what you gave").In(l)
	}
	return host
}
