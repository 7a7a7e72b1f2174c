package outbound

import (
	"bytes"
	"io"
	"net/http"
	"strings"
)

// minMasked is the shortest token that is looked for in an answer: a shorter one stands in ordinary bytes by chance.
const minMasked = 8

// mask hides the credential of a request in its answer, header and body, where a server repeats what it was sent: what
// servers say ends in errors, and errors in logs. The stars are as many as the letters, so that no length is wrong.
func mask(res *http.Response, words []string) {
	if len(words) == 0 {
		return
	}
	for _, values := range res.Header {
		for i := range values {
			for _, w := range words {
				values[i] = strings.ReplaceAll(values[i], w, strings.Repeat("*", len(w)))
			}
		}
	}
	m := &masked{rc: res.Body}
	for _, w := range words {
		m.words = append(m.words, []byte(w))
	}
	res.Body = m
}

// masked reads a body with stars for some words, also where one comes in two pieces.
type masked struct {
	rc    io.ReadCloser
	words [][]byte
	held  []byte // the beginning of a word, perhaps; its end has not come yet
	out   []byte // ready to be handed out
	err   error  // after out
}

// Read gives the next bytes.
func (m *masked) Read(p []byte) (int, error) {
	for len(m.out) == 0 {
		if m.err != nil {
			return 0, m.err
		}
		if len(p) == 0 {
			return 0, nil
		}
		more := make([]byte, len(m.held)+len(p))
		copy(more, m.held)
		var n int
		n, m.err = m.rc.Read(more[len(m.held):])
		more = more[:len(m.held)+n]
		keep := 0
		for _, w := range m.words {
			for i := bytes.Index(more, w); i >= 0; i = bytes.Index(more, w) {
				copy(more[i:], bytes.Repeat([]byte("*"), len(w)))
			}
			for k := min(len(w)-1, len(more)); k > keep; k-- {
				if bytes.HasSuffix(more, w[:k]) {
					keep = k
				}
			}
		}
		if m.err != nil {
			keep = 0
		}
		m.out, m.held = more[:len(more)-keep], more[len(more)-keep:]
	}
	n := copy(p, m.out)
	m.out = m.out[n:]
	return n, nil
}

// Close closes the body.
func (m *masked) Close() error { return m.rc.Close() }
