package outbound

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// loopback lets the tests reach their own servers and nothing else that is private.
func loopback() []netip.Prefix { return []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} }

func client(t *testing.T, c Config) *http.Client {
	t.Helper()
	if c.AllowNet == nil {
		c.AllowNet = loopback()
	}
	cl, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cl.CloseIdleConnections)
	return cl
}

func server(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// read asks for the URL and reads all of the answer.
func read(t *testing.T, cl *http.Client, url string) (string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return do(cl, req)
}

func do(cl *http.Client, req *http.Request) (string, error) {
	res, err := cl.Do(req)
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(res.Body)
	return string(b), errors.Join(err, res.Body.Close())
}

func write(t *testing.T, w io.Writer, s string) {
	t.Helper()
	if _, err := io.WriteString(w, s); err != nil && !errors.Is(err, net.ErrClosed) {
		t.Log("the client went away:", err)
	}
}

func TestNewRefusesNonsense(t *testing.T) {
	for name, c := range map[string]Config{
		"negative time":  {Timeout: -1},
		"negative bytes": {MaxBytes: -1},
		"bad agent":      {UserAgent: "riuso\r\nX-Evil: 1"},
		"bad network":    {AllowNet: []netip.Prefix{{}}},
	} {
		if _, err := New(c); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestSaysWhoWeAre(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, r *http.Request) { write(t, w, r.UserAgent()) })
	got, err := read(t, client(t, Config{}), s.URL)
	if err != nil || got != DefaultUserAgent {
		t.Errorf("User-Agent = %q, %v", got, err)
	}
}

func TestPrivateAddressesAreBlockedUnlessAllowed(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, _ *http.Request) { write(t, w, "in") })
	none := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	mapped := strings.Replace(s.URL, "127.0.0.1", "[::ffff:127.0.0.1]", 1)
	for _, u := range []string{s.URL, mapped, strings.Replace(s.URL, "127.0.0.1", "localhost", 1)} {
		if got, err := read(t, client(t, Config{AllowNet: none}), u); !errors.Is(err, ErrBlockedAddress) {
			t.Errorf("%s gave %q, %v", u, got, err)
		}
	}
	if got, err := read(t, client(t, Config{}), mapped); err != nil || got != "in" {
		t.Errorf("allowed: %q, %v", got, err)
	}
}

// A name that answers an allowed address first and another one later must be checked each time it is used, and the
// address dialled must be the one of the answer that was checked.
func TestSecondAnswerOfTheDNS(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		write(t, w, "in")
	})
	port := s.Listener.Addr().(*net.TCPAddr).Port
	var asked atomic.Int32
	c := Config{Lookup: func(context.Context, string) ([]netip.Addr, error) {
		if asked.Add(1) == 1 {
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
		}
		return []netip.Addr{netip.MustParseAddr("127.0.0.2")}, nil
	}}
	cl := client(t, c)
	u := "http://comune.example:" + netip.AddrPortFrom(netip.IPv4Unspecified(), uint16(port)).String()[len("0.0.0.0:"):]
	if got, err := read(t, cl, u); err != nil || got != "in" || asked.Load() != 1 {
		t.Fatalf("first: %q, %v, %d look-ups", got, err, asked.Load())
	}
	if _, err := read(t, cl, u); !errors.Is(err, ErrBlockedAddress) || asked.Load() != 2 {
		t.Errorf("second: %v, %d look-ups", err, asked.Load())
	}
}

func TestOnlyHTTP(t *testing.T) {
	for _, u := range []string{"ftp://example.org/", "file:///etc/passwd", "git://example.org/x", "http://user:secret@example.org/"} {
		_, err := read(t, client(t, Config{}), u)
		if !errors.Is(err, ErrScheme) {
			t.Errorf("%s: %v", u, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the password is in the error: %v", err)
		}
	}
}

func TestRedirects(t *testing.T) {
	var hits atomic.Int32
	other := server(t, func(w http.ResponseWriter, r *http.Request) {
		write(t, w, r.Header.Get("Authorization")+r.Header.Get("Private-Token")+r.Header.Get("Cookie")+"|"+r.Header.Get("Accept"))
	})
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		hits.Add(1)
		to := map[string]string{"/loop": "/loop", "/away": other.URL, "/private": "http://127.0.0.9:1/", "/ftp": "ftp://127.0.0.1/"}[r.URL.Path]
		http.Redirect(w, r, to, http.StatusFound)
	})
	cl := client(t, Config{MaxRedirects: 3})
	if _, err := read(t, cl, s.URL+"/loop"); !errors.Is(err, ErrRedirect) || hits.Load() != 4 {
		t.Errorf("loop: %v after %d requests", err, hits.Load())
	}
	if _, err := read(t, cl, s.URL+"/private"); !errors.Is(err, ErrBlockedAddress) {
		t.Errorf("to a private address: %v", err)
	}
	if _, err := read(t, cl, s.URL+"/ftp"); !errors.Is(err, ErrRedirect) || !errors.Is(err, ErrScheme) {
		t.Errorf("to ftp: %v", err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/away", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range []string{"Authorization", "Private-Token", "Cookie"} {
		req.Header.Set(h, "secret")
	}
	req.Header.Set("Accept", "text/plain")
	if got, err := do(cl, req); err != nil || got != "|text/plain" {
		t.Errorf("the other host got %q, %v", got, err)
	}
}

func TestNoWayFromHTTPSToHTTP(t *testing.T) {
	plain := server(t, func(w http.ResponseWriter, _ *http.Request) { write(t, w, "plain") })
	s := httptest.NewTLSServer(http.RedirectHandler(plain.URL, http.StatusFound))
	t.Cleanup(s.Close)
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	if _, err := read(t, client(t, Config{RootCAs: roots}), s.URL); !errors.Is(err, ErrRedirect) {
		t.Errorf("got %v", err)
	}
	var unknown *url.Error
	if _, err := read(t, client(t, Config{}), s.URL); !errors.As(err, &unknown) || errors.Is(err, ErrRedirect) {
		t.Errorf("an unknown authority was believed: %v", err)
	}
}

