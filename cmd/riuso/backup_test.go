package main

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
)

// maxLogLine bounds what one visit says in the log, in bytes: its longest part is a reason, which is quoted in part.
const maxLogLine = 2 << 10

// idsOf gives what only the data folder knows of its kits: the public id and since when it is there.
func idsOf(t *testing.T, data string) map[catalog.Key]string {
	t.Helper()
	idx, err := bleveindex.Open(t.Context(), bleveindex.Config{Dir: data})
	if err != nil {
		t.Fatal(err)
	}
	entries, err := idx.Entries(t.Context(), catalog.KindKit, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	out := map[catalog.Key]string{}
	for _, e := range entries {
		out[e.Key] = e.ID + " " + e.FirstSeen.UTC().String()
	}
	if err := idx.Close(); err != nil {
		t.Fatal(err)
	}
	return out
}

// A backup taken while a crawl writes is a moment of it: what it has is what the crawl ends with, and a crawl over the
// restored folder makes up the rest without changing an id or a date.
func TestBackupWhileACrawlWrites(t *testing.T) {
	w := newWorldOf(t, killed)
	data, file := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "copia")
	cmd := w.crawl(t.Context(), w.folder(), data)
	logs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(logs)
	lines.Buffer(nil, 1<<20)
	visits := 0
	for lines.Scan() {
		// A log is for programs: one short JSON object a line, one line a visit.
		if !json.Valid(lines.Bytes()) || len(lines.Bytes()) > maxLogLine {
			t.Errorf("a line of the log of %d bytes: %.300s", len(lines.Bytes()), lines.Text())
		}
		if !strings.Contains(lines.Text(), `"msg":"visit"`) {
			continue
		}
		if visits++; visits == 20 {
			if out, err := exec.CommandContext(t.Context(), "riuso", "backup", "--data", data, file).CombinedOutput(); err != nil {
				t.Errorf("beside a crawl: %v: %s", err, out)
			}
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if sources, err := filepath.Glob(filepath.Join(w.folder(), "sources", "*.md")); err != nil || visits != len(sources) {
		t.Errorf("%d lines for %d visits, %v", visits, len(sources), err)
	}
	end := idsOf(t, data)
	again := filepath.Join(t.TempDir(), "again")
	if out, err := exec.CommandContext(t.Context(), "riuso", "restore", "--data", again, file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	then := idsOf(t, again)
	if len(then) == 0 {
		t.Error("nothing was restored")
	}
	for key, what := range then {
		if end[key] != what {
			t.Errorf("%s: %q in the backup, %q at the end", key, what, end[key])
		}
	}
	w.whole(t, w.folder(), again)
	now := idsOf(t, again)
	for key, what := range then {
		if now[key] != what {
			t.Errorf("%s: %q restored, %q after the next crawl", key, what, now[key])
		}
	}
	strip := func(m map[catalog.Key]string) map[catalog.Key]string {
		out := map[catalog.Key]string{}
		for k, v := range m {
			out[k], _, _ = strings.Cut(v, " ")
		}
		return out
	}
	if d := cmp.Diff(strip(end), strip(now)); d != "" {
		t.Errorf("(-never restored +restored and crawled):\n%s", d)
	}
	t.Logf("%d kits at the backup, %d at the end", len(then), len(end))
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup may be read by others: %v, %v", info.Mode(), err)
	}
}
