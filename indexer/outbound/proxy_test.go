package outbound

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// way is a small real proxy: whatever it is asked for it leads to one server, and it notes what it was asked.
type way struct {
	to     string
	user   string
	status int // instead of leading on

	mu    sync.Mutex
	asked []string
}

func (p *way) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked = append(p.asked, r.Method+" "+r.RequestURI)
	p.mu.Unlock()
	if p.user != "" && r.Header.Get("Proxy-Authorization") == "" {
		w.WriteHeader(http.StatusProxyAuthRequired)
		return
	}
	if p.status != 0 {
		w.WriteHeader(p.status)
		return
	}
	if r.Method != http.MethodConnect {
		if _, err := fmt.Fprint(w, "by the proxy"); err != nil {
			return
		}
		return
	}
	far, err := (&net.Dialer{}).DialContext(r.Context(), "tcp", p.to)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	near, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if _, err = io.WriteString(near, "HTTP/1.1 200 OK\r\n\r\n"); err == nil {
		go pump(far, near)
		pump(near, far)
	}
}

func pump(to, from net.Conn) {
	if _, err := io.Copy(to, from); err != nil {
		to.Close()
	}
	to.Close()
}

func (p *way) seen() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.asked...)
}

func none(string) string { return "" }

// byProxy makes a client behind a proxy on loopback; names resolve as addrs say, all others not at all.
func byProxy(t *testing.T, p *way, roots *x509.CertPool, addrs map[string]string) *http.Client {
	t.Helper()
	s := httptest.NewServer(p)
	t.Cleanup(s.Close)
	at := s.URL
	if p.user != "" {
		at = strings.Replace(s.URL, "://", "://"+p.user+"@", 1)
	}
	proxy, err := NewProxy(at, none)
	if err != nil {
		t.Fatal(err)
	}
	cl, err := New(Config{Proxy: proxy, RootCAs: roots, Lookup: func(_ context.Context, host string) ([]netip.Addr, error) {
		var out []netip.Addr
		for a := range strings.FieldsSeq(addrs[host]) {
			out = append(out, netip.MustParseAddr(a))
		}
		if len(out) == 0 {
			return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
		}
		return out, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cl.CloseIdleConnections)
	return cl
}

func secureServer(t *testing.T, h http.HandlerFunc) (string, *x509.CertPool) {
	t.Helper()
	s := httptest.NewTLSServer(h)
	t.Cleanup(s.Close)
	pool, err := Roots(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}))
	if err != nil {
		t.Fatal(err)
	}
	return s.Listener.Addr().String(), pool
}

// The proxy itself may be private; https goes through it by CONNECT to the end, http by its whole address; a name that
// only the proxy resolves is led too.
func TestThroughTheProxy(t *testing.T) {
	at, roots := secureServer(t, func(w http.ResponseWriter, _ *http.Request) { write(t, w, "in") })
	p := &way{to: at}
	cl := byProxy(t, p, roots, map[string]string{"example.com": "93.184.216.34"})
	if got, err := read(t, cl, "https://example.com/x"); err != nil || got != "in" {
		t.Errorf("https: %q, %v", got, err)
	}
	if got, err := read(t, cl, "http://example.com/x?y"); err != nil || got != "by the proxy" {
		t.Errorf("http: %q, %v", got, err)
	}
	if got, err := read(t, cl, "http://git.comune.example.it/"); err != nil || got != "by the proxy" {
		t.Errorf("a name that is not known here: %q, %v", got, err)
	}
	if got := strings.Join(p.seen(), ", "); got != "CONNECT example.com:443, GET http://example.com/x?y, GET http://git.comune.example.it/" {
		t.Error(got)
	}
}

// The guard keeps its meaning: nothing private is asked of the proxy, by address, by name, by one answer among several,
// by a redirect, by a name that only inner networks have, by a number that is an address in disguise.
func TestTheProxyIsNoDoorInwards(t *testing.T) {
	at, roots := secureServer(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://10.0.0.1/", http.StatusFound)
	})
	p := &way{to: at}
	cl := byProxy(t, p, roots, map[string]string{
		"example.com": "93.184.216.34", "in.example.it": "10.0.0.5", "both.example.it": "93.184.216.34 192.168.1.1", "six.example.it": "::ffff:127.0.0.1",
	})
	for _, u := range []string{
		"http://10.0.0.1/", "https://169.254.169.254/latest", "http://[fd00::1]/", "https://in.example.it/", "http://both.example.it/", "http://six.example.it/",
		"http://intranet/", "http://metadata.google.internal/", "http://stampante.local./", "http://127.1/", "http://0x7f.1/", "http://2130706433/", "http://nas.home.arpa/",
		"http://x.localhost/", "https://example.com/redirects",
	} {
		if got, err := read(t, cl, u); !errors.Is(err, ErrBlockedAddress) {
			t.Errorf("%s: %q, %v", u, got, err)
		}
	}
	if got := strings.Join(p.seen(), ", "); got != "CONNECT example.com:443" {
		t.Errorf("the proxy was asked: %s", got)
	}
	// This machine is never asked of a proxy, and stays closed: the proxy's own port, too.
	own, err := url.Parse("http://127.0.0.1:1/")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := read(t, cl, own.String()); !errors.Is(err, ErrBlockedAddress) {
		t.Errorf("loopback: %v", err)
	}
}

