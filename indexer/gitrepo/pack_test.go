package gitrepo

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/packfile"
	"github.com/go-git/go-git/v5/storage/memory"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// raw is one object of a pack made by hand; size is what its header claims, -1 for the truth.
type raw struct {
	typ  plumbing.ObjectType
	base plumbing.Hash // of a reference delta
	back int64         // of an offset delta
	size int64
	data []byte
	gz   []byte // compressed already, instead of data
}

func deflate(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z, err := zlib.NewWriterLevel(&out, zlib.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// makePack writes a pack as the format says it (gitformat-pack), whatever the objects claim.
func makePack(t testing.TB, objects ...raw) []byte {
	t.Helper()
	b := binary.BigEndian.AppendUint32([]byte("PACK\x00\x00\x00\x02"), uint32(len(objects)))
	for _, o := range objects {
		size := o.size
		if size < 0 {
			size = int64(len(o.data))
		}
		c := byte(o.typ)<<4 | byte(size&15)
		for size >>= 4; size > 0; size >>= 7 {
			b = append(b, c|0x80)
			c = byte(size & 0x7f)
		}
		b = append(b, c)
		if o.typ == plumbing.REFDeltaObject {
			b = append(b, o.base[:]...)
		}
		if o.typ == plumbing.OFSDeltaObject {
			b = append(b, byte(o.back)) // short ones only
		}
		if o.gz != nil {
			b = append(b, o.gz...)
		} else {
			b = append(b, deflate(t, o.data)...)
		}
	}
	sum := sha1.Sum(b)
	return append(b, sum[:]...)
}

func small() packLimits { return packLimits{memory: 1 << 20, inflated: 4 << 20, blob: 64 << 10} }

// realPack makes a pack with deltas of both kinds by git itself.
func realPack(t testing.TB, args ...string) []byte {
	t.Helper()
	dir := gitrepotest.New(t, map[string]string{"a.md": strings.Repeat("una riga\n", 500)})
	for _, s := range []string{"due", "tre", "quattro"} {
		gitrepotest.Commit(t, dir, s, map[string]string{"a.md": s + strings.Repeat("una riga\n", 500), s + "/b.md": s, "c/" + s: strings.Repeat(s, 3000)})
	}
	args = append([]string{"repack", "-a", "-d", "-f", "--quiet", "--depth=50", "--window=50"}, args...)
	gitrepotest.Git(t, dir, args...)
	found, err := filepath.Glob(filepath.Join(dir, ".git", "objects", "pack", "*.pack"))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	b, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Every object of a real pack has the same bytes as go-git gives it, in memory and by the spool.
func TestPackAgainstGoGit(t *testing.T) {
	b := realPack(t)
	st := memory.NewStorage()
	if err := packfile.UpdateObjectStorage(st, bytes.NewReader(b)); err != nil {
		t.Fatal(err)
	}
	deltas := 0
	for _, spool := range []io.ReaderAt{nil, bytes.NewReader(b)} {
		p, err := readPack(t.Context(), bytes.NewReader(b), spool, small())
		if err != nil {
			t.Fatal(err)
		}
		if len(p.byID) != len(st.Objects) {
			t.Errorf("%d objects, go-git has %d", len(p.byID), len(st.Objects))
		}
		for id, o := range st.Objects {
			got, err := p.object(id, o.Type())
			if err != nil {
				t.Errorf("%s %s: %v", o.Type(), id, err)
				continue
			}
			r, err := o.Reader()
			if err != nil {
				t.Fatal(err)
			}
			want, err := io.ReadAll(r)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s %s: other bytes (%v)", o.Type(), id, err)
			}
		}
		for _, e := range p.entries {
			if e.typ.IsDelta() {
				deltas++
			}
		}
	}
	if deltas == 0 {
		t.Error("the pack has no deltas: nothing was shown")
	}
}

// leb writes a size as deltas have it.
func leb(n uint64) (b []byte) {
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n))
}

