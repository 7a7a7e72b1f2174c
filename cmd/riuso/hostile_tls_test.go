package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/outbound"
)

// certificate makes one for a host, that signs itself, and the authorities of a client that trusts it.
func certificate(t *testing.T, host string, from, until time.Time) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, NotBefore: from, NotAfter: until,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	if ip := net.ParseIP(host); ip != nil {
		c.IPAddresses = []net.IP{ip}
	} else {
		c.DNSNames = []string{host}
	}
	der, err := x509.CreateCertificate(rand.Reader, &c, &c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

// secured serves nothing over TLS with these settings. What the server says of clients that hang up is not printed.
func secured(t *testing.T, c *tls.Config) string {
	t.Helper()
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.TLS, s.Config.ErrorLog = c, log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL + "/ente/kit"
}

func TestHostileTLS(t *testing.T) {
	g := newGround(t)
	now := time.Now()
	const noHTTPS = "il server non parla https come dovrebbe: chi lo gestisce controlli la configurazione, o scrivi l'indirizzo giusto"
	trusted := func(host string, from, until time.Time, change func(*tls.Config)) (func(*testing.T, *ground) string, func(*outbound.Config)) {
		c, roots := certificate(t, host, from, until)
		settings := &tls.Config{Certificates: []tls.Certificate{c}}
		if change != nil {
			change(settings)
		}
		return func(t *testing.T, _ *ground) string { return secured(t, settings) }, func(o *outbound.Config) { o.RootCAs = roots }
	}
	day := 24 * time.Hour
	sound, sure := trusted("127.0.0.1", now.Add(-day), now.Add(day), nil)
	expired, sureOfExpired := trusted("127.0.0.1", now.Add(-2*day), now.Add(-day), nil)
	other, sureOfOther := trusted("altro.comune.example", now.Add(-day), now.Add(day), nil)
	old, sureOfOld := trusted("127.0.0.1", now.Add(-day), now.Add(day), func(c *tls.Config) { c.MaxVersion = tls.VersionTLS11 })
	for _, p := range []hostilePlace{
		{name: "a certificate as it should be", outcome: catalog.Absent, start: sound, client: sure, reason: "il repository non esiste o non è più pubblico"},
		{name: "an authority that nobody knows", outcome: catalog.Failed, start: sound,
			reason: "il certificato https non è di un'autorità riconosciuta, o manca quello intermedio: chi gestisce il server lo installi"},
		{name: "expired", outcome: catalog.Failed, start: expired, client: sureOfExpired, reason: "il certificato https è scaduto: chi gestisce il server lo rinnovi"},
		{name: "of another server", outcome: catalog.Failed, start: other, client: sureOfOther, reason: "il certificato https è di un altro server: chi gestisce il server lo rinnovi"},
		{name: "a version that nobody should speak", outcome: catalog.Failed, start: old, client: sureOfOld, reason: noHTTPS},
		{name: "no https at all", outcome: catalog.Failed, start: https(answersStatus(200, "")), reason: noHTTPS},
		{name: "http to a server of https", outcome: catalog.Failed, reason: "il server interrompe la risposta, o risponde in modo non valido: si riprova alla prossima visita",
			start: func(t *testing.T, g *ground) string { return strings.Replace(sound(t, g), "https://", "http://", 1) }},
	} {
		t.Run(p.name, func(t *testing.T) { g.visit(t, p) })
	}
}
