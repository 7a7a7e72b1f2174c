package main

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
)

// network holds the flags of what goes out.
type network struct {
	mirrors []gitrepo.Mirror
	allow   []netip.Prefix
	lookup  func(ctx context.Context, host string) ([]netip.Addr, error) // nil: the system's resolver

	lang      schema.Lang
	getenv    func(string) string // nil: an environment without anything
	proxy     *outbound.Proxy
	proxySaid bool // by the option: the environment is not asked
	roots     *x509.CertPool
	tokens    *outbound.Tokens
	sshKey    []byte
	known     string // file of known hosts
}

// defineNetwork defines the flags of what visits sources.
func (p *program) defineNetwork(f *flag.FlagSet, n *network) {
	p.defineRoutes(f, n)
	p.defineKeys(f, n)
}

// defineRoutes defines the flags of the way to a repository: mirrors and the operator's own network.
func (p *program) defineRoutes(f *flag.FlagSet, n *network) {
	f.Func("mirror", "", func(s string) error {
		from, to, ok := strings.Cut(s, "=")
		if !ok || from == "" || to == "" {
			return fmt.Errorf(schema.T("«%s» non è DA=A: scrivi per esempio --mirror https://github.com/=http://127.0.0.1:3000/", "%q is not FROM=TO: write, say, --mirror https://github.com/=http://127.0.0.1:3000/").In(p.lang), s)
		}
		if _, err := mirrorHost(to); err != nil {
			return fmt.Errorf(schema.T("«%s» non è l'indirizzo di uno specchio: ci vuole un indirizzo http o https, o una cartella", "%q is no address of a mirror: give an http or https address, or a folder").In(p.lang), to)
		}
		n.mirrors = append(n.mirrors, gitrepo.Mirror{Prefix: from, Target: to})
		return nil
	})
	p.defineAllow(f, n)
}

// defineAllow defines the flags of the operator's own network: what may be reached of it, and how one gets out.
func (p *program) defineAllow(f *flag.FlagSet, n *network) {
	n.lang, n.getenv = p.lang, p.getenv
	p.defineProxy(f, n)
	f.Func("allow-net", "", func(s string) error {
		prefix, err := netip.ParsePrefix(s)
		if err != nil {
			return fmt.Errorf(schema.T("«%s» non è una rete: scrivi per esempio 10.20.0.0/16, o 10.20.0.5/32 per un solo indirizzo", "%q is not a network: write, say, 10.20.0.0/16, or 10.20.0.5/32 for one address").In(p.lang), s)
		}
		n.allow = append(n.allow, prefix)
		return nil
	})
}

// mirrorHost gives the host and port of a mirror, or "" when it is a folder.
func mirrorHost(target string) (string, error) {
	scheme, _, remote := strings.Cut(target, "://")
	if !remote || strings.EqualFold(scheme, "file") {
		return "", nil
	}
	u, err := url.Parse(target)
	if err != nil {
		return "", err
	}
	if s := strings.ToLower(u.Scheme); (s != "http" && s != "https") || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", errors.New("not the address of a mirror")
	}
	return outbound.HostPort(u), nil
}

// reader makes the reader of repositories with its clients: the guarded one, for whatever the sources propose, and one
// for each mirror, which reaches that mirror's host and port and nothing else.
func (n *network) reader(perHost int, local bool) (*gitrepo.Reader, error) {
	way, err := n.way(outbound.Config{PerHost: perHost, MaxBytes: gitrepo.DefaultDiskBytes})
	if err != nil {
		return nil, err
	}
	client, err := outbound.New(way)
	if err != nil {
		return nil, err
	}
	trusted, err := n.trusted(way)
	if err != nil {
		return nil, err
	}
	over, err := n.ssh(way)
	if err != nil {
		return nil, err
	}
	routes := map[string]*http.Client{}
	mirrors := make([]gitrepo.Mirror, len(n.mirrors))
	for i, m := range n.mirrors {
		host, err := mirrorHost(m.Target)
		if err == nil && host != "" && routes[host] == nil {
			routes[host], err = outbound.New(outbound.Config{AllowHosts: []string{host}, PerHost: perHost, MaxBytes: way.MaxBytes, Lookup: way.Lookup, Proxy: way.Proxy, RootCAs: way.RootCAs})
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.Target, err)
		}
		m.Client = cmp.Or(routes[host], client)
		mirrors[i] = m
	}
	return gitrepo.New(gitrepo.Config{Client: client, TrustedClient: trusted, SSH: over, Mirrors: mirrors, AllowLocal: local})
}
