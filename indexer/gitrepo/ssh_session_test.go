package gitrepo

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// What a server sends after the list stays unread: it is the answer.
func TestUntilFlush(t *testing.T) {
	in := strings.NewReader("000eversion 2\n0009agent0000000dpackfile\n")
	got, err := io.ReadAll(&untilFlush{r: in})
	if err != nil || string(got) != "000eversion 2\n0009agent0000" {
		t.Errorf("%q, %v", got, err)
	}
	if rest, err := io.ReadAll(in); err != nil || string(rest) != "000dpackfile\n" {
		t.Errorf("left: %q, %v", rest, err)
	}
}

// Whatever comes, only whole frames up to the flush are given, byte by byte the same, and nothing is waited for twice.
func FuzzUntilFlush(f *testing.F) {
	f.Add([]byte("000eversion 2\n0000PACK"), uint8(1))
	f.Add([]byte("00010002-001zzzz"), uint8(3))
	f.Add([]byte("ffff"), uint8(200))
	f.Fuzz(func(t *testing.T, b []byte, size uint8) {
		in, out := bytes.NewReader(b), []byte{}
		u, buf := &untilFlush{r: in}, make([]byte, max(1, int(size)))
		for range 4*len(b) + 4 {
			n, err := u.Read(buf)
			out = append(out, buf[:n]...)
			if err != nil {
				if err == io.EOF && u.done && !bytes.HasSuffix(out, []byte("0000")) {
					t.Errorf("%q ends without a flush", out)
				}
				if !bytes.HasPrefix(b, out) {
					t.Errorf("%q is not the beginning of %q", out, b)
				}
				return
			}
		}
		t.Errorf("no end of %q", b)
	})
}