// What the proxy says is told as its own word, and its password never.
func TestAProxyThatRefuses(t *testing.T) {
	for _, p := range []*way{{status: http.StatusForbidden}, {user: "riuso:parola-d-ordine", status: http.StatusBadGateway}, {status: http.StatusProxyAuthRequired}} {
		cl := byProxy(t, p, nil, map[string]string{"example.com": "93.184.216.34"})
		_, err := read(t, cl, "https://example.com/")
		if !errors.Is(err, ErrProxy) || strings.Contains(err.Error(), "parola") {
			t.Errorf("%d: %v", p.status, err)
		}
		if p.status == http.StatusProxyAuthRequired {
			if _, err := read(t, cl, "http://example.com/"); !errors.Is(err, ErrProxy) {
				t.Errorf("http: %v", err)
			}
		}
	}
	proxy, err := NewProxy("http://riuso:parola-d-ordine@127.0.0.1:1", none)
	if err != nil {
		t.Fatal(err)
	}
	cl := client(t, Config{Proxy: proxy, Lookup: func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("93.184.216.34")}, nil
	}})
	if _, err = read(t, cl, "https://example.com/"); !errors.Is(err, ErrProxy) || strings.Contains(err.Error(), "parola") {
		t.Errorf("nobody there: %v", err)
	}
	if s := fmt.Sprintf("%v %+v %#v", proxy, *proxy, Config{Proxy: proxy}); strings.Contains(s, "parola") {
		t.Error(s)
	}
}

func TestNewProxy(t *testing.T) {
	env := map[string]string{"https_proxy": "proxy.ente.it:3128", "HTTP_PROXY": "http://altro.ente.it:8080", "NO_PROXY": "interno.ente.it,10.0.0.0/8"}
	p, err := NewProxy("", func(n string) string { return env[n] })
	if err != nil {
		t.Fatal(err)
	}
	for u, want := range map[string]bool{
		"https://example.com/": true, "http://example.com/": true, "https://interno.ente.it/": false, "https://10.1.2.3/": false, "http://127.0.0.1/": false,
	} {
		at, err := url.Parse(u)
		if err != nil || p.leads(at) != want {
			t.Errorf("%s: %v", u, !want)
		}
	}
	if p, err := NewProxy("", none); p != nil || err != nil {
		t.Errorf("%v, %v", p, err)
	}
	for _, bad := range []string{"socks5://x:1", "http://", "http://u:parola@[::1", "http://x/path", "://x"} {
		if _, err := NewProxy(bad, none); !errors.Is(err, ErrProxyAddress) || strings.Contains(err.Error(), "parola") || !strings.Contains(err.Error(), "--proxy") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestRoots(t *testing.T) {
	at, roots := secureServer(t, func(w http.ResponseWriter, _ *http.Request) { write(t, w, "in") })
	if got, err := read(t, client(t, Config{RootCAs: roots}), "https://"+at); err != nil || got != "in" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := read(t, client(t, Config{}), "https://"+at); err == nil {
		t.Error("an unknown authority was believed")
	}
	for _, bad := range []string{"", "non è un certificato", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"} {
		if _, err := Roots([]byte(bad)); !errors.Is(err, ErrNoCertificate) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// A busy server that does not say until when is given longer each time, at most an hour; what it says itself stays.
func TestPauses(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	p := &pauses{now: func() time.Time { return now }, all: map[string]pause{}}
	ask := func(status int, said string) string {
		res := &http.Response{StatusCode: status, Header: http.Header{}}
		if said != "" {
			res.Header.Set("Retry-After", said)
		}
		p.mark("git.example.it", res)
		return res.Header.Get("Retry-After")
	}
	for i, want := range []string{"60", "120", "240", "480", "960", "1920", "3600", "3600"} {
		if got := ask(429, ""); got != want {
			t.Errorf("pause %d: %s, want %s", i, got, want)
		}
		if got := ask(503, "presto"); got != want {
			t.Errorf("pause %d, at the same time: %s, want %s", i, got, want)
		}
		now = now.Add(2 * time.Hour)
	}
	if got := ask(503, "7"); got != "7" {
		t.Error(got)
	}
	if got := ask(429, "Sun, 22 Nov 2026 11:00:00 GMT"); got != "Sun, 22 Nov 2026 11:00:00 GMT" {
		t.Error(got)
	}
	if got := ask(404, ""); got != "" {
		t.Error(got)
	}
	if got := ask(429, ""); got != "60" {
		t.Errorf("after an answer: %s", got)
	}
	for i := range maxPauses + 10 {
		p.next(fmt.Sprint(i))
	}
	if len(p.all) > maxPauses {
		t.Errorf("%d hosts are remembered", len(p.all))
	}
	s := server(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := client(t, Config{}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if got := res.Header.Get("Retry-After"); got != "60" {
		t.Errorf("by the client: %q", got)
	}
	if err := res.Body.Close(); err != nil {
		t.Error(err)
	}
}
