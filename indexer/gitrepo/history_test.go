package gitrepo

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

func history(t testing.TB, r *Reader, url string, paths ...string) (*Snapshot, *History) {
	t.Helper()
	s := open(t, r, url, nil)
	h, err := r.History(t.Context(), s, paths)
	if err != nil {
		t.Fatal(err)
	}
	return s, h
}

func TestHistoryTellsWhenAndWhyNeverWho(t *testing.T) {
	dir := gitrepotest.New(t, map[string]string{"kit.md": "1", "adoptions/c_e506.md": "1"})
	gitrepotest.Git(t, dir, "tag", "v1.0.0")
	second := gitrepotest.Commit(t, dir, "Lecce delibera\n\nCorpo.\n\nSigned-off-by: Un Nome <un.nome@comune.example>", map[string]string{"adoptions/c_e506.md": "2"})
	gitrepotest.Commit(t, dir, "Altro", map[string]string{"README.md": "x"})
	url := gitrepotest.Serve(t, filepath.Dir(dir)) + "/" + filepath.Base(dir)
	r := reader(t, Config{AllowLocal: true})
	first := gitrepotest.Git(t, dir, "rev-parse", "v1.0.0")
	for _, u := range []string{url, dir} {
		_, h := history(t, r, u, "adoptions/c_e506.md", "kit.md", "assente.md")
		want := map[string][]Change{
			"adoptions/c_e506.md": {
				{second, gitrepotest.Start().Add(time.Hour), "Lecce delibera"},
				{first, gitrepotest.Start(), "Prima stesura"},
			},
			"kit.md": {{first, gitrepotest.Start(), "Prima stesura"}},
		}
		if diff := cmp.Diff(want, h.Changes); diff != "" {
			t.Errorf("%s: %s", u, diff)
		}
		if !h.Complete || h.Commits != 3 || !h.TagTimes["v1.0.0"].Equal(gitrepotest.Start()) {
			t.Errorf("%s: %+v", u, h)
		}
	}
}

// The same answers as git log, on a history with branches, removals and returns.
func TestHistoryAgainstGitLog(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 7))
	paths := []string{"a.md", "docs/A/1.md", "docs/A/2.md", "docs/B/1.md", "kits/x/kit.md"}
	dir := gitrepotest.New(t, map[string]string{"a.md": "0", "docs/A/1.md": "0", "kits/x/kit.md": "0"})
	there := map[string]bool{"a.md": true, "docs/A/1.md": true, "kits/x/kit.md": true}
	for i := range 30 {
		p := paths[rnd.IntN(len(paths))]
		switch {
		case i%10 == 9: // a side branch that touches what the main one does not, merged
			gitrepotest.Git(t, dir, "checkout", "--quiet", "-b", fmt.Sprint("ramo", i))
			gitrepotest.Commit(t, dir, "Ramo", map[string]string{fmt.Sprintf("docs/A/%d.md", 1+i%2): fmt.Sprint("ramo ", i)})
			there[fmt.Sprintf("docs/A/%d.md", 1+i%2)] = true
			gitrepotest.Git(t, dir, "checkout", "--quiet", "main")
			gitrepotest.Commit(t, dir, "Principale", map[string]string{"a.md": fmt.Sprint("principale ", i)})
			there["a.md"] = true
			gitrepotest.Git(t, dir, "merge", "--quiet", "--no-ff", "--message", "Unione", fmt.Sprint("ramo", i))
		case there[p] && rnd.IntN(4) == 0:
			gitrepotest.Commit(t, dir, "Toglie", map[string]string{p: gitrepotest.Removed})
			there[p] = false
		default:
			gitrepotest.Commit(t, dir, "Scrive", map[string]string{p: fmt.Sprint(i)})
			there[p] = true
		}
	}
	r := reader(t, Config{AllowLocal: true})
	_, h := history(t, r, dir, append(paths, "docs/A")...)
	for _, p := range append(paths, "docs/A") {
		want := strings.Fields(gitrepotest.Git(t, dir, "log", "--full-history", "--no-merges", "--format=%H", "--", p))
		var got []string
		for _, c := range h.Changes[p] {
			got = append(got, c.Commit)
		}
		slices.Sort(want)
		slices.Sort(got)
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s: %d commits, git log has %d", p, len(got), len(want))
		}
		if !slices.IsSortedFunc(h.Changes[p], func(a, b Change) int { return b.Time.Compare(a.Time) }) {
			t.Errorf("%s: not newest first", p)
		}
	}
}

