package site_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema/sharedtest"
	"github.com/open-community-pa/riuso/site"
)

// browserTime bounds the whole walk in the browser.
const browserTime = 5 * time.Minute

// absent skips the test for what this machine lacks, or fails it where nothing may be skipped.
func absent(t *testing.T, what string) {
	t.Helper()
	sharedtest.Missing(t, what+" is not there: the pages are not seen in a real browser")
}

// withImportedKit adds a large kit that was imported by itself, with the texts of its files.
func withImportedKit(t *testing.T, m *catalogtest.Memory) *catalogtest.Memory {
	t.Helper()
	r, texts := largeKit()
	d := catalogtest.DeltaOf("a", r)
	for _, text := range texts {
		d.Texts = append(d.Texts, *text)
	}
	if err := m.Commit(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	return m
}

// TestInARealBrowser walks from a search to an adoption in Chromium: see ui/browser.mjs. RIUSO_SHOTS names a folder that
// takes a picture of each page.
func TestInARealBrowser(t *testing.T) {
	if testing.Short() {
		sharedtest.Missing(t, "a short run does not start a browser")
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		absent(t, "chromium")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		absent(t, "node")
	}
	for _, need := range []string{"node_modules/playwright-core", "node_modules/axe-core"} {
		if _, err := os.Stat(filepath.Join("..", need)); errors.Is(err, fs.ErrNotExist) {
			absent(t, need+" (npm ci)")
		}
	}
	if _, err := os.Stat("ui/static/dist/bootstrap-italia.css"); errors.Is(err, fs.ErrNotExist) {
		absent(t, "site/ui/static/dist (npm run build)")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := site.Server(newSite(t, withImportedKit(t, starterStore(t)), func(c *site.Config) { c.BaseURL = "" }), l.Addr().String())
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	t.Cleanup(func() {
		if err := srv.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), browserTime)
	defer cancel()
	args := []string{"ui/browser.mjs", "http://" + l.Addr().String(), chromium}
	if shots := os.Getenv("RIUSO_SHOTS"); shots != "" {
		args = append(args, shots)
	}
	cmd := exec.CommandContext(ctx, node, args...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	var said struct{ Pages, Failures []string }
	if err := json.Unmarshal(out, &said); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if len(said.Pages) < 15 {
		t.Errorf("only %d pages were looked at: %v", len(said.Pages), said.Pages)
	}
	for _, p := range said.Pages {
		t.Log(p)
	}
	for _, f := range said.Failures {
		t.Error(f)
	}
}
