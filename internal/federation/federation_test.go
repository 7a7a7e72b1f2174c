package main

import (
	"bytes"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/internal/demo"
	"github.com/open-community-pa/riuso/schema"
)

// build builds the program that is demonstrated.
func build(t *testing.T) string {
	t.Helper()
	gitrepotest.Need(t)
	to := filepath.Join(t.TempDir(), "riuso")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", to, "../../cmd/riuso").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return to
}

// The federation in small, with the real program: every place ends as it states.
func TestFederation(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), options{program: build(t), few: true, lang: schema.It}, &out); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	for _, want := range []string{"Ogni posto è finito come doveva", "o-sparito", "forge-gitlab--strade", "altro--", "«anagrafe-comunale» è una sola, arrivata da altro, api, editori, forge-gitea"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table does not have %q:\n%s", want, out.String())
		}
	}
}

// A place that ends otherwise than it states is said, whatever it is in.
func TestDifferences(t *testing.T) {
	crawled := func(change func(first, second *demo.Report)) []string {
		p := place{id: "ente", outcome: catalog.Full, records: 1, named: map[catalog.Outcome]int{catalog.Full: 1}, says: schema.T("copia", "copy")}
		first := demo.Report{Sources: []demo.Line{{Source: "ente", Outcome: catalog.Full, Records: 1}, {Source: "ente--uno", Outcome: catalog.Full, Reason: "una copia"}}}
		second := demo.Report{Sources: []demo.Line{{Source: "ente", Outcome: catalog.Unchanged}}}
		change(&first, &second)
		return p.differences(first, second, schema.It)
	}
	if got := crawled(func(_, _ *demo.Report) {}); len(got) > 0 {
		t.Fatalf("as it must be: %q", got)
	}
	for want, change := range map[string]func(first, second *demo.Report){
		"ente: not visited":                               func(f, _ *demo.Report) { f.Sources = nil },
		"ente: failed, must be full":                      func(f, _ *demo.Report) { f.Sources[0].Outcome = catalog.Failed },
		`ente: says "guasto", must say ""`:                func(f, _ *demo.Report) { f.Sources[0].Reason = "guasto" },
		"ente: 2 records, must be 1":                      func(f, _ *demo.Report) { f.Sources[0].Records = 2 },
		"ente: names 1 absent, must name 1 full":          func(f, _ *demo.Report) { f.Sources[1].Outcome = catalog.Absent },
		`ente: no place that it names says "copia"`:       func(f, _ *demo.Report) { f.Sources[1].Reason = "" },
		"ente: not visited again":                         func(_, s *demo.Report) { s.Sources = nil },
		"ente: the second time full, must be unchanged":   func(_, s *demo.Report) { s.Sources[0].Outcome = catalog.Full },
		"ente: the second time failed, must be unchanged": func(_, s *demo.Report) { s.Sources[0].Outcome = catalog.Failed },
	} {
		if got := crawled(change); len(got) != 1 || got[0] != want {
			t.Errorf("%q; want %q", got, want)
		}
	}
}

// A program that does not do its work is told as that, and nothing is left running.
func TestBrokenProgram(t *testing.T) {
	gitrepotest.Need(t)
	err := run(t.Context(), options{program: "/bin/false", few: true, lang: schema.En}, &bytes.Buffer{})
	if err == nil || errors.Is(err, errDifferent) || !strings.Contains(err.Error(), "ended before it answered") {
		t.Errorf("%v", err)
	}
}
