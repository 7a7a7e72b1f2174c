package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// The shared legacy kit comes home with the real program: figures, searches, and nothing read twice.
func TestLegacyKit(t *testing.T) {
	gitrepotest.Need(t)
	shared := filepath.Dir(sharedtest.Path(t, "legacy"))
	program := filepath.Join(t.TempDir(), "riuso")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "../../cmd/riuso").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	var out bytes.Buffer
	if err := run(t.Context(), options{program: program, shared: shared, lang: schema.It}, &out); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	if !strings.Contains(out.String(), "Tutto è come deve essere") {
		t.Errorf("it says:\n%s", out.String())
	}
}

// What is not as it must be is said, and is an error.
func TestVerdict(t *testing.T) {
	var out bytes.Buffer
	s := &show{options: options{lang: schema.En}, w: &out}
	s.must(true, "never said")
	s.must(2 == 3, "documents in B/B3: %d, must be %d", 2, 3)
	err := s.verdict()
	if !errors.Is(err, errDifferent) || !strings.Contains(out.String(), "documents in B/B3: 2, must be 3") || strings.Contains(out.String(), "never") {
		t.Errorf("%v: %s", err, out.String())
	}
}

// A part that others stand before is not among the first, whatever entry they are of.
func TestRank(t *testing.T) {
	var f found
	if err := json.Unmarshal([]byte(`{"results":[
		{"kit":{"id":"altro"},"parts":[{"title":"Checklist CILA"},{"title":"Altro"}]},
		{"kit":{"id":"nostro"},"parts":[{"title":"Lista"},{"title":"Checklist CILA"}]}]}`), &f); err != nil {
		t.Fatal(err)
	}
	for part, want := range map[string]int{"lista": 3, "cila": 0} {
		if got, title := rank(f, "nostro", part); got != want {
			t.Errorf("%q: no. %d %q, want %d", part, got, title, want)
		}
	}
}
