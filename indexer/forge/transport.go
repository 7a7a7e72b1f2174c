package forge

import (
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
)

// meter is the RoundTripper of one listing around the client's: it counts, bounds every answer, and is the only one
// that knows the token.
type meter struct {
	base  http.RoundTripper
	home  string // origin of the forge's interface: only there the token goes
	auth  string // the header's value, "" for none
	limit int64  // bytes of one answer

	requests, bytes atomic.Int64
}

// RoundTrip makes one request.
func (m *meter) RoundTrip(req *http.Request) (*http.Response, error) {
	m.requests.Add(1)
	out := req.Clone(req.Context())
	out.Header.Del("Authorization")
	if m.auth != "" && m.mine(req) {
		out.Header.Set("Authorization", m.auth)
	}
	res, err := m.base.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	if res.ContentLength > m.limit {
		return nil, joinClose(fmt.Errorf("%w: %d bytes announced", ErrTooLarge, res.ContentLength), res.Body)
	}
	res.Body = &bounded{rc: res.Body, left: m.limit, m: m}
	return res, nil
}

// mine says whether the request, and every one that was redirected to it, goes to the forge itself. A chain that has
// been elsewhere gets no token even when it comes back.
func (m *meter) mine(req *http.Request) bool {
	for r := req; r != nil; {
		if origin(r.URL) != m.home || !private(r.URL) {
			return false
		}
		if r.Response == nil {
			return true
		}
		r = r.Response.Request
	}
	return true
}

// cost gives what was spent until now.
func (m *meter) cost() (requests int, bytes int64) {
	return int(m.requests.Load()), m.bytes.Load()
}

// bounded is the body of an answer. It closes itself where it ends: go-github puts a copy in the place of the body of
// every answer but 2xx and closes that one, and a host whose answers stay open gets no turn any more.
type bounded struct {
	rc     io.ReadCloser
	left   int64
	m      *meter
	closed bool
}

// Read gives the next bytes, or ErrTooLarge.
func (b *bounded) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1] // one more than allowed, to tell "just enough" from "too much"
	}
	n, err := b.rc.Read(p)
	b.m.bytes.Add(int64(n))
	if int64(n) > b.left {
		n, b.left = int(b.left), 0
		return n, joinClose(fmt.Errorf("%w: more than %d bytes", ErrTooLarge, b.m.limit), b)
	}
	b.left -= int64(n)
	if err != nil {
		err = joinClose(err, b)
	}
	return n, err
}

// Close closes the answer, once.
func (b *bounded) Close() error {
	if b.closed {
		return nil
	}
	b.closed = true
	return b.rc.Close()
}
