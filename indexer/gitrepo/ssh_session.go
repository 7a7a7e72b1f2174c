package gitrepo

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/crypto/ssh"
)

// Read gives the next bytes of the answer.
func (x *sshSession) Read(b []byte) (int, error) { return x.r.Read(b) }

// Close ends the session and its connection. Errors of closing tell nothing: everything that was to be read was read.
func (x *sshSession) Close() error {
	x.stop()
	if x.client != nil {
		_ = x.client.Close()
	}
	_ = x.conn.Close()
	return nil
}

// begins waits for the first bytes. A program that ends with an error before saying anything has no such repository, or
// none for this key.
func (x *sshSession) begins() error {
	var first [pktSizeLen]byte
	n, err := io.ReadFull(x.out, first[:])
	if err == nil {
		x.out = io.MultiReader(bytes.NewReader(first[:]), x.out)
		return nil
	}
	var ended *ssh.ExitError
	if n == 0 && errors.Is(err, io.EOF) && errors.As(x.session.Wait(), &ended) {
		return ErrAbsent
	}
	return unreachable(err)
}

// ask reads the list that every session begins with, checks that it is of the version that was asked for, and sends the
// request.
func (x *sshSession) ask(req *http.Request) error {
	if err := x.begins(); err != nil {
		return err
	}
	p := newPktReader(&untilFlush{r: io.LimitReader(x.out, DefaultRefBytes)})
	for first := true; ; first = false {
		_, line, err := p.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if first && req.Header.Get("Git-Protocol") != "" && strings.TrimSpace(string(line)) != "version 2" {
			return ErrUnsupported
		}
	}
	if _, err := io.Copy(x.in, req.Body); err != nil {
		return unreachable(err)
	}
	if err := x.in.Close(); err != nil {
		return unreachable(err)
	}
	x.r = x.out
	return nil
}

// untilFlush gives the frames of a stream up to the first flush, and not a byte further.
type untilFlush struct {
	r    io.Reader
	left int // of the frame at hand
	done bool
	rest []byte // of its length, not handed out yet
}

// Read gives bytes of the frames.
func (u *untilFlush) Read(b []byte) (int, error) {
	switch {
	case len(b) == 0:
		return 0, nil
	case len(u.rest) > 0:
		n := copy(b, u.rest)
		u.rest = u.rest[n:]
		return n, nil
	case u.left > 0:
		n, err := u.r.Read(b[:min(len(b), u.left)])
		u.left -= n
		return n, err
	case u.done:
		return 0, io.EOF
	}
	var head [pktSizeLen]byte
	if _, err := io.ReadFull(u.r, head[:]); err != nil {
		return 0, err
	}
	n, err := strconv.ParseUint(string(head[:]), 16, 16)
	if err != nil {
		return 0, fmt.Errorf("%w: not a Git frame", ErrCorrupt)
	}
	u.done, u.left, u.rest = n == 0, max(0, int(n)-pktSizeLen), head[:]
	return u.Read(b)
}
