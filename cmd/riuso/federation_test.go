package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/indexer/forge"
	"github.com/open-community-pa/riuso/indexer/forge/forgetest"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/indexer/peer/peertest"
)

// federated is a forge with real repositories, and the folder of a catalogue that names it.
type federated struct {
	*testing.T
	forge  *forgetest.Server
	at     string // of the forge
	root   string // of its repositories
	folder string // of the catalogue
}

func newFederated(t *testing.T, kind forge.Kind, names ...string) *federated {
	t.Helper()
	gitrepotest.Need(t)
	f := &federated{T: t, root: t.TempDir(), folder: t.TempDir()}
	f.forge = forgetest.New(kind, "ente", nil)
	h, err := gitrepotest.Handler(f.root)
	if err != nil {
		t.Fatal(err)
	}
	f.forge.Git(h)
	srv := httptest.NewServer(f.forge)
	t.Cleanup(srv.Close)
	f.at = srv.URL
	for _, n := range names {
		f.repository(n)
	}
	f.write("catalogue.md", "type: catalogue\nid: prova\ntitle: Catalogo di prova\nowner: ipa:r_umbria\nscope: regional\nurl: https://prova.example.it/catalogo\nlicence: CC-BY-4.0\nobservatory: [ipa:r_umbria]\n")
	f.source("ente", "forge", f.at+"/ente", "")
	return f
}

// repository makes a repository with a publiccode.yml, and lets the forge list it.
func (f *federated) repository(name string) string {
	f.Helper()
	work := gitrepotest.New(f, f.publiccode(name, "Prova "+name))
	gitrepotest.Bare(f, work, filepath.Join(f.root, "ente", name+".git"))
	f.forge.Put(forgetest.Repo{Name: name, Pushed: gitrepotest.Start()})
	return work
}

func (f *federated) publiccode(name, title string) map[string]string {
	return map[string]string{"publiccode.yml": fmt.Sprintf("publiccodeYmlVersion: \"0\"\nname: %s\nurl: %s/ente/%s\nlandingURL: https://ente.example.it\nsoftwareVersion: \"1\"\nreleaseDate: \"2025-01-01\"\nplatforms: [web]\ncategories: [it-service-management]\ndevelopmentStatus: stable\nsoftwareType: standalone/web\ndescription: {it: {shortDescription: Prova, longDescription: Prova, features: [Prova]}}\nlegal: {license: EUPL-1.2}\nmaintenance: {type: none}\nlocalisation: {localisationReady: false, availableLanguages: [it]}\n", title, f.at, name)}
}

func (f *federated) write(name, front string) {
	f.Helper()
	at := filepath.Join(f.folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		f.Fatal(err)
	}
	if err := os.WriteFile(at, []byte("---\n"+front+"---\n"), 0o600); err != nil {
		f.Fatal(err)
	}
}

func (f *federated) source(id, kind, url, more string) {
	f.Helper()
	f.write("sources/"+id+".md", fmt.Sprintf("type: source\nid: %s\nkind: %s\nurl: %s\n%s", id, kind, url, more))
}

// run runs the program in this process; it gives its exit code and what it wrote.
func (f *federated) run(args ...string) (code int, out, messages string) {
	var stdout, stderr bytes.Buffer
	p := &program{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, getenv: func(string) string { return "" }}
	code = p.run(f.Context(), args)
	return code, stdout.String(), stderr.String()
}

// crawl crawls into a data folder.
func (f *federated) crawl(data string, more ...string) (out string) {
	f.Helper()
	code, out, messages := f.run(append([]string{"crawl", "--catalog", f.folder, "--data", data, "--allow-net", "127.0.0.0/8"}, more...)...)
	if code != exitOK {
		f.Fatalf("exit %d\n%s%s", code, out, messages)
	}
	return out
}

// ownSite is a site that runs in this process.
type ownSite struct {
	*testing.T
	base string
	stop func() string // ends it and gives its messages

	mu   sync.Mutex
	said strings.Builder
}

func (o *ownSite) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.said.Write(b)
}

