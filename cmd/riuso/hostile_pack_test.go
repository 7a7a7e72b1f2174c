package main

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// sound is a commit of a publiccode.yml and one more file, and the objects that it takes but for that file.
type sound struct {
	head    string
	objects []gitrepotest.Object
}

// soundAt makes the commit for a repository at address. extra is the name of README.md's blob; "" leaves it out.
func soundAt(t *testing.T, address, extra string) sound {
	t.Helper()
	text := []byte(descriptorOf(address))
	lines := []treeLine{{"100644", "publiccode.yml", gitrepotest.Name("blob", text)}}
	if extra != "" {
		lines = append([]treeLine{{"100644", "README.md", extra}}, lines...)
	}
	tree := treeBytes(t, lines...)
	commit := fmt.Appendf(nil, "tree %s\nauthor Ufficio <ufficio@comune.example> 1740000000 +0000\ncommitter Ufficio <ufficio@comune.example> 1740000000 +0000\n\nPrima\n", gitrepotest.Name("tree", tree))
	return sound{gitrepotest.Name("commit", commit), []gitrepotest.Object{{Type: gitrepotest.TypeCommit, Data: commit}, {Type: gitrepotest.TypeTree, Data: tree}, {Type: gitrepotest.TypeBlob, Data: text}}}
}

// pack serves the commit and what make adds to it; with, the pack is changed before it is sent. filter says whether the
// server claims that it can leave files out.
func pack(filter bool, readme string, more func(t *testing.T) []gitrepotest.Object, with ...func([]byte) []byte) func(*testing.T, *ground) string {
	return func(t *testing.T, _ *ground) string {
		var h http.Handler
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
		t.Cleanup(s.Close)
		address := s.URL + "/ente"
		it := soundAt(t, address, readme)
		if more != nil {
			it.objects = append(it.objects, more(t)...)
		}
		b := gitrepotest.Pack(t, it.objects...)
		for _, change := range with {
			b = change(b)
		}
		h = gitrepotest.PackHandler(t, it.head, b, filter)
		return address
	}
}

// zeros compresses a thousandfold.
type zeros struct{}

