package main

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// packServer answers for repositories of one commit that lie nowhere: their objects are made when they are asked for, so
// that twenty thousand of them neither take the disk nor wait for git's processes.
type packServer struct {
	at   string // its address
	kits int    // one repository in so many is a kit of documents, the others are software
}

// object is one object of Git with its name.
type object struct {
	kind string
	data []byte
}

func (o object) name() string { return gitrepotest.Name(o.kind, o.data) }

// objects makes those of a repository: its commit, its trees, and its files.
func (s *packServer) objects(name string) (frame, files []object, err error) {
	var n int
	if _, err := fmt.Sscanf(name, "r%d", &n); err != nil {
		return nil, nil, err
	}
	texts := smallFiles(s.at, name, n)
	if n%s.kits != 0 {
		maps.DeleteFunc(texts, func(p string, _ []byte) bool { return p == "kit.md" || strings.HasPrefix(p, "docs/") })
	}
	blob := func(text []byte) string {
		files = append(files, object{"blob", text})
		return files[len(files)-1].name()
	}
	entries := map[string][]byte{}
	var docs []byte
	entry := func(mode, name, id string) []byte {
		raw, _ := hex.DecodeString(id) // a name that we made
		return append([]byte(mode+" "+name+"\x00"), raw...)
	}
	for _, p := range slices.Sorted(maps.Keys(texts)) {
		if dir, base := path.Split(p); dir == "" {
			entries[p] = entry("100644", p, blob(texts[p]))
		} else {
			docs = append(docs, entry("100644", base, blob(texts[p]))...)
		}
	}
	if docs != nil {
		frame = append(frame, object{"tree", docs})
		entries["docs/"] = entry("40000", "docs", frame[0].name())
	}
	var root []byte
	for _, p := range slices.Sorted(maps.Keys(entries)) {
		root = append(root, entries[p]...)
	}
	tree := object{"tree", root}
	who := fmt.Sprintf("%s <%s> %d +0000", gitrepotest.Office, gitrepotest.Mail, gitrepotest.Start().Unix())
	commit := object{"commit", fmt.Appendf(nil, "tree %s\nauthor %s\ncommitter %s\n\nPrima stesura\n", tree.name(), who, who)}
	return append([]object{commit, tree}, frame...), files, nil
}

// ServeHTTP answers a listing of references, a request for commit and trees, and one for files by their names.
func (s *packServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/ente/"), "/")
	frame, files, err := s.objects(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	line := func(s string) { fmt.Fprintf(w, "%04x%s", len(s)+4, s) }
	if r.Method == http.MethodGet {
		w.Header().Set("Content-Type", "application/x-git-upload-pack-advertisement")
		line("# service=git-upload-pack\n")
		fmt.Fprint(w, "0000")
		line(frame[0].name() + " HEAD\x00side-band-64k shallow filter symref=HEAD:refs/heads/main agent=git/2.39.5\n")
		line(frame[0].name() + " refs/heads/main\n")
		fmt.Fprint(w, "0000")
		return
	}
	asked := map[string]bool{}
	for in := bufio.NewReader(r.Body); ; {
		var head [4]byte
		if _, err := io.ReadFull(in, head[:]); err != nil {
			break
		}
		n, err := strconv.ParseUint(string(head[:]), 16, 16)
		if err != nil || n < 5 {
			continue // a flush or a delimiter
		}
		text := make([]byte, n-4)
		if _, err := io.ReadFull(in, text); err != nil {
			break
		}
		if f := strings.Fields(string(text)); len(f) > 1 && f[0] == "want" {
			asked[f[1]] = true
		}
	}
	send := slices.DeleteFunc(files, func(o object) bool { return !asked[o.name()] })
	w.Header().Set("Content-Type", "application/x-git-upload-pack-result")
	if asked[frame[0].name()] {
		send = frame
		line("NAK\n")
	} else {
		line("packfile\n")
	}
	for rest := packOf(send); len(rest) > 0; {
		const most = 60_000
		n := min(len(rest), most)
		line("\x01" + string(rest[:n]))
		rest = rest[n:]
	}
	fmt.Fprint(w, "0000")
}

// packOf writes a pack without deltas.
func packOf(all []object) []byte {
	kinds := map[string]byte{"commit": gitrepotest.TypeCommit, "tree": gitrepotest.TypeTree, "blob": gitrepotest.TypeBlob}
	b := bytes.NewBuffer(binary.BigEndian.AppendUint32([]byte("PACK\x00\x00\x00\x02"), uint32(len(all))))
	z, _ := zlib.NewWriterLevel(b, zlib.BestSpeed) // a level that there is
	for _, o := range all {
		size := len(o.data)
		c := kinds[o.kind]<<4 | byte(size&15)
		for size >>= 4; size > 0; size >>= 7 {
			b.WriteByte(c | 0x80)
			c = byte(size & 0x7f)
		}
		b.WriteByte(c)
		z.Reset(b)
		_, _ = z.Write(o.data) // into memory
		_ = z.Close()
	}
	sum := sha1.Sum(b.Bytes())
	return append(b.Bytes(), sum[:]...)
}
