package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"

	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
)

// maxCA is how large the file of an operator's authorities may be, in bytes: the whole set of a browser is half of it.
const maxCA = 1 << 20

// defineProxy defines the flags of the way out: a proxy and authorities of the operator's own.
func (p *program) defineProxy(f *flag.FlagSet, n *network) {
	f.Func("proxy", "", func(s string) error {
		proxy, err := outbound.NewProxy(s, p.getenv)
		if err != nil || proxy == nil { // what was written is not repeated: it may hold a password
			return errors.New(schema.T("non è l'indirizzo di un proxy: scrivi per esempio --proxy http://proxy.ente.it:3128", "this is no address of a proxy: write, say, --proxy http://proxy.ente.it:3128").In(p.lang))
		}
		n.proxy, n.proxySaid = proxy, true
		return nil
	})
	f.Func("ca", "", func(file string) error {
		pem, err := readSome(file, maxCA)
		if err != nil {
			return errors.New(p.words(err))
		}
		if n.roots, err = outbound.Roots(pem); err != nil {
			return fmt.Errorf(schema.T("%s: non contiene nessun certificato: ci vuole un file PEM, con una riga «-----BEGIN CERTIFICATE-----»", "%s: holds no certificate: it takes a PEM file, with a line \"-----BEGIN CERTIFICATE-----\"").In(p.lang), file)
		}
		return nil
	})
}

// way completes a configuration with the operator's network: what may be reached, through which proxy, believing whom.
func (n *network) way(c outbound.Config) (outbound.Config, error) {
	c.AllowNet, c.Lookup, c.RootCAs, c.Proxy = n.allow, n.lookup, n.roots, n.proxy
	if n.proxySaid || n.getenv == nil {
		return c, nil
	}
	proxy, err := outbound.NewProxy("", n.getenv)
	if err != nil {
		return c, fmt.Errorf(schema.T("la variabile d'ambiente HTTP_PROXY o HTTPS_PROXY non è l'indirizzo di un proxy, come http://proxy.ente.it:3128 (%w)", "the environment variable HTTP_PROXY or HTTPS_PROXY is no address of a proxy, as http://proxy.ente.it:3128 is (%w)").In(n.lang), err)
	}
	c.Proxy = proxy
	return c, nil
}

// client makes a client of the operator's network for what is not Git. A trusted one carries the tokens, each to its own
// host only: it is for the addresses that the operator wrote (a forge, another catalogue); of those of others only for a public list.
func (n *network) client(c outbound.Config, trusted bool) (*http.Client, error) {
	way, err := n.way(c)
	if err != nil {
		return nil, err
	}
	if trusted {
		return n.trusted(way)
	}
	return outbound.New(way)
}

// readSome reads a file of at most limit bytes.
func readSome(path string, limit int64) (_ []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return io.ReadAll(io.LimitReader(f, limit))
}
