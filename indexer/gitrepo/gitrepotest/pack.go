package gitrepotest

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// The types of the objects in a pack (gitformat-pack).
const (
	TypeCommit   = 1
	TypeTree     = 2
	TypeBlob     = 3
	TypeRefDelta = 7
)

// Object is one object of a pack made by hand, for packs that git would never write.
type Object struct {
	Type int
	Base string // name of the base of a TypeRefDelta, 40 hexadecimal digits
	Data []byte
	// Claimed is the size that the header claims; zero means that of Data.
	Claimed int64
	// Deflated is the compressed form; nil means that Data is compressed here.
	Deflated []byte
}

// Failer is as much of a test as the making of packs needs, so that a demonstration can make them, too.
type Failer interface {
	Helper()
	Fatal(args ...any)
	Log(args ...any)
}

// Name gives the name that an object of a type has in a SHA-1 repository.
func Name(kind string, data []byte) string {
	h := sha1.New()
	fmt.Fprintf(h, "%s %d\x00", kind, len(data))
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil))
}

// Deflate compresses the reader's bytes as Git does, as small as they get.
func Deflate(t Failer, r io.Reader) []byte {
	t.Helper()
	var out bytes.Buffer
	z, err := zlib.NewWriterLevel(&out, zlib.BestCompression)
	if err == nil {
		_, err = io.Copy(z, r)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Pack writes a pack of the objects, whatever they claim.
func Pack(t Failer, objects ...Object) []byte {
	t.Helper()
	b := binary.BigEndian.AppendUint32([]byte("PACK\x00\x00\x00\x02"), uint32(len(objects)))
	for _, o := range objects {
		size := o.Claimed
		if size == 0 {
			size = int64(len(o.Data))
		}
		c := byte(o.Type)<<4 | byte(size&15)
		for size >>= 4; size > 0; size >>= 7 {
			b = append(b, c|0x80)
			c = byte(size & 0x7f)
		}
		b = append(b, c)
		if o.Type == TypeRefDelta {
			base, err := hex.DecodeString(o.Base)
			if err != nil {
				t.Fatal(err)
			}
			b = append(b, base...)
		}
		if o.Deflated == nil {
			o.Deflated = Deflate(t, bytes.NewReader(o.Data))
		}
		b = append(b, o.Deflated...)
	}
	sum := sha1.Sum(b)
	return append(b, sum[:]...)
}

// Repeat writes the delta that makes an object of times×64 KiB by copying the base, of exactly 64 KiB, again and again:
// one byte of the delta for each copy.
func Repeat(times int) []byte {
	const block = 1 << 16
	delta := binary.AppendUvarint(binary.AppendUvarint(nil, block), uint64(times*block))
	return append(delta, bytes.Repeat([]byte{0x80}, times)...)
}

// PackHandler is a server of one repository whose branch main is at head, and that answers every request for objects with
// the same pack, whatever was asked. filter says whether it claims that files can be left out.
func PackHandler(t Failer, head string, pack []byte, filter bool) http.Handler {
	const frame = 60_000
	caps := "side-band-64k shallow symref=HEAD:refs/heads/main"
	if filter {
		caps += " filter"
	}
	line := func(w io.Writer, s string) {
		if _, err := fmt.Fprintf(w, "%04x%s", len(s)+4, s); err != nil {
			t.Log("the client went away:", err)
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			w.Header().Set("Content-Type", "application/x-git-upload-pack-advertisement")
			line(w, "# service=git-upload-pack\n")
			fmt.Fprint(w, "0000")
			line(w, head+" HEAD\x00"+caps+"\n")
			line(w, head+" refs/heads/main\n")
			fmt.Fprint(w, "0000")
			return
		}
		w.Header().Set("Content-Type", "application/x-git-upload-pack-result")
		if strings.Contains(r.Header.Get("Git-Protocol"), "version=2") {
			line(w, "packfile\n")
		} else {
			line(w, "NAK\n")
		}
		for rest := pack; len(rest) > 0 && r.Context().Err() == nil; {
			n := min(len(rest), frame)
			line(w, "\x01"+string(rest[:n]))
			rest = rest[n:]
		}
		fmt.Fprint(w, "0000")
	})
}
