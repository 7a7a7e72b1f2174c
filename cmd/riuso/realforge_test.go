package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// realForge is a Gitea that runs on loopback: the program named by RIUSO_GITEA (make e2e-forge builds it).
type realForge struct {
	*testing.T
	at, dir, program string
	token            string
}

const giteaUser = "operatore"

// newRealForge starts one in a folder of its own, as an ordinary user: it refuses to run as root.
func newRealForge(t *testing.T, hookHost string) *realForge {
	t.Helper()
	program := os.Getenv("RIUSO_GITEA")
	if program == "" {
		t.Skip("make e2e-forge builds a Gitea and runs this")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "riuso-gitea-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) }) // it may be writing its last lines
	g := &realForge{T: t, dir: dir, program: program, at: fmt.Sprintf("http://127.0.0.1:%d", port)}
	g.own(dir)
	ini := fmt.Sprintf(`APP_NAME = Prova
RUN_MODE = prod
WORK_PATH = %[1]s
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = %[2]d
ROOT_URL = %[3]s/
OFFLINE_MODE = true
DISABLE_SSH = true
STATIC_ROOT_PATH = %[4]s
[database]
DB_TYPE = sqlite3
PATH = %[1]s/gitea.db
[security]
INSTALL_LOCK = true
SECRET_KEY = una-chiave-per-questa-prova
INTERNAL_TOKEN = %[6]s
[repository]
ROOT = %[1]s/repositories
DEFAULT_BRANCH = main
[webhook]
ALLOWED_HOST_LIST = %[5]s
DELIVER_TIMEOUT = 10
[log]
LEVEL = Warn
MODE = console
[cron]
ENABLED = false
[actions]
ENABLED = false
`, dir, port, g.at, filepath.Join(filepath.Dir(program), "src"), hookHost, strings.TrimSpace(g.do("generate", "secret", "INTERNAL_TOKEN")))
	if err := os.WriteFile(filepath.Join(dir, "app.ini"), []byte(ini), 0o600); err != nil {
		t.Fatal(err)
	}
	g.own(dir)
	g.do("migrate")
	g.do("admin", "user", "create", "--username", giteaUser, "--password", "parola-di-prova-1", "--email", "operatore@example.it", "--admin", "--must-change-password=false")
	out := g.do("admin", "user", "generate-access-token", "--username", giteaUser, "--scopes", "all", "--raw")
	g.token = strings.TrimSpace(out[strings.LastIndexByte(strings.TrimSpace(out), '\n')+1:])

	ctx, cancel := context.WithCancel(context.Background())
	cmd := g.command(ctx, "web")
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		var exit *exec.ExitError
		if err := cmd.Wait(); err != nil && !errors.As(err, &exit) && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		if t.Failed() {
			t.Logf("gitea: %s", said.String())
		}
	})
	g.until(func() bool {
		res, err := http.Get(g.at + "/api/healthz")
		if err != nil {
			return false
		}
		_ = res.Body.Close()
		return res.StatusCode == http.StatusOK
	})
	return g
}

// until waits for something to be so.
func (g *realForge) until(so func() bool) {
	g.Helper()
	deadline := time.After(4 * siteTime)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for !so() {
		select {
		case <-tick.C:
		case <-deadline:
			g.Fatal("it never comes to be")
		}
	}
}

func (g *realForge) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, g.program, append([]string{"--work-path", g.dir, "--config", filepath.Join(g.dir, "app.ini")}, args...)...)
	cmd.Dir = g.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + g.dir, "USER=nobody", "GITEA_WORK_DIR=" + g.dir}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = siteTime
	asNobody(cmd)
	return cmd
}

func (g *realForge) do(args ...string) string {
	g.Helper()
	cmd := g.command(g.Context(), args...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		g.Fatalf("gitea %s: %v\n%s", strings.Join(args[:min(len(args), 3)], " "), err, out)
	}
	return string(out)
}

// api asks the forge for something and gives the answer.
func (g *realForge) api(method, path string, body any, want int) map[string]any {
	g.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		g.Fatal(err)
	}
	req, err := http.NewRequestWithContext(g.Context(), method, g.at+"/api/v1"+path, bytes.NewReader(b))
	if err != nil {
		g.Fatal(err)
	}
	req.Header.Set("Authorization", "token "+g.token)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		g.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	said, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != want {
		g.Fatalf("%s %s: %d (%v) %s", method, path, res.StatusCode, err, said)
	}
	out := map[string]any{}
	if len(said) > 0 && said[0] == '{' {
		if err := json.Unmarshal(said, &out); err != nil {
			g.Fatal(err)
		}
	}
	return out
}