// serve starts a site that visits its sources.
func (f *federated) serve(args ...string) *ownSite {
	f.Helper()
	o := &ownSite{T: f.T}
	r, w := io.Pipe()
	ctx, cancel := context.WithCancel(f.Context())
	code := make(chan int, 1)
	go func() {
		p := &program{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.MultiWriter(o, w), getenv: func(string) string { return "" }}
		code <- p.run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0", "--catalog", f.folder, "--allow-net", "127.0.0.0/8", "--crawl-every", "24h"}, args...))
		_ = w.Close() // a pipe's never fails
	}()
	where := make(chan string, 1)
	go func() {
		buf := make([]byte, 4096)
		var said strings.Builder
		for {
			n, err := r.Read(buf)
			said.Write(buf[:n])
			if at := siteAddress.FindString(said.String()); at != "" && strings.Contains(said.String(), "Ctrl-C") {
				select {
				case where <- at:
				default:
				}
			}
			if err != nil {
				return
			}
		}
	}()
	ended := false
	o.stop = func() string {
		if !ended {
			ended = true
			cancel()
			if c := <-code; c != exitOK {
				f.Errorf("the site ended with %d", c)
			}
		}
		o.mu.Lock()
		defer o.mu.Unlock()
		return o.said.String()
	}
	f.Cleanup(func() { o.stop() })
	select {
	case o.base = <-where:
	case <-time.After(siteTime):
		f.Fatalf("the site does not start: %s", o.stop())
	}
	return o
}

// until asks for a page until it says something.
func (o *ownSite) until(path, want string) {
	o.Helper()
	ctx, cancel := context.WithTimeout(o.Context(), siteTime)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	last := ""
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, o.base+path, nil)
		if err != nil {
			o.Fatal(err)
		}
		if res, err := http.DefaultClient.Do(req); err == nil {
			b, err := io.ReadAll(res.Body)
			if last = string(b); err == nil && strings.Contains(last, want) {
				_ = res.Body.Close()
				return
			}
			_ = res.Body.Close()
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			o.Fatalf("%s never says %q; messages:\n%s", path, want, o.stop())
		}
	}
}

func TestAForgeIsCrawledAsItChanges(t *testing.T) {
	f := newFederated(t, forge.GitHub, "uno", "due", "tre")
	f.forge.Put(forgetest.Repo{Name: "vuoto", Empty: true})
	data := t.TempDir()
	if out := f.crawl(data); !strings.Contains(out, "4 fonti in ") || !strings.Contains(out, "4 lette") {
		t.Fatalf("the first crawl:\n%s", out)
	}
	if out := f.crawl(data); !strings.Contains(out, "4 invariate") {
		t.Fatalf("the second:\n%s", out)
	}
	work := gitrepotest.New(t, f.publiccode("quattro", "Quattro"))
	gitrepotest.Bare(t, work, filepath.Join(f.root, "ente", "quattro.git"))
	f.forge.Put(forgetest.Repo{Name: "quattro", Pushed: gitrepotest.Start()})
	f.forge.Remove("tre")
	dry := f.crawl(data, "--dry-run")
	for _, want := range []string{"prova: non è stato scritto nulla; cambierebbero 2 voci", "nuova        ente--quattro  kit  Quattro", "mancherebbe  ente--tre      kit  Prova tre"} {
		if !strings.Contains(dry, want) {
			t.Errorf("a dry run does not say %q:\n%s", want, dry)
		}
	}
	if out := f.crawl(data); !strings.Contains(out, "2 lette") || !strings.Contains(out, "2 invariate") || !strings.Contains(out, "1 assente") {
		t.Errorf("after a new and a lost one:\n%s", out)
	}
}

