package outbound

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// dialer opens connections to checked addresses only.
type dialer struct {
	allow  []netip.Prefix
	only   map[string]bool // host:port; when there are any, nothing else is reached, and they at any address
	lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	net    *net.Dialer
	limit  time.Duration // name and connection together
}

// newDialer makes the dialer of a complete configuration.
func newDialer(c Config) *dialer {
	d := &dialer{
		allow:  c.AllowNet,
		only:   hostSet(c.AllowHosts),
		lookup: c.Lookup,
		net:    &net.Dialer{Timeout: c.DialTimeout, KeepAlive: idleConnTimeout},
		limit:  c.DialTimeout,
	}
	d.net.ControlContext = d.control
	return d
}

// Dial gives the guarded way to open a connection that is not HTTP (ssh): the same check of addresses, no proxy, and no
// limit on what comes over it, which is for the caller to set.
func Dial(c Config) (func(ctx context.Context, network, address string) (net.Conn, error), error) {
	if err := c.complete(); err != nil {
		return nil, err
	}
	return newDialer(c).dial, nil
}

// dial resolves the host once, drops what is not allowed and connects to an address that it has checked: the name is
// never handed on, so nobody resolves it again.
func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, d.limit)
	defer cancel()
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if len(d.only) > 0 && !d.only[strings.ToLower(address)] {
		return nil, fmt.Errorf("%w: %s is not where this route leads", ErrBlockedAddress, address)
	}
	addrs, err := d.addresses(ctx, host)
	if err != nil {
		return nil, err
	}
	var failed error
	for i, a := range addrs {
		if i == maxAddresses {
			break
		}
		conn, err := d.net.DialContext(ctx, network, net.JoinHostPort(a.String(), port))
		if err == nil {
			return conn, nil
		}
		failed = errors.Join(failed, err)
	}
	return nil, failed
}

// addresses gives the allowed addresses of the host, or ErrBlockedAddress when it has only others.
func (d *dialer) addresses(ctx context.Context, host string) ([]netip.Addr, error) {
	var all []netip.Addr
	if a, err := netip.ParseAddr(host); err == nil {
		all = []netip.Addr{a}
	} else if all, err = d.lookup(ctx, host); err != nil {
		return nil, err
	}
	good := make([]netip.Addr, 0, len(all))
	for _, a := range all {
		if d.may(a) {
			good = append(good, a.Unmap())
		}
	}
	if len(good) > 0 {
		return good, nil
	}
	if len(all) == 0 {
		return nil, &net.DNSError{Err: "no address", Name: host, IsNotFound: true}
	}
	return nil, fmt.Errorf("%w: %s leads to %s", ErrBlockedAddress, host, all[0])
}

// may says whether an address may be connected to. Where only some hosts are reached the host was checked before.
func (d *dialer) may(a netip.Addr) bool { return len(d.only) > 0 || allowed(a, d.allow) }

// hostSet makes host:port comparable.
func hostSet(hosts []string) map[string]bool {
	out := map[string]bool{}
	for _, h := range hosts {
		out[strings.ToLower(h)] = true
	}
	return out
}

// control looks once more at the address that the system is about to connect to.
func (d *dialer) control(_ context.Context, _, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %s", ErrBlockedAddress, address)
	}
	if !d.may(ap.Addr()) {
		return fmt.Errorf("%w: %s", ErrBlockedAddress, ap.Addr())
	}
	return nil
}
