package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer"
)

// What the network does to a place that names others is said as it is of a repository: a dead catalogue was once only one
// that "did not answer", and its owner could not tell a server that is off from a wrong certificate.
func TestListsSayWhatTheNetworkDid(t *testing.T) {
	off := httptest.NewServer(http.NotFoundHandler())
	off.Close()
	secured := httptest.NewTLSServer(http.NotFoundHandler())
	defer secured.Close()
	n := network{allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	listers, err := n.listers(1, nil)
	if err != nil {
		t.Fatal(err)
	}
	for kind, lister := range listers {
		for _, c := range []struct{ url, says string }{
			{off.URL, "il server rifiuta la connessione: è spento, o l'indirizzo è sbagliato"},
			{secured.URL, "il certificato https non è di un'autorità riconosciuta, o manca quello intermedio: chi gestisce il server lo installi"},
			{"http://10.0.0.1", "l'indirizzo porta a una rete privata, che non si visita: serve un indirizzo pubblico"},
		} {
			_, err := lister.Inventory(t.Context(), catalog.Source{ID: "prova", Kind: kind, URL: c.url + "/ente"}, "")
			var told *indexer.Trouble
			if !errors.As(err, &told) || told.Outcome != catalog.Failed || told.Reason.It != c.says {
				t.Errorf("%s at %s: %v", kind, c.url, err)
			}
		}
	}
}
