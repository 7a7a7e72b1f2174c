package schema_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

var ruleCode = regexp.MustCompile(`^[ELTVW][0-9]{2}$`)

// codesInSource gives the codes that the program names, with one place for each. What it says and does not explain nobody
// can look up; what it explains and does not say misleads.
func codesInSource(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	files := token.NewFileSet()
	for _, dir := range []string{".", "../catalog", "../indexer", "../cmd"} {
		err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
			name := filepath.Base(p)
			if err != nil || d.IsDir() || filepath.Ext(p) != ".go" || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "rules") {
				return err
			}
			f, err := parser.ParseFile(files, p, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if s, err := strconv.Unquote(lit.Value); err == nil && ruleCode.MatchString(s) && (s[0] != 'L' || filepath.Base(filepath.Dir(p)) == "legacy") { // the Index of public administrations has categories L
						out[s] = files.Position(lit.Pos()).String()
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestRulesAreThoseOfTheProgram(t *testing.T) {
	said := codesInSource(t)
	for code, at := range said {
		if _, ok := schema.RuleOf(code); !ok {
			t.Errorf("%s: %s is not explained", at, code)
		}
	}
	for _, r := range schema.Rules() {
		if said[r.Code] == "" {
			t.Errorf("%s is explained, and nothing says it", r.Code)
		}
	}
}

func TestRules(t *testing.T) {
	rules := schema.Rules()
	if !slices.IsSortedFunc(rules, func(a, b schema.Rule) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error("the rules are not in the order of their codes")
	}
	seen := map[string]string{}
	for _, r := range rules {
		if got, ok := schema.RuleOf(r.Code); !ok || got != r {
			t.Errorf("%s cannot be looked up", r.Code)
		}
		if r.Severity != schema.Error && r.Severity != schema.Warning || r.Source == "" {
			t.Errorf("%s: %q %q", r.Code, r.Severity, r.Source)
		}
		for what, s := range map[string]schema.Text{"title": r.Title, "why": r.Why, "do": r.Do} {
			if s.It == "" || s.En == "" || s.It == s.En {
				t.Errorf("%s: the %s is not in two languages", r.Code, what)
			}
			if other := seen[s.It]; other != "" {
				t.Errorf("%s: the %s is that of %s", r.Code, what, other)
			}
			seen[s.It] = r.Code
			if strings.HasSuffix(s.It, ".") == (what == "title") || strings.HasSuffix(s.En, ".") == (what == "title") {
				t.Errorf("%s: the %s ends badly: %q %q", r.Code, what, s.It, s.En)
			}
		}
		for _, s := range []string{r.Wrong, r.Right} {
			if s != "" && (!strings.HasSuffix(s, "\n") || strings.Contains(s, "\t")) {
				t.Errorf("%s: %q is not whole lines", r.Code, s)
			}
		}
		if r.Wrong != "" && r.Right == "" || r.Wrong == r.Right && r.Wrong != "" {
			t.Errorf("%s: the examples do not show what to do", r.Code)
		}
	}
	if _, ok := schema.RuleOf("P01"); ok {
		t.Error("P01 is a rule of publiccode.yml")
	}
	if _, ok := schema.RuleOf(""); ok {
		t.Error("no code is a rule")
	}
	rules[0].Code = "E99"
	if schema.Rules()[0].Code != "E01" {
		t.Error("the table can be changed from outside")
	}
}
