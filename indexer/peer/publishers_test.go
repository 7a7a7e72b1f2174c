package peer

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/open-community-pa/riuso/indexer/peer/peertest"
	"github.com/open-community-pa/riuso/schema"
)

const goodFile = `- id: c_a123
  name: Comune di Prova
  orgs:
    - https://github.com/ente
  repos: [https://gitlab.com/a/b, "http://127.0.0.1:8080/x.git"]
- id: r_lombar
  name: Regione di Prova
  orgs: https://gitlab.com/regione
`

func TestPublishersAreRead(t *testing.T) {
	got, findings := ParsePublishers([]byte(goodFile))
	want := []Publisher{
		{ID: "c_a123", Name: "Comune di Prova", Line: 1, Orgs: []Place{{"https://github.com/ente", 4, 7}}, Repos: []Place{{"https://gitlab.com/a/b", 5, 11}, {"http://127.0.0.1:8080/x.git", 5, 35}}},
		{ID: "r_lombar", Name: "Regione di Prova", Line: 6, Orgs: []Place{{"https://gitlab.com/regione", 8, 9}}},
	}
	if diff := cmp.Diff(want, got); diff != "" || len(findings) != 0 {
		t.Error(diff, findings)
	}
}

// Each fault is told where it stands, and what can be read beside it is read.
func TestFaultsOfAPublishersFile(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string // line:column code key
		left int      // publishers
	}{
		"empty":            {"", []string{"1:1 V07 "}, 0},
		"only a comment":   {"# niente\n", []string{"1:1 V07 "}, 0},
		"not YAML":         {"- id: x\n  name: [\n", []string{"2:1 V07 "}, 0},
		"a text":           {"ciao\n", []string{"1:1 V07 "}, 0},
		"one, no list":     {"id: c_a1\norgs: [https://git.example.it/x]\n", []string{"1:1 V08 "}, 1},
		"below a key":      {"publishers:\n- id: c_a1\n  orgs: [https://git.example.it/x]\n", []string{"1:1 V08 publishers"}, 1},
		"old whitelist":    {"- id: Comune di X\n  codice-iPA: c_a1\n  organizations:\n  - https://git.example.it/x\n", []string{"2:3 V08 codice-iPA", "3:3 V08 organizations"}, 1},
		"old, other order": {"- codice-iPA: c_a1\n  id: Comune di X\n  organizations: [https://git.example.it/x]\n", []string{"1:3 V08 codice-iPA", "3:3 V08 organizations"}, 1},
		"unknown key":      {"- id: c_a1\n  orgz: [x]\n  orgs: [https://git.example.it/x]\n", []string{"2:3 V08 orgz"}, 1},
		"key twice":        {"- id: c_a1\n  orgs: [https://git.example.it/x]\n  repos: []\n  orgs: [https://git.example.it/y]\n", []string{"4:3 V08 orgs"}, 1},
		"not an address":   {"- id: c_a1\n  orgs: [github.com/x, https://git.example.it/x, 'javascript:x', {a: b}]\n", []string{"2:10 V07 orgs[0]", "2:50 V07 orgs[2]", "2:66 V07 orgs[3]"}, 1},
		"orgs is a map":    {"- id: c_a1\n  orgs: {a: b}\n  repos: [https://git.example.it/x]\n", []string{"2:9 V07 orgs"}, 1},
		"nothing to visit": {"- id: c_a1\n  orgs:\n", []string{"1:3 V08 "}, 0},
		"nobody":           {"- orgs: [https://git.example.it/x]\n", []string{"1:3 V08 id"}, 1},
		"a name as id":     {"- id: Comune di X\n  orgs: [https://git.example.it/x]\n", []string{"1:3 V08 id"}, 1},
		"body twice":       {"- id: c_a1\n  orgs: [https://git.example.it/x]\n- id: C_A1\n  orgs: [https://git.example.it/y]\n", []string{"3:3 V08 id"}, 2},
		"place twice":      {"- id: c_a1\n  repos: [https://git.example.it/x, 'HTTPS://GIT.example.it/x.git/']\n", []string{"2:37 V08 repos[1]"}, 1},
		"item is a text":   {"- c_a1\n- id: c_a1\n  orgs: [https://git.example.it/x]\n", []string{"1:3 V07 "}, 1},
		"id is a list":     {"- id: [c_a1]\n  name: X\n  orgs: [https://git.example.it/x]\n", []string{"1:7 V07 id"}, 1},
		"aliases are fine": {"- &a\n  id: c_a1\n  orgs: &o [https://git.example.it/x]\n- id: c_a2\n  repos: *o\n", nil, 2},
	} {
		ps, findings := ParsePublishers([]byte(c.text))
		var got []string
		for _, f := range findings {
			got = append(got, fmt.Sprintf("%d:%d %s %s", f.Line, f.Column, f.Code, f.Key))
			if f.File != PublishersFile || f.Message.It == "" || f.Message.En == "" || (f.Code == "V07") != (f.Severity == schema.Error) {
				t.Errorf("%s: %+v", name, f)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" || len(ps) != c.left {
			t.Errorf("%s: %d publishers\n%s", name, len(ps), diff)
		}
	}
	ps, _ := ParsePublishers([]byte("- id: Comune di X\n  codice-iPA: c_a1\n  organizations: [https://git.example.it/x]\n- codice-iPA: c_a2\n  id: Comune di Y\n  organizations: [https://git.example.it/y]\n"))
	if len(ps) != 2 || ps[0].ID != "c_a1" || ps[0].Name != "Comune di X" || ps[1].ID != "c_a2" || ps[1].Name != "Comune di Y" {
		t.Errorf("the old form: %+v", ps)
	}
}