func TestHistoryIsBounded(t *testing.T) {
	dir := gitrepotest.New(t, map[string]string{"kit.md": "0"})
	for i := range 9 {
		gitrepotest.Commit(t, dir, "Scrive", map[string]string{"kit.md": fmt.Sprint(i + 1)})
	}
	_, h := history(t, reader(t, Config{AllowLocal: true, Limits: Limits{Commits: 4}}), dir, "kit.md")
	if h.Complete || h.Commits != 4 || len(h.Changes["kit.md"]) != 4 {
		t.Errorf("four commits: %+v", h)
	}
	_, h = history(t, reader(t, Config{AllowLocal: true, Limits: Limits{Changes: 3}}), dir, "kit.md")
	if !h.Complete || h.Commits != 10 || len(h.Changes["kit.md"]) != 3 {
		t.Errorf("three changes: %+v", h)
	}
	url := gitrepotest.Serve(t, filepath.Dir(dir)) + "/" + filepath.Base(dir)
	r := reader(t, Config{Limits: Limits{TreeBytes: 1500}})
	if _, err := r.History(t.Context(), open(t, r, url, nil), []string{"kit.md"}); !errors.Is(err, ErrLimit) {
		t.Errorf("over the bytes: %v", err)
	}
}

func TestHistoryWhereItCannotBeHad(t *testing.T) {
	root := t.TempDir()
	src := gitrepotest.Init(t, filepath.Join(root, "kit"), map[string]string{"kit.md": "0"})
	for i := range 3 {
		gitrepotest.Commit(t, src, "Scrive", map[string]string{"kit.md": fmt.Sprint(i + 1)})
	}
	gitrepotest.Git(t, root, "clone", "--quiet", "--bare", "--depth=2", "file://"+src, filepath.Join(root, "shallow"))
	gitrepotest.AllowFilter(t, filepath.Join(root, "shallow"), true)
	base := gitrepotest.Serve(t, root)
	r := reader(t, Config{AllowLocal: true})
	for _, u := range []string{base + "/shallow", filepath.Join(root, "shallow")} {
		_, h := history(t, r, u, "kit.md")
		if h.Complete || len(h.Changes["kit.md"]) != 1 {
			t.Errorf("%s: %+v", u, h)
		}
	}
	gitrepotest.AllowFilter(t, src, false)
	if _, err := r.History(t.Context(), open(t, r, base+"/kit", nil), []string{"kit.md"}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("without filter: %v", err)
	}
}

func TestSubject(t *testing.T) {
	for message, want := range map[string]string{
		"Prima\n\nCorpo":                                "Prima",
		"\r\n  Due  parole\r\nx":                        "Due parole",
		"Signed-off-by: Un Nome <un.nome@ente.example>": "",
		"Merge pull request #12 from un-nome/patch-1":   "Merge pull request #12",
		"Merge branch 'main' of https://x.example/nome": "Merge branch 'main'",
		"Aggiorna contatti di un.nome@ente.example":     "Aggiorna contatti di",
		"Corregge il refuso (grazie a @un-nome)":        "Corregge il refuso",
		"Aggiorna @types/node alla 20":                  "Aggiorna @types/node alla 20",
		"Sostituisce\x1b[31m\u202e colori":              "Sostituisce[31m colori",
		"":                                              "",
		strings.Repeat("è", 300):                        strings.Repeat("è", 100) + "…",
	} {
		if got := Subject(message); got != want {
			t.Errorf("Subject(%q) = %q, want %q", message, got, want)
		}
	}
}

func TestParseCommit(t *testing.T) {
	c, err := parseCommit([]byte("tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nparent 1111111111111111111111111111111111111111\n" +
		"author Citt\xe0 <a@b> 1 +0000\ncommitter Citt\xe0 <a@b> 1700000000 +0100\nencoding ISO-8859-1\n\nCitt\xe0\n"))
	if err != nil || c.message != "Città\n" || c.when.Unix() != 1700000000 || len(c.parents) != 1 {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := parseCommit([]byte("author x\n\nx")); !errors.Is(err, ErrCorrupt) {
		t.Errorf("without a tree: %v", err)
	}
}
