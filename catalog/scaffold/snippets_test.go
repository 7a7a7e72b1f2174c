package scaffold

import (
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

var stop = regexp.MustCompile(`\$\{\d+:((?:\\.|[^}\\])*)\}|\$\{\d+\|((?:\\.|[^,|\\])*)((?:,(?:\\.|[^,|\\])*)*)\|\}|\$0`)

// expanded is what an editor leaves when one accepts every stop as it is.
func expanded(body []string) string {
	text := stop.ReplaceAllString(strings.Join(body, "\n"), "$1$2")
	return regexp.MustCompile(`\\(.)`).ReplaceAllString(text, "$1")
}

// A snippet that is accepted as it stands is the smallest record of its type, which is valid; and it offers every value.
func TestSnippets(t *testing.T) {
	for kind, records := range map[string]int{Kit: 7, Catalogue: 13} {
		files, err := Make(requestOf(kind, nil))
		if err != nil {
			t.Fatal(err)
		}
		var all map[string]snippet
		if err := json.Unmarshal(files[".vscode/riuso.code-snippets"], &all); err != nil {
			t.Fatal(err)
		}
		whole := 0
		for name, s := range all {
			if s.Scope != "markdown" || s.Prefix == "" || s.Description == "" || len(s.Body) == 0 {
				t.Errorf("%s: %+v", name, s)
			}
			record, key, isKey := strings.Cut(name, ": ")
			shape := schema.Record(record)
			if isKey {
				p := shape.Property(key)
				got, want := stop.FindStringSubmatch(s.Body[0]), choices(p)
				offered := append([]string{got[2]}, strings.Split(strings.TrimPrefix(got[3], ","), ",")...)
				slices.Sort(offered)
				slices.Sort(want)
				if !slices.Equal(offered, want) && !strings.Contains(got[2], `\,`) {
					t.Errorf("%s offers %q, want %q", name, offered, want)
				}
				continue
			}
			whole++
			if got := expanded(s.Body); got != shape.Minimal() {
				t.Errorf("%s:\n%s\nwant\n%s", name, got, shape.Minimal())
			}
		}
		if whole != records {
			t.Errorf("%s: %d records, want %d", kind, whole, records)
		}
	}
}

// Whatever an editor reads of these files is JSON, and the task finds the lines of riuso check.
func TestEditorFiles(t *testing.T) {
	for _, kind := range []string{Kit, Catalogue} {
		files, err := Make(requestOf(kind, nil))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for p, data := range files {
			if path.Dir(p) == ".vscode" {
				n++
				if !json.Valid(data) {
					t.Errorf("%s is no JSON:\n%s", p, data)
				}
			}
		}
		if n != 4 {
			t.Errorf("%d files for the editor, want 4", n)
		}
		var tasks struct {
			Tasks []struct {
				ProblemMatcher []struct {
					Severity string
					Pattern  struct{ Regexp string }
				}
			}
		}
		if err := json.Unmarshal(files[".vscode/tasks.json"], &tasks); err != nil {
			t.Fatal(err)
		}
		lines := map[string][]string{ // severity: the line, and its file, line, column, code, message
			"error":   {"kit.md:12:3: errore E02 colore: chiave sconosciuta", "kit.md", "12", "3", "E02", "colore: chiave sconosciuta"},
			"warning": {"docs/A/a 1.md:5:1: avviso W02: fase A", "docs/A/a 1.md", "5", "1", "W02", "fase A"},
		}
		for _, m := range tasks.Tasks[0].ProblemMatcher {
			re := regexp.MustCompile(m.Pattern.Regexp)
			for severity, want := range lines {
				if severity != m.Severity {
					want = nil
				}
				if got := re.FindStringSubmatch(lines[severity][0]); !slices.Equal(got, want) {
					t.Errorf("%s: %q, want %q", m.Severity, got, want)
				}
			}
			for _, other := range []string{"    → scrivi 1:2: errore E02 x", "  1:1: avviso W02 x", "2 errori, 3 avvisi"} {
				if re.MatchString(other) {
					t.Errorf("%q is no finding", other)
				}
			}
		}
	}
}