// Of itself the site would look again in a day.
func TestAPushIsSoonOnTheSite(t *testing.T) {
	f := newFederated(t, forge.Gitea, "uno", "due")
	secret := filepath.Join(t.TempDir(), "hooks")
	if err := os.WriteFile(secret, []byte("gitea un-segreto-di-prova\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	site := f.serve("--data", data, "--hook-secret-file", secret)
	site.until("/cerca?q=prova", "Prova due")

	work := gitrepotest.New(t, f.publiccode("due", "Rinnovato due"))
	bare := filepath.Join(f.root, "ente", "due.git")
	if err := os.RemoveAll(bare); err != nil {
		t.Fatal(err)
	}
	gitrepotest.Bare(t, work, bare)
	body := fmt.Sprintf(`{"ref":"refs/heads/main","repository":{"full_name":"ente/due","html_url":%q,"clone_url":%q}}`, f.at+"/ente/due", f.at+"/ente/due.git")
	sum := hmac.New(sha256.New, []byte("un-segreto-di-prova"))
	sum.Write([]byte(body))
	send := func(signature string) int {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, site.base+"/hooks/gitea", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("X-Gitea-Event", "push")
		req.Header.Set("X-Gitea-Delivery", "prova-1")
		req.Header.Set("X-Gitea-Signature", signature)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		return res.StatusCode
	}
	if code := send(strings.Repeat("0", 64)); code != http.StatusUnauthorized {
		t.Errorf("a wrong signature: %d", code)
	}
	if code := send(hex.EncodeToString(sum.Sum(nil))); code != http.StatusAccepted {
		t.Errorf("a push: %d", code)
	}
	site.until("/cerca?q=rinnovato", "Rinnovato due")

	// A crawl beside the site hands its work over.
	f.repository("tre")
	if out := f.crawl(data, "ente"); !strings.Contains(out, "1 letta") && !strings.Contains(out, "2 lette") {
		t.Errorf("a crawl beside the site:\n%s", out)
	}
	site.until("/cerca?q=prova", "Prova tre")
	if code, _, messages := f.run("crawl", "--catalog", t.TempDir(), "--data", data); code != exitFailure || !strings.Contains(messages, "un altro catalogo") {
		t.Errorf("a crawl of another catalogue: %d %s", code, messages)
	}
	if messages := site.stop(); strings.Contains(messages, "un-segreto-di-prova") {
		t.Error("a secret is in the log")
	}
	if out := f.crawl(data); !strings.Contains(out, "4 invariate") && !strings.Contains(out, "3 invariate") {
		t.Errorf("after the site has ended:\n%s", out)
	}
}

func TestOtherCataloguesAreRead(t *testing.T) {
	f := newFederated(t, forge.GitLab, "uno", "due")
	there := newFederated(t, forge.Gitea, "loro")
	there.write("catalogue.md", "type: catalogue\nid: altro\ntitle: Un altro catalogo\nowner: ipa:r_lazio\nscope: regional\nurl: https://altro.example.it/catalogo\nlicence: CC-BY-4.0\nobservatory: [ipa:r_lazio]\n")
	there.write("entities/c_x001.md", "type: entity\nid: c_x001\nname: Comune di Prova\nentityType: municipality\nipa: c_x001\n")
	other := there.serve()
	other.until("/cerca?q=prova", "Prova loro")

	dead := f.publiccode("spento", "Spento")["publiccode.yml"]
	api := &peertest.API{}
	api.Set([]peertest.Software{{ID: "1", URL: f.at + "/ente/uno", PublicCode: f.publiccode("uno", "Copia vecchia")["publiccode.yml"], Active: true},
		{ID: "2", URL: f.at + "/ente/spento", PublicCode: dead, Active: true}}, nil, nil)
	f.source("api", "developers-italia-api", peertest.Start(t, api)+"/v1", "")
	list := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := fmt.Fprintf(w, "- id: c_x002\n  name: Comune di Esempio\n  orgs: []\n  repos: [%s/ente/due]\n", f.at); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(list.Close)
	f.source("elenco", "publishers", list.URL+"/publishers.yml", "")
	f.source("altro", "catalogue", other.base, "")
	data := t.TempDir()
	// What others tell is in the canonical form of an address, which is https.
	route := "--mirror=https://" + strings.TrimPrefix(there.at, "http://") + "/=" + there.at + "/"
	out := f.crawl(data, route)
	if strings.Count(out, "si mostra la copia") != 1 || !strings.Contains(out, "spento") {
		t.Errorf("one repository is known by its copy only:\n%s", out)
	}
	if again := f.crawl(data, route); !strings.Contains(again, "10 invariate") {
		t.Errorf("the second crawl:\n%s", again)
	}
	site := f.serve("--data", data, route)
	site.until("/cerca?q=loro", "Prova loro")
	site.until("/cerca?q=spento", "Spento")
	site.until("/cerca?q=uno", "Prova uno")
	site.until("/fonti/altro", "loro")
	site.until("/enti", "Comune di Prova")
}
