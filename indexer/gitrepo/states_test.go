package gitrepo

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// A branch that is forced to another commit between the listing and the fetch, with the old commit gone, is read as it
// now is.
func TestForcePushBetweenListAndOpen(t *testing.T) {
	dir := gitrepotest.New(t, software())
	gitrepotest.Commit(t, dir, "Seconda", map[string]string{"README.md": "seconda\n"})
	url := gitrepotest.Serve(t, filepath.Dir(dir)) + "/" + filepath.Base(dir)
	r := reader(t, Config{})
	refs, err := r.List(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	gitrepotest.Git(t, dir, "reset", "--quiet", "--hard", "HEAD^")
	gitrepotest.Git(t, dir, "reflog", "expire", "--expire=now", "--all")
	gitrepotest.Git(t, dir, "gc", "--quiet", "--prune=now")
	s, err := r.Open(t.Context(), url, refs, nil)
	if err != nil || texts(t, s.FS)["README.md"] != "# Portale\n" {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestStatesOfARepository(t *testing.T) {
	root := t.TempDir()
	at := func(name string) string { return filepath.Join(root, name) }
	gitrepotest.Init(t, at("empty"), nil)
	gitrepotest.Init(t, at("detached"), software())
	gitrepotest.Git(t, at("detached"), "checkout", "--quiet", "--detach")
	gitrepotest.Init(t, at("onebranch"), software())
	gitrepotest.Git(t, at("onebranch"), "symbolic-ref", "HEAD", "refs/heads/altro")
	gitrepotest.Init(t, at("nobranch"), software())
	gitrepotest.Git(t, at("nobranch"), "branch", "lavori")
	gitrepotest.Git(t, at("nobranch"), "symbolic-ref", "HEAD", "refs/heads/altro")
	if err := os.Mkdir(at("sha256"), 0o755); err != nil {
		t.Fatal(err)
	}
	gitrepotest.Git(t, at("sha256"), "init", "--quiet", "--object-format=sha256")
	gitrepotest.Git(t, at("sha256"), "commit", "--quiet", "--allow-empty", "--message", "x")
	gitrepotest.Init(t, at("source"), software())
	gitrepotest.Commit(t, at("source"), "Seconda", map[string]string{"README.md": "due\n"})
	gitrepotest.Git(t, root, "clone", "--quiet", "--bare", "--depth=1", "file://"+at("source"), at("shallow"))
	gitrepotest.AllowFilter(t, at("shallow"), true)
	base := gitrepotest.Serve(t, root)
	r := reader(t, Config{AllowLocal: true})
	for _, c := range []struct {
		name string
		want error
	}{
		{"empty", ErrEmpty}, {"nobranch", ErrNoBranch}, {"sha256", ErrUnsupported}, {"nothing", ErrAbsent},
		{"detached", nil}, {"onebranch", nil}, {"shallow", nil},
	} {
		for _, u := range []string{base + "/" + c.name, at(c.name)} {
			s, err := r.Open(t.Context(), u, Refs{}, nil)
			if !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", u, err, c.want)
			}
			if c.want == nil && err == nil && texts(t, s.FS)["publiccode.yml"] == "" {
				t.Errorf("%s: nothing was read", u)
			}
			if c.name == "detached" && err == nil && s.Branch != "" {
				t.Errorf("%s: branch %q", u, s.Branch)
			}
		}
	}
}