// Read gives zeros.
func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// packedZeros is so many MiB of zeros, compressed. One MiB is compressed in truth, for that is dear with the race
// detector: a block that is flushed stands alone, so that any number of copies of it is a stream too.
func packedZeros(t *testing.T, mib int) []byte {
	t.Helper()
	var one bytes.Buffer
	z := zlib.NewWriter(&one)
	if _, err := z.Write(make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Flush(); err != nil {
		t.Fatal(err)
	}
	head, block := one.Bytes()[:2], one.Bytes()[2:]
	out := append(bytes.Clone(head), bytes.Repeat(block, mib)...)
	out = append(out, 1, 0, 0, 0xff, 0xff)                                          // the last block, of nothing
	return binary.BigEndian.AppendUint32(out, uint32((int64(mib)<<20%65521)<<16|1)) // Adler-32 of zeros: one sum stays 1, the other counts them
}

// inflating is one object of so many MiB of zeros.
func inflating(kind, mib int) func(*testing.T) []gitrepotest.Object {
	return func(t *testing.T) []gitrepotest.Object {
		return []gitrepotest.Object{{Type: kind, Claimed: int64(mib) << 20, Deflated: packedZeros(t, mib)}}
	}
}

// repeating is a base of 64 KiB and deltas that each make of it an object of so many times as much.
func repeating(kind string, typ, deltas, times int) func(*testing.T) []gitrepotest.Object {
	return func(t *testing.T) []gitrepotest.Object {
		base := make([]byte, 1<<16)
		out := []gitrepotest.Object{{Type: typ, Data: base}}
		gz := gitrepotest.Deflate(t, bytes.NewReader(gitrepotest.Repeat(times)))
		for range deltas {
			out = append(out, gitrepotest.Object{Type: gitrepotest.TypeRefDelta, Base: gitrepotest.Name(kind, base), Claimed: int64(len(gitrepotest.Repeat(times))), Deflated: gz})
		}
		return out
	}
}

// repeated is the name of the blob that a delta of repeating makes.
func repeated(times int) string { return gitrepotest.Name("blob", make([]byte, times<<16)) }

// crowd is so many objects of nothing.
func crowd(objects int) func(*testing.T) []gitrepotest.Object {
	return func(t *testing.T) []gitrepotest.Object {
		gz := gitrepotest.Deflate(t, strings.NewReader(""))
		out := make([]gitrepotest.Object, objects)
		for i := range out {
			out[i] = gitrepotest.Object{Type: gitrepotest.TypeBlob, Deflated: gz}
		}
		return out
	}
}

// tower is a delta on a delta on a delta, each of the same 64 KiB.
func tower(height int) func(*testing.T) []gitrepotest.Object {
	return func(t *testing.T) []gitrepotest.Object {
		body := make([]byte, 1<<16)
		out := []gitrepotest.Object{{Type: gitrepotest.TypeTree, Data: body}}
		for i := range height {
			delta := append([]byte{0x80, 0x80, 0x04, 0x80, 0x80, 0x04, 4}, fmt.Appendf(nil, "%04d", i)...) // four new bytes, then the base from its fifth
			delta = append(delta, 0x80|0x01|0x10|0x20, 4, 0xfc, 0xff)
			out = append(out, gitrepotest.Object{Type: gitrepotest.TypeRefDelta, Base: gitrepotest.Name("tree", body), Data: delta})
			body = append(fmt.Appendf(nil, "%04d", i), body[4:]...)
		}
		return out
	}
}

func TestHostilePacks(t *testing.T) {
	g := newGround(t)
	const damaged = "i dati del repository sono danneggiati: chi lo gestisce provi «git fsck»"
	const part = "una parte dei file non è stata letta: i rilievi dicono quali"
	tight := gitrepo.Limits{Memory: 8 << 20, Inflated: 64 << 20}
	half := func(b []byte) []byte { return b[:len(b)/2] }
	turn := func(b []byte) []byte { b[len(b)/2] ^= 0xff; return b }
	for _, way := range []struct {
		name   string
		filter bool
	}{{"by parts", true}, {"whole", false}} {
		f := way.filter
		for _, p := range []hostilePlace{
			{name: "sound", outcome: catalog.Full, records: 1, start: pack(f, "", nil)},
			{name: "cut", outcome: catalog.Failed, reason: damaged, start: pack(f, "", nil, half)},
			{name: "a byte turned", outcome: catalog.Failed, reason: damaged, start: pack(f, "", nil, turn)},
			{name: "nothing", outcome: catalog.Failed, reason: damaged, start: pack(f, "", nil, func([]byte) []byte { return nil })},
			{name: "a tree of hundreds of megabytes", outcome: catalog.Failed, reason: overLimits, bytes: 1 << 20, memory: 48 << 20, limits: tight, start: pack(f, "", inflating(gitrepotest.TypeTree, 200))},
			{name: "a file that inflates beyond the work allowed", outcome: catalog.Failed, reason: overLimits, bytes: 1 << 20, memory: 48 << 20, limits: tight, start: pack(f, "", inflating(gitrepotest.TypeBlob, 200))},
			{name: "deltas that repeat a tree", outcome: catalog.Failed, reason: overLimits, bytes: 1 << 20, memory: 64 << 20, limits: tight, start: pack(f, "", repeating("tree", gitrepotest.TypeTree, 500, 40))},
			{name: "one delta that is a bomb", outcome: catalog.Failed, reason: overLimits, bytes: 1 << 20, memory: 48 << 20, limits: tight, start: pack(f, "", repeating("tree", gitrepotest.TypeTree, 1, 4000))},
			{name: "deltas upon deltas", outcome: catalog.Failed, reason: overLimits, bytes: 1 << 20, memory: 160 << 20, start: pack(f, "", tower(600))},
			{name: "a crowd of empty objects", outcome: catalog.Failed, reason: overLimits, bytes: 4 << 20, memory: 48 << 20, limits: tight, start: pack(f, "", crowd(100_000))},
			{name: "a README that its delta makes too large", outcome: catalog.Partial, reason: part, records: 1, bytes: 1 << 20, memory: 64 << 20, limits: tight,
				start: pack(f, repeated(64), repeating("blob", gitrepotest.TypeBlob, 1, 64)), finds: []string{"README.md:0 V05 file non letto: è troppo grande"}},
			{name: "a README that was not sent", outcome: catalog.Partial, reason: "una parte del repository non è stata ottenuta: i rilievi dicono quale", records: 1,
				start: pack(f, repeated(1), nil), finds: []string{"README.md:0 V05 file non letto: il server non lo ha mandato"}},
		} {
			t.Run(p.name+", "+way.name, func(t *testing.T) { g.visit(t, p) })
		}
	}
}
