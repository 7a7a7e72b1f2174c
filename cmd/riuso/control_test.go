package main

import (
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
	"github.com/open-community-pa/riuso/indexer/forge"
)

// A folder is the same catalogue however it is written; the one beside it is another, and so is every other address.
func TestOneCatalogueHasManyNames(t *testing.T) {
	here := t.TempDir()
	t.Chdir(here)
	if here, err := filepath.EvalSymlinks(here); err != nil || os.Mkdir("cat", 0o755) != nil || os.Mkdir("il mio", 0o755) != nil || os.Symlink(filepath.Join(here, "cat"), "via") != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"cat", here + "/cat", true}, {"file://" + here + "/cat", "cat", true}, {"file://localhost" + here + "/cat/", "./cat", true}, {"FILE://" + here + "/cat", "cat", true},
		{"file://" + here + "/il%20mio", "il mio", true}, {"via", "cat", true}, {"file://" + here + "/cat", "file://" + here + "/cat/", true},
		{"https://git.example.it/catalogo", "https://git.example.it/catalogo", true}, {"manca", here + "/manca", true},
		{"cat", "il mio", false}, {"file://" + here + "/il mio", "cat", false}, {"file://git.example.it" + here + "/cat", "cat", false},
		{"https://git.example.it/catalogo", "https://git.example.it/altro", false}, {"https://git.example.it" + here + "/cat", "cat", false}, {"", ".", false}, {"file://%zz", "cat", false},
	} {
		if samePlace(c.a, c.b) != c.same || samePlace(c.b, c.a) != c.same {
			t.Errorf("%q and %q: the same is %v", c.a, c.b, !c.same)
		}
	}
}

// A dry run beside a site that visits its sources says what its next visits would do, and nothing comes of it.
func TestADryRunBesideASite(t *testing.T) {
	f := newFederated(t, forge.GitHub, "uno")
	data := t.TempDir()
	site := f.serve("--data", data)
	site.until("/cerca?q=prova", "Prova uno")
	f.repository("due")
	dry := func(more ...string) []indexer.Change {
		t.Helper()
		var out struct{ Changes []indexer.Change }
		if err := json.Unmarshal([]byte(f.crawl(data, append(more, "--dry-run", "--json")...)), &out); err != nil {
			t.Fatal(err)
		}
		return out.Changes
	}
	for range 2 { // the first has written nothing, so the second finds the same
		got := dry("--catalog", "file://"+f.folder)
		if len(got) != 1 || got[0].Title != "Prova due" || got[0].Before != "" || got[0].After != "live" {
			t.Errorf("would change: %+v", got)
		}
	}
	if got := dry("ente"); len(got) != 1 {
		t.Errorf("of one source would change: %+v", got)
	}
	if got := dry("catalogue"); len(got) != 0 {
		t.Errorf("of the catalogue would change: %+v", got)
	}
	if page := site.get("/cerca?q=prova"); strings.Contains(page, "Prova due") || !strings.Contains(page, "Prova uno") {
		t.Error("a dry run is on the site")
	}
	if code, _, messages := f.run("crawl", "--catalog", f.folder, "--data", data, "--dry-run", "nessuna"); code != exitFailure || !strings.Contains(messages, "la fonte «nessuna» non è nel catalogo") {
		t.Errorf("a name that is no source: %d %s", code, messages)
	}
	if code, _, messages := f.run("crawl", "--catalog", t.TempDir(), "--data", data, "--dry-run"); code != exitFailure || !strings.Contains(messages, "un altro catalogo") {
		t.Errorf("of another catalogue: %d %s", code, messages)
	}
	f.crawl(data) // the visits of the site still go their way
	site.until("/cerca?q=prova", "Prova due")
	if got := dry(); len(got) != 0 {
		t.Errorf("when all was done would change: %+v", got)
	}
}

// Who has the folder and makes no visits for others says so, and what can be done.
func TestAFolderThatIsInUse(t *testing.T) {
	f := newFederated(t, forge.Gitea, "uno")
	data := t.TempDir()
	site := f.serve("--data", data, "--crawl-every", "0")
	for _, more := range [][]string{nil, {"--dry-run"}} {
		code, _, messages := f.run(append([]string{"crawl", "--catalog", f.folder, "--data", data}, more...)...)
		if code != exitFailure || !strings.Contains(messages, "la cartella dei dati è già in uso: la mostra un sito che non visita le fonti") || !strings.Contains(messages, "--crawl-every 24h") {
			t.Errorf("beside a site without visits %v: %d %s", more, code, messages)
		}
	}
	site.stop()

	idx, err := bleveindex.Open(t.Context(), bleveindex.Config{Dir: data})
	if err != nil {
		t.Fatal(err)
	}
	end := openControl(t.Context(), data, &control{busy: crawlingElsewhere(), backup: idx.Backup}, slog.New(slog.DiscardHandler))
	code, _, messages := f.run("crawl", "--catalog", f.folder, "--data", data, "--dry-run")
	if code != exitFailure || !strings.Contains(messages, "vi lavora un altro crawl. Aspetta che finisca") {
		t.Errorf("beside a crawl: %d %s", code, messages)
	}
	if err := end(); err != nil {
		t.Error(err)
	}
	if err := idx.Close(); err != nil {
		t.Error(err)
	}
}

// A dry run into a folder that is not there makes none, nor leaves it another behind.
func TestADryRunLeavesNothing(t *testing.T) {
	f := newFederated(t, forge.GitLab, "uno")
	parent, temp := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", temp)
	empty := filepath.Join(parent, "vuota")
	if err := os.Mkdir(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{filepath.Join(parent, "manca"), empty} {
		if out := f.crawl(data, "--dry-run", "--json"); !strings.Contains(out, `"title": "Prova uno"`) {
			t.Errorf("the dry run says:\n%s", out)
		}
	}
	for dir, want := range map[string]int{parent: 1, empty: 0, temp: 0} {
		if got, err := os.ReadDir(dir); err != nil || len(got) != want {
			t.Errorf("%s holds %v, %v", dir, got, err)
		}
	}
}
