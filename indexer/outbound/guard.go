package outbound

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// guard is the RoundTripper around net/http's: turn, clock, speed and size of every request, redirects included.
type guard struct {
	base    *http.Transport
	proxied *proxied // nil without a proxy
	c       Config
	hosts   *hosts
	pauses  *pauses
}

// way is the transport of a request: through the proxy where its address goes by one, else straight.
func (g *guard) way(req *http.Request) http.RoundTripper {
	if g.proxied != nil && g.c.Proxy.leads(req.URL) {
		return g.proxied
	}
	return g.base
}

// RoundTrip makes one request when its host's turn comes.
func (g *guard) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := checkURL(req); err != nil {
		closeBody(req)
		return nil, err
	}
	release, err := g.hosts.enter(req.Context(), req.URL.Host)
	if err != nil {
		closeBody(req)
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(req.Context())
	total := time.AfterFunc(g.c.Timeout, func() { cancel(ErrTimeout) })
	end := func() {
		total.Stop()
		cancel(context.Canceled)
		release()
	}
	out := req.Clone(ctx)
	out.Header.Set("User-Agent", g.c.UserAgent)
	sent := g.c.Tokens.sign(out)
	res, err := g.way(out).RoundTrip(out)
	if err != nil {
		err = why(ctx, err)
		end()
		return nil, err
	}
	res.Request = req
	mask(res, sent)
	g.pauses.mark(req.URL.Host, res)
	if res.ContentLength > g.c.MaxBytes {
		err = fmt.Errorf("%w: %d bytes announced, %d allowed", ErrTooLarge, res.ContentLength, g.c.MaxBytes)
		err = errors.Join(err, res.Body.Close())
		end()
		return nil, err
	}
	b := &body{rc: res.Body, left: g.c.MaxBytes, c: &g.c, end: end}
	b.why = func(err error) error { return why(ctx, err) }
	b.idle = time.AfterFunc(g.c.IdleTimeout, func() { cancel(fmt.Errorf("%w: nothing for %s", ErrTooSlow, g.c.IdleTimeout)) })
	b.idle.Stop()
	res.Body = b
	return res, nil
}

// CloseIdleConnections lets http.Client.CloseIdleConnections reach the transport beneath.
func (g *guard) CloseIdleConnections() {
	g.base.CloseIdleConnections()
	if g.proxied != nil {
		g.proxied.base.CloseIdleConnections()
	}
}

// closeBody keeps the promise of every RoundTripper to close the request's body, also when nothing is sent. The
// error of a body that nobody has read tells nothing.
func closeBody(req *http.Request) {
	if req.Body == nil {
		return
	}
	if err := req.Body.Close(); err != nil {
		return
	}
}

// why puts the guard's own reason, when it has one, before what the transport saw of it ("context canceled").
func why(ctx context.Context, err error) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, ErrTimeout) || errors.Is(cause, ErrTooSlow) {
		return cause
	}
	return err
}

// body bounds what is read of an answer. Like every body, it is read by one goroutine.
type body struct {
	rc   io.ReadCloser
	left int64
	c    *Config
	idle *time.Timer
	why  func(error) error // puts the guard's own reason before the transport's
	end  func()
	done bool

	waited time.Duration // spent inside Read since the window began
	got    int64         // bytes since the window began
}

// Read gives the next bytes, or the limit that was met.
func (b *body) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1] // one more than allowed, to tell "just enough" from "too much"
	}
	start := b.c.Now()
	b.idle.Reset(b.c.IdleTimeout)
	n, err := b.rc.Read(p)
	b.idle.Stop()
	b.waited += b.c.Now().Sub(start)
	b.got += int64(n)
	if int64(n) > b.left {
		n, b.left = int(b.left), 0
		return n, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, b.c.MaxBytes)
	}
	b.left -= int64(n)
	if err != nil {
		if err != io.EOF {
			err = b.why(err)
		}
		return n, err
	}
	if b.c.MinRate > 0 && b.waited >= b.c.RateWindow {
		if float64(b.got) < float64(b.c.MinRate)*b.waited.Seconds() {
			return n, fmt.Errorf("%w: %d bytes in %s", ErrTooSlow, b.got, b.waited.Round(time.Millisecond))
		}
		b.waited, b.got = 0, 0
	}
	return n, nil
}

// Close ends the answer and gives the host's turn to the next.
func (b *body) Close() error {
	if b.done {
		return nil
	}
	b.done = true
	b.idle.Stop()
	err := b.rc.Close()
	b.end()
	return err
}
