package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/catalog/scaffold"
)

// The project's own workflows are good, and so is the one that a new catalogue begins with.
func TestWorkflowsAreValid(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("..", "..", ".github", "workflows", "*.yml"))
	if err != nil || len(paths) < 2 {
		t.Fatalf("%d workflows: %v", len(paths), err)
	}
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		lintWorkflow(t, p, data)
	}
	answers := map[string]string{}
	for _, f := range scaffold.FieldsOf(scaffold.Catalogue) {
		answers[f.Name] = f.Example
	}
	for _, version := range []string{"", "v1.2.3", "12e4567"} {
		files, err := scaffold.Make(scaffold.Request{Kind: scaffold.Catalogue, Answers: answers, Today: "2026-03-02", Program: version})
		if err != nil {
			t.Fatal(err)
		}
		lintWorkflow(t, "check.yml", files[".github/workflows/check.yml"])
	}
	if got := workflowFaults(t, "bad.yml", []byte("on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.head_ref }}\n")); len(got) == 0 {
		t.Error("a branch name inside a command was not noticed: the linter does nothing")
	}
}

func lintWorkflow(t *testing.T, name string, data []byte) {
	t.Helper()
	for _, e := range workflowFaults(t, name, data) {
		t.Errorf("%s: %v", name, e)
	}
}

func workflowFaults(t *testing.T, name string, data []byte) []*actionlint.Error {
	t.Helper()
	l, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	faults, err := l.Lint(name, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return faults
}

// actionFile is what is looked at in a workflow or an action.
type actionFile struct {
	Permissions map[string]string
	Inputs      map[string]struct{ Description, Default string }
	Runs        struct {
		Using string
		Steps []actionStep
	}
	Jobs map[string]struct{ Steps []actionStep }
}

type actionStep struct {
	Uses, Run, Shell string
	Env, With        map[string]string
}

var pinned = regexp.MustCompile(`^[\w-]+/[\w./-]+@[0-9a-f]{40}$`)

// What strangers call a file or a branch never becomes part of a command; what is taken from elsewhere is pinned; and a
// workflow may read, no more.
func TestActionIsSafe(t *testing.T) {
	for _, p := range []string{"workflows/check-kits.yml", "actions/check-kits/action.yml"} {
		data, err := os.ReadFile(filepath.Join("..", "..", ".github", filepath.FromSlash(p)))
		if err != nil {
			t.Fatal(err)
		}
		var f actionFile
		if err := yaml.Unmarshal(data, &f); err != nil {
			t.Fatal(err)
		}
		steps := f.Runs.Steps
		for _, j := range f.Jobs {
			steps = append(steps, j.Steps...)
		}
		if len(steps) != 3 {
			t.Errorf("%s: %d steps, want 3", p, len(steps))
		}
		for _, s := range steps {
			if strings.Contains(s.Run, "${{") || s.Run != "" && s.Shell != "bash" && f.Runs.Using != "" {
				t.Errorf("%s: run: %s (shell %q)", p, s.Run, s.Shell)
			}
			if s.Uses != "" && !strings.HasPrefix(s.Uses, "./") && !pinned.MatchString(s.Uses) {
				t.Errorf("%s: %s is not pinned to a commit", p, s.Uses)
			}
			if strings.HasPrefix(s.Uses, "actions/checkout@") && s.With["persist-credentials"] != "false" {
				t.Errorf("%s: a checkout keeps its credentials", p)
			}
		}
		if f.Jobs != nil && (len(f.Permissions) != 1 || f.Permissions["contents"] != "read") {
			t.Errorf("%s: permissions %v", p, f.Permissions)
		}
		if f.Runs.Using != "" && (f.Runs.Using != "composite" || len(f.Inputs) != 5) {
			t.Errorf("%s: %s with %d inputs", p, f.Runs.Using, len(f.Inputs))
		}
	}
}
