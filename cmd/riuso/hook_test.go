package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// The hook that the repository offers to the pre-commit framework has the keys that it asks for, starts a verb that
// exists, and wakes for the files of a kit only.
func TestPreCommitHook(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", ".pre-commit-hooks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var hooks []struct {
		ID, Name, Language, Entry, Files string
		Args                             []string
		PassFilenames                    bool `yaml:"pass_filenames"`
	}
	if err := yaml.Unmarshal(data, &hooks); err != nil {
		t.Fatal(err)
	}
	if len(hooks) != 1 || hooks[0].ID != "riuso-check" || hooks[0].Name == "" || hooks[0].Language != "golang" || hooks[0].PassFilenames {
		t.Fatalf("%+v", hooks)
	}
	h := hooks[0]
	if program, verb, _ := strings.Cut(h.Entry, " "); program != "riuso" {
		t.Errorf("the entry %q does not start riuso", h.Entry)
	} else if _, ok := verbHelp(verb); !ok || len(h.Args) != 1 || h.Args[0] != "." {
		t.Errorf("the entry %q with %v does not check the folder", h.Entry, h.Args)
	}
	files := regexp.MustCompile(h.Files)
	for name, want := range map[string]bool{"publiccode.yml": true, "kits/a/publiccode.yaml": true, "kit.md": true, "docs/A/a4.MD": true,
		"main.go": false, "docs/a.md.txt": false, "my-publiccode.yml": false} {
		if files.MatchString(name) != want {
			t.Errorf("%s: woken %v, want %v", name, !want, want)
		}
	}
}
