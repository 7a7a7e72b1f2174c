// Package gitrepotest makes real Git repositories for tests and serves them over HTTP on loopback with Git's own
// http-backend, so that what is tested is what Git does and not what we remember of it. It needs the git program.
//
// Everything is the same at each run: the author is an office, the clock begins at [Start] and goes one hour further
// with every commit, and no configuration of the machine is read. Two repositories with the same files have the same
// commits.
package gitrepotest

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// The office that writes every commit.
const (
	Office = "Ufficio"
	Mail   = "ufficio@comune.example"
)

// Start is the time of the first commit of every repository; the next ones follow an hour apart.
func Start() time.Time { return time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC) }

// env is the environment of every git that runs: nothing of this machine, one office, one clock.
func env(at time.Time) []string {
	date := fmt.Sprintf("%d +0000", at.Unix())
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + os.DevNull, "LC_ALL=C", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull,
		"GIT_TERMINAL_PROMPT=0", "GIT_AUTHOR_NAME=" + Office, "GIT_AUTHOR_EMAIL=" + Mail, "GIT_COMMITTER_NAME=" + Office,
		"GIT_COMMITTER_EMAIL=" + Mail, "GIT_AUTHOR_DATE=" + date, "GIT_COMMITTER_DATE=" + date,
	}
}

// Need skips the test where git is not installed, or fails it where nothing may be skipped.
func Need(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		sharedtest.Missing(t, "git is not installed: apt-get install git")
	}
}

// Git runs git in dir and gives what it printed, without the last line end. It fails the test when git does.
func Git(t testing.TB, dir string, args ...string) string {
	t.Helper()
	return gitAt(t, dir, Start(), args...)
}

func gitAt(t testing.TB, dir string, at time.Time, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", args...)
	cmd.Dir, cmd.Env = dir, env(at)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s in %s: %v\n%s", strings.Join(args, " "), dir, err, out)
	}
	return strings.TrimSuffix(string(out), "\n")
}

// New makes a repository with a working tree in a folder of the test, with one commit of the files (path to content)
// unless there are none, and gives the folder. Its branch is main; it lets clients leave files out.
func New(t testing.TB, files map[string]string) string {
	t.Helper()
	return Init(t, t.TempDir(), files)
}

// Init is New in a folder of the caller's choice, which is made if need be.
func Init(t testing.TB, dir string, files map[string]string) string {
	t.Helper()
	Need(t)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	Git(t, dir, "init", "--quiet", "--initial-branch=main")
	AllowFilter(t, dir, true)
	if len(files) > 0 {
		Commit(t, dir, "Prima stesura", files)
	}
	return dir
}

// AllowFilter says whether the repository lets a client leave files out (uploadpack.allowFilter).
func AllowFilter(t testing.TB, dir string, yes bool) {
	t.Helper()
	Git(t, dir, "config", "uploadpack.allowFilter", fmt.Sprint(yes))
}

// Commit writes the files, removes those whose content is [Removed], commits everything with the message and gives the
// commit's name. Its time is one hour after the one before.
func Commit(t testing.TB, dir, message string, files map[string]string) string {
	t.Helper()
	paths := make([]string, 0, len(files))
	for p := range files {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	for _, p := range paths {
		full := filepath.Join(dir, filepath.FromSlash(p))
		if files[p] == Removed {
			if err := os.Remove(full); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(files[p]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	Git(t, dir, "add", "--all")
	return CommitIndex(t, dir, message)
}

// Removed as a content makes Commit remove the file.
const Removed = "\x00removed"

// CommitIndex commits what the index holds, for trees that no file system would hold.
func CommitIndex(t testing.TB, dir, message string) string {
	t.Helper()
	n := strings.Count(Git(t, dir, "rev-list", "--all"), "\n")
	if Git(t, dir, "rev-list", "--all", "--max-count=1") != "" {
		n++
	}
	gitAt(t, dir, Start().Add(time.Duration(n)*time.Hour), "commit", "--quiet", "--allow-empty", "--message", message)
	return Git(t, dir, "rev-parse", "HEAD")
}

// Bare makes a bare copy of a repository in dir, as a server has it, and gives dir.
func Bare(t testing.TB, repo, dir string) string {
	t.Helper()
	Git(t, repo, "clone", "--quiet", "--bare", repo, dir)
	AllowFilter(t, dir, true)
	return dir
}

// Serve serves every repository under root until the test ends and gives the address of root, without a slash at the
// end: a repository in root/a/b is at Serve(t, root) + "/a/b".
func Serve(t testing.TB, root string) string {
	t.Helper()
	Need(t)
	h, err := Handler(root)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// Handler serves every repository under root with git http-backend: for Serve, and for a command that serves a folder
// on loopback. It is not for the open network.
func Handler(root string) (http.Handler, error) {
	out, err := exec.Command("git", "--exec-path").Output()
	if err != nil {
		return nil, fmt.Errorf("git is not installed: %w", err)
	}
	abs, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	return &cgi.Handler{
		Path:   filepath.Join(strings.TrimSpace(string(out)), "git-http-backend"),
		Dir:    abs,
		Env:    append(env(Start()), "GIT_PROJECT_ROOT="+abs, "GIT_HTTP_EXPORT_ALL=1", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*"),
		Stderr: io.Discard, // what http-backend says of clients that went away
		Logger: log.New(io.Discard, "", 0),
	}, nil
}
