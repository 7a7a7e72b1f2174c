package gitrepo

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// The frames of Git's protocol (gitprotocol-common, "pkt-line"): four hexadecimal digits that count themselves and the
// content, or one of the three marks below. Version 2 needs the second mark, which go-git's scanner does not know.
const (
	pktFlush    = "0000"
	pktDelim    = "0001"
	pktEnd      = "0002"
	pktMax      = 65_520
	pktSizeLen  = 4
	oidLen      = 40
	oidLen256   = 64
	bandData    = 1
	bandMessage = 2
	bandError   = 3
)

// pktKind tells a line from the marks.
type pktKind int

const (
	pktLine pktKind = iota
	pktIsFlush
	pktIsDelim
)

// pktReader reads frames. The slice it gives is good until the next call.
type pktReader struct {
	r   *bufio.Reader
	buf [pktMax]byte
}

func newPktReader(r io.Reader) *pktReader { return &pktReader{r: bufio.NewReaderSize(r, 32<<10)} }

// next gives the following frame; io.EOF only where a frame may begin. A line "ERR …" is the server's refusal.
func (p *pktReader) next() (pktKind, []byte, error) {
	head := p.buf[:pktSizeLen]
	if _, err := io.ReadFull(p.r, head); err != nil {
		if err != io.EOF {
			err = cut(err)
		}
		return 0, nil, err
	}
	switch string(head) {
	case pktFlush, pktEnd:
		return pktIsFlush, nil, nil
	case pktDelim:
		return pktIsDelim, nil, nil
	}
	n := 0
	for _, c := range head {
		d := strings.IndexByte("0123456789abcdef", lower(c))
		if d < 0 {
			return 0, nil, fmt.Errorf("%w: not a Git frame", ErrCorrupt)
		}
		n = n<<4 | d
	}
	if n < pktSizeLen || n > pktMax {
		return 0, nil, fmt.Errorf("%w: a frame of %d bytes", ErrCorrupt, n)
	}
	line := p.buf[:n-pktSizeLen]
	if _, err := io.ReadFull(p.r, line); err != nil {
		return 0, nil, cut(err)
	}
	if text, ok := bytes.CutPrefix(line, []byte("ERR ")); ok {
		return 0, nil, fmt.Errorf("%w: %s", errRefused, printable(text))
	}
	return pktLine, line, nil
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'F' {
		return c + 'a' - 'A'
	}
	return c
}

// printable makes a server's own words safe to show: one line, short, valid UTF-8, no control characters.
func printable(b []byte) string {
	s := strings.ToValidUTF8(string(b[:min(len(b), maxErrorText)]), "\ufffd")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || (r >= 0x7f && r < 0xa0) {
			return ' '
		}
		return r
	}, s))
}

// pktBand reads the pack out of the side band (gitprotocol-pack, "side-band-64k").
type pktBand struct {
	p    *pktReader
	rest []byte
	done bool
}

// Read gives the pack's bytes; io.EOF after the closing flush.
func (b *pktBand) Read(out []byte) (int, error) {
	for len(b.rest) == 0 {
		if b.done {
			return 0, io.EOF
		}
		kind, line, err := b.p.next()
		if errors.Is(err, io.EOF) || (err == nil && kind != pktLine) {
			b.done = true
			continue
		}
		if err != nil {
			return 0, err
		}
		if len(line) == 0 {
			continue
		}
		switch line[0] {
		case bandData:
			b.rest = line[1:]
		case bandMessage:
		case bandError:
			return 0, fmt.Errorf("%w: %s", errRefused, printable(line[1:]))
		default:
			return 0, fmt.Errorf("%w: side band %d", ErrCorrupt, line[0])
		}
	}
	n := copy(out, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}

// pktWriter builds a request.
type pktWriter struct{ bytes.Buffer }

func (w *pktWriter) line(format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	w.WriteString(fmt.Sprintf("%04x", len(s)+pktSizeLen) + s)
}

// parseOID reads a SHA-1 name.
func parseOID(s string) (plumbing.Hash, bool) {
	if len(s) != oidLen || strings.Trim(s, "0123456789abcdef") != "" {
		return plumbing.ZeroHash, false
	}
	return plumbing.NewHash(s), true
}
