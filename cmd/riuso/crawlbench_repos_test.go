package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// recorder counts what a server of repositories sends, and can give the same answers again from memory.
type recorder struct {
	git  http.Handler
	sent atomic.Int64

	mu   sync.Mutex
	kept map[string]*httptest.ResponseRecorder // nil: every answer is made anew
}

// remember begins to keep answers.
func (r *recorder) remember() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept = map[string]*httptest.ResponseRecorder{}
}

// ServeHTTP answers one request.
func (r *recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	keeps := r.kept != nil
	r.mu.Unlock()
	if !keeps {
		r.git.ServeHTTP(&countedWriter{w, &r.sent}, req)
		return
	}
	body, err := io.ReadAll(req.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	key := strings.Join([]string{req.Method, req.URL.Path, req.URL.RawQuery, req.Header.Get("Git-Protocol"), req.Header.Get("Content-Encoding"), string(body)}, "\n")
	r.mu.Lock()
	a := r.kept[key]
	r.mu.Unlock()
	if a == nil {
		a = httptest.NewRecorder()
		req.Body = io.NopCloser(bytes.NewReader(body))
		r.git.ServeHTTP(a, req)
		r.mu.Lock()
		r.kept[key] = a
		r.mu.Unlock()
	}
	for k, v := range a.Header() {
		w.Header()[k] = v
	}
	w.WriteHeader(a.Code)
	n, err := w.Write(a.Body.Bytes())
	r.sent.Add(int64(n))
	if err != nil {
		return // the client went away
	}
}

type countedWriter struct {
	http.ResponseWriter
	n *atomic.Int64
}

// Write counts.
func (c *countedWriter) Write(b []byte) (int, error) {
	n, err := c.ResponseWriter.Write(b)
	c.n.Add(int64(n))
	return n, err
}

// fastImport makes a bare repository of a stream of git fast-import.
func fastImport(t *testing.T, dir string, stream io.Reader) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	gitrepotest.Git(t, dir, "init", "--quiet", "--bare", "--initial-branch=main")
	gitrepotest.AllowFilter(t, dir, true)
	cmd := exec.CommandContext(t.Context(), "git", "-c", "fastimport.unpackLimit=1", "-c", "core.compression=0", "fast-import", "--quiet")
	cmd.Dir, cmd.Stdin = dir, stream
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git fast-import: %v\n%s", err, out)
	}
}

// commit writes one commit of a stream: the files it changes, after the one before.
func commit(w io.Writer, n int, files map[string][]byte) {
	message := fmt.Sprintf("Versione %d", n)
	fmt.Fprintf(w, "commit refs/heads/main\ncommitter %s <%s> %d +0000\ndata %d\n%s\n", gitrepotest.Office, gitrepotest.Mail, gitrepotest.Start().Unix()+int64(n)*3600, len(message), message)
	for path, text := range files {
		fmt.Fprintf(w, "M 100644 inline %s\ndata %d\n", path, len(text))
		if _, err := w.Write(append(text, '\n')); err != nil {
			return // git says why
		}
	}
}

// noiseOf gives bytes that do not compress, the same for the same seed.
func noiseOf(seed uint64, n int) []byte {
	out := make([]byte, n)
	_, _ = rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)}).Read(out) // never fails
	return out
}

// smallFiles are those of a small repository: a kit of three documents.
func smallFiles(at, name string, n int) map[string][]byte {
	files := map[string][]byte{
		"publiccode.yml": fmt.Appendf(nil, "publiccodeYmlVersion: \"0\"\nname: Servizio %d\nurl: %s/ente/%s\ndescription:\n  it:\n    shortDescription: Servizio numero %d per i comuni\n    longDescription: %s\n    features: [Protocollo, Pagamenti, Prenotazioni]\nlegal: {license: EUPL-1.2}\n", n, at, name, n, strings.Repeat("Il servizio aiuta gli uffici dei comuni. ", 15)),
		"README.md":      fmt.Appendf(nil, "# Servizio %d\n\n%s\n", n, strings.Repeat("Il servizio aiuta gli uffici dei comuni a gestire le pratiche dei cittadini. ", 20)),
		"kit.md":         fmt.Appendf(nil, "---\ntype: kit\nspec: \"1\"\nid: kit-%d\ntitle: Kit %d\nsummary: Pratica numero %d\nkind: practice\nstatus: draft\ncodeScheme: cit\nceding: [ipa:p_bs]\n---\n%s", n, n, n, strings.Repeat("Il kit dice come si fa. ", 20)),
	}
	for d := range 3 {
		files[fmt.Sprintf("docs/d%d.md", d)] = fmt.Appendf(nil, "---\ntype: document\nid: d%d\ntitle: Documento %d\nsummary: Come si fa il passo %d\nphase: A\nambit: [administrative]\nkind: process\nupdated: 2026-01-10\nstatus: final\n---\n%s", d, d, d, strings.Repeat("L'ente approva la convenzione e nomina il referente. ", 30))
	}
	return files
}

// makeSmall makes small repositories of four commits and an attachment below root/ente.
func makeSmall(t *testing.T, root, at string, names []string) {
	t.Helper()
	const attachment = 50_000
	for n, name := range names {
		var s bytes.Buffer
		files := smallFiles(at, name, n)
		files["allegati/modello.pdf"] = noiseOf(uint64(n), attachment)
		commit(&s, 0, files)
		for c := 1; c < 4; c++ {
			commit(&s, c, map[string][]byte{"docs/d1.md": fmt.Appendf(bytes.Clone(files["docs/d1.md"]), "\nPunto %d.\n", c)})
		}
		fastImport(t, filepath.Join(root, "ente", name), &s)
	}
}