func TestBytesAreBounded(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/exact":
			write(t, w, strings.Repeat("x", 1000))
		case "/announced":
			w.Header().Set("Content-Length", "1001")
			write(t, w, strings.Repeat("x", 1001))
		case "/stream":
			for range 100 {
				write(t, w, strings.Repeat("x", 100))
				if err := http.NewResponseController(w).Flush(); err != nil {
					return
				}
			}
		case "/bomb":
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			write(t, z, strings.Repeat("x", 1<<20))
			if err := z.Close(); err != nil {
				t.Error(err)
			}
			w.Header().Set("Content-Encoding", "gzip")
			write(t, w, b.String())
		}
	})
	cl := client(t, Config{MaxBytes: 1000})
	if got, err := read(t, cl, s.URL+"/exact"); err != nil || len(got) != 1000 {
		t.Errorf("exactly the limit: %d, %v", len(got), err)
	}
	for _, p := range []string{"/announced", "/stream", "/bomb"} {
		if got, err := read(t, cl, s.URL+p); !errors.Is(err, ErrTooLarge) || len(got) > 1000 {
			t.Errorf("%s: %d bytes, %v", p, len(got), err)
		}
	}
}

// drip answers one byte every interval until the client goes.
func drip(every time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			if _, err := w.Write([]byte("x")); err != nil {
				return
			}
			if err := http.NewResponseController(w).Flush(); err != nil {
				return
			}
			select {
			case <-tick.C:
			case <-r.Context().Done():
				return
			}
		}
	}
}

func TestSlowAnswersEnd(t *testing.T) {
	hang := func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	for _, c := range []struct {
		name string
		h    http.HandlerFunc
		c    Config
		want error
	}{
		{"drips", drip(5 * time.Millisecond), Config{RateWindow: 60 * time.Millisecond, MinRate: 100_000}, ErrTooSlow},
		{"stops", drip(time.Hour), Config{IdleTimeout: 40 * time.Millisecond}, ErrTooSlow},
		{"for ever", drip(5 * time.Millisecond), Config{Timeout: 80 * time.Millisecond, MinRate: -1}, ErrTimeout},
		{"no headers", hang, Config{HeaderTimeout: 40 * time.Millisecond}, nil},
		{"no headers, no header limit", hang, Config{Timeout: 40 * time.Millisecond}, ErrTimeout},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := server(t, c.h)
			for _, other := range []*time.Duration{&c.c.Timeout, &c.c.HeaderTimeout, &c.c.IdleTimeout, &c.c.RateWindow} {
				if *other == 0 {
					*other = time.Hour // so that nothing but the limit that is tried ends it
				}
			}
			_, err := read(t, client(t, c.c), s.URL)
			if err == nil || (c.want != nil && !errors.Is(err, c.want)) {
				t.Errorf("err = %v, want %v", err, c.want)
			}
		})
	}
}

func TestCallerCanStop(t *testing.T) {
	s := server(t, drip(time.Millisecond))
	ctx, cancel := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := client(t, Config{}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err = io.Copy(io.Discard, res.Body); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if err := res.Body.Close(); err != nil {
		t.Error(err)
	}
}

func TestOneHostGetsFewRequestsAtOnce(t *testing.T) {
	var now, most atomic.Int32
	gate, in := make(chan struct{}), make(chan struct{}, 8)
	s := server(t, func(w http.ResponseWriter, _ *http.Request) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		in <- struct{}{}
		<-gate
		now.Add(-1)
	})
	cl := client(t, Config{PerHost: 2})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := read(t, cl, s.URL); err != nil {
				t.Error(err)
			}
		})
	}
	<-in
	<-in // two are inside together before the first may leave
	for range 8 {
		gate <- struct{}{}
	}
	wg.Wait()
	if most.Load() != 2 {
		t.Errorf("%d requests at once, want 2", most.Load())
	}
	if n := len(cl.Transport.(*guard).hosts.all); n != 0 {
		t.Errorf("%d hosts are remembered after all is over", n)
	}
}

func TestOneSlowHostDoesNotStopAnother(t *testing.T) {
	slow := server(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	quick := server(t, func(w http.ResponseWriter, _ *http.Request) { write(t, w, "here") })
	cl := client(t, Config{PerHost: 1})
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for range 3 { // one waits for its answer, two for their turn
		wg.Go(func() {
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, slow.URL, nil)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := do(cl, req); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
		})
	}
	if got, err := read(t, cl, quick.URL); err != nil || got != "here" {
		t.Errorf("%q, %v", got, err)
	}
	cancel()
	wg.Wait()
}

// Three requests at the same instant start one interval apart; a fourth that comes late enough does not wait.
func TestIntervalBetweenRequests(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	h := newHosts(Config{PerHost: 3, MinInterval: 30 * time.Millisecond, Now: func() time.Time { return now }})
	e := h.join("git.example.it")
	for i, want := range []time.Duration{0, 30 * time.Millisecond, 60 * time.Millisecond} {
		if got := h.book(e); got != want {
			t.Errorf("request %d waits %s, want %s", i+1, got, want)
		}
	}
	now = now.Add(90 * time.Millisecond)
	if got := h.book(e); got != 0 {
		t.Errorf("a request after the interval waits %s", got)
	}
	if got := h.book(h.join("other.example.it")); got != 0 {
		t.Errorf("a request to another host waits %s", got)
	}
}