// A file that unfolds without end, is nested without end or is simply too long ends at once with a finding.
func TestHostilePublishersFiles(t *testing.T) {
	var bomb strings.Builder
	bomb.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&bomb, "a%d: &a%d [%s*a%d]\n", i, i, strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), i-1)
	}
	for name, text := range map[string]string{
		"bomb":     bomb.String(),
		"itself":   "- &a\n  id: c_a1\n  orgs: [*a]\n",
		"deep":     strings.Repeat("[", 20_000),
		"long":     strings.Repeat("- id: c_a1\n", DefaultFileBytes/10),
		"elements": strings.Repeat("-\n", maxMarks),
		"binary":   "\x00\x01\xff\xfe",
	} {
		ps, findings := ParsePublishers([]byte(text))
		if len(ps) != 0 || len(findings) == 0 || len(findings) > maxFindings {
			t.Errorf("%s: %d publishers, %d findings", name, len(ps), len(findings))
		}
	}
	many := strings.Repeat("- id: c_a1\n  orgs: [https://git.example.it/x]\n", 5)
	if ps, _ := (Limits{Publishers: 3, Places: 10, FileBytes: 1000, Depth: 8}).parsePublishers([]byte(many)); len(ps) != 1 { // the same place counts once
		t.Errorf("%+v", ps)
	}
	var places strings.Builder
	places.WriteString("- id: c_a1\n  repos:\n")
	for i := range 20 {
		fmt.Fprintf(&places, "  - https://git.example.it/%d\n", i)
	}
	if ps, fs := (Limits{Publishers: 3, Places: 10, FileBytes: 10_000, Depth: 8}).parsePublishers([]byte(places.String())); len(ps) != 1 || len(ps[0].Repos) != 10 || len(fs) != 1 {
		t.Errorf("%+v %v", ps, fs)
	}
}

func TestPublishersOverTheNet(t *testing.T) {
	for _, validators := range []bool{true, false} {
		file := &peertest.File{Validators: validators}
		file.Set(goodFile, noon)
		url := peertest.Start(t, file) + "/raw/main/publishers.yml?inline=false"
		first, err := reader(t).Publishers(t.Context(), url, "")
		if err != nil || len(first.Publishers) != 2 || first.Mark == "" || first.Requests != 1 || first.Bytes != int64(len(goodFile)) {
			t.Fatalf("%+v %v", first, err)
		}
		again, err := reader(t).Publishers(t.Context(), url, first.Mark)
		if err != nil || !again.Unchanged || again.Publishers != nil || (again.Bytes == 0) != validators {
			t.Errorf("unchanged: %+v %v", again, err)
		}
		file.Set(goodFile+"- id: c_b1\n  orgs: [https://git.example.it/b]\n", noon.AddDate(0, 0, 1))
		if out, err := reader(t).Publishers(t.Context(), url, again.Mark); err != nil || len(out.Publishers) != 3 || out.Mark == first.Mark {
			t.Errorf("changed: %+v %v", out, err)
		}
		file.Set("<html>accedi</html>", noon.AddDate(0, 0, 2))
		if _, err := reader(t).Publishers(t.Context(), url, ""); !errors.Is(err, ErrNotThis) || !strings.Contains(Words(err).It, "raw") {
			t.Errorf("a page: %v", err)
		}
	}
}
