package outbound

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/http/httpproxy"
)

// ErrProxy: the operator's proxy does not answer, or refuses to lead on.
var ErrProxy = errors.New("the proxy does not lead there")

// ErrProxyAddress: what should be the address of a proxy is none. The error never shows it: it may hold a password.
var ErrProxyAddress = errors.New("not the address of a proxy")

// Proxy is the operator's way out. It may be private; what it leads to may not, see [Config].Proxy. The nil value is no
// proxy.
type Proxy struct {
	of    func(*url.URL) (*url.URL, error) // a function, because the address may hold a password and no printer looks inside one
	hosts []string
}

// NewProxy takes the proxy of an option and, where that is empty, of the environment: HTTPS_PROXY, HTTP_PROXY, either of
// them in small letters too. NO_PROXY, the hosts that are reached without one, counts for both. This machine is never
// asked of a proxy. Nil means that there is none; ErrProxyAddress names the option or variable that is wrong.
func NewProxy(option string, getenv func(string) string) (*Proxy, error) {
	either := func(name string) string {
		if v := getenv(name); v != "" {
			return v
		}
		return getenv(strings.ToLower(name))
	}
	c := httpproxy.Config{HTTPProxy: option, HTTPSProxy: option, NoProxy: either("NO_PROXY")}
	names := []string{"--proxy", "--proxy"}
	if option == "" {
		c.HTTPProxy, c.HTTPSProxy = either("HTTP_PROXY"), either("HTTPS_PROXY")
		names = []string{"HTTP_PROXY", "HTTPS_PROXY"}
	}
	p := &Proxy{}
	for i, v := range []*string{&c.HTTPProxy, &c.HTTPSProxy} {
		if *v == "" {
			continue
		}
		if !strings.Contains(*v, "://") {
			*v = "http://" + *v
		}
		u, err := url.Parse(*v)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" {
			return nil, fmt.Errorf("%s: %w", names[i], ErrProxyAddress)
		}
		p.hosts = append(p.hosts, HostPort(u))
	}
	if len(p.hosts) == 0 {
		return nil, nil
	}
	p.of = c.ProxyFunc()
	return p, nil
}

// String hides the address, which may hold a password.
func (p Proxy) String() string { return fmt.Sprintf("%d proxies", len(p.hosts)) }

// leads says whether a request goes by the proxy.
func (p *Proxy) leads(u *url.URL) bool {
	if p == nil {
		return false
	}
	by, err := p.of(u)
	return err == nil && by != nil
}

// proxied is the way through the proxy: a transport that connects to the proxy alone, and the check of where it is asked
// to lead.
type proxied struct {
	base *http.Transport
	d    *dialer

	mu      sync.Mutex
	unknown map[string]time.Time // names that this network does not resolve, and until when that is believed
	now     func() time.Time
}

const (
	lookupTime  = 5 * time.Second // for a name that the proxy will resolve: a network may have no resolver but the proxy's
	unknownTime = 5 * time.Minute // how long a name is not asked for again
	maxUnknown  = 4096            // names remembered
)

// newProxied makes it, from the transport that goes straight.
func newProxied(c Config, straight *http.Transport, d *dialer) *proxied {
	if c.Proxy == nil {
		return nil
	}
	to := &dialer{only: hostSet(c.Proxy.hosts), lookup: c.Lookup, net: &net.Dialer{Timeout: c.DialTimeout, KeepAlive: idleConnTimeout}, limit: c.DialTimeout}
	to.net.ControlContext = to.control
	base := straight.Clone()
	base.Proxy = func(req *http.Request) (*url.URL, error) { return c.Proxy.of(req.URL) }
	base.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := to.dial(ctx, network, address)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrProxy, err)
		}
		return conn, nil
	}
	base.OnProxyConnectResponse = func(_ context.Context, _ *url.URL, _ *http.Request, res *http.Response) error {
		if res.StatusCode != http.StatusOK {
			return fmt.Errorf("%w: HTTP %d", ErrProxy, res.StatusCode)
		}
		return nil
	}
	return &proxied{base: base, d: d, now: c.Now, unknown: map[string]time.Time{}}
}

// RoundTrip asks through the proxy, when the proxy may be asked for that place.
func (p *proxied) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := p.check(req.Context(), req.URL); err != nil {
		return nil, err
	}
	res, err := p.base.RoundTrip(req)
	if err == nil && res.StatusCode == http.StatusProxyAuthRequired {
		return nil, errors.Join(fmt.Errorf("%w: HTTP %d", ErrProxy, res.StatusCode), res.Body.Close())
	}
	return res, err
}

// check keeps the proxy from being a door to what the guard closes. The proxy resolves the name, so all that can be done
// is to resolve it as well and to refuse when any answer is not allowed; a name that this network cannot resolve is left
// to the proxy, unless it can be only a name of an inner network or an address in disguise.
func (p *proxied) check(ctx context.Context, u *url.URL) error {
	if len(p.d.only) > 0 {
		if !p.d.only[strings.ToLower(HostPort(u))] {
			return fmt.Errorf("%w: %s is not where this route leads", ErrBlockedAddress, HostPort(u))
		}
		return nil
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if a, err := netip.ParseAddr(host); err == nil {
		return p.all(host, []netip.Addr{a})
	}
	if !p.resolves(host) {
		return inner(host)
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	addrs, err := p.d.lookup(ctx, host)
	if err != nil || len(addrs) == 0 {
		p.mu.Lock()
		if len(p.unknown) >= maxUnknown {
			clear(p.unknown)
		}
		p.unknown[host] = p.now().Add(unknownTime)
		p.mu.Unlock()
		return inner(host)
	}
	return p.all(host, addrs)
}

// all refuses a host of which any address is not allowed: which one the proxy takes is not ours to say.
func (p *proxied) all(host string, addrs []netip.Addr) error {
	for _, a := range addrs {
		if !p.d.may(a) {
			return fmt.Errorf("%w: %s leads to %s", ErrBlockedAddress, host, a)
		}
	}
	return nil
}

// resolves says whether it is worth asking for the name.
func (p *proxied) resolves(host string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.unknown[host].After(p.now())
}

// inner refuses names that no public server has: without a dot, under one of the names kept for inner networks (RFC 6761,
// RFC 6762, RFC 8375, ICANN's .internal), or ending in a number, as only an address in disguise does ("127.1", "0x7f.1").
func inner(host string) error {
	last := host[strings.LastIndexByte(host, '.')+1:]
	kept := map[string]bool{"localhost": true, "local": true, "internal": true, "intranet": true, "lan": true, "home": true, "corp": true, "test": true, "invalid": true}
	if last == host || kept[last] || strings.HasSuffix(host, ".home.arpa") || (last != "" && last[0] >= '0' && last[0] <= '9') {
		return fmt.Errorf("%w: %s is a name of an inner network", ErrBlockedAddress, host)
	}
	return nil
}
