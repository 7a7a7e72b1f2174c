package outbound

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// The limits that hold where [Config] says nothing.
const (
	// DefaultUserAgent tells the owner of a server who visits and where to read about it.
	DefaultUserAgent = "riuso (+https://github.com/open-community-pa/riuso)"

	DefaultTimeout       = 2 * time.Minute  // one request from its turn to the last byte of the answer
	DefaultDialTimeout   = 10 * time.Second // name, connection
	DefaultTLSTimeout    = 10 * time.Second // TLS handshake
	DefaultHeaderTimeout = 30 * time.Second // from the request sent to the answer's headers, all of them
	DefaultIdleTimeout   = 20 * time.Second // no byte at all
	DefaultRateWindow    = 15 * time.Second // how long a slow answer is suffered before it is measured
	DefaultMinRate       = 256              // bytes a second, measured over the window
	DefaultMaxBytes      = 256 << 20        // bytes of one answer, after decompression
	DefaultMaxRedirects  = 5
	DefaultPerHost       = 4 // requests at the same moment to the same host

	maxHeaderBytes  = 64 << 10         // headers of one answer
	maxIdleConns    = 64               // connections kept for later, all hosts
	idleConnTimeout = 30 * time.Second // how long they are kept
	maxAddresses    = 8                // addresses of one name that are tried
)

// Why a request was not made, or its answer not taken. They are met with errors.Is, through the *url.Error of net/http.
var (
	// ErrBlockedAddress: the name leads to a private, loopback, link-local, carrier, multicast or reserved address.
	ErrBlockedAddress = errors.New("address not allowed")
	// ErrScheme: neither http nor https, or a URL with a user name or password in it.
	ErrScheme = errors.New("only http and https without credentials in the URL")
	// ErrRedirect: too many redirects, or one from https to http.
	ErrRedirect = errors.New("redirect not followed")
	// ErrTooLarge: the answer is longer than Config.MaxBytes.
	ErrTooLarge = errors.New("answer too large")
	// ErrTooSlow: no byte for Config.IdleTimeout, or fewer than Config.MinRate a second.
	ErrTooSlow = errors.New("answer too slow")
	// ErrTimeout: the answer was not complete within Config.Timeout.
	ErrTimeout = errors.New("answer not complete in time")
)

// Config says how far the client may go. The zero value is useful: every limit has a default, nothing private is reached.
type Config struct {
	// UserAgent replaces any that a caller sets; empty means DefaultUserAgent.
	UserAgent string
	// AllowNet are the networks that may be reached although they are private: the operator's own choice.
	AllowNet []netip.Prefix
	// AllowHosts, when there are any, are all that is reached: "host:port", whatever address that has. A connection or a
	// redirect to any other place is refused, public or not. It is for a route that the operator wrote (a mirror).
	AllowHosts []string
	// Lookup resolves a host name; nil means the system's resolver.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	// RootCAs are the authorities that certificates are checked against; nil means the system's. See Roots.
	RootCAs *x509.CertPool
	// Proxy is the operator's way out; nil means none. It resolves the names that it is asked for, so that the check of
	// addresses is less sure: a name is resolved here too and refused when any of its addresses is not allowed, but the
	// proxy may be told another one, and names that cannot be resolved here are left to it. What it may connect to is for
	// its own rules to say.
	Proxy *Proxy
	// Tokens are sent to their own hosts, by https or on this machine, and never after a redirect from another origin.
	Tokens *Tokens

	Timeout, DialTimeout, TLSTimeout, HeaderTimeout time.Duration
	// IdleTimeout, RateWindow and MinRate (bytes a second) end an answer that drips; a negative MinRate switches the
	// measure off. Only the time spent waiting for the server counts, never that of a slow reader.
	IdleTimeout, RateWindow time.Duration
	MinRate                 int64
	MaxBytes                int64
	MaxRedirects            int
	// PerHost is how many requests one host gets at the same moment; a request ends when its body is closed.
	PerHost int
	// MinInterval is the least time between the starts of two requests to one host; zero means none.
	MinInterval time.Duration
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// New checks the configuration and makes the client. It fails on a negative limit, on an invalid network and on a
// User-Agent that would break the request.
func New(c Config) (*http.Client, error) {
	if err := c.complete(); err != nil {
		return nil, err
	}
	d := newDialer(c)
	base := &http.Transport{
		Proxy:                  nil,
		DialContext:            d.dial,
		TLSClientConfig:        &tls.Config{RootCAs: c.RootCAs, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    c.TLSTimeout,
		ResponseHeaderTimeout:  c.HeaderTimeout,
		MaxResponseHeaderBytes: maxHeaderBytes,
		MaxIdleConns:           maxIdleConns,
		MaxIdleConnsPerHost:    c.PerHost,
		IdleConnTimeout:        idleConnTimeout,
		ForceAttemptHTTP2:      true,
	}
	return &http.Client{
		Transport: &guard{base: base, proxied: newProxied(c, base, d), c: c, hosts: newHosts(c),
			pauses: &pauses{now: c.Now, all: map[string]pause{}}},
		CheckRedirect: checkRedirect(c.MaxRedirects, d.only),
	}, nil
}

// complete fills the defaults in and refuses what makes no sense.
func (c *Config) complete() error {
	if c.UserAgent == "" {
		c.UserAgent = DefaultUserAgent
	}
	if strings.ContainsFunc(c.UserAgent, func(r rune) bool { return r < ' ' || r > '~' }) {
		return fmt.Errorf("outbound: User-Agent %q has characters that a header cannot carry", c.UserAgent)
	}
	for _, h := range c.AllowHosts {
		name, port, err := net.SplitHostPort(h)
		if err == nil {
			_, err = strconv.ParseUint(port, 10, 16)
		}
		if err != nil || name == "" {
			return fmt.Errorf("outbound: AllowHosts has %q, which is not host:port", h)
		}
	}
	for _, p := range c.AllowNet {
		if !p.IsValid() {
			return errors.New("outbound: AllowNet has a network that is not valid")
		}
	}
	for _, d := range []struct {
		name  string
		value *time.Duration
		def   time.Duration
	}{
		{"Timeout", &c.Timeout, DefaultTimeout},
		{"DialTimeout", &c.DialTimeout, DefaultDialTimeout},
		{"TLSTimeout", &c.TLSTimeout, DefaultTLSTimeout},
		{"HeaderTimeout", &c.HeaderTimeout, DefaultHeaderTimeout},
		{"IdleTimeout", &c.IdleTimeout, DefaultIdleTimeout},
		{"RateWindow", &c.RateWindow, DefaultRateWindow},
		{"MinInterval", &c.MinInterval, 0},
	} {
		if *d.value < 0 {
			return fmt.Errorf("outbound: %s is negative", d.name)
		}
		if *d.value == 0 {
			*d.value = d.def
		}
	}
	if c.MaxBytes < 0 || c.MaxRedirects < 0 || c.PerHost < 0 {
		return errors.New("outbound: MaxBytes, MaxRedirects and PerHost cannot be negative")
	}
	if c.MinRate == 0 {
		c.MinRate = DefaultMinRate
	}
	if c.MaxBytes == 0 {
		c.MaxBytes = DefaultMaxBytes
	}
	if c.MaxRedirects == 0 {
		c.MaxRedirects = DefaultMaxRedirects
	}
	if c.PerHost == 0 {
		c.PerHost = DefaultPerHost
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Lookup == nil {
		c.Lookup = func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}
	}
	return nil
}