// repository makes a repository of the organisation and pushes a publiccode.yml to it; it gives the folder to push from.
func (g *realForge) repository(f *federated, name string) string {
	g.Helper()
	g.api(http.MethodPost, "/orgs/ente/repos", map[string]any{"name": name, "default_branch": "main"}, http.StatusCreated)
	work := gitrepotest.New(g, f.publiccode(name, "Prova "+name))
	g.push(work, name)
	// A moment passes until the forge itself takes note of a first push.
	g.until(func() bool { return g.api(http.MethodGet, "/repos/ente/"+name, nil, http.StatusOK)["empty"] == false })
	return work
}

func (g *realForge) push(work, name string) {
	g.Helper()
	gitrepotest.Git(g, work, "push", "-q", "--force", strings.Replace(g.at, "://", "://"+giteaUser+":"+g.token+"@", 1)+"/ente/"+name+".git", "HEAD:refs/heads/main")
}

// A Gitea, an organisation on it, a site that crawls it, a push of which the forge itself tells.
func TestARealForge(t *testing.T) {
	gitrepotest.Need(t)
	g := newRealForge(t, "loopback")
	f := &federated{T: t, at: g.at, folder: t.TempDir()}
	f.write("catalogue.md", "type: catalogue\nid: prova\ntitle: Catalogo di prova\nowner: ipa:r_umbria\nscope: regional\nurl: https://prova.example.it/catalogo\nlicence: CC-BY-4.0\nobservatory: [ipa:r_umbria]\n")
	f.source("ente", "forge", g.at+"/ente", "")
	g.api(http.MethodPost, "/orgs", map[string]any{"username": "ente"}, http.StatusCreated)
	work := g.repository(f, "uno")
	for _, n := range []string{"due", "archiviato", "riservato", "partente"} {
		g.repository(f, n)
	}
	g.api(http.MethodPost, "/orgs/ente/repos", map[string]any{"name": "vuoto"}, http.StatusCreated)
	g.api(http.MethodPatch, "/repos/ente/archiviato", map[string]any{"archived": true}, http.StatusOK)
	g.api(http.MethodPatch, "/repos/ente/riservato", map[string]any{"private": true}, http.StatusOK)

	data := t.TempDir()
	start := time.Now()
	if out := f.crawl(data); !strings.Contains(out, "5 lette") {
		t.Fatalf("the first crawl:\n%s", out)
	}
	t.Logf("first crawl of four repositories: %v", time.Since(start).Round(time.Millisecond))
	// The list itself may tell other dates meanwhile; its repositories are as they were.
	if out := f.crawl(data); !strings.Contains(out, "5 invariate") && !strings.Contains(out, "4 invariate") {
		t.Errorf("the second crawl:\n%s", out)
	}

	secret := filepath.Join(t.TempDir(), "hooks")
	if err := os.WriteFile(secret, []byte("gitea un-segreto-di-prova\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	site := f.serve("--data", data, "--hook-secret-file", secret)
	g.api(http.MethodPost, "/orgs/ente/hooks", map[string]any{"type": "gitea", "active": true, "events": []string{"push", "create", "delete", "repository"},
		"config": map[string]string{"url": site.base + "/hooks/gitea", "content_type": "json", "secret": "un-segreto-di-prova"}}, http.StatusCreated)
	site.until("/cerca?q=prova", "Prova uno")
	gitrepotest.Commit(t, work, "un altro nome", f.publiccode("uno", "Rinnovato uno"))
	start = time.Now()
	g.push(work, "uno")
	site.until("/cerca?q=rinnovato", "Rinnovato uno")
	t.Logf("on the site after a push: %v", time.Since(start).Round(time.Millisecond))

	start = time.Now()
	g.repository(f, "nuovo") // of which the forge tells, and whose list must be looked at
	site.until("/cerca?q=nuovo", "Prova nuovo")
	t.Logf("a new repository on the site: %v", time.Since(start).Round(time.Millisecond))
	if said := site.stop(); strings.Contains(said, "un-segreto-di-prova") || strings.Contains(said, g.token) {
		t.Error("a secret is in the log")
	}

	g.api(http.MethodPatch, "/repos/ente/due", map[string]any{"name": "due-rinominato"}, http.StatusOK)
	g.api(http.MethodDelete, "/repos/ente/partente", nil, http.StatusNoContent)
	out := f.crawl(data)
	t.Logf("after a rename and a removal:\n%s", out)
	if strings.Contains(out, "è una copia") {
		t.Errorf("what was renamed is taken for a copy of itself:\n%s", out)
	}
	if !strings.Contains(out, "assente  ente--partente") {
		t.Errorf("what was deleted is not absent:\n%s", out)
	}
}