func TestHostilePacks(t *testing.T) {
	zeros := make([]byte, 8<<20)
	bomb := deflate(t, zeros)
	if len(bomb) > 16<<10 {
		t.Fatalf("the bomb has %d bytes", len(bomb))
	}
	base := raw{typ: plumbing.BlobObject, size: -1, data: []byte("base di prova\n")}
	baseID := nameOf(plumbing.BlobObject, base.data)
	copies := func(src, target uint64, n int) []byte {
		d := append(leb(src), leb(target)...)
		for range n {
			d = append(d, 0x90, byte(len(base.data))) // copy the whole base
		}
		return d
	}
	many := make([]raw, 200)
	for i := range many {
		many[i] = raw{typ: plumbing.TreeObject, size: 1 << 16, gz: deflate(t, zeros[:1<<16])}
	}
	chain := []raw{base}
	at := []byte("base di prova\n")
	for i := range maxDeltaChain + 2 {
		next := fmt.Appendf(nil, "anello %06d\n", i)
		d := append(leb(uint64(len(at))), leb(uint64(len(next)))...)
		d = append(append(d, byte(len(next))), next...) // insert it all: the base matters by name only
		chain = append(chain, raw{typ: plumbing.REFDeltaObject, base: nameOf(plumbing.BlobObject, at), size: -1, data: d})
		at = next
	}
	for _, c := range []struct {
		name string
		pack []byte
		want error
	}{
		{"a tree of 8 MB", makePack(t, raw{typ: plumbing.TreeObject, size: int64(len(zeros)), gz: bomb}), ErrLimit},
		{"a tree that says it is small", makePack(t, raw{typ: plumbing.TreeObject, size: 10, gz: bomb}), ErrCorrupt},
		{"a blob of 8 MB", makePack(t, raw{typ: plumbing.BlobObject, size: int64(len(zeros)), gz: bomb}), ErrLimit},
		{"a blob that says it is large", makePack(t, raw{typ: plumbing.BlobObject, size: 1 << 20, data: []byte("x")}), ErrCorrupt},
		{"a size of 2^58", makePack(t, raw{typ: plumbing.CommitObject, size: 1 << 58, data: []byte("x")}), ErrLimit},
		{"many that fit one by one", makePack(t, many...), ErrLimit},
		{"a delta that becomes large", makePack(t, base, raw{typ: plumbing.REFDeltaObject, base: baseID, size: -1, data: copies(14, 14*4096, 4096)},
			raw{typ: plumbing.REFDeltaObject, base: baseID, size: -1, data: copies(14, 1<<62, 1)}), nil}, // a blob over the limit is only not had
		{"a delta that lies about its size", makePack(t, base, raw{typ: plumbing.REFDeltaObject, base: baseID, size: -1, data: copies(14, 20, 4)}), ErrCorrupt},
		{"a delta that lies about its base", makePack(t, base, raw{typ: plumbing.REFDeltaObject, base: baseID, size: -1, data: copies(99, 14, 1)}), ErrCorrupt},
		{"a delta without sizes", makePack(t, base, raw{typ: plumbing.REFDeltaObject, base: baseID, size: -1, data: []byte{0xff}}), ErrCorrupt},
		{"an offset delta on nothing", makePack(t, base, raw{typ: plumbing.OFSDeltaObject, back: 5, size: -1, data: copies(14, 14, 1)}), ErrCorrupt},
		{"a delta on itself", makePack(t, raw{typ: plumbing.OFSDeltaObject, back: 0, size: -1, data: copies(14, 14, 1)}), ErrCorrupt},
		{"a base that never comes", makePack(t, raw{typ: plumbing.REFDeltaObject, base: baseID, size: -1, data: copies(14, 14, 1)}), nil},
		{"a chain without end", makePack(t, chain...), ErrLimit},
		{"an object of no type", makePack(t, raw{typ: 5, size: -1, data: []byte("x")}), ErrCorrupt},
		{"not compressed", makePack(t, raw{typ: plumbing.BlobObject, size: 5, gz: []byte("ciao!")}), ErrCorrupt},
		{"billions of objects", []byte("PACK\x00\x00\x00\x02\xff\xff\xff\xff"), ErrLimit},
		{"another version", []byte("PACK\x00\x00\x00\x09\x00\x00\x00\x01"), ErrCorrupt},
		{"not a pack", []byte("<!doctype html><html>"), ErrCorrupt},
		{"nothing", nil, ErrCorrupt},
	} {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			p, err := readPack(t.Context(), bytes.NewReader(c.pack), nil, small())
			runtime.ReadMemStats(&after)
			if !errors.Is(err, c.want) || (c.want != nil && err == nil) {
				t.Errorf("err = %v, want %v", err, c.want)
			}
			if got := after.TotalAlloc - before.TotalAlloc; got > 4<<20 {
				t.Errorf("%d bytes allocated for a pack of %d with a limit of 1 MiB", got, len(c.pack))
			}
			if p != nil && p.kept > small().memory {
				t.Errorf("%d bytes kept", p.kept)
			}
		})
	}
}

// A pack that is cut keeps what was whole; one with a flipped bit never gives other bytes under an old name.
func TestDamagedPacks(t *testing.T) {
	b := realPack(t)
	whole, err := readPack(t.Context(), bytes.NewReader(b), nil, small())
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(b)-20; at += 7 {
		p, err := readPack(t.Context(), bytes.NewReader(b[:at]), nil, small())
		if !errors.Is(err, ErrCorrupt) {
			t.Fatalf("cut at %d: %v", at, err)
		}
		sameBytes(t, p, whole)
		flipped := bytes.Clone(b)
		flipped[at] ^= 0x10
		p, err = readPack(t.Context(), bytes.NewReader(flipped), nil, small())
		if err != nil && !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrLimit) {
			t.Fatalf("flipped at %d: %v", at, err)
		}
		sameBytes(t, p, whole)
	}
}

func sameBytes(t *testing.T, p, whole *pack) {
	t.Helper()
	for id, i := range p.byID {
		got, err := p.object(id, p.entries[i].real)
		if err != nil {
			t.Fatal(err)
		}
		if nameOf(p.entries[i].real, got) != id {
			t.Fatalf("%s has other bytes", id)
		}
	}
	if len(p.byID) > len(whole.byID)+1 {
		t.Fatal("objects from nowhere")
	}
}

func FuzzReadPack(f *testing.F) {
	base := raw{typ: plumbing.BlobObject, size: -1, data: []byte("base di prova\n")}
	f.Add(makePack(f, base, raw{typ: plumbing.REFDeltaObject, base: nameOf(plumbing.BlobObject, base.data), size: -1, data: []byte{14, 14, 0x90, 14}}), true)
	f.Add(makePack(f, raw{typ: plumbing.TreeObject, size: -1, data: []byte("100644 a\x0012345678901234567890")}), false)
	f.Fuzz(func(t *testing.T, b []byte, spooled bool) {
		var spool io.ReaderAt
		if spooled {
			spool = bytes.NewReader(b)
		}
		p, err := readPack(t.Context(), bytes.NewReader(b), spool, packLimits{memory: 1 << 16, inflated: 1 << 20, blob: 1 << 12})
		if p.kept > 1<<16 {
			t.Errorf("%d bytes kept (%v)", p.kept, err)
		}
		for id, i := range p.byID {
			got, err := p.object(id, p.entries[i].real)
			if err == nil && nameOf(p.entries[i].real, got) != id {
				t.Errorf("%s has other bytes", id)
			}
		}
	})
}
