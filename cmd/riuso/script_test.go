package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/schema/sharedtest"
	"github.com/rogpeppe/go-internal/testscript"
)

// raceOptions are for the programs that the tests start: by itself the race detector sleeps for a second at the end of each,
// in case a goroutine still races, and there are hundreds of them.
const raceOptions = "atexit_sleep_ms=0"

func TestMain(m *testing.M) {
	_ = os.Setenv("GORACE", raceOptions) // an empty name alone would be refused
	testscript.Main(m, map[string]func(){"riuso": main, "riusoprofiled": profiledRiuso, "fetchonly": fetchOnly})
}

// The scripts run the real program. Their words beyond testscript's own are below.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error {
			e.Setenv("RIUSO_LANG", "it")
			e.Setenv("GORACE", raceOptions)
			e.Values[siteKey{}] = &siteSlot{}
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond == "shared" {
				_, err := os.Stat(sharedtest.Dir())
				if err != nil && sharedtest.Strict() {
					return false, fmt.Errorf("the shared data is not at %s: set RIUSO_SHARED", sharedtest.Dir())
				}
				return err == nil, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"corpus":     scriptCorpus,
			"visits":     scriptVisits,
			"amend":      scriptAmend,
			"gitsrv":     scriptServe,
			"websrv":     scriptWeb,
			"gitify":     scriptGitify,
			"exit":       scriptExit,
			"officefile": scriptOffice,
			"sshsrv":     scriptSSH, "tlssrv": scriptTLS, "proxysrv": scriptProxy, "subst": scriptSubst,
			"site": scriptSite, "siteget": scriptSiteGet, "sitestop": scriptSiteStop,
		},
	})
}

// corpus makes the repositories of the shared corpus and their catalogue, and serves them: $MIRROR is where.
func scriptCorpus(ts *testscript.TestScript, neg bool, args []string) {
	root := ts.MkAbs("repos")
	repos, err := gitrepotest.Corpus(context.Background(), filepath.Join(sharedtest.Dir(), "corpus"), root)
	ts.Check(err)
	ts.Check(gitrepotest.CorpusCatalogue(repos, ts.MkAbs("catalogue")))
	serveRepos(ts, root)
}

// gitsrv DIR serves the repositories below a folder: $MIRROR is where.
func scriptServe(ts *testscript.TestScript, neg bool, args []string) {
	serveRepos(ts, ts.MkAbs(args[0]))
}

// websrv DIR serves the files of a folder: $WEB is where.
func scriptWeb(ts *testscript.TestScript, neg bool, args []string) {
	s := httptest.NewServer(http.FileServer(http.Dir(ts.MkAbs(args[0]))))
	ts.Defer(s.Close)
	ts.Setenv("WEB", s.URL)
}

func serveRepos(ts *testscript.TestScript, root string) {
	h, err := gitrepotest.Handler(root)
	ts.Check(err)
	s := httptest.NewServer(h)
	ts.Defer(s.Close)
	ts.Setenv("MIRROR", s.URL)
}

// gitify DIR TO makes a bare repository at TO of a folder's files.
func scriptGitify(ts *testscript.TestScript, neg bool, args []string) {
	from, to := ts.MkAbs(args[0]), ts.MkAbs(args[1])
	ts.Check(os.MkdirAll(to, 0o755))
	runGit(ts, nil, "-C", from, "init", "-q", "-b", "main")
	runGit(ts, nil, "-C", from, "add", "-A")
	runGit(ts, nil, "-C", from, "commit", "-q", "-m", "Prima versione")
	runGit(ts, nil, "clone", "-q", "--bare", from, to)
	runGit(ts, nil, "-C", to, "config", "uploadpack.allowFilter", "true")
}

// amend REPO FILE [TEXT] commits one file in a bare repository, or its removal.
func scriptAmend(ts *testscript.TestScript, neg bool, args []string) {
	stream := "commit refs/heads/main\ncommitter Ufficio <ufficio@comune.example> 1800000000 +0000\ndata 8\nModifica\nfrom refs/heads/main^0\n"
	if len(args) == 3 {
		stream += fmt.Sprintf("M 100644 inline %s\ndata %d\n%s\n", args[1], len(args[2])+1, args[2]+"\n")
	} else {
		stream += "D " + args[1] + "\n"
	}
	runGit(ts, []byte(stream), "-C", ts.MkAbs(args[0]), "fast-import", "--quiet")
}

func runGit(ts *testscript.TestScript, stdin []byte, args ...string) {
	cmd := exec.CommandContext(context.Background(), "git", args...)
	cmd.Stdin = bytes.NewReader(stdin)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_AUTHOR_NAME=Ufficio", "GIT_COMMITTER_NAME=Ufficio",
		"GIT_AUTHOR_EMAIL=ufficio@comune.example", "GIT_COMMITTER_EMAIL=ufficio@comune.example", "GIT_AUTHOR_DATE=1790000000 +0000", "GIT_COMMITTER_DATE=1790000000 +0000")
	out, err := cmd.CombinedOutput()
	if err != nil {
		ts.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// exit N ARGS... runs riuso, which must end with that code.
func scriptExit(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec("riuso", args[1:]...)
	got := 0
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		got = ended.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d: %v", got, want, err)
	}
}

// crawlReport is what `riuso crawl --json` prints.
type crawlReport struct {
	Catalogue struct {
		Outcome, Reason  string
		Errors, Warnings int
		Held             bool
	} `json:"catalogue"`
	Visits  map[string]int `json:"visits"`
	Seconds float64        `json:"seconds"`
	Sources []struct {
		Source, URL, Outcome, Reason string
		Records, Errors, Warnings    int
		Requests                     int
		Bytes                        int64
	} `json:"sources"`
}

// visits full=127 unchanged=0 … counts the outcomes of the last crawl; records=N the records; empty=N the full visits
// without one, each of which must say why; requests=N the most that any source took.
func scriptVisits(ts *testscript.TestScript, neg bool, args []string) {
	var rep crawlReport
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &rep))
	got := map[string]int{}
	for k, n := range rep.Visits {
		got[k] = n
	}
	for _, s := range rep.Sources {
		got["records"] += s.Records
		got["requests"] = max(got["requests"], s.Requests)
		if s.Records == 0 && s.Outcome == "full" {
			got["empty"]++
			if s.Reason == "" {
				ts.Fatalf("%s gives no record and does not say why", s.Source)
			}
		}
	}
	for _, a := range args {
		name, text, _ := strings.Cut(a, "=")
		want, err := strconv.Atoi(text)
		ts.Check(err)
		if got[name] != want {
			ts.Fatalf("%s: got %d, want %d; all: %v", name, got[name], want, got)
		}
	}
	ts.Logf("%v in %.2f s", got, rep.Seconds)
}
