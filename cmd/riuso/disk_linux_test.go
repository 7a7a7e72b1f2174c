package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// smallDisk mounts a file system of some MiB.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("no small file system can be mounted here (root is needed): %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// enlarge gives a small disk its room.
func enlarge(t *testing.T, disk, size string) {
	t.Helper()
	if err := syscall.Mount("none", disk, "tmpfs", syscall.MS_REMOUNT, "size="+size); err != nil {
		t.Fatal(err)
	}
}

// enough is how many repositories more than fill the small disk.
const enough = 60

// A crawl onto a disk that is too small stops with one sentence; the site shows what came through, a second crawl stops the
// same way, and with room the next one ends as if the disk had been large from the start.
func TestACrawlOntoAFullDisk(t *testing.T) {
	w := newWorldOf(t, enough)
	disk := smallDisk(t, "4m")
	data := filepath.Join(disk, "data")
	for _, lang := range []string{"it", "en"} {
		cmd := w.crawl(t.Context(), w.folder(), data)
		cmd.Env = append(os.Environ(), "RIUSO_LANG="+lang)
		var said strings.Builder
		cmd.Stderr = &said
		_, err := cmd.Output()
		var code *exec.ExitError
		if !errors.As(err, &code) || code.ExitCode() != exitFailure {
			t.Fatalf("the crawl ends with %v", err)
		}
		want := map[string]string{"it": "riuso: il disco della cartella dei dati " + data + " è pieno: libera spazio", "en": "riuso: the disk of the data folder " + data + " is full: make room"}[lang]
		own := 0
		for line := range strings.Lines(said.String()) {
			if strings.HasPrefix(line, "riuso: ") {
				own++
			}
		}
		if !strings.Contains(said.String(), want) || own != 1 {
			t.Errorf("%s: it says %q in %d lines of its own", lang, said.String(), own)
		}
	}
	left := len(idsOf(t, data))
	serves(t, data)
	enlarge(t, disk, "200m")
	w.whole(t, w.folder(), data)
	whole := filepath.Join(t.TempDir(), "data")
	w.whole(t, w.folder(), whole)
	got, want := contents(t, data), contents(t, whole)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-on a large disk +on the small one):\n%s", d)
	}
	t.Logf("%d kits were stored until the disk was full, %d in all", left, len(got.Entries))
}

// A site whose disk is full goes on showing what it has, says so in its log and to whoever watches, and visits again when
// there is room: by itself after a pause, or at once when the operator says so.
func TestASiteOnAFullDisk(t *testing.T) {
	w := newWorldOf(t, enough)
	disk := smallDisk(t, "4m")
	site, err := startSite(t.Context(), ".", append(os.Environ(), "RIUSO_LANG=it"), "--data", filepath.Join(disk, "data"), "--catalog", w.folder(), "--crawl-every", "1h", "--log", "json",
		"--mirror", "https://github.com/="+w.mirror, "--mirror", "https://git.example.it/="+w.written)
	if err != nil {
		t.Fatal(err)
	}
	health := func(want string) {
		t.Helper()
		ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
		defer stop()
		for tick := time.NewTicker(100 * time.Millisecond); ; {
			status, body, err := site.get(ctx, "/healthz")
			if err != nil || status != 200 {
				t.Fatalf("/healthz: %d, %v: %s", status, err, body)
			}
			var h struct {
				Status string
				Kits   int
			}
			if err := json.Unmarshal([]byte(body), &h); err != nil {
				t.Fatal(err)
			}
			if h.Status == want {
				t.Logf("%s with %d kits", want, h.Kits)
				return
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				t.Fatalf("/healthz stays %s; %s", body, site.messages())
			}
		}
	}
	health("degraded")
	if said := site.messages(); !strings.Contains(said, "le visite sono sospese, il sito mostra ciò che è già stato letto: il disco della cartella dei dati "+disk) {
		t.Errorf("the log: %s", said)
	}
	if status, _, err := site.get(t.Context(), "/cerca"); err != nil || status != 200 {
		t.Errorf("/cerca: %d, %v", status, err)
	}
	order := func() (string, error) {
		out, err := exec.CommandContext(t.Context(), "riuso", "crawl", "--catalog", w.folder(), "--data", filepath.Join(disk, "data")).CombinedOutput()
		return string(out), err
	}
	if said, err := order(); err == nil || !strings.Contains(said, "è pieno: libera spazio") {
		t.Errorf("an order meanwhile: %v: %s", err, said)
	}
	enlarge(t, disk, "200m")
	if said, err := order(); err != nil {
		t.Errorf("an order with room: %v: %s", err, said)
	}
	health("ok")
	if said := site.messages(); !strings.Contains(said, "le visite riprendono") {
		t.Errorf("the log: %s", said)
	}
	if err := site.stop(); err != nil {
		t.Error(err)
	}
	if n := len(idsOf(t, filepath.Join(disk, "data"))); n < enough*4/5 {
		t.Errorf("%d kits after all, of %d repositories", n, enough)
	}
}
