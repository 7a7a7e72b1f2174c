package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// around is what the commands of the guide run in: one folder, with every sh block in its order. A site goes to the
// background, on a free port, as if in a terminal of its own, and the next command waits until it answers.
const around = `set -eu
site=
riuso() {
	case "$1" in
	serve)
		command riuso "$@" --addr "127.0.0.1:$PORT" & site=$!
		command curl -fsS --retry 60 --retry-connrefused --retry-delay 1 "http://127.0.0.1:$PORT/healthz" ;;
	*) command riuso "$@" ;;
	esac
}
curl() {
	set -- "${@/127.0.0.1:8080/127.0.0.1:$PORT}"
	command curl "$@"
}
end() { status=$?; if [ -n "$site" ]; then kill -INT "$site"; wait "$site"; fi; exit $status; }
trap end EXIT
set -x
`

// The guide for operators says nothing that does not work: its commands are run as they stand.
func TestTheCommandsOfTheGuideForOperators(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		sharedtest.Missing(t, "no bash here")
	}
	if _, err := exec.LookPath("curl"); err != nil {
		sharedtest.Missing(t, "no curl here")
	}
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "operate.md"))
	if err != nil {
		t.Fatal(err)
	}
	commands, blocks := "", 0
	for _, block := range strings.Split(string(page), "\n```sh\n")[1:] {
		text, _, closed := strings.Cut(block, "\n```\n")
		if !closed {
			t.Fatal("a block of commands does not end")
		}
		commands += text + "\n"
		blocks++
	}
	if blocks < 4 {
		t.Fatalf("the guide has %d blocks of commands", blocks)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), bash, "-c", around+commands)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "PORT="+port, "RIUSO_LANG=en", "RIUSO_DATA=")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{"dry run: nothing was written", `"status":"ok"`, `riuso_sources{outcome="failed"}`, "backup in riuso-backup.gz", "restored into restored: 1 kit"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %q in what the commands say:\n%s", want, out)
		}
	}
}

// The unit runs a command that the program takes, and keeps its data where systemd lets it.
func TestTheUnitOfSystemd(t *testing.T) {
	path := filepath.Join("..", "..", "packaging", "systemd", "riuso.service")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, line, ok := strings.Cut(string(text), "\nExecStart=")
	if !ok {
		t.Fatal("no ExecStart")
	}
	line, _, _ = strings.Cut(line, "\n")
	words := strings.Fields(line)
	if words[0] != "/usr/local/bin/riuso" || words[1] != "serve" || !strings.Contains(line, "--data /var/lib/riuso/") || !strings.Contains(string(text), "\nStateDirectory=riuso\n") {
		t.Errorf("it runs %q", line)
	}
	// Nothing of it is unknown to the program: a flag more is what it stumbles over.
	out, err := exec.CommandContext(t.Context(), "riuso", append(words[1:], "--no-such-flag")...).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "--no-such-flag") {
		t.Errorf("%v: %s", err, out)
	}
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("no systemd-analyze here: the unit is not verified")
	}
	program, err := exec.LookPath("riuso")
	if err != nil {
		t.Fatal(err)
	}
	here := filepath.Join(t.TempDir(), "riuso.service")
	if err := os.WriteFile(here, []byte(strings.ReplaceAll(string(text), words[0], program)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), analyze, "verify", here).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("verify: %v: %s", err, out)
	}
	if out, err := exec.CommandContext(t.Context(), analyze, "security", "--offline=true", "--threshold=20", "--no-pager", here).CombinedOutput(); err != nil {
		t.Errorf("security: %v: %s", err, out)
	}
}
